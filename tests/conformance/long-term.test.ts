import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { VerificationReport } from '../../contract/verdict.ts';
import {
  type ExtendedLevel,
  type ExtendedPdf,
  extendPdf,
} from '../../native/signing/long-term/extend-pdf.ts';
import { signPdf } from '../../native/signing/sign-pdf.ts';
import { TimeStampAuthority } from '../../native/signing/time-stamp/authority.ts';
import { verifyPdf } from '../../native/verification/index.ts';
import { runProgram } from '../lab/program.ts';
import { granted, handToken, type Lies, readAsked, StampServer } from '../unit/signing/hand-stamp.ts';
import { samplePdf } from '../unit/verification/sample-pdf.ts';
import { openWorkbench, type SoftSigner, type Workbench } from '../unit/verification/workbench.ts';
import { mutool, pdfsig, qpdfComplaints, signedRanges, trustDatabase } from './signing-judges.ts';

/** Time stamps and long-term data, judged by openssl, poppler, qpdf, mupdf, and by our own verification years later. */

const year = 365.25 * 86_400_000;
let bench: Workbench;
let signer: SoftSigner;
let nss: string;
let server: StampServer;

beforeAll(async () => {
  bench = await openWorkbench();
  signer = await bench.signer();
  server = await StampServer.start();
  nss = trustDatabase(bench.folder, `${bench.folder}/root.pem`);
  await runProgram('certutil', [
    '-A',
    '-d',
    nss,
    '-n',
    'issuing',
    '-t',
    'CT,C,C',
    '-i',
    `${bench.folder}/issuing.pem`,
  ]);
  writeFileSync(bench.path('classic.pdf'), samplePdf());
  const qpdf = ['--object-streams=generate', '--compress-streams=y'];
  await runProgram('qpdf', [...qpdf, bench.path('classic.pdf'), bench.path('streams.pdf')]);
  for (const structure of ['classic', 'streams']) {
    await sign(`${structure}.pdf`, `${structure}-b.pdf`);
    await sign(`${structure}-b.pdf`, `${structure}-bb.pdf`);
  }
});
afterAll(async () => {
  await server.close();
  await bench.close();
});

async function sign(source: string, target: string): Promise<void> {
  const stamp = { kind: 'plain' } as const;
  await signPdf({ source: bench.path(source), target: bench.path(target), signer, stamp });
}

async function extend(
  source: string,
  target: string,
  level: ExtendedLevel,
  other?: TimeStampAuthority,
  password?: string,
): Promise<ExtendedPdf> {
  const trust = bench.trust();
  const authority = other ?? new TimeStampAuthority({ url: `${bench.pki.responders.url}/tsa`, trust });
  const paths = { source: bench.path(source), target: bench.path(target) };
  return extendPdf({ ...paths, level, authority, trust, password });
}

function verify(name: string, extra: Parameters<Workbench['trust']>[0] = {}): Promise<VerificationReport> {
  return verifyPdf(bench.path(name), bench.trust(extra));
}

/** The tokens of a file's document time stamps, each held against the bytes that it covers by openssl. */
async function opensslVerifiesStamps(name: string): Promise<number> {
  const timeStampInfo = Buffer.from('060b2a864886f70d0109100104', 'hex');
  // A token names its content at its beginning; a signature that carries one, much later.
  const stamps = signedRanges(readFileSync(bench.path(name))).filter(({ cms }) =>
    cms.subarray(0, 64).includes(timeStampInfo),
  );
  for (const { cms, signed } of stamps) await opensslVerifiesToken(cms, signed);
  return stamps.length;
}

async function opensslVerifiesToken(token: Uint8Array, data: Uint8Array): Promise<void> {
  writeFileSync(bench.path('token.der'), token);
  writeFileSync(bench.path('token.data'), data);
  await runProgram('openssl', [
    ...['ts', '-verify', '-token_in', '-in', bench.path('token.der'), '-data', bench.path('token.data')],
    ...['-CAfile', bench.path('root.pem'), '-untrusted', bench.path('issuing.pem')],
  ]);
}

/** The stamp inside a signature, cut out by openssl's own parser, and the signature value that it stands over. */
async function signatureStamp(cms: Uint8Array): Promise<{ token: Uint8Array; value: Uint8Array }> {
  writeFileSync(bench.path('cms.der'), cms);
  const parsed = await runProgram('openssl', ['asn1parse', '-inform', 'DER', '-in', bench.path('cms.der')]);
  const lines = parsed.toString().split('\n');
  const at = lines.findIndex((line) => line.includes('id-smime-aa-timeStampToken'));
  const place = (line = '') => {
    const [, offset, header, length] = /^\s*(\d+):d=\s*\d+\s+hl=(\d+)\s+l=\s*(\d+)/.exec(line) ?? [];
    return {
      start: Number(offset),
      body: Number(offset) + Number(header),
      end: Number(offset) + Number(header) + Number(length),
    };
  };
  const token = place(lines[at + 2]);
  const value = place(lines.slice(0, at).findLast((line) => line.includes('OCTET STRING')));
  return { token: cms.subarray(token.start, token.end), value: cms.subarray(value.body, value.end) };
}

describe.each(['classic', 'streams'])('a %s file', (structure) => {
  test('gets a stamp into its signature: B-T, and nothing else changes', async () => {
    const { stampedAt, bytesIn, bytesOut } = await extend(`${structure}-b.pdf`, `${structure}-t.pdf`, 't');
    expect(bytesOut).toBe(bytesIn);
    const [before, after] = ['b', 't'].map((level) => readFileSync(bench.path(`${structure}-${level}.pdf`)));
    const [old] = signedRanges(before ?? Buffer.of());
    const [now] = signedRanges(after ?? Buffer.of());
    expect(now?.signed.equals(old?.signed ?? Buffer.of())).toBe(true);
    const stamp = await signatureStamp(now?.cms ?? Buffer.of());
    await opensslVerifiesToken(stamp.token, stamp.value);
    const report = await verify(`${structure}-t.pdf`);
    expect(report).toMatchObject({ verdict: 'valid', signatures: [{ level: 't', coverage: 'file' }] });
    expect(report.signatures[0]?.timestampAt).toBe(stampedAt[0]?.toISOString());
    expect(pdfsig(bench.path(`${structure}-t.pdf`), nss)).toMatchObject([{ valid: true, whole: true }]);
    expect(mutool(bench.path(`${structure}-t.pdf`))).toEqual(['unchanged']);
    expect(qpdfComplaints(bench.path(`${structure}-t.pdf`))).toEqual([]);
  });

  test('carries what checking it needs: B-LT, from its own data alone', async () => {
    const { added } = await extend(`${structure}-b.pdf`, `${structure}-lt.pdf`, 'lt');
    // Signer, issuing authority, root and time stamper; OCSP for two, a list for the authority.
    expect(added).toEqual({ certificates: 4, ocsps: 2, crls: 1 });
    const now = await verify(`${structure}-lt.pdf`, { offline: true });
    expect(now).toMatchObject({ verdict: 'valid', signatures: [{ level: 'lt', revocation: 'good' }] });
    const later = await verify(`${structure}-lt.pdf`, { offline: true, time: inYears(3) });
    expect(later).toMatchObject({ verdict: 'valid', signatures: [{ changesAfter: 'validationData' }] });
    expect(pdfsig(bench.path(`${structure}-lt.pdf`), nss)).toMatchObject([{ valid: true }]);
    expect(qpdfComplaints(bench.path(`${structure}-lt.pdf`))).toEqual([]);
  });

  test('is sealed for the archive: B-LTA, with two signatures, one of which came too late for a stamp', async () => {
    await extend(`${structure}-bb.pdf`, `${structure}-lta.pdf`, 'lta');
    const expected = {
      verdict: 'valid',
      signatures: [{ level: 'lta' }, { level: 'lta' }, { type: 'timestamp' }],
    };
    expect(await verify(`${structure}-lta.pdf`)).toMatchObject(expected);
    expect(await verify(`${structure}-lta.pdf`, { offline: true, time: inYears(3) })).toMatchObject(expected);
    expect(await opensslVerifiesStamps(`${structure}-lta.pdf`)).toBe(1);
    // poppler 22 lists a document time stamp without knowing what it is.
    const found = pdfsig(bench.path(`${structure}-lta.pdf`), nss);
    expect(found).toMatchObject([{ valid: true }, { valid: true }, { type: 'unknown', whole: true }]);
    expect(qpdfComplaints(bench.path(`${structure}-lta.pdf`))).toEqual([]);
  });
});

/** An authority of another making than the lab's own, good for eight years. */
async function laterAuthority(lies: Lies = {}): Promise<TimeStampAuthority> {
  const validity = { notBefore: new Date(Date.now() - year / 12), notAfter: inYears(8) };
  const stamper = await bench.signer({ kind: 'timeStamper', commonName: 'TSA thế hệ sau', validity });
  server.reply = (request) => ({ body: granted(handToken(stamper, readAsked(request), lies)) });
  return new TimeStampAuthority({ url: server.url, trust: bench.trust(), pauseMs: 5 });
}

describe('an archive', () => {
  test('is renewed by another authority before the first one’s certificate runs out', async () => {
    await extend('classic-b.pdf', 'archive-1.pdf', 'lta');
    const { added } = await extend('archive-1.pdf', 'archive-2.pdf', 'lta', await laterAuthority());
    // Fresh word on the first stamp's authority and its issuer, and what the second one's needs.
    expect(added).toMatchObject({ certificates: 1 });
    expect(added.ocsps).toBeGreaterThanOrEqual(2);
    const offline = { offline: true, time: inYears(6) };
    expect(await verify('archive-1.pdf', offline)).toMatchObject({ verdict: 'indeterminate' });
    const report = await verify('archive-2.pdf', offline);
    expect(report.signatures.map(({ type, verdict }) => [type, verdict])).toEqual([
      ['signature', 'valid'],
      ['timestamp', 'valid'],
      ['timestamp', 'valid'],
    ]);
    expect(await opensslVerifiesStamps('archive-2.pdf')).toBe(2);
    expect(qpdfComplaints(bench.path('archive-2.pdf'))).toEqual([]);
  });

  test('whose data were taken out again isn’t believed years later', async () => {
    await extend('classic-b.pdf', 'archive-3.pdf', 'lt');
    const text = readFileSync(bench.path('archive-3.pdf')).toString('latin1');
    writeFileSync(bench.path('bare.pdf'), text.replaceAll('/OCSPs [', '/OCSPx ['), 'latin1');
    const report = await verify('bare.pdf', { offline: true, time: inYears(3) });
    expect(report.verdict).toBe('indeterminate');
  });

  test('grows room for a token that is larger than thought', async () => {
    await extend('classic-b.pdf', 'archive-4.pdf', 'lta', await laterAuthority({ ballast: 12_000 }));
    expect(await verify('archive-4.pdf', { offline: true })).toMatchObject({
      verdict: 'valid',
      // The signature's own room was too small for it, so one document stamp stands for both.
      signatures: [{ level: 'lta' }, { type: 'timestamp' }],
    });
    expect(await opensslVerifiesStamps('archive-4.pdf')).toBe(1);
  });
});

describe('nothing is written', () => {
  const refusals: [string, string, ExtendedLevel, object, (() => Promise<TimeStampAuthority>)?][] = [
    ['for an unsigned file', 'classic.pdf', 't', { code: 'signature-missing' }],
    ['for a file that was tampered with', 'tampered.pdf', 'lta', { code: 'signature-unsound' }],
    [
      'into a signature that something was added after',
      'late.pdf',
      't',
      { code: 'timestamp-too-late', params: { field: 'antin-signature' } },
    ],
    [
      'where the signature left too little room',
      'classic-b.pdf',
      't',
      { code: 'signature-room-too-small' },
      () => laterAuthority({ ballast: 12_000 }),
    ],
  ];
  beforeAll(async () => {
    const tampered = readFileSync(bench.path('classic-b.pdf'));
    tampered.write('X', tampered.indexOf('stream') + 8);
    writeFileSync(bench.path('tampered.pdf'), tampered);
    await extend('classic-bb.pdf', 'late.pdf', 't');
  });

  test.each(refusals)('%s', async (_, source, level, expected, other) => {
    const files = readdirSync(bench.folder).length;
    const refused = extend(source, 'never.pdf', level, await other?.());
    await expect(refused).rejects.toMatchObject(expected);
    expect(readdirSync(bench.folder)).toHaveLength(files);
  });

  test('where a piece of validation data can’t be had', async () => {
    const { responders } = bench.pki;
    responders.behave('ocsp', 'refuse');
    responders.behave('crl', 'nonsense');
    const refused = extend('classic-b.pdf', 'never.pdf', 'lt');
    await expect(refused).rejects.toMatchObject({
      code: 'validation-data-missing',
      params: { reason: 'revocation-unknown' },
    });
    responders.behave('ocsp', 'normal');
    responders.behave('crl', 'normal');
    expect(readdirSync(bench.folder).filter((name) => /never|part/.test(name))).toEqual([]);
  });

  test('for a signer who was revoked before anything proved when it was signed', async () => {
    const revoked = await bench.signer();
    const [source, target] = [bench.path('classic.pdf'), bench.path('revoked.pdf')];
    await signPdf({ source, target, signer: revoked, stamp: { kind: 'plain' } });
    await bench.pki.issuingAuthority.revoke(revoked.certificate);
    await expect(extend('revoked.pdf', 'never.pdf', 'lta')).rejects.toMatchObject({
      code: 'validation-data-missing',
      params: { reason: 'certificate-revoked' },
    });
  });
});

test('a seal’s stamp proves the time of the approval that it covers, though it doesn’t make it B-T', async () => {
  const minute = 60_000;
  const validity = {
    notBefore: new Date(Date.now() - year / 12),
    notAfter: new Date(Date.now() + 10 * minute),
  };
  const leader = await bench.signer({ commonName: 'Giám đốc sắp hết hạn chứng thư', validity });
  const stamp = { kind: 'plain' } as const;
  const path = (name: string) => bench.path(name);
  await signPdf({ source: path('classic.pdf'), target: path('approved.pdf'), signer: leader, stamp });
  await sign('approved.pdf', 'sealed.pdf');
  await extend('sealed.pdf', 'sealed-t.pdf', 't');
  // Behind the end of the leader's certificate, and within the hour that the responders' answers speak of.
  const time = new Date(Date.now() + 30 * minute);
  expect(await verify('sealed.pdf', { time })).toMatchObject({
    verdict: 'indeterminate',
    signatures: [{ reasons: ['certificate-expired', 'signing-time-unproven'] }, { reasons: [] }],
  });
  expect(await verify('sealed-t.pdf', { time })).toMatchObject({
    verdict: 'valid',
    signatures: [{ level: 'b' }, { level: 't' }],
  });
});

test('a signature that is added to an archived document isn’t archived by that', async () => {
  await extend('classic-b.pdf', 'archived.pdf', 'lta');
  await sign('archived.pdf', 'added.pdf');
  const levels = async (name: string) =>
    (await verify(name)).signatures.map(({ type, level }) => [type, level]);
  const archived = ['signature', 'lta'];
  const stamp = ['timestamp', 'none'];
  expect(await levels('added.pdf')).toEqual([archived, stamp, ['signature', 'b']]);
  await extend('added.pdf', 'added-lt.pdf', 'lt');
  expect(await levels('added-lt.pdf')).toEqual([archived, stamp, ['signature', 'lt']]);
  await extend('added-lt.pdf', 'added-lta.pdf', 'lta');
  expect(await levels('added-lta.pdf')).toEqual([archived, stamp, archived, stamp]);
  expect(await verify('added-lta.pdf', { offline: true, time: inYears(3) })).toMatchObject({
    verdict: 'valid',
  });
});

test('an authority that was revoked since is found out by asking, and only by asking', async () => {
  const stamper = await bench.signer({ kind: 'timeStamper', commonName: 'TSA bị lộ khóa' });
  server.reply = (request) => ({ body: granted(handToken(stamper, readAsked(request))) });
  const authority = new TimeStampAuthority({ url: server.url, trust: bench.trust() });
  await extend('classic-b.pdf', 'leaked.pdf', 'lta', authority);
  expect((await verify('leaked.pdf')).verdict).toBe('valid');
  await bench.pki.issuingAuthority.revoke(stamper.certificate);
  const online = await verify('leaked.pdf');
  expect(online.verdict).toBe('invalid');
  expect(online.signatures.at(-1)).toMatchObject({ type: 'timestamp', reasons: ['certificate-revoked'] });
  // From its own data the file looks as it did on its last day of trust: what "offline" means.
  expect((await verify('leaked.pdf', { offline: true })).verdict).toBe('valid');
});

test('a document certified against every change may be raised to the archive', async () => {
  const [source, target] = [bench.path('classic.pdf'), bench.path('certified.pdf')];
  await signPdf({ source, target, signer, stamp: { kind: 'plain' }, certification: 1 });
  await extend('certified.pdf', 'certified-lta.pdf', 'lta');
  expect(await verify('certified-lta.pdf', { offline: true })).toMatchObject({
    verdict: 'valid',
    signatures: [{ level: 'lta', changesAfter: 'validationData' }, { type: 'timestamp' }],
  });
});

test('three renewals stay readable, and each adds only what is new', async () => {
  await extend('streams-b.pdf', 'year-0.pdf', 'lta');
  for (let count = 1; count <= 3; count++) {
    const { added } = await extend(`year-${count - 1}.pdf`, `year-${count}.pdf`, 'lta');
    expect(added).toMatchObject({ certificates: 0, crls: 0 });
  }
  const report = await verify('year-3.pdf', { offline: true, time: inYears(3) });
  expect(report.verdict).toBe('valid');
  expect(report.signatures).toHaveLength(5);
  expect(await opensslVerifiesStamps('year-3.pdf')).toBe(4);
  expect(qpdfComplaints(bench.path('year-3.pdf'))).toEqual([]);
});

test('a stamp that is there already isn’t asked for again', async () => {
  await extend('classic-b.pdf', 'again-1.pdf', 't');
  const before = bench.pki.responders.requests('tsa');
  const { stampedAt } = await extend('again-1.pdf', 'again-2.pdf', 't');
  expect(stampedAt).toEqual([]);
  expect(bench.pki.responders.requests('tsa')).toBe(before);
  expect(readFileSync(bench.path('again-2.pdf')).equals(readFileSync(bench.path('again-1.pdf')))).toBe(true);
});

test('a protected file is raised with its password, and its data stay readable', async () => {
  const secret = ['--encrypt', 'xem-1', 'chu-1', '256', '--'];
  await runProgram('qpdf', [...secret, bench.path('classic.pdf'), bench.path('secret.pdf')]);
  const password = 'xem-1';
  const stamp = { kind: 'plain' } as const;
  await signPdf({
    source: bench.path('secret.pdf'),
    target: bench.path('secret-b.pdf'),
    signer,
    stamp,
    password,
  });
  await extend('secret-b.pdf', 'secret-lta.pdf', 'lta', undefined, password);
  const report = await verify('secret-lta.pdf', { offline: true, time: inYears(3), password });
  expect(report).toMatchObject({ verdict: 'valid', signatures: [{ level: 'lta' }, { type: 'timestamp' }] });
});

function inYears(count: number): Date {
  return new Date(Date.now() + count * year);
}
