import { execFileSync } from 'node:child_process';
import { X509Certificate } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { AppError } from '../../contract/failure.ts';
import { signPdf } from '../../native/signing/sign-pdf.ts';
import type { SignatureWishes } from '../../native/signing/signature-terms.ts';
import type { Signer } from '../../native/signing/signer.ts';
import type { Stamp } from '../../native/signing/stamp.ts';
import { verifyPdf } from '../../native/verification/index.ts';
import { onePagePdf } from '../unit/pdf/handmade-pdf.ts';
import { officialDocument } from '../unit/pdf/official-document.ts';
import { asHybrid, withXrefStream } from '../unit/pdf/restructure.ts';
import { scratchFolder, writeFile } from '../unit/pdf/scratch.ts';
import { formPdf, signatureField, textField } from '../unit/signing/form-pdf.ts';
import { createAuthority, type TestAuthority } from '../unit/signing/software-key.ts';
import { opensslVerifies, pdfsig, qpdfComplaints, signedRanges, trustDatabase } from './signing-judges.ts';

/** However often and however a document is signed: every signature stays what it was. */

const folder = scratchFolder();
let authority: TestAuthority;
let trust: string;
let signers: Signer[] = [];
let samples: Buffer[] = [];
let runs = 0;

beforeAll(() => {
  authority = createAuthority(path.join(folder, 'pki'));
  trust = trustDatabase(folder, authority.caFile);
  // pdfsig trips over one certificate that signs twice in a file.
  signers = ['Một', 'Hai', 'Ba', 'Bốn', 'Năm'].map((name) => authority.signer('P-256', name).signer);
  const typeset = writeFile(folder, 'typeset.pdf', officialDocument(2));
  const rewritten = (...options: string[]) => {
    const file = path.join(folder, 'rewritten.pdf');
    execFileSync('qpdf', [...options, typeset, file]);
    return readFileSync(file);
  };
  const classic = rewritten('--object-streams=disable');
  samples = [
    onePagePdf(),
    formPdf({ 8: signatureField('x'), 9: textField('y') }),
    formPdf({
      8: signatureField('x', '/Lock<</Type/SigFieldLock/Action/Include/Fields[(y)]>>'),
      9: textField('y'),
    }),
    classic,
    withXrefStream(classic),
    asHybrid(classic),
    rewritten('--object-streams=generate'),
    rewritten('--linearize', '--object-streams=generate'),
  ];
});

const box = { x: 20, y: 20, width: 50, height: 12 };
const date = '2026-11-22';
const stamps = fc.constantFrom<Stamp>(
  { kind: 'plain' },
  { kind: 'plain', box },
  { kind: 'plain', field: 'x' },
  { kind: 'approval' },
  { kind: 'seal' },
  { kind: 'seal', number: '05/QĐ-SKHCN', date },
  { kind: 'initial', answersFor: 'content' },
  { kind: 'initial', answersFor: 'form' },
  { kind: 'directive', text: 'Giao Phòng Tổng hợp xử lý.' },
  { kind: 'copy', form: 'sao-y' },
  { kind: 'incoming', arrivalNumber: '12', date },
  { kind: 'appendix', referenceCode: '05/QĐ-SKHCN' },
);
const wishes = fc.constantFrom<SignatureWishes>(
  {},
  {},
  { certification: 2 },
  { certification: 3 },
  { digestAlgorithm: 'sha512', reason: 'Phê duyệt' },
);

/** Why an act may be impossible on a document as it is; then nothing of it may be left. */
const refusals: readonly string[] = [
  'pdf-field-missing',
  'pdf-field-signed',
  'pdf-certification-refused',
  'stamp-room-missing',
];

describe('any document, signed again and again in any ways', () => {
  it('bears intact signatures only, to every judge', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.nat(samples.length - 1),
        fc.array(fc.tuple(stamps, wishes), { minLength: 2, maxLength: 5 }),
        async (pick, acts) => {
          const run = runs++;
          let source = writeFile(folder, `${run}-0.pdf`, samples[pick] ?? Buffer.of());
          let done = 0;
          let isNumbered = false;
          for (const [stamp, wished] of acts) {
            const signer = signers[done];
            const target = path.join(folder, `${run}-${done + 1}.pdf`);
            if (!signer) throw new Error('too few signers');
            try {
              await signPdf({ source, target, signer, stamp, ...wished });
            } catch (error) {
              if (!(error instanceof AppError)) throw error;
              // What a seal has signed, number and date, no later one may write anew.
              const isWrittenAnew = isNumbered && stamp.kind === 'seal' && stamp.number !== undefined;
              expect([...refusals, ...(isWrittenAnew ? ['signature-harmed'] : [])]).toContain(error.code);
              expect(existsSync(target)).toBe(false);
              continue;
            }
            source = target;
            isNumbered ||= stamp.kind === 'seal' && stamp.number !== undefined;
            done++;
          }
          const whole = Array.from({ length: done }, (_, index) => index === done - 1);
          expect(pdfsig(source, trust).map(({ valid }) => valid)).toEqual(whole.map(() => true));
          expect(pdfsig(source, trust).filter((one) => one.whole)).toHaveLength(done === 0 ? 0 : 1);
          expect(qpdfComplaints(source)).toEqual([]);
          const ranges = signedRanges(readFileSync(source));
          expect(ranges).toHaveLength(done);
          for (const range of ranges) opensslVerifies(folder, range, authority.caFile);
          const anchors = [new X509Certificate(readFileSync(authority.caFile))];
          const report = await verifyPdf(source, { anchors, offline: true });
          // Nobody was asked about revocation; nothing else is held against any of them.
          expect(
            report.signatures.map(({ reasons, intact, changes }) => ({ reasons, intact, changes })),
          ).toEqual(
            whole.map(() => ({ reasons: ['revocation-unknown'], intact: true, changes: expect.anything() })),
          );
        },
      ),
      { numRuns: 20 },
    );
  });
});
