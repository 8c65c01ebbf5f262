import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { readLaunchOptions } from '../../../electron/launch-options.ts';

const out = path.resolve('somewhere/out');
const plain = {
  profile: null,
  rendererFolder: path.join(out, 'renderer'),
  nativeFolder: path.join(out, 'native'),
  utilityProcesses: null,
};
const forTests = ['--test-renderer=/r', '--test-native=/n', '--test-processes=pipe'];

describe('arguments of the shell', () => {
  test('none', () => expect(readLaunchOptions([], out)).toEqual(plain));

  test('a profile, among what Chromium and an Electron in development are given', () => {
    const args = ['.', '--inspect=0', '--remote-debugging-port=0', '--profile=/home/p', '--no-sandbox'];
    expect(readLaunchOptions(args, out)).toEqual({ ...plain, profile: path.resolve('/home/p') });
  });

  test('tests may bring their own page and programs', () => {
    expect(readLaunchOptions(forTests, out)).toEqual({
      profile: null,
      rendererFolder: path.resolve('/r'),
      nativeFolder: path.resolve('/n'),
      utilityProcesses: false,
    });
  });

  test('an empty or missing folder is none', () => {
    expect(readLaunchOptions(['--profile='], out).profile).toBeNull();
    expect(readLaunchOptions(['--profile'], out).profile).toBeNull();
  });
});
