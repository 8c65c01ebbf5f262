import { createHash } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { AppError } from '../../../contract/failure.ts';
import { TimeStampAuthority } from '../../../native/signing/time-stamp/authority.ts';
import {
  carriesStamp,
  signatureValue,
  withTimeStamp,
} from '../../../native/signing/time-stamp/unsigned-attribute.ts';
import { opensslCms } from '../verification/hand-signer.ts';
import { issueBy } from '../verification/rogue-authority.ts';
import { openWorkbench, type SoftSigner, type Workbench } from '../verification/workbench.ts';
import { granted, handToken, type Lies, type Reply, readAsked, refused, StampServer } from './hand-stamp.ts';

const day = 86_400_000;
let bench: Workbench;
let stamper: SoftSigner;
let server: StampServer;

beforeAll(async () => {
  bench = await openWorkbench();
  stamper = await bench.signer({ kind: 'timeStamper' });
  server = await StampServer.start();
});
beforeEach(() => {
  server.requests = 0;
});
afterAll(async () => {
  await server.close();
  await bench.close();
});

const imprint = { algorithm: 'sha256', digest: createHash('sha256').update('a signature').digest() } as const;

function authority(extra: { anchors?: []; deadlineMs?: number } = {}): TimeStampAuthority {
  const trust = bench.trust(extra.anchors ? { anchors: extra.anchors } : {});
  return new TimeStampAuthority({
    url: server.url,
    trust,
    pauseMs: 5,
    deadlineMs: extra.deadlineMs ?? 20_000,
  });
}

async function failureOf(work: Promise<unknown>): Promise<AppError> {
  const failure = await work.then(
    () => null,
    (error: unknown) => error,
  );
  if (!(failure instanceof AppError)) throw new Error('no failure', { cause: failure });
  return failure;
}

function lying(by: () => SoftSigner, lies: () => Lies): (request: Buffer) => Reply {
  return (request) => ({ body: granted(handToken(by(), readAsked(request), lies())) });
}

const otherDigest = createHash('sha256').update('another signature').digest();

describe('a stamp', () => {
  test('that answers the request is believed', async () => {
    server.reply = lying(
      () => stamper,
      () => ({}),
    );
    const { check } = await authority().stamp(imprint);
    expect(Math.abs(check.time.getTime() - Date.now())).toBeLessThan(60_000);
    expect(server.requests).toBe(1);
  });

  test('by openssl’s own authority, too', async () => {
    const url = `${bench.pki.responders.url}/tsa`;
    const { check } = await new TimeStampAuthority({ url, trust: bench.trust() }).stamp(imprint);
    expect(check.authority?.x509.fingerprint256).toBe(bench.pki.timeStamper.fingerprint256);
  });

  test.each<[string, string, () => Lies]>([
    ['for another request', 'tsa-nonce', () => ({ nonce: '4102030405060708' })],
    ['without a nonce', 'tsa-nonce', () => ({ nonce: null })],
    ['on other content', 'tsa-imprint', () => ({ digest: otherDigest })],
    ['whose signature is broken', 'signature-mismatch', () => ({ brokenSignature: true })],
    ['that names no certificate', 'tsa-certificate', () => ({ named: null })],
    ['that names another certificate', 'tsa-certificate', () => ({ named: bench.pki.issuing })],
    ['that brings no certificate', 'tsa-certificate', () => ({ certificates: [] })],
    ['dated before its certificate', 'tsa-certificate', () => ({ time: new Date(Date.now() - 900 * day) })],
  ])('%s is refused', async (_, reason, lies) => {
    server.reply = lying(() => stamper, lies);
    const failure = await failureOf(authority().stamp(imprint));
    expect(failure).toMatchObject({ code: 'timestamp-invalid', params: { reason }, retryable: false });
    expect(server.requests).toBe(1);
  });

  test('by a certificate that isn’t for stamping', async () => {
    const person = await bench.signer();
    server.reply = lying(
      () => person,
      () => ({}),
    );
    expect(await failureOf(authority().stamp(imprint))).toMatchObject({
      code: 'timestamp-invalid',
      params: { reason: 'tsa-certificate' },
    });
  });

  test('by a certificate that has run out', async () => {
    const validity = { notBefore: new Date(Date.now() - 90 * day), notAfter: new Date(Date.now() - day) };
    const old = await bench.signer({ kind: 'timeStamper', validity });
    server.reply = lying(
      () => old,
      () => ({}),
    );
    expect(await failureOf(authority().stamp(imprint))).toMatchObject({
      params: { reason: 'tsa-certificate' },
    });
  });

  test('by nobody whom the office trusts', async () => {
    const rogue = issueBy(bench, await bench.signer());
    server.reply = lying(
      () => rogue,
      () => ({}),
    );
    const failure = await failureOf(authority().stamp(imprint));
    expect(failure).toMatchObject({ code: 'timestamp-invalid' });
    const foreign = new TimeStampAuthority({
      url: server.url,
      trust: { anchors: [(await bench.signer()).certificate], offline: true },
    });
    server.reply = lying(
      () => stamper,
      () => ({}),
    );
    expect(await failureOf(foreign.stamp(imprint))).toMatchObject({ params: { reason: 'tsa-untrusted' } });
    await expect(authority({ anchors: [] }).stamp(imprint)).resolves.toBeDefined();
  });

  test('by an authority that has been revoked', async () => {
    const revoked = await bench.signer({ kind: 'timeStamper' });
    await bench.pki.issuingAuthority.revoke(revoked.certificate);
    server.reply = lying(
      () => revoked,
      () => ({ time: new Date(Date.now() + 10_000) }),
    );
    expect(await failureOf(authority().stamp(imprint))).toMatchObject({
      params: { reason: 'certificate-revoked' },
    });
  });
});

describe('a service', () => {
  test('that refuses says why, and whether to ask again', async () => {
    server.reply = () => ({ body: refused(15, 'chính sách không được chấp nhận\u001b[2J') });
    const forGood = await failureOf(authority().stamp(imprint));
    expect(forGood).toMatchObject({ code: 'timestamp-refused', retryable: false });
    expect(forGood.params['detail']).toBe('unacceptedPolicy; chính sách không được chấp nhận\ufffd[2J');
    server.reply = () => ({ body: refused(25, 'later') });
    expect(await failureOf(authority().stamp(imprint))).toMatchObject({
      code: 'timestamp-refused',
      retryable: true,
    });
  });

  test.each<[string, Reply, string, number]>([
    ['answers with a web page', { body: '<html><h1>Wi-Fi</h1></html>' }, 'timestamp-invalid', 1],
    ['answers nothing', { body: '' }, 'timestamp-invalid', 1],
    ['answers with a certificate', { body: Buffer.from('3003020101', 'hex') }, 'timestamp-invalid', 1],
    ['is down', { status: 503 }, 'timestamp-unreachable', 3],
    ['doesn’t like the request', { status: 400 }, 'timestamp-unreachable', 1],
    ['never ends its answer', { body: Buffer.alloc(300 * 1024, 0x30) }, 'timestamp-unreachable', 3],
  ])('that %s', async (_, reply, code, requests) => {
    server.reply = () => reply;
    const failure = await failureOf(authority().stamp(imprint));
    expect(failure).toMatchObject({ code, params: { url: new URL(server.url).host } });
    expect(server.requests).toBe(requests);
  });

  test('that comes to itself is asked until it does', async () => {
    const honest = lying(
      () => stamper,
      () => ({}),
    );
    server.reply = (request) => (server.requests < 3 ? { status: 500 } : honest(request));
    await expect(authority().stamp(imprint)).resolves.toBeDefined();
  });

  test('that doesn’t answer is left at the deadline', async () => {
    server.reply = () => 'never';
    const failure = await failureOf(authority({ deadlineMs: 150 }).stamp(imprint));
    expect(failure).toMatchObject({ code: 'timestamp-unreachable', retryable: true });
  });

  test('is left at once when the person has had enough', async () => {
    const stop = new AbortController();
    server.reply = () => {
      stop.abort();
      return 'never';
    };
    expect((await failureOf(authority().stamp(imprint, stop.signal))).code).toBe('cancelled');
  });

  test('must be named by http or https', () => {
    expect(() => new TimeStampAuthority({ url: 'file:///etc/passwd', trust: { anchors: [] } })).toThrow(
      AppError,
    );
  });
});

describe('the unsigned attribute', () => {
  test.each([
    ['DER', [] as string[]],
    ['BER of indefinite lengths', ['-stream']],
  ])('goes into %s', async (_, more) => {
    const signer = await bench.signer();
    const cms = opensslCms(bench, signer, ['-cades', '-md', 'sha256', ...more])(Buffer.from('content'));
    const token = handToken(stamper, { digest: imprint.digest, nonce: '41' });
    expect(carriesStamp(cms)).toBe(false);
    const stamped = withTimeStamp(Buffer.concat([cms, Buffer.alloc(100)]), token);
    expect(carriesStamp(stamped)).toBe(true);
    expect(Buffer.from(signatureValue(stamped)).equals(signatureValue(cms))).toBe(true);
    expect(Buffer.from(stamped).includes(Buffer.from(token))).toBe(true);
  });

  test('doesn’t go into what isn’t a signature', () => {
    for (const bytes of [Buffer.of(), Buffer.alloc(64), Buffer.from('30820fff', 'hex')])
      expect(() => withTimeStamp(bytes, Buffer.of())).toThrow(AppError);
  });
});
