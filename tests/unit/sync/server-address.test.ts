import { describe, expect, test } from 'vitest';
import { isSafeAddress, requireSafeAddress } from '../../../native/sync/server-address.ts';

describe('an address of the province’s server', () => {
  test.each([
    'https://vanban.example.gov.vn',
    'https://10.0.0.5:8443/antin',
    'http://127.0.0.1:8080',
    'http://127.9.8.7',
    'http://127.1',
    'http://0x7f.1',
    'http://2130706433',
    'http://0177.0.0.1',
    'http://[::1]:8080',
    'http://[0:0:0:0:0:0:0:1]',
    'http://[::ffff:127.0.0.1]',
    'http://[::ffff:7f00:1]',
    'http://localhost:8080',
    'http://LOCALHOST',
  ])('%s is safe', (address) => {
    expect(isSafeAddress(address)).toBe(true);
  });

  test.each([
    ['another computer', 'http://vanban.example.gov.vn'],
    ['another computer of the same network', 'http://192.168.1.5'],
    ['no address to send to', 'http://0.0.0.0:8080'],
    ['the same in IPv6', 'http://[::]'],
    ['a name that some systems ask a name server for', 'http://localhost.'],
    ['a name below localhost', 'http://x.localhost'],
    ['a name that only begins so', 'http://localhost.example.vn'],
    ['a name that only looks like a number', 'http://127.0.0.1.example.vn'],
    ['a number just beside', 'http://128.0.0.1'],
    ['another address mapped into IPv6', 'http://[::ffff:10.0.0.1]'],
    ['another one that begins like the loopback', 'http://[::ffff:7e00:1]'],
    ['the deprecated form without ffff', 'http://[::127.0.0.1]'],
    ['a user who looks like the host', 'http://127.0.0.1@example.vn'],
    ['a user before a safe host', 'https://vanban.example.gov.vn@example.vn'],
    ['another protocol', 'ftp://127.0.0.1'],
    ['a file', 'file:///etc/passwd'],
    ['no address', 'vanban.example.gov.vn'],
    ['nothing', ''],
  ])('%s is refused (%s)', (_, address) => {
    expect(isSafeAddress(address)).toBe(false);
    expect(() => requireSafeAddress(address)).toThrow(expect.objectContaining({ code: 'server-insecure' }));
  });

  test('is named in the refusal without what stands before the @', () => {
    expect(() => requireSafeAddress('http://me:secret@example.vn/path')).toThrow(
      expect.objectContaining({ params: { url: 'http://example.vn' } }),
    );
  });
});
