import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { formFieldNames } from '../../../contract/document.ts';
import { PdfDocument } from '../../../native/pdf/document.ts';
import { formFields } from '../../../native/pdf/form.ts';
import { type PdfObject, PdfRef, PdfString } from '../../../native/pdf/object.ts';
import { pages, rectangle } from '../../../native/pdf/page.ts';
import { type BoxMm, shownSize, toShown } from '../../../native/pdf/page-geometry.ts';
import { RevisionWriter } from '../../../native/pdf/revision-writer.ts';
import { type TextLine, textLines } from '../../../native/pdf/text/text-line.ts';
import { findDatePlace, findNumberPlace, withinPage } from '../../../native/signing/placement.ts';
import { signPdf } from '../../../native/signing/sign-pdf.ts';
import type { Stamp } from '../../../native/signing/stamp.ts';
import { onePagePdf } from '../pdf/handmade-pdf.ts';
import { officialDocument } from '../pdf/official-document.ts';
import { scratchFolder, writeFile } from '../pdf/scratch.ts';
import { createAuthority, type TestKey } from './software-key.ts';

const folder = scratchFolder();
let key: TestKey;
let plain = '';

beforeAll(() => {
  key = createAuthority(path.join(folder, 'pki')).signer('P-256', 'Nguyễn Văn Thử');
  const typeset = writeFile(folder, 'typeset.pdf', officialDocument());
  plain = path.join(folder, 'plain.pdf');
  execFileSync('qpdf', ['--object-streams=disable', typeset, plain]);
});

/** The same page, as if its producer had turned, cropped or scaled it. */
function variant(name: string, entries: Record<string, PdfObject>): string {
  const document = PdfDocument.open(plain);
  try {
    const [page] = [...pages(document)];
    if (!page) throw new Error('no page');
    const writer = new RevisionWriter(document);
    writer.set(page.ref, page.dict.with(entries));
    return writeFile(folder, `${name}.pdf`, Buffer.concat([readFileSync(plain), writer.build().bytes]));
  } finally {
    document.close();
  }
}

async function sign(source: string, stamp: Stamp): Promise<string> {
  const target = path.join(folder, `${path.basename(source, '.pdf')}-${stamp.kind}.pdf`);
  await signPdf({ source, target, signer: key.signer, stamp, replace: true });
  return target;
}

interface Shown {
  readonly boxes: Map<string, BoxMm>;
  readonly values: Map<string, string>;
  readonly lines: TextLine[];
  readonly size: { width: number; height: number };
}

/** Where each field is seen on the first page, and what the page's own text says. */
function shown(file: string): Shown {
  const document = PdfDocument.open(file);
  try {
    const [page] = [...pages(document)];
    if (!page) throw new Error('no page');
    const boxes = new Map<string, BoxMm>();
    const values = new Map<string, string>();
    for (const { name, dict, value } of formFields(document)) {
      const area = rectangle(document, dict.get('Rect'));
      if (area) boxes.set(name, toShown(page, area));
      if (value instanceof PdfString) values.set(name, value.toText());
      expect(dict.get('P')).toEqual(new PdfRef(page.ref.number, 0));
    }
    return { boxes, values, lines: textLines(document, page), size: shownSize(page) };
  } finally {
    document.close();
  }
}

function boxOf({ boxes }: Shown, name: string): BoxMm {
  const box = boxes.get(name);
  if (!box) throw new Error(`no field ${name}`);
  return box;
}

function lineOf({ lines }: Shown, text: string): TextLine {
  const line = lines.find((candidate) => candidate.text.includes(text));
  if (!line) throw new Error(`no line ${text}`);
  return line;
}

describe.each<[string, Record<string, PdfObject>]>([
  ['plain', {}],
  ['cropped', { CropBox: [40, 60, 560, 800] }],
  ['scaled', { UserUnit: 1.5 }],
])('%s', (variantName, entries) => {
  it('approval, number, date and seal stand where the decree has them', async () => {
    const found = shown(await sign(variant(variantName, entries), { kind: 'approval' }));
    const approval = boxOf(found, formFieldNames.approval);
    const position = lineOf(found, 'GIÁM ĐỐC');
    const name = lineOf(found, 'Nguyễn Văn Thử');
    // Between position and name, centred on the position.
    expect(approval.y).toBeGreaterThan(position.baseline);
    expect(approval.y + approval.height).toBeLessThan(name.baseline);
    const centre = position.span(position.text.indexOf('GIÁM'), position.text.length);
    expect(approval.x + approval.width / 2).toBeCloseTo((centre.left + centre.right) / 2, 0);
    // The seal over the signature's left third.
    const seal = boxOf(found, formFieldNames.seal);
    expect(seal.x + seal.width).toBeCloseTo(approval.x + approval.width / 3, 1);
    expect(seal.y + seal.height / 2).toBeCloseTo(approval.y + approval.height / 2, 1);
    // The number in the blank behind "Số:", the date's field from "ngày" to "tháng".
    const number = boxOf(found, formFieldNames.number);
    const numberLine = lineOf(found, 'Số:');
    expect(number.y).toBeLessThan(numberLine.baseline);
    expect(number.y + number.height).toBeGreaterThan(numberLine.baseline);
    expect(number.x).toBeGreaterThan(numberLine.left);
    const date = boxOf(found, formFieldNames.date);
    expect(date.x).toBeGreaterThan(number.x + number.width);
  });

  it('number and date are drawn into the blanks, as poppler reads the page', async () => {
    const approved = await sign(variant(variantName, entries), { kind: 'approval' });
    const sealed = await sign(approved, { kind: 'seal', number: '05/QĐ-SKHCN', date: '2026-02-03' });
    const said = execFileSync('pdftotext', ['-layout', sealed, '-'], { encoding: 'utf8' });
    expect(said.replaceAll(/ +/g, ' ')).toMatch(/Số: ?05 ?\/ ?QĐ-SKHCN/);
    expect(said.replaceAll(/ +/g, ' ')).toMatch(/ngày 03 tháng 02 năm 2026/);
    const { values } = shown(sealed);
    expect([values.get(formFieldNames.number), values.get(formFieldNames.date)]).toEqual([
      '05',
      '03/02/2026',
    ]);
  });
});

describe.each([90, 180, 270])('a page turned by %i degrees', (rotation) => {
  it('a box in millimetres is seen where it was asked for, upright', async () => {
    const source = writeFile(
      folder,
      `turned-${rotation}.pdf`,
      onePagePdf({ page: `/MediaBox[0 0 595 842]/Rotate ${rotation}` }),
    );
    const box = { x: 20, y: 30, width: 70, height: 12 };
    const file = await sign(source, { kind: 'plain', box });
    const found = boxOf(shown(file), 'antin-signature');
    for (const side of ['x', 'y', 'width', 'height'] as const) expect(found[side]).toBeCloseTo(box[side], 2);
    // pdftotext takes words as they are seen: the name is read as one line inside the box.
    const said = execFileSync('pdftotext', ['-bbox', file, '-'], { encoding: 'utf8' });
    const word = /xMin="([\d.]+)" yMin="([\d.]+)" xMax="[\d.]+" yMax="[\d.]+">Nguyễn/.exec(said);
    const [x, y] = [Number(word?.[1]), Number(word?.[2])].map((points) => (points * 25.4) / 72);
    expect(x).toBeGreaterThanOrEqual(box.x - 0.5);
    expect(x).toBeLessThan(box.x + 5);
    expect(y).toBeGreaterThan(box.y - 2);
    expect(y).toBeLessThan(box.y + 5);
  });

  it('fields without a place in the text stay on the page', async () => {
    const source = writeFile(
      folder,
      `empty-${rotation}.pdf`,
      onePagePdf({ page: `/MediaBox[0 0 300 200]/Rotate ${rotation}` }),
    );
    const found = shown(await sign(source, { kind: 'approval' }));
    expect(found.boxes.size).toBe(4);
    for (const [name, box] of found.boxes) {
      expect([name, box.x >= -0.01, box.y >= -0.01]).toEqual([name, true, true]);
      expect([name, box.x + box.width <= found.size.width + 0.01]).toEqual([name, true]);
      expect([name, box.y + box.height <= found.size.height + 0.01]).toEqual([name, true]);
    }
  });
});

describe('places in the text', () => {
  function line(text: string): TextLine {
    // Every character two millimetres wide.
    return {
      text,
      baseline: 50,
      size: 4,
      left: 0,
      right: text.length * 2,
      span: (from, to) => ({ left: from * 2, right: to * 2 }),
    };
  }

  it.each([
    ['Số: /QĐ-SKHCN', true],
    ['Số: /2026/NQ-HĐND', true],
    ['Số : /CV', true],
    ['Số:......./QĐ-UBND', true],
    ['Số: …… /QĐ-UBND', true],
    ['Số: ____/UBND-VX', true],
    ['CƠ QUAN Số: /QĐ', true],
    ['Số: 12/QĐ-SKHCN', false],
    ['Căn cứ Quyết định số: /QĐ', false],
    ['số /QĐ', false],
  ])('number: %s', (text, isFound) => {
    expect(findNumberPlace([line(text)]) !== null).toBe(isFound);
  });

  it.each([
    ['Thử Nghiệm, ngày tháng năm 2026', 'blank', 2026],
    ['Thử Nghiệm, ngày ... tháng ... năm 2026', 'blank', 2026],
    ['Thử Nghiệm, ngày …… tháng …… năm ……', 'blank', 'blank'],
    ['Thử Nghiệm, ngày tháng 3 năm 2026', 3, 2026],
    ['Thử Nghiệm, ngày tháng 11 năm', 11, 'blank'],
    ['ngày tháng năm', 'blank', 'blank'],
    ['Hà Nội, ngày 12 tháng 3 năm 2026', null, null],
    ['mỗi tháng một ngày', null, null],
    ['trong ngày, tháng, năm', null, null],
  ])('date: %s', (text, month, year) => {
    const place = findDatePlace([line(text)]);
    const kind = (part: unknown) => (typeof part === 'object' ? 'blank' : part);
    expect(place && [kind(place.month), kind(place.year)]).toEqual(month === null ? null : [month, year]);
  });
});

it.each([
  [
    { x: -5, y: -5, width: 10, height: 10 },
    { x: 0, y: 0, width: 10, height: 10 },
  ],
  [
    { x: 95, y: 45, width: 10, height: 10 },
    { x: 90, y: 40, width: 10, height: 10 },
  ],
  [
    { x: 5, y: 5, width: 500, height: 500 },
    { x: 0, y: 0, width: 100, height: 50 },
  ],
])('a box moves or shrinks onto its page', (box, expected) => {
  expect(withinPage(box, { width: 100, height: 50 })).toEqual(expected);
});
