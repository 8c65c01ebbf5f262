import { describe, expect, test } from 'vitest';
import { foreignSwitch } from '../../../electron/release-switches.ts';

describe('a released program is started with', () => {
  test.each([
    [[]],
    [['--profile=/home/p']],
    [['--profile', '/home/p', '--updated', '--force-run']],
    [['-disable-gpu', '--force-device-scale-factor=2']],
    [['/home/p/văn bản.pdf']],
  ])('what it knows: %j', (args) => expect(foreignSwitch(args, 'linux')).toBeNull());

  test.each([
    'remote-debugging-port=0',
    'remote-debugging-pipe',
    'remote-allow-origins=*',
    'inspect',
    'inspect-brk=0',
    'inspect-port=1',
    'js-flags=--allow-natives-syntax',
    'load-extension=/tmp/x',
    'proxy-server=127.0.0.1:1',
    'host-rules=MAP * 127.0.0.1',
    'no-sandbox',
    'disable-web-security',
    'user-data-dir=/tmp/x',
    'ignore-certificate-errors',
    'require=/tmp/x.js',
    'r',
    'test-renderer=/tmp/x',
    'test-native=/tmp/x',
    'test-processes=pipe',
    'Remote-Debugging-Port=0',
    '',
  ])('nothing else: %s', (name) => {
    const [bare = ''] = name.toLowerCase().split('=');
    expect(foreignSwitch(['--profile=/home/p', `--${name}`], 'linux')).toBe(bare);
    expect(foreignSwitch([`-${name}`], 'win32')).toBe(bare);
  });

  test('not by Windows’ own way to write a switch', () => {
    expect(foreignSwitch(['/remote-debugging-port=0'], 'win32')).toBe('remote-debugging-port');
  });
});
