import { copyFile, readFile, writeFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { VerificationReport } from '../../contract/verdict.ts';
import { signPdf } from '../../native/signing/sign-pdf.ts';
import { verifyPdf } from '../../native/verification/index.ts';
import { runProgram } from '../lab/program.ts';
import { makeNssDatabase, writeP12 } from '../unit/verification/nss.ts';
import { appendUpdate, samplePdf, stream } from '../unit/verification/sample-pdf.ts';
import { openWorkbench, type SoftSigner, type Workbench } from '../unit/verification/workbench.ts';

let bench: Workbench;
let signer: SoftSigner;
let nss: string;

beforeAll(async () => {
  bench = await openWorkbench();
  signer = await bench.signer();
  nss = await makeNssDatabase(bench, await writeP12(bench, signer, 'signer'));
  await writeFile(bench.path('classic.pdf'), samplePdf());
  const qpdf = ['--object-streams=generate', '--compress-streams=y'];
  await runProgram('qpdf', [...qpdf, bench.path('classic.pdf'), bench.path('streams.pdf')]);
  await runProgram('qpdf', ['--linearize', bench.path('classic.pdf'), bench.path('linear.pdf')]);
});
afterAll(() => bench.close());

function verify(name: string): Promise<VerificationReport> {
  return verifyPdf(bench.path(name), bench.trust());
}

/** Signs with poppler: adbe.pkcs7.detached, a field and a classic or stream section of its own making. */
async function pdfsig(source: string, target: string): Promise<void> {
  const key = ['-add-signature', '-nick', 'signer', '-nssdir', nss, '-no-ocsp'];
  await runProgram('pdfsig', [...key, bench.path(source), bench.path(target)]);
}

async function judgedByPdfsig(name: string): Promise<string> {
  return (await runProgram('pdfsig', ['-nssdir', nss, '-no-ocsp', bench.path(name)])).toString();
}

describe.each(['classic', 'streams', 'linear'])('a %s file', (structure) => {
  test('signed by poppler is valid here, once and twice', async () => {
    await pdfsig(`${structure}.pdf`, `${structure}-p1.pdf`);
    expect(await verify(`${structure}-p1.pdf`)).toMatchObject({
      verdict: 'valid',
      signatures: [{ coverage: 'file', changesAfter: 'none' }],
    });
    await pdfsig(`${structure}-p1.pdf`, `${structure}-p2.pdf`);
    const report = await verify(`${structure}-p2.pdf`);
    expect(report.signatures.map(({ reasons, changes }) => ({ reasons, changes }))).toMatchObject([
      { reasons: [] },
      { reasons: [] },
    ]);
    expect(report.verdict).toBe('valid');
  });

  test('signed by us is valid to poppler and to us', async () => {
    const plain = { kind: 'plain' } as const;
    const [source, once, twice] = ['', '-a1', '-a2'].map((part) => bench.path(`${structure}${part}.pdf`));
    await signPdf({ source: source ?? '', target: once ?? '', signer, stamp: plain });
    await signPdf({ source: once ?? '', target: twice ?? '', signer, stamp: plain });
    expect(await judgedByPdfsig(`${structure}-a2.pdf`)).toMatch(
      /Signature is Valid[\s\S]*Signature is Valid/,
    );
    expect((await verify(`${structure}-a2.pdf`)).verdict).toBe('valid');
  });

  test('signed by poppler on top of ours, and ours on top of poppler’s', async () => {
    const target = bench.path(`${structure}-mixed.pdf`);
    await pdfsig(`${structure}.pdf`, `${structure}-m1.pdf`);
    await signPdf({ source: bench.path(`${structure}-m1.pdf`), target, signer, stamp: { kind: 'plain' } });
    await pdfsig(`${structure}-mixed.pdf`, `${structure}-m3.pdf`);
    const report = await verify(`${structure}-m3.pdf`);
    expect(report.signatures.map(({ changes, verdict }) => ({ changes, verdict }))).toMatchObject([
      { verdict: 'valid' },
      { verdict: 'valid' },
      { verdict: 'valid' },
    ]);
  });
});

test('what poppler lets pass, page content exchanged behind its signature, doesn’t pass here', async () => {
  await pdfsig('classic.pdf', 'attacked.pdf');
  const forged = stream('BT /F1 14 Tf 72 720 Td (Chi tra 900 dong) Tj ET');
  await writeFile(
    bench.path('attacked.pdf'),
    appendUpdate(await readFile(bench.path('attacked.pdf')), { 4: forged }),
  );
  expect(await judgedByPdfsig('attacked.pdf')).toContain('Signature is Valid');
  expect(await verify('attacked.pdf')).toMatchObject({
    verdict: 'invalid',
    signatures: [{ intact: true, changesAfter: 'other', reasons: ['changed-after-signing'] }],
  });
});

test('an empty field signed by mupdf', async () => {
  const field = '<< /Type /Annot /Subtype /Widget /FT /Sig /T (mu) /Rect [72 400 200 440] /P 3 0 R /F 4 >>';
  const base = samplePdf().toString('latin1');
  const page = /3 0 obj\n(.*)\nendobj/.exec(base)?.[1]?.replace('[6 0 R]', '[6 0 R 7 0 R]') ?? '';
  const catalog = /1 0 obj\n(.*)\nendobj/.exec(base)?.[1]?.replace('[6 0 R]', '[6 0 R 7 0 R]') ?? '';
  const prepared = appendUpdate(samplePdf(), { 1: catalog, 3: page, 7: field });
  await writeFile(bench.path('mu-in.pdf'), prepared);
  const files = await writeP12(bench, signer, 'mu');
  await copyFile(bench.path('mu-in.pdf'), bench.path('mu.pdf'));
  // mutool takes the PKCS#12 password as an argument only; it is random and dies with this test's folder.
  const args = [
    'sign',
    '-s',
    files.p12,
    '-P',
    files.password,
    '-o',
    bench.path('mu.pdf'),
    bench.path('mu-in.pdf'),
    '7',
  ];
  await runProgram('mutool', args);
  // This mupdf signs with SHA-1, which proves too little today; all else about it is in order.
  expect(await verify('mu.pdf')).toMatchObject({
    verdict: 'indeterminate',
    signatures: [{ field: 'mu', coverage: 'file', intact: true, trusted: true, reasons: ['hash-obsolete'] }],
  });
});
