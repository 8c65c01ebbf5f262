import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { blockingFinding } from '../../contract/file-finding.ts';
import type { VerificationReport } from '../../contract/verdict.ts';
import { saveFlatCopy } from '../../native/core/flat-copy.ts';
import { Reader } from '../../native/reading/index.ts';
import { verifyPdf, withFindings } from '../../native/verification/index.ts';
import { scratchFolder, writeFile } from '../unit/pdf/scratch.ts';
import { hugePictures } from '../unit/reading/huge-pictures.ts';
import { twoReadings } from '../unit/reading/two-readings.ts';
import { antin } from './cli-call.ts';

/** `antin flatten`: the way out for a file that nobody may sign as it is. */
const folder = scratchFolder();
const lab = path.join(import.meta.dirname, '../lab');
const papers = [
  'foreign-papers/kept/libreoffice-form.pdf',
  'foreign-papers/kept/chromium.pdf',
  'foreign-papers/kept/scan-jpeg.pdf',
  'foreign-signatures/kept/itext-layers.pdf',
  'foreign-signatures/kept/pdfbox-visible.pdf',
  'foreign-signatures/kept/poppler-over-ours.pdf',
].map((name) => path.join(lab, name));

const reader = new Reader();
const protectedPaper = path.join(folder, 'protected.pdf');

beforeAll(() => {
  const paper = path.join(lab, 'foreign-papers/kept/libreoffice.pdf');
  execFileSync('qpdf', ['--encrypt', '', 'owner', '256', '--', paper, protectedPaper]);
});

afterAll(() => reader.close());

const read = (file: string) => reader.read(file);

async function flatten(source: string): Promise<string> {
  const target = path.join(folder, `flat-${path.basename(source)}`);
  await saveFlatCopy({ source, target, replace: false, read });
  return target;
}

/** Every page as poppler draws it. */
function look(file: string): Buffer {
  return execFileSync('pdftoppm', ['-r', '60', '-gray', file], { maxBuffer: 1 << 28 });
}

async function verdictOn(file: string): Promise<VerificationReport> {
  const [report, { findings }] = await Promise.all([
    verifyPdf(file, { anchors: [], offline: true }),
    reader.read(file),
  ]);
  return withFindings(report, findings);
}

describe('a flat copy', () => {
  it.each([...papers, protectedPaper])('looks the same, is sound and claims nothing: %s', async (file) => {
    const out = await flatten(file);
    expect(look(out).equals(look(file))).toBe(true);
    execFileSync('qpdf', ['--check', out]);
    expect(readFileSync(out, 'latin1')).not.toMatch(
      /\/(?:Encrypt|ByteRange|AcroForm|JavaScript|OpenAction|ObjStm|XRef)\b/,
    );
    const { verdict, findings } = await verdictOn(out);
    expect(verdict).toBe('unsigned');
    expect(blockingFinding(findings)).toBeNull();
  });

  it.each(Object.entries(twoReadings))(
    'of a file with two readings can be signed: %s',
    async (name, bytes) => {
      const out = await flatten(writeFile(folder, `${name}.pdf`, bytes));
      expect((await verdictOn(out)).findings).toBeUndefined();
    },
  );

  it('of a picture that nobody is shown is refused by the command line, and leaves nothing', async () => {
    const file = writeFile(folder, 'huge.pdf', hugePictures['on the page'] ?? Buffer.of());
    const out = path.join(folder, 'flat-huge.pdf');
    const { code, json } = await antin(['flatten', file, '--out', out, '--json']);
    expect(code).toBe(1);
    expect(json).toMatchObject([
      { ok: false, error: { code: 'document-deceptive', params: { finding: 'picture-not-shown' } } },
    ]);
    expect(existsSync(out)).toBe(false);
    expect(readdirSync(folder).filter((name) => name.endsWith('.part'))).toEqual([]);
  });
});
