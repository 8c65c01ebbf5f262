import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { scratchFolder, writeFile } from '../unit/pdf/scratch.ts';
import { hugePictures } from '../unit/reading/huge-pictures.ts';
import { twoReadings } from '../unit/reading/two-readings.ts';
import { antin } from './cli-call.ts';

/** `antin flatten`: the way out for a file that nobody may sign as it is. */
const folder = scratchFolder();
const lab = path.join(import.meta.dirname, '../lab');
const papers = [
  'foreign-papers/kept/libreoffice-form.pdf',
  'foreign-papers/kept/latex-form.pdf',
  'foreign-papers/kept/scan-jpeg.pdf',
  'foreign-signatures/kept/itext-layers.pdf',
  'foreign-signatures/kept/pdfbox-visible.pdf',
  'foreign-signatures/kept/poppler-over-ours.pdf',
].map((name) => path.join(lab, name));

const protectedPaper = path.join(folder, 'protected.pdf');

beforeAll(() => {
  const paper = path.join(lab, 'foreign-papers/kept/libreoffice.pdf');
  execFileSync('qpdf', ['--encrypt', '', 'owner', '256', '--', paper, protectedPaper]);
});

async function flatten(file: string) {
  const out = path.join(folder, `flat-${path.basename(file)}`);
  return { out, result: await antin(['flatten', file, '--out', out, '--json']) };
}

/** Every page as poppler draws it. */
function look(file: string): Buffer {
  return execFileSync('pdftoppm', ['-r', '60', '-gray', file], { maxBuffer: 1 << 28 });
}

async function verdictOn(file: string) {
  const { json } = await antin(['verify', file, '--offline', '--json']);
  return json[0];
}

describe('a flat copy', () => {
  it.each([...papers, protectedPaper])('looks the same, is sound and claims nothing: %s', async (file) => {
    const { out, result } = await flatten(file);
    expect(result).toMatchObject({ code: 0, json: [{ file, out, ok: true }] });
    expect(look(out).equals(look(file))).toBe(true);
    execFileSync('qpdf', ['--check', out]);
    expect(readFileSync(out, 'latin1')).not.toMatch(
      /\/(?:Encrypt|ByteRange|AcroForm|JavaScript|OpenAction|ObjStm|XRef)\b/,
    );
    const verdict = await verdictOn(out);
    expect(verdict).toMatchObject({ verdict: 'unsigned' });
    expect(JSON.stringify(verdict)).not.toContain('"blocks"');
  });

  it.each(Object.entries(twoReadings))(
    'of a file with two readings can be signed: %s',
    async (name, bytes) => {
      const { out, result } = await flatten(writeFile(folder, `${name}.pdf`, bytes));
      expect(result.code).toBe(0);
      expect(JSON.stringify(await verdictOn(out))).not.toContain('"findings"');
    },
  );

  it('of a picture that nobody is shown is refused, and leaves nothing', async () => {
    const file = writeFile(folder, 'huge.pdf', hugePictures['on the page'] ?? Buffer.of());
    const { out, result } = await flatten(file);
    expect(result.code).toBe(1);
    expect(result.json).toMatchObject([
      { ok: false, error: { code: 'document-deceptive', params: { finding: 'picture-not-shown' } } },
    ]);
    expect(existsSync(out)).toBe(false);
    expect(readdirSync(folder).filter((name) => name.endsWith('.part'))).toEqual([]);
  });
});
