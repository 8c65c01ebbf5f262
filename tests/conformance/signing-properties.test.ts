import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { beforeAll, expect, it } from 'vitest';
import { AppError } from '../../contract/failure.ts';
import { signPdf } from '../../native/signing/sign-pdf.ts';
import type { Signer } from '../../native/signing/signer.ts';
import type { Stamp } from '../../native/signing/stamp.ts';
import { foreignPaper, foreignPaperNames } from '../lab/foreign-papers/foreign-papers.ts';
import { onePagePdf } from '../unit/pdf/handmade-pdf.ts';
import { mutation } from '../unit/pdf/mutation.ts';
import { officialDocument } from '../unit/pdf/official-document.ts';
import { asHybrid, withXrefStream } from '../unit/pdf/restructure.ts';
import { scratchFolder, writeFile } from '../unit/pdf/scratch.ts';
import { createAuthority } from '../unit/signing/software-key.ts';
import { isReadByPoppler, pdfsig, trustDatabase } from './signing-judges.ts';

/** What holds for any file, also for one that was damaged on its way. */

const folder = scratchFolder();
let signer: Signer;
let trust: string;
let papers: Buffer[] = [];

beforeAll(async () => {
  const authority = createAuthority(path.join(folder, 'pki'));
  signer = authority.signer('P-256', 'Nguyễn Văn Thử').signer;
  trust = trustDatabase(folder, authority.caFile);
  const typeset = writeFile(folder, 'typeset.pdf', officialDocument());
  const file = path.join(folder, 'classic.pdf');
  execFileSync('qpdf', ['--object-streams=disable', typeset, file]);
  const classic = readFileSync(file);
  const foreign: Buffer[] = [];
  for (const name of await foreignPaperNames()) foreign.push(readFileSync(await foreignPaper(name, folder)));
  papers = [onePagePdf(), classic, withXrefStream(classic), asHybrid(classic), ...foreign];
});

const stamps = fc.constantFrom<Stamp>(
  { kind: 'plain' },
  { kind: 'plain', box: { x: 20, y: 20, width: 60, height: 12 } },
  { kind: 'approval' },
  { kind: 'seal' },
  { kind: 'directive', text: 'Giao Phòng Tổng hợp xử lý.' },
  { kind: 'incoming', arrivalNumber: '12', date: '2026-11-22' },
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
  // Damage can make programs read a file differently.
  'document-deceptive',
];

/** The signed file; null where it was refused with a reason, and then nothing is there. */
async function signedOrRefused(bytes: Buffer, stamp: Stamp, run: number): Promise<string | null> {
  const source = writeFile(folder, 'damaged.pdf', bytes);
  const target = path.join(folder, `signed-${run}.pdf`);
  try {
    await signPdf({ source, target, signer, stamp });
    return target;
  } catch (error) {
    expect(error).toBeInstanceOf(AppError);
    expect(refusals).toContain((error as AppError).code);
    expect(existsSync(target)).toBe(false);
    return null;
  }
}

it('any paper with any damage is refused with a reason, or becomes the prefix of what pdfsig finds valid', async () => {
  let run = 0;
  await fc.assert(
    fc.asyncProperty(
      fc.nat(),
      fc.array(mutation, { maxLength: 3 }),
      stamps,
      async (pick, mutations, stamp) => {
        const paper = papers[pick % papers.length] ?? Buffer.of();
        const bytes = mutations.reduce((current, mutate) => mutate(current), paper);
        const signed = await signedOrRefused(bytes, stamp, run++);
        if (mutations.length === 0) expect(signed).not.toBeNull();
        if (!signed) return;
        expect(readFileSync(signed).subarray(0, bytes.length).equals(bytes)).toBe(true);
        const judged = pdfsig(signed, trust).map(({ valid, whole }) => [valid, whole]);
        // Where poppler couldn't read the paper before, it is no judge of it behind.
        if (judged.length > 0 || isReadByPoppler(path.join(folder, 'damaged.pdf'))) {
          expect(judged).toEqual([[true, true]]);
        }
      },
    ),
    // A failure prints its seed.
    { numRuns: 150 },
  );
});
