import { existsSync } from 'node:fs';
import { readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Lab, PersonName } from '../lab/lab.ts';
import { startLab } from '../lab/lab.ts';
import { runProgram } from '../lab/program.ts';
import { personNames } from '../lab/province.ts';

/** The lab is what other tests stand on: independent programs say whether it is what it claims. */

let lab: Lab;

beforeAll(async () => {
  lab = await startLab();
});

afterAll(() => lab.close());

const pki = (name: string) => join(lab.dir, 'pki', name);

async function run(program: string, args: readonly string[], input?: Uint8Array): Promise<string> {
  return (await runProgram(program, args, input ? { input } : {})).toString('utf8');
}

/** The certificate as a file, for openssl. */
async function pem(name: PersonName, kind: 'token' | 'seal' = 'token'): Promise<string> {
  const path = join(lab.dir, `${name}-${kind}.pem`);
  const certificate = lab.people[name][kind]?.certificate;
  if (!certificate) throw new Error(`${name} has no ${kind}`);
  await writeFile(path, certificate.toString());
  return path;
}

/** Root and issuing authority in one file. */
async function chainFile(): Promise<string> {
  const path = join(lab.dir, 'chain.pem');
  await writeFile(path, lab.pki.root.toString() + lab.pki.issuing.toString());
  return path;
}

describe('certificates', () => {
  test('of everybody chain to the root, by openssl', async () => {
    const files = [...(await Promise.all(personNames.map((name) => pem(name)))), await pem('clerk', 'seal')];
    const services = [pki('timeStamper.pem'), pki('ocspResponder.pem')];
    const said = await run('openssl', [
      ...['verify', '-x509_strict', '-CAfile', lab.trustFile, '-untrusted', pki('issuing.pem')],
      ...[...files, ...services],
    ]);
    expect(said.match(/: OK$/gm)).toHaveLength(files.length + services.length);
  });

  test('say that they are for tests, and whose they are', async () => {
    const said = await run('openssl', [
      ...['x509', '-noout', '-subject', '-issuer', '-nameopt', 'utf8', '-in', await pem('leader')],
    ]);
    expect(said).toContain('Giám đốc Sở');
    expect(said).toContain('thử nghiệm');
  });
});

describe('responders', () => {
  async function ocsp(name: PersonName): Promise<string> {
    const certificate = await pem(name);
    return run('openssl', [
      ...['ocsp', '-issuer', pki('issuing.pem'), '-cert', certificate, '-CAfile', await chainFile()],
      ...['-url', `${lab.pki.responders.url}/ocsp`],
    ]);
  }

  async function crl(): Promise<string> {
    const answer = await fetch(`${lab.pki.responders.url}/crl/issuing.crl`);
    expect(answer.headers.get('content-type')).toBe('application/pkix-crl');
    const der = Buffer.from(await answer.arrayBuffer());
    // Fails where the list's signature isn't the authority's.
    return run(
      'openssl',
      ['crl', '-inform', 'DER', '-noout', '-text', '-CAfile', await chainFile(), '-verify'],
      der,
    );
  }

  test('OCSP and CRL know a revocation as soon as revoke() returns', async () => {
    const serial = lab.people.communeClerk.token.certificate.serialNumber;
    expect(await ocsp('communeClerk')).toMatch(/: good\n/);
    expect(await crl()).not.toContain(serial);
    await lab.revoke('communeClerk');
    expect(await ocsp('communeClerk')).toMatch(/: revoked\n/);
    expect(await crl()).toContain(serial);
    expect(await ocsp('leader')).toMatch(/: good\n/);
  });

  test('the issuing certificate lies where certificates say it does', async () => {
    const answer = await fetch(`${lab.pki.responders.url}/crt/issuing.crt`);
    expect(Buffer.from(await answer.arrayBuffer()).equals(lab.pki.issuing.raw)).toBe(true);
  });

  test('time stamps are accepted by openssl, and only over what was stamped', async () => {
    const [data, query, reply] = ['stamped.txt', 'query.tsq', 'reply.tsr'].map((name) =>
      join(lab.dir, name),
    ) as [string, string, string];
    await writeFile(data, 'Nội dung');
    await run('openssl', ['ts', '-query', '-data', data, '-sha256', '-cert', '-out', query]);
    const answer = await fetch(`${lab.pki.responders.url}/tsa`, {
      method: 'POST',
      headers: { 'content-type': 'application/timestamp-query' },
      body: await readFile(query),
    });
    expect(answer.headers.get('content-type')).toBe('application/timestamp-reply');
    await writeFile(reply, Buffer.from(await answer.arrayBuffer()));
    const trust = ['-CAfile', lab.trustFile, '-untrusted', pki('issuing.pem')];
    const verify = (what: string[]) => run('openssl', ['ts', '-verify', ...what, '-in', reply, ...trust]);
    expect(await verify(['-queryfile', query])).toContain('Verification: OK');
    expect(await verify(['-data', data])).toContain('Verification: OK');
    await writeFile(data, 'Nội dung khác');
    await expect(verify(['-data', data])).rejects.toThrow();
  });

  test('misbehave one by one when told to, and count what they were asked', async () => {
    const { responders } = lab.pki;
    const ask = (service: 'crl' | 'crt', signal?: AbortSignal) =>
      fetch(`${responders.url}/${service}/issuing.${service}`, signal ? { signal } : {});
    const asked = responders.requests('crl');
    responders.behave('crl', 'refuse');
    await expect(ask('crl')).rejects.toThrow();
    expect((await ask('crt')).status).toBe(200);
    responders.behave('crl', 'stall');
    await expect(ask('crl', AbortSignal.timeout(300))).rejects.toMatchObject({ name: 'TimeoutError' });
    responders.behave('crl', 'nonsense');
    const nonsense = await ask('crl');
    expect([nonsense.status, nonsense.headers.get('content-type')]).toEqual([200, 'text/html']);
    responders.behave('crl', 'normal');
    expect((await ask('crl')).headers.get('content-type')).toBe('application/pkix-crl');
    // A request whose connection is cut may be sent a second time by fetch.
    expect(responders.requests('crl')).toBeGreaterThanOrEqual(asked + 4);
  });

  test('answer nonsense with 400 or 404, and read no other file', async () => {
    const { url } = lab.pki.responders;
    expect((await fetch(`${url}/ocsp`, { method: 'POST', body: 'x' })).status).toBe(400);
    for (const path of ['/', '/crl/..%2fopenssl.cnf', '/crt/issuing.key', '/tsa'])
      expect((await fetch(url + path)).status, path).toBe(404);
  });
});

describe('papers', () => {
  test('are sound PDFs with embedded fonts and Vietnamese that can be read', async () => {
    const words: Record<string, RegExp> = {
      decision: /QUYẾT ĐỊNH/,
      officialLetter: /Kính gửi/,
      proposal: /TỜ TRÌNH/,
      appendix: /PHỤ LỤC/i,
    };
    for (const [name, path] of Object.entries(lab.papers.documents)) {
      expect(await run('qpdf', ['--check', path]), name).toContain('No syntax or stream encoding errors');
      const fonts = (await run('pdffonts', [path])).split('\n').slice(2).filter(Boolean);
      expect(fonts.length, name).toBeGreaterThan(0);
      for (const font of fonts) expect(font, name).toMatch(/ yes yes yes +\d+ +\d+$/);
      const text = (await run('pdftotext', ['-layout', path, '-'])).normalize('NFC');
      expect(text, name).toMatch(words[name] ?? /^$/);
    }
  });

  test('that nobody should accept are what they say', async () => {
    const { encrypted, truncated, notPdf, empty, vietnameseName } = lab.papers.odd;
    expect(await run('qpdf', ['--show-encryption', encrypted])).toContain('AESv3');
    await expect(run('qpdf', ['--check', truncated])).rejects.toThrow();
    expect((await readFile(notPdf, 'utf8')).startsWith('<!doctype html>')).toBe(true);
    expect((await stat(empty)).size).toBe(0);
    expect(await run('qpdf', ['--check', vietnameseName])).toContain('No syntax');
  });

  test('pictures of signature and seal are PNGs with transparent paper', async () => {
    for (const path of [lab.papers.approvalImage, lab.papers.sealImage]) {
      const png = await readFile(path);
      expect(png.subarray(1, 4).toString('latin1')).toBe('PNG');
      // IHDR's colour type: 6 is true colour with alpha.
      expect(png[25]).toBe(6);
    }
  });
});

test('nothing in the lab’s folder holds a PIN', async () => {
  await lab.profile('leader', { serverUrl: 'http://127.0.0.1:9' });
  const pins = Object.values(lab.people).flatMap(({ machine }) =>
    machine.tokens.flatMap(({ pin, soPin }) => [pin, soPin]),
  );
  expect(new Set(pins).size).toBe(pins.length);
  const entries = await readdir(lab.dir, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  expect(files.length).toBeGreaterThan(40);
  for (const path of files) {
    const content = await readFile(path, 'latin1');
    for (const pin of pins) expect(content.includes(pin), path).toBe(false);
  }
  expect((await stat(lab.dir)).mode & 0o077).toBe(0);
});

test('close() leaves no process, no port and no folder', async () => {
  const short = await startLab();
  const { url } = short.pki.responders;
  // One request is still waiting for its answer.
  short.pki.responders.behave('ocsp', 'stall');
  const waiting = fetch(`${url}/ocsp`, { method: 'POST', body: 'x' });
  const refused = expect(waiting).rejects.toThrow();
  await expect.poll(() => short.pki.responders.requests('ocsp')).toBe(1);
  await short.close();
  await refused;
  expect(existsSync(short.dir)).toBe(false);
  await expect(fetch(`${url}/crl/issuing.crl`)).rejects.toThrow();
  const processes = await run('ps', ['-eo', 'pid,args']);
  expect(processes).not.toContain(short.dir);
});
