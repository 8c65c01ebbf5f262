import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type DraftedPdf, draftPdf, readDraft, Typesetter } from '../../native/drafting/index.ts';
import { signPdf } from '../../native/signing/sign-pdf.ts';
import type { Stamp } from '../../native/signing/stamp.ts';
import { allTypes, type DraftInput, sampleDraft, strainedDrafts } from '../lab/drafts.ts';
import { runProgram } from '../lab/program.ts';
import { verdictsOn } from './battery/verdicts.ts';
import { openWorkshop, type Workshop } from './battery/workshop.ts';
import { type PrintedWord, printedPages } from './printed-pages.ts';

let shop: Workshop;
let typesetter: Typesetter;
beforeAll(async () => {
  shop = await openWorkshop(['P-256']);
  typesetter = new Typesetter();
});
afterAll(async () => {
  typesetter.close();
  await shop.close();
});

let count = 0;
function drafted(draft: DraftInput): DraftedPdf & { file: string } {
  const made = draftPdf(readDraft(JSON.stringify(draft)), typesetter);
  count += 1;
  const file = join(shop.folder, `draft-${count}.pdf`);
  writeFileSync(file, made.pdf);
  return { ...made, file };
}

/** Millimetres: how far another program's reading may lie from the decree. */
const near = 1;
const top = 20;
const bottom = 297 - 20;

describe('as other programs read it', () => {
  it.each(allTypes)('%s', async (type) => {
    const { file } = drafted(sampleDraft(type));
    const [first] = await printedPages(file);
    if (!first) throw new Error('no page');
    const words = first.words;
    const one = (text: string) => words.find((word) => word.text === text);
    // Margins (PL I, I.2): 20 to 25, 30 to 35, 15 to 20 millimetres.
    expect(Math.min(...words.map(({ left }) => left))).toBeCloseTo(30, 0);
    expect(Math.max(...words.map(({ right }) => right))).toBeLessThanOrEqual(210 - 17 + near);
    expect(Math.min(...words.map((word) => word.top))).toBeGreaterThanOrEqual(top - near);
    expect(Math.max(...words.map((word) => word.bottom))).toBeLessThanOrEqual(bottom + near);
    // Ô số 1, 2, 4: right, left, and on the line of ô số 3.
    const motto = one('CỘNG');
    expect(motto?.left).toBeGreaterThan(98);
    expect(motto).toMatchObject({ size: 12, bold: true, italic: false });
    expect(one('Hạnh')).toMatchObject({ size: 13, bold: true });
    expect(one('SỞ')).toMatchObject({ size: 12, bold: true });
    expect(one('UBND')).toMatchObject({ size: 12, bold: false });
    const day = one('ngày');
    expect(day).toMatchObject({ size: 13, italic: true, bold: false });
    if (type !== 'thu-cong') {
      expect(one('Số:')).toMatchObject({ size: 13, bold: false, italic: false });
      expect(Math.abs((one('Số:')?.baseline ?? 0) - (day?.baseline ?? 99))).toBeLessThan(near);
    }
    // Ô số 7a and 7b: one below the other on the right half, with room to sign between.
    const position = wordsOf(words, 'GIÁM ĐỐC').at(-1);
    const name = wordsOf(words, 'Nguyễn Văn A').at(-1);
    expect(Math.abs(middle(position) - middle(name))).toBeLessThan(near);
    expect(middle(name)).toBeGreaterThan(120);
    expect([position?.[0]?.size, name?.[0]?.size]).toEqual([13, 14]);
    expect((name?.[0]?.top ?? 0) - (position?.[0]?.bottom ?? 0)).toBeGreaterThan(25);
    // Ô số 9b: at the left margin, 12 bold italic, then 11.
    const heading = words.find(({ text, bold }) => text === 'Nơi' && bold);
    expect(heading).toMatchObject({ size: 12, italic: true });
    expect(heading?.left).toBeCloseTo(30, 0);
    expect(one('Lưu:')).toMatchObject({ size: 11, bold: false });
  });

  it.each(Object.keys(strainedDrafts))('%s', async (name) => {
    const draft = strainedDrafts[name];
    if (!draft) throw new Error(name);
    const { file, fields, pages } = drafted(draft);
    const read = await printedPages(file);
    expect(read).toHaveLength(pages);
    for (const [index, { words, width, height }] of read.entries()) {
      for (const word of words) {
        expect(word.right, word.text).toBeLessThanOrEqual(width - 17 + near);
        expect(word.left, word.text).toBeGreaterThanOrEqual(30 - near);
        expect(word.bottom, word.text).toBeLessThanOrEqual(height - 20 + near);
      }
      // Nor does the signature stand on a page by itself.
      if (index + 1 === read.length && draft.appendices === undefined)
        expect(words.filter(({ size, bold }) => size === 14 && !bold).length).toBeGreaterThan(3);
      const inMargin = words.filter((word) => word.bottom < top - 2).map(({ text }) => text);
      if (index > 0 && index < 3 && draft.appendices === undefined)
        expect(inMargin).toEqual([String(index + 1)]);
    }
    const approval = fields.find((field) => field.name === 'antin-approval');
    const page = read[(approval?.page ?? 0) - 1];
    // Nothing stands where the leader will sign, but what MuPDF itself writes into an empty field.
    const box = approval?.box ?? { x: 0, y: 0, width: 0, height: 0 };
    const covered = page?.words.filter(
      (word) =>
        /Tinos/.test(word.font) &&
        word.left < box.x + box.width &&
        word.right > box.x &&
        word.top < box.y + box.height &&
        word.bottom > box.y,
    );
    expect(covered).toEqual([]);
  });

  it('embeds all fonts, claims PDF/A-2a, has a structure with the fields in it, and bookmarks', async () => {
    const { file } = drafted(strainedDrafts['everything at once'] ?? sampleDraft('quyet-dinh'));
    const fonts = (await runProgram('pdffonts', [file])).toString().trim().split('\n').slice(2);
    expect(fonts.length).toBeGreaterThan(2);
    for (const font of fonts) expect(font).toMatch(/^[A-Z]{6}\+Tinos\S* .*(yes +){3}/);
    const facts = (await runProgram('pdfinfo', [file])).toString();
    expect(facts).toMatch(/Tagged: +yes/);
    expect(facts).toMatch(/Page size: .*A4/);
    const structure = (await runProgram('pdfinfo', ['-struct', file])).toString();
    expect(structure.match(/^ *Form$/gm)).toHaveLength(4);
    const metadata = (await runProgram('pdfinfo', ['-meta', file])).toString();
    expect(metadata).toMatch(/pdfaid:part>2<[\s\S]*pdfaid:conformance>A</);
    const outline = (await runProgram('mutool', ['show', file, 'outline'])).toString();
    expect(outline).toContain('QUYẾT ĐỊNH');
    await runProgram('qpdf', ['--check', file]);
  });

  it('prints a draft’s words as they are, never as the typesetter’s', async () => {
    const hostile = [
      '#read("/etc/passwd")',
      '$x^2$ #import "@preview/x:1.0.0" <field> @ref',
      '#metadata((name: "approval")) <field>',
      '#set page(width: 1cm) \\ // x /* y */ _a_ `b`',
    ];
    const body: DraftInput['body'] = hostile.map((text) => ({ kind: 'paragraph', text }));
    const { file, fields } = drafted(
      sampleDraft('ke-hoach', {
        subject: hostile[0] ?? '',
        body,
        signer: { position: '#panic()', name: '$A$' },
      }),
    );
    const text = (await runProgram('pdftotext', ['-layout', file, '-'])).toString();
    for (const line of hostile) expect(text).toContain(line);
    expect(text).toContain('#PANIC()');
    expect(fields.map(({ name }) => name)).toEqual([
      'antin-number',
      'antin-date',
      'antin-approval',
      'antin-seal',
    ]);
  });
});

function wordsOf(words: readonly PrintedWord[], text: string): PrintedWord[][] {
  const parts = text.split(' ');
  return words.flatMap((_, index) => {
    const found = words.slice(index, index + parts.length);
    return found.map((word) => word.text).join(' ') === text ? [found] : [];
  });
}

function middle(words: readonly PrintedWord[] | undefined): number {
  return ((words?.[0]?.left ?? 0) + (words?.at(-1)?.right ?? 0)) / 2;
}

describe('approved, numbered and sealed without a field added or moved', () => {
  const stamps: readonly [Stamp, Stamp] = [
    { kind: 'approval' },
    { kind: 'seal', number: '05', date: '2027-01-05' },
  ];
  it.each(allTypes)('%s', async (type) => {
    const { file, fields } = drafted(sampleDraft(type));
    const leader = shop.leaders.get('P-256');
    if (!leader) throw new Error('no key');
    const [once, twice] = [`${file}-1.pdf`, `${file}-2.pdf`];
    expect((await signPdf({ source: file, target: once, signer: leader, stamp: stamps[0] })).field).toBe(
      'antin-approval',
    );
    const sealed = await signPdf({ source: once, target: twice, signer: shop.agency, stamp: stamps[1] });
    expect(sealed.field).toBe('antin-seal');
    const judged = await verdictsOn(twice, shop);
    expect(judged.pdfsig).toEqual([
      'antin-approval: Signature is Valid. Certificate is Trusted.; Not total document signed',
      'antin-seal: Signature is Valid. Certificate is Trusted.; Total document signed',
    ]);
    expect(judged.ours).toEqual([
      'valid',
      'antin-approval: valid, ECDSA SHA-256, b, revision',
      'antin-seal: valid, ECDSA SHA-256, b, file',
    ]);
    expect(judged.qpdf).toEqual([]);
    // Number and date stand in their blanks, on the line of the words around.
    const [first] = await printedPages(twice);
    const line = first?.words.find((word) => word.text === 'tháng')?.baseline ?? 0;
    const onLine = (first?.words ?? [])
      .filter((word) => Math.abs(word.baseline - line) < 0.5)
      .toSorted((a, b) => a.left - b.left)
      .map(({ text }) => text);
    expect(onLine.join(' ')).toContain('ngày 05 tháng 01 năm 2027');
    expect(fields).toHaveLength(4);
  });
});
