import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Failure } from '../../../contract/failure.ts';
import { PdfDocument } from '../../../native/pdf/document.ts';
import type { PdfObject } from '../../../native/pdf/object.ts';
import { pages } from '../../../native/pdf/page.ts';
import { RevisionWriter } from '../../../native/pdf/revision-writer.ts';
import { signPdf } from '../../../native/signing/sign-pdf.ts';
import type { Stamp } from '../../../native/signing/stamp.ts';
import { typeset } from '../pdf/official-document.ts';
import { scratchFolder, writeFile } from '../pdf/scratch.ts';
import { type Layout, layout } from './layouts.ts';
import { boxAround, renderedPage, type SeenField, seenFields, seenWords, wordsUnder } from './page-judge.ts';
import { createAuthority, type TestKey } from './software-key.ts';

/** Stamps that look for room: text at the top right, the arrival stamp, comments, initials. Judged by what poppler reads. */
const folder = scratchFolder();
const signedAt = new Date('2026-03-05T07:07:09Z');
const time = '2026-03-05T14:07:09+07:00';
let agency: TestKey;
let count = 0;

beforeAll(() => {
  agency = createAuthority(path.join(folder, 'pki')).signer('P-256', 'Sở Khoa học và Công nghệ');
});

const blocks = [{ position: ['GIÁM ĐỐC'], name: 'Nguyễn Văn Thử' }];

interface Stamped {
  readonly source: string;
  readonly file: string;
  readonly place: SeenField;
  /** The lines that poppler reads in the stamp's place. */
  readonly lines: string[];
}

async function stamped(pdf: Uint8Array, stamp: Stamp): Promise<Stamped> {
  const source = writeFile(folder, `source-${++count}.pdf`, pdf);
  const file = path.join(folder, `stamped-${count}.pdf`);
  const { field } = await signPdf({ source, target: file, signer: agency.signer, stamp, signedAt });
  const place = seenFields(file).get(field);
  if (!place) throw new Error(`no field ${field}`);
  return { source, file, place, lines: linesIn(file, place) };
}

/** Text of a part of a page; pdftotext takes it in pixels of 72 to the inch. */
function linesIn(file: string, { page, box }: SeenField): string[] {
  const pixels = (mm: number) => String(Math.round((mm * 72) / 25.4));
  const area = [
    '-x',
    pixels(box.x),
    '-y',
    pixels(box.y),
    '-W',
    pixels(box.width + 1),
    '-H',
    pixels(box.height + 1),
  ];
  const said = execFileSync(
    'pdftotext',
    ['-layout', '-f', String(page), '-l', String(page), ...area, file, '-'],
    {
      encoding: 'utf8',
    },
  );
  return said
    .split('\n')
    .map((line) => line.trim().replaceAll(/ +/g, ' '))
    .filter(Boolean);
}

function expectNothingCovered({ source, place }: Stamped): void {
  expect(wordsUnder(seenWords(source, place.page), place.box)).toEqual([]);
}

const right = ({ place }: Stamped) => place.box.x + place.box.width;

describe('at the top right of the first page (ô số 14)', () => {
  it('an appendix: code and time', async () => {
    const outcome = await stamped(layout({ blocks }), { kind: 'appendix', referenceCode: '05/QĐ-SKHCN' });
    expect(outcome.lines).toEqual(['Số: 05/QĐ-SKHCN', `Thời gian ký: ${time}`]);
    expect(outcome.place.page).toBe(1);
    expect(outcome.place.box.y).toBeCloseTo(5, 3);
    expect(right(outcome)).toBeCloseTo(202, 1);
    expectNothingCovered(outcome);
  });

  it.each([
    ['sao-y', 'SAO Y'],
    ['sao-luc', 'SAO LỤC'],
    ['trich-sao', 'TRÍCH SAO'],
  ] as const)('a copy, %s: form, agency and time', async (form, words) => {
    const outcome = await stamped(layout({ blocks }), { kind: 'copy', form });
    expect(outcome.lines).toEqual([words, 'Sở Khoa học và Công nghệ', `Thời gian ký: ${time}`]);
    expect(right(outcome)).toBeCloseTo(202, 1);
    expectNothingCovered(outcome);
  });

  it('text is 10 points, upright Tinos', async () => {
    const { file } = await stamped(layout({ blocks }), { kind: 'copy', form: 'sao-y' });
    const boxes = seenWords(file, 1).filter(({ text }) => text === time);
    // The font's ascent and descent together are 1.107 em.
    expect((boxes[0]?.box.height ?? 0) / 1.107).toBeCloseTo((10 * 25.4) / 72, 1);
    expect(execFileSync('pdffonts', [file], { encoding: 'utf8' })).toMatch(/[A-Z]{6}\+Tinos\s/);
  });

  it('a long name is broken, never cut, and stays in the corner', async () => {
    const name = 'Trung tâm Phục vụ hành chính công phường Nguyễn Thị Minh Khai, thành phố Thử Nghiệm';
    const outcome = await stamped(layout({ blocks }), { kind: 'copy', form: 'sao-y', agency: name });
    expect(outcome.lines.join(' ')).toBe(`SAO Y ${name} Thời gian ký: ${time}`);
    expect(outcome.place.box.y).toBeLessThan(15);
    expectNothingCovered(outcome);
  });

  it('a second copy goes beside the first', async () => {
    const first = await stamped(layout({ blocks }), { kind: 'copy', form: 'sao-y' });
    const second = await stamped(readFileSync(first.file), { kind: 'copy', form: 'sao-luc' });
    expectNothingCovered(second);
    expect(second.lines[0]).toBe('SAO LỤC');
  });

  it('a header in that corner is left to be read', async () => {
    const page =
      'paper: "a4", margin: (left: 30mm, right: 15mm, y: 20mm), header: align(right)[LƯU HÀNH NỘI BỘ], header-ascent: 4mm';
    const outcome = await stamped(layout({ blocks, page }), { kind: 'copy', form: 'sao-y' });
    expectNothingCovered(outcome);
  });
});

describe('the arrival stamp', () => {
  const arrival: Stamp = {
    kind: 'incoming',
    arrivalNumber: '1234',
    date: '2026-03-06',
    forwardedTo: 'Phòng Quản lý công nghệ',
    caseFile: '12/2026-HS',
  };

  it('says what the decree’s form asks for, at its size', async () => {
    const outcome = await stamped(layout({ blocks, paragraphs: 2 }), arrival);
    expect([outcome.place.box.width, outcome.place.box.height].map((mm) => mm.toFixed(1))).toEqual([
      '50.0',
      '35.0',
    ]);
    const said = outcome.lines.join(' ');
    for (const words of [
      'SỞ KHOA HỌC VÀ CÔNG NGHỆ',
      'ĐẾN',
      'Số: 1234',
      'Ngày: 06/03/2026',
      'Chuyển: Phòng Quản lý công nghệ',
      'Số và ký hiệu HS: 12/2026-HS',
    ])
      expect(said).toContain(words);
    expectNothingCovered(outcome);
  });

  it('stands under number and symbol where there is room', async () => {
    const roomy = layout({ blocks, before: '', about: '#v(45mm)' });
    const outcome = await stamped(roomy, arrival);
    const number = boxAround(seenWords(outcome.source, 1), 'Số:');
    expect(outcome.place.box.y - number.y).toBeLessThan(25);
    expect(outcome.place.box.x).toBeLessThan(60);
    expectNothingCovered(outcome);
  });

  it('a crowded page gets a smaller one rather than one over its words', async () => {
    const crowded = layout({ blocks, paragraphs: 8 });
    const outcome = await stamped(crowded, arrival);
    expect(outcome.place.box.width / outcome.place.box.height).toBeCloseTo(50 / 35, 2);
    expectNothingCovered(outcome);
  });
});

describe('a comment', () => {
  const words =
    'Giao Phòng Chuyển đổi số chủ trì, phối hợp với Văn phòng tham mưu văn bản triển khai; báo cáo trước ngày 15/3/2026.';

  it('gives the words, the name and the time', async () => {
    const outcome = await stamped(layout({ blocks }), { kind: 'directive', text: words });
    expect(outcome.lines.join(' ')).toBe(`${words} Sở Khoa học và Công nghệ, 14:07 ngày 05/03/2026`);
    expectNothingCovered(outcome);
  });

  it('keeps its paragraphs, and shows what the font lacks as something', async () => {
    const outcome = await stamped(layout({ blocks }), { kind: 'directive', text: 'Đồng ý.\nChuyển VP 漢.' });
    expect(outcome.lines.slice(0, 2)).toEqual(['Đồng ý.', 'Chuyển VP \ufffd.']);
  });

  it('a word without an end is broken, not cut', async () => {
    const endless = 'x'.repeat(300);
    const outcome = await stamped(layout({ blocks }), { kind: 'directive', text: endless });
    expect(outcome.lines.slice(0, -1).join('')).toBe(endless);
    expectNothingCovered(outcome);
  });

  it('without room on the page it is refused with a sentence, never laid over the text', async () => {
    const full = typeset(`#set page(paper: "a4", margin: 5mm)
#set text(font: "Tinos", size: 13pt, lang: "vi")
${'Nội dung văn bản tiếng Việt có dấu: ăn uống, đường sá, nghị quyết. '.repeat(120)}`);
    const failure = await stamped(full, { kind: 'directive', text: words }).catch(
      (error: Failure) => error.code,
    );
    expect(failure).toBe('stamp-room-missing');
  });
});

describe('initials', () => {
  it.each([
    ['content', 'tháng./.'],
    ['form', 'VT, CĐS'],
  ] as const)('%s: behind the last word of it', async (answersFor, word) => {
    const outcome = await stamped(layout({ blocks }), { kind: 'initial', answersFor });
    const last = boxAround(seenWords(outcome.source, outcome.place.page), word);
    expect(outcome.place.box.x - (last.x + last.width)).toBeLessThan(12);
    expect(
      Math.abs(outcome.place.box.y + outcome.place.box.height / 2 - (last.y + last.height / 2)),
    ).toBeLessThan(8);
    expectNothingCovered(outcome);
  });
});

describe.each<[string, Partial<Layout>, Record<string, PdfObject>]>([
  ['turned by 90 degrees', {}, { Rotate: 90 }],
  ['upside down', {}, { Rotate: 180 }],
  ['turned by 270 degrees', {}, { Rotate: 270 }],
  ['cropped', {}, { CropBox: [40, 60, 560, 800] }],
  ['in units of two points', {}, { UserUnit: 2 }],
  ['landscape', { page: 'paper: "a4", flipped: true, margin: 20mm' }, {}],
])('a page %s', (_, parts, entries) => {
  it.each<[Stamp['kind'], Stamp]>([
    ['copy', { kind: 'copy', form: 'sao-y' }],
    ['incoming', { kind: 'incoming', arrivalNumber: '1', date: '2026-03-06' }],
    ['directive', { kind: 'directive', text: 'Đồng ý.' }],
    ['initial', { kind: 'initial', answersFor: 'form' }],
    ['approval', { kind: 'approval' }],
  ])('%s: on the page, over no ink', async (kind, stamp) => {
    const source = writeFile(folder, `variant-${++count}.pdf`, layout({ blocks, paragraphs: 2, ...parts }));
    const { source: bare, file, place } = await stamped(withEntries(source, entries), stamp);
    const sheet = renderedPage(file, place.page);
    expect(place.box.x >= 0 && place.box.y >= 0).toBe(true);
    expect(place.box.x + place.box.width).toBeLessThan(sheet.size.width + 0.01);
    expect(place.box.y + place.box.height).toBeLessThan(sheet.size.height + 0.01);
    // There was no ink where the stamp stands, and now there is.
    const before = renderedPage(bare, place.page);
    expect([kind, before.inkIn(place.box), sheet.inkIn(place.box) > 10]).toEqual([kind, 0, true]);
  });
});

function withEntries(source: string, entries: Record<string, PdfObject>): Buffer {
  const plain = `${source}.plain`;
  execFileSync('qpdf', ['--object-streams=disable', source, plain]);
  const document = PdfDocument.open(plain);
  try {
    const writer = new RevisionWriter(document);
    for (const page of pages(document)) writer.set(page.ref, page.dict.with(entries));
    return Buffer.concat([readFileSync(plain), writer.build().bytes]);
  } finally {
    document.close();
  }
}
