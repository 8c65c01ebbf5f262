import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { fileDigest } from '../../../contract/identity.ts';
import { readConfig } from '../../../native/core/config.ts';
import { FileStore } from '../../../native/store/file-store.ts';
import { downloadFile } from '../../../native/sync/download.ts';
import { ProvinceClient } from '../../../native/sync/province-client.ts';
import { uploadFile } from '../../../native/sync/upload.ts';
import { TestDesk } from '../core/test-desk.ts';
import { answerOf } from '../server/identities.ts';
import { TestProvince } from '../server/test-province.ts';

let province: TestProvince;
let folder = '';
let secure = '';
const never = new AbortController().signal;
const at = (name: string) => join(folder, name);
const pem = (name: string) => readFileSync(at(`${name}.pem`), 'utf8');

function openssl(...args: string[]): void {
  execFileSync('openssl', args, { stdio: 'ignore' });
}

/** An authority for web servers, or a server's certificate of its own making. */
function selfSigned(name: string, host?: string): void {
  openssl(
    ...['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '5'],
    ...['-subj', `/CN=${name}`, '-keyout', at(`${name}.key`), '-out', at(`${name}.pem`)],
    ...(host ? ['-addext', `subjectAltName=${host}`] : []),
  );
}

/** A web server's certificate by the office's own authority; with fewer than no days, one that has expired. */
function issue(name: string, host: string, days = '5'): void {
  writeFileSync(at('extensions'), `subjectAltName=${host}\n`);
  openssl(
    ...[
      'req',
      '-new',
      '-newkey',
      'ec',
      '-pkeyopt',
      'ec_paramgen_curve:P-256',
      '-nodes',
      '-subj',
      `/CN=${name}`,
    ],
    ...['-keyout', at(`${name}.key`), '-out', at(`${name}.csr`)],
  );
  openssl(
    ...['x509', '-req', '-in', at(`${name}.csr`), '-CA', at('office.pem'), '-CAkey', at('office.key')],
    ...['-days', days, '-extfile', at('extensions'), '-out', at(`${name}.pem`)],
  );
}

beforeAll(async () => {
  province = await TestProvince.create(1);
  folder = province.dir;
  selfSigned('office');
  selfSigned('stranger');
  selfSigned('lonely', 'IP:127.0.0.1');
  issue('server', 'IP:127.0.0.1');
  issue('elsewhere', 'DNS:vanban.example.gov.vn');
  issue('expired', 'IP:127.0.0.1', '-1');
  await province.start({ tls: { certificate: pem('server'), key: readFileSync(at('server.key'), 'utf8') } });
  secure = province.url;
});
afterAll(() => province.remove());

const authorities = (...names: string[]) => names.map(pem);
const ask = (serverUrl: string, ...names: string[]) =>
  new ProvinceClient({
    serverUrl,
    bearer: null,
    ...(names.length > 0 && { serverAuthorities: authorities(...names) }),
  })
    .challenge(province.identities.leader.certificate.raw)
    .then(
      () => 'answered',
      ({ code, params }: { code: string; params: { reason?: string } }) =>
        `${code} ${params.reason ?? ''}`.trim(),
    );

test('a desk signs in, works and moves files over HTTPS, by the office’s own authority', async () => {
  const config = at('config');
  execFileSync('mkdir', ['-p', config]);
  writeFileSync(join(config, 'office.pem'), pem('office'));
  writeFileSync(
    join(config, 'config.json'),
    JSON.stringify({
      serverUrl: secure,
      modulePaths: [],
      trustAnchorFiles: [],
      serverAuthorityFiles: ['office.pem'],
    }),
  );
  const { serverAuthorities } = await readConfig(config);
  expect(serverAuthorities).toHaveLength(1);
  const desk = await TestDesk.create(province, 'leader', serverAuthorities ? { serverAuthorities } : {});
  await desk.signIn();
  const card = await desk.until(() => desk.core.documents.list('toSign')[0]);
  await desk.until(async () => (await desk.core.show(card.id)).fileHeld);
  const client = new ProvinceClient({
    serverUrl: secure,
    bearer: null,
    serverAuthorities: authorities('office'),
  });
  const { certificate } = province.identities.leader;
  const { challengeId, statement } = await client.challenge(certificate.raw);
  const signature = Buffer.from(answerOf(province.identities.leader, statement), 'base64');
  const { bearer } = await client.openSession(challengeId, certificate.raw, signature);
  const channel = { serverUrl: secure, bearer, ...(serverAuthorities && { serverAuthorities }) };
  const files = await FileStore.open(at('files'));
  const { digest, bytes } = await files.write(
    (async function* () {
      yield Buffer.alloc(300_000, 7);
    })(),
  );
  await uploadFile(files, digest, channel, never);
  const other = await FileStore.open(at('other-files'));
  await downloadFile(other, { digest, bytes }, channel, never);
  expect(await other.has(digest)).toBe(true);
  await desk.remove();
});

describe('whoever answers as the server', () => {
  test('is not believed by an authority that only the system, or another office, trusts', async () => {
    expect(await ask(secure)).toBe('server-certificate tls-unknown-authority');
    expect(await ask(secure, 'stranger')).toBe('server-certificate tls-unknown-authority');
    expect(await ask(secure, 'stranger', 'office')).toBe('answered');
  });

  test.each([
    ['for another name', 'elsewhere', 'tls-other-name'],
    ['that has expired', 'expired', 'tls-expired'],
    ['that it gave itself', 'lonely', 'tls-unknown-authority'],
  ])('with a certificate %s is told apart', async (_, name, reason) => {
    await province.stop();
    await province.start({ tls: { certificate: pem(name), key: readFileSync(at(`${name}.key`), 'utf8') } });
    try {
      expect(await ask(province.url, 'office')).toBe(`server-certificate ${reason}`);
    } finally {
      await province.stop();
      await province.start({
        tls: { certificate: pem('server'), key: readFileSync(at('server.key'), 'utf8') },
      });
      secure = province.url;
    }
  });

  test('without TLS, where TLS was asked for, gets nothing', async () => {
    const plain = await listening((_request, response) => void response.end('{}'));
    expect(await ask(plain.url.replace('http:', 'https:'), 'office')).toBe(
      'server-certificate tls-handshake',
    );
    plain.server.close();
  });

  test('can send nobody elsewhere: no redirect is followed, to another host or down to http', async () => {
    const reached: string[] = [];
    const trap = await listening((request, response) => {
      reached.push(String(request.headers.authorization));
      response.end('{}');
    });
    for (const status of [301, 302, 303, 307, 308]) {
      const from = await listening(
        (_request, response) => void response.writeHead(status, { location: trap.url }).end(),
      );
      expect(await ask(from.url)).toBe('server-nonsense');
      const digest = fileDigest.parse('0'.repeat(64));
      const files = await FileStore.open(at('redirected'));
      const channel = { serverUrl: from.url, bearer: 'b'.repeat(40) };
      await expect(downloadFile(files, { digest, bytes: 5 }, channel, never)).rejects.toMatchObject({
        code: 'server-nonsense',
      });
      from.server.close();
    }
    expect(reached).toEqual([]);
    trap.server.close();
  });
});

describe('plain HTTP to another computer', () => {
  const address = 'http://vanban.example.gov.vn';

  test('is refused when the program starts, with the address', async () => {
    const profile = at('plain');
    execFileSync('mkdir', ['-p', profile]);
    writeFileSync(
      join(profile, 'config.json'),
      JSON.stringify({ serverUrl: address, modulePaths: [], trustAnchorFiles: [] }),
    );
    await expect(readConfig(profile)).rejects.toMatchObject({
      code: 'server-insecure',
      params: { url: address },
    });
  });

  test('is refused at the sign-in, before anything is sent or signed', async () => {
    const desk = await TestDesk.create(province, 'leader', { serverUrl: address });
    await expect(desk.signIn()).rejects.toMatchObject({ code: 'server-insecure' });
    await desk.remove();
  });

  test('is refused for files, too', async () => {
    const files = await FileStore.open(at('plain-files'));
    const channel = { serverUrl: address, bearer: 'b'.repeat(40) };
    const digest = fileDigest.parse('0'.repeat(64));
    await expect(downloadFile(files, { digest, bytes: 5 }, channel, never)).rejects.toMatchObject({
      code: 'server-insecure',
    });
  });
});

async function listening(
  answer: Parameters<typeof createServer>[1],
): Promise<{ server: Server; url: string }> {
  const server = createServer(answer as never);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { server, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}
