import { writeFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { SignatureReport, VerificationReport } from '../../contract/verdict.ts';
import { signPdf } from '../../native/signing/sign-pdf.ts';
import { verifyPdf } from '../../native/verification/index.ts';
import {
  foreignAuthorities,
  foreignIntermediates,
  foreignSignature,
  foreignSignatureNames,
  foreignSigningTime,
} from '../lab/foreign-signatures/foreign-signatures.ts';
import { openWorkbench, type SoftSigner, type Workbench } from '../unit/verification/workbench.ts';
import { pdfsig, trustDatabase } from './signing-judges.ts';

/**
 * What other programs sign, fill in and sign again is accepted, alone and under our own signature. Asked offline, so that the
 * only thing ever missing is a certificate's status.
 */
type Expected = readonly (readonly [field: string, changesAfter: SignatureReport['changesAfter']])[];

const twice: Expected = [
  ['ky-mot', 'formFilling'],
  ['ky-hai', 'none'],
];

const files: Readonly<Record<string, Expected>> = {
  'cantoo-filled': twice,
  'itext-approved-filled': twice,
  'itext-background': twice,
  'itext-certified-filled': twice,
  'itext-certified-noted': [['ky-mot', 'annotations']],
  'itext-full-compression': twice,
  'itext-graphic-modes': [
    ['ky1', 'formFilling'],
    ['ky2', 'none'],
  ],
  'itext-layers': [['ky-mot', 'none']],
  'itext-long-term': [
    ['ky-mot', 'validationData'],
    ['tem', 'none'],
  ],
  'itext-over-ours': [
    ['antin-signature', 'formFilling'],
    ['ky-hai', 'none'],
  ],
  'itext-pdfbox-itext': [
    ['ky-mot', 'formFilling'],
    ['Signature1', 'formFilling'],
    ['ky-ba', 'none'],
  ],
  'itext-seal-over-signature': twice,
  'itext4-filled': twice,
  libpdf: twice,
  'libreoffice-over-signature': [
    ['ky-mot', 'formFilling'],
    ['Signature1', 'none'],
  ],
  'pdfbox-existing-fields': [
    ['ky1', 'formFilling'],
    ['ky2', 'none'],
  ],
  'pdfbox-filled': [
    ['ky-mot', 'formFilling'],
    ['Signature1', 'none'],
  ],
  'pdfbox-visible': [
    ['Signature1', 'formFilling'],
    ['Signature2', 'none'],
  ],
  'pdfjs-filled': twice,
  podofo: [
    ['PodofoSignatureField10', 'formFilling'],
    ['ky-hai', 'none'],
  ],
  'poppler-existing-field': twice,
  'poppler-filled': twice,
  'poppler-over-ours': [
    ['antin-approval', 'formFilling'],
    ['antin-seal', 'none'],
  ],
  'signpdf-pdf-lib': [
    ['Signature1', 'formFilling'],
    ['ky-hai', 'none'],
  ],
  'zgapdfsigner-over-stream': twice,
};

/** The one file that carries the status of its certificates. */
const carriesStatus = 'itext-long-term';

let bench: Workbench;
let agency: SoftSigner;
let nss: string;
beforeAll(async () => {
  bench = await openWorkbench();
  const day = 86_400_000;
  const around = (days: number) => new Date(foreignSigningTime.getTime() + days * day);
  agency = await bench.signer({
    kind: 'agency',
    validity: { notBefore: around(-30), notAfter: around(730) },
  });
  writeFileSync(bench.path('authorities.pem'), bench.pki.root.toString());
  nss = trustDatabase(bench.folder, bench.path('authorities.pem'));
});
afterAll(() => bench.close());

function verify(path: string): Promise<VerificationReport> {
  const anchors = [...foreignAuthorities(), bench.pki.root];
  const intermediates = foreignIntermediates();
  return verifyPdf(path, { anchors, intermediates, time: foreignSigningTime, offline: true });
}

function standing({ signatures }: VerificationReport) {
  return signatures.map(({ field, changesAfter, intact, reasons, changes }) => ({
    ...{ field, changesAfter, intact, reasons },
    // Told only where something is held against the signature, so that a failure says what.
    ...(reasons.every((reason) => reason === 'revocation-unknown') ? {} : { changes }),
  }));
}

function sound(name: string, expected: Expected) {
  const reasons = name === carriesStatus ? [] : ['revocation-unknown'];
  return expected.map(([field, changesAfter]) => ({ field, changesAfter, intact: true, reasons }));
}

test('every kept file has its case', () => {
  expect(Object.keys(files).toSorted()).toEqual(foreignSignatureNames());
});

describe.each(Object.entries(files))('%s', (name, expected) => {
  test('stands', async () => {
    const report = await verify(foreignSignature(name));
    expect(standing(report)).toEqual(sound(name, expected));
    expect(report.verdict).toBe(name === carriesStatus ? 'valid' : 'indeterminate');
  });

  test('stands under our own signature', async () => {
    const target = bench.path(`${name}.pdf`);
    const stamp = { kind: 'plain', page: 1, box: { x: 150, y: 265, width: 40, height: 10 } } as const;
    const { field } = await signPdf({ source: foreignSignature(name), target, signer: agency, stamp });
    const covered = expected.map(
      ([one, changes]) => [one, changes === 'annotations' ? changes : 'formFilling'] as const,
    );
    expect(standing(await verify(target))).toEqual([
      ...sound(name, covered),
      { field, changesAfter: 'none', intact: true, reasons: ['revocation-unknown'] },
    ]);
    // It can't check document time stamps.
    const judged = pdfsig(target, nss).filter((one) => one.field !== 'tem');
    expect(judged.map((one) => one.valid)).toEqual(judged.map(() => true));
    expect(judged.length).toBe(expected.filter(([one]) => one !== 'tem').length + 1);
  });
});
