import { describe, expect, test } from 'vitest';
import { ClientAddress, networkOf } from '../../../server/client-address.ts';

describe('whom a request comes from', () => {
  const behind = new ClientAddress(['10.0.0.5', '192.168.7.0/24', 'fd00:7::/32']);
  test.each([
    ['nobody is named', '203.0.113.9', undefined, '203.0.113.9'],
    ['a stranger names somebody', '203.0.113.9', '198.51.100.1', '203.0.113.9'],
    ['the proxy names its client', '10.0.0.5', '203.0.113.9', '203.0.113.9'],
    ['the client named somebody first', '10.0.0.5', '198.51.100.1, 203.0.113.9', '203.0.113.9'],
    ['two proxies stand in a row', '10.0.0.5', '203.0.113.9, 192.168.7.20', '203.0.113.9'],
    ['a client pretends to be a proxy', '10.0.0.5', '198.51.100.1, 192.168.8.20', '192.168.8.20'],
    ['the proxy names nobody', '10.0.0.5', undefined, '10.0.0.5'],
    ['what it names is no address', '10.0.0.5', 'unknown', '10.0.0.5'],
    ['the address has a port', '10.0.0.5', '203.0.113.9:4711', '203.0.113.9'],
    ['an IPv6 address has a port', '10.0.0.5', '[2001:db8::1]:4711', '2001:db8::1'],
    ['the proxy comes over an IPv6 socket', '::ffff:10.0.0.5', '203.0.113.9', '203.0.113.9'],
    ['the proxy has an IPv6 address', 'fd00:7::1', '203.0.113.9', '203.0.113.9'],
    ['everybody named is a proxy', '10.0.0.5', '192.168.7.1, 192.168.7.2', '192.168.7.1'],
    ['the header is endless', '10.0.0.5', `${'9, '.repeat(3000)}203.0.113.9`, '203.0.113.9'],
  ])('%s', (_, peer, forwarded, client) => {
    expect(behind.of(peer, forwarded)).toBe(client);
  });

  test('where no proxy is named, no header is believed', () => {
    expect(new ClientAddress([]).of('127.0.0.1', '203.0.113.9')).toBe('127.0.0.1');
  });

  test.each(['', 'proxy.example', '10.0.0.0/33', '10.0.0.0/0', '::/0', '10.0.0.0/8/8', '10.0.0.5/x'])(
    '%j is no proxy',
    (entry) => {
      expect(() => new ClientAddress([entry])).toThrow(expect.objectContaining({ code: 'input-invalid' }));
    },
  );
});

test.each([
  ['203.0.113.9', '203.0.113.9'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
  ['2001:db8:1:2::6', '2001:db8:1:2::/64'],
  ['2001:db8:1:2:ffff::', '2001:db8:1:2::/64'],
  ['2001:db8::1', '2001:db8:0:0::/64'],
  ['::1', '0:0:0:0::/64'],
])('%s is one subscriber’s with all of %s', (address, network) => {
  expect(networkOf(address)).toBe(network);
});
