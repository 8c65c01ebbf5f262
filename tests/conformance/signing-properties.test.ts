import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { AppError } from '../../contract/failure.ts';
import { signPdf } from '../../native/signing/sign-pdf.ts';
import type { Signer } from '../../native/signing/signer.ts';
import type { Stamp } from '../../native/signing/stamp.ts';
import { onePagePdf } from '../unit/pdf/handmade-pdf.ts';
import { mutation } from '../unit/pdf/mutation.ts';
import { officialDocument } from '../unit/pdf/official-document.ts';
import { asHybrid, withXrefStream } from '../unit/pdf/restructure.ts';
import { scratchFolder, writeFile } from '../unit/pdf/scratch.ts';
import { createAuthority, type TestAuthority } from '../unit/signing/software-key.ts';
import { pdfsig, qpdfComplaints, trustDatabase } from './signing-judges.ts';

/** What holds for any file, also for one that was damaged on its way. */

const folder = scratchFolder();
let authority: TestAuthority;
let signer: Signer;
let trust: string;
let samples: Buffer[] = [];

beforeAll(() => {
  authority = createAuthority(path.join(folder, 'pki'));
  signer = authority.signer('P-256', 'Nguyễn Văn Thử').signer;
  trust = trustDatabase(folder, authority.caFile);
  const typeset = writeFile(folder, 'typeset.pdf', officialDocument());
  const rewritten = (...options: string[]) => {
    const file = path.join(folder, 'rewritten.pdf');
    execFileSync('qpdf', [...options, typeset, file]);
    return readFileSync(file);
  };
  const classic = rewritten('--object-streams=disable');
  samples = [
    onePagePdf(),
    classic,
    withXrefStream(classic),
    asHybrid(classic),
    rewritten('--object-streams=generate'),
    rewritten('--linearize'),
  ];
});

const stamps = fc.constantFrom<Stamp>(
  { kind: 'plain' },
  { kind: 'plain', box: { x: 20, y: 20, width: 60, height: 12 } },
  { kind: 'approval' },
);

/** The codes with which a file of whatever content may be refused. */
const refusals = [
  'pdf-not-a-pdf',
  'pdf-damaged',
  'pdf-encrypted',
  'pdf-encryption-unsupported',
  'pdf-too-complex',
  'pdf-unsupported',
  'pdf-page-missing',
];

describe('any sample with any damage', () => {
  it('is refused with a reason, or signed: then it is the prefix, and pdfsig finds the signature valid', async () => {
    let runs = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.nat(),
        fc.array(mutation, { minLength: 1, maxLength: 3 }),
        stamps,
        async (pick, mutations, stamp) => {
          const sample = samples[pick % samples.length] ?? Buffer.of();
          const bytes = mutations.reduce((current, mutate) => mutate(current), sample);
          const source = writeFile(folder, 'damaged.pdf', bytes);
          const target = path.join(folder, `signed-${runs++}.pdf`);
          const started = performance.now();
          try {
            await signPdf({ source, target, signer, stamp });
          } catch (error) {
            expect(error).toBeInstanceOf(AppError);
            expect(refusals).toContain((error as AppError).code);
            expect(existsSync(target)).toBe(false);
            return;
          } finally {
            expect(performance.now() - started).toBeLessThan(20_000);
          }
          expect(readFileSync(target).subarray(0, bytes.length).equals(bytes)).toBe(true);
          expect(pdfsig(target, trust).map(({ valid, whole }) => [valid, whole])).toEqual([[true, true]]);
        },
      ),
      { numRuns: 120 },
    );
  });
});

describe('signing again and again', () => {
  it.each([0, 1, 2, 3, 4, 5])('leaves every signature intact: structure %i', async (index) => {
    const times = 5;
    let source = writeFile(folder, `again-${index}-0.pdf`, samples[index] ?? Buffer.of());
    for (let count = 1; count <= times; count++) {
      const target = path.join(folder, `again-${index}-${count}.pdf`);
      await signPdf({ source, target, signer, stamp: { kind: 'plain' } });
      source = target;
    }
    const found = pdfsig(source, trust);
    expect(found.map(({ valid }) => valid)).toEqual(Array<boolean>(times).fill(true));
    expect(found.map(({ whole }) => whole)).toEqual([false, false, false, false, true]);
    expect(qpdfComplaints(source)).toEqual([]);
  });
});
