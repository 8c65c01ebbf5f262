import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { FetchFailure } from '../../../native/verification/revocation/fetcher.ts';
import { HttpFetcher } from '../../../native/verification/revocation/http-fetcher.ts';

const limits = { timeoutMs: 1000, maxBytes: 1000 };
let server: Server;
let base: string;

beforeAll(async () => {
  server = createServer((request, response) => {
    const [, kind, rest] = request.url?.split('/') ?? [];
    if (kind === 'large') response.end(Buffer.alloc(2000));
    else if (kind === 'loop') response.writeHead(302, { location: '/loop' }).end();
    else if (kind === 'to-file') response.writeHead(302, { location: 'file:///etc/passwd' }).end();
    else if (kind === 'hop')
      response.writeHead(301, { location: rest === '0' ? '/ok' : `/hop/${Number(rest) - 1}` }).end();
    else if (kind === 'drip') response.write('x');
    else if (kind === 'switch')
      response.socket?.write('HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: x\r\n\r\n');
    else if (kind === 'missing') response.writeHead(404).end();
    else request.pipe(response);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

describe('the default fetcher', () => {
  test('never asks this computer or the office’s network', async () => {
    const fetcher = new HttpFetcher();
    const port = new URL(base).port;
    const hosts = [
      '127.0.0.1',
      'localhost',
      '[::1]',
      '[::ffff:127.0.0.1]',
      '10.1.2.3',
      '192.168.1.1',
      '169.254.169.254',
      '0.0.0.0',
      '2130706433',
      '0x7f.1',
    ];
    for (const host of hosts) {
      await expect(fetcher.get(`http://${host}:${port}/ok`, limits), host).rejects.toThrow(FetchFailure);
    }
  });

  test.each([
    '[::127.0.0.1]',
    '[64:ff9b::7f00:1]',
    '[::ffff:0:127.0.0.1]',
    '[2002:7f00:1::1]',
    '[2001:0:7f00:1::1]',
    '[fec0::1]',
    '100.64.0.1',
    '192.0.2.1',
    '255.255.255.255',
  ])('%s isn’t an address of the public Internet', async (host) => {
    await expect(new HttpFetcher().get(`http://${host}/ok`, limits)).rejects.toThrow('private address');
  });

  test('names the protocol that it refuses', async () => {
    const fetcher = new HttpFetcher();
    await expect(fetcher.get('ldap://ca.gov.vn/cn=CA', limits)).rejects.toThrow('protocol ldap:');
  });

  test('knows only http and https', async () => {
    const fetcher = new HttpFetcher({ allowPrivate: true });
    for (const url of [
      'file:///etc/passwd',
      'ftp://127.0.0.1/x',
      'ldap://127.0.0.1/',
      'nonsense',
      `${base.replace('//', '//user:word@')}/ok`,
      `${base.replace('//', '//:word@')}/ok`,
    ]) {
      await expect(fetcher.get(url, limits), url).rejects.toThrow(FetchFailure);
    }
  });

  test('is bounded in size, time and redirects', async () => {
    const fetcher = new HttpFetcher({ allowPrivate: true });
    expect(
      Buffer.from(await fetcher.post(`${base}/ok`, Buffer.from('hello'), 'text/plain', limits)).toString(),
    ).toBe('hello');
    expect((await fetcher.get(`${base}/hop/2`, limits)).length).toBe(0);
    for (const path of ['large', 'loop', 'hop/9', 'to-file', 'missing', 'drip', 'switch']) {
      await expect(fetcher.get(`${base}/${path}`, limits), path).rejects.toThrow(FetchFailure);
    }
  });
});
