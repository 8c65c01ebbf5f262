import { readFileSync, writeFileSync } from 'node:fs';
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
import { samplePdf } from '../unit/verification/sample-pdf.ts';
import { openWorkbench, type SoftSigner, type Workbench } from '../unit/verification/workbench.ts';
import { mutool, pdfsig, qpdfComplaints, signedRanges, trustDatabase } from './signing-judges.ts';

/** Time stamps and long-term data, judged by openssl, poppler, qpdf, mupdf, and by our own verification years later. */

const year = 365.25 * 86_400_000;
let bench: Workbench;
let signer: SoftSigner;
let nss: string;

beforeAll(async () => {
  bench = await openWorkbench();
  signer = await bench.signer();
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
afterAll(() => bench.close());

async function sign(source: string, target: string): Promise<void> {
  const stamp = { kind: 'plain' } as const;
  await signPdf({ source: bench.path(source), target: bench.path(target), signer, stamp });
}

async function extend(source: string, target: string, level: ExtendedLevel): Promise<ExtendedPdf> {
  const trust = bench.trust();
  const authority = new TimeStampAuthority({ url: `${bench.pki.responders.url}/tsa`, trust });
  return extendPdf({ source: bench.path(source), target: bench.path(target), level, authority, trust });
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

function inYears(count: number): Date {
  return new Date(Date.now() + count * year);
}
