import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { formFieldNames } from '../../../contract/document.ts';
import { PdfDocument } from '../../../native/pdf/document.ts';
import { isName, PdfDict, PdfRef } from '../../../native/pdf/object.ts';
import type { BoxMm } from '../../../native/pdf/page-geometry.ts';
import { RevisionWriter } from '../../../native/pdf/revision-writer.ts';
import { signPdf } from '../../../native/signing/sign-pdf.ts';
import type { Stamp } from '../../../native/signing/stamp.ts';
import { draw } from '../../lab/typst.ts';
import { typeset } from '../pdf/official-document.ts';
import { scratchFolder, writeFile } from '../pdf/scratch.ts';
import { type Block, layout } from './layouts.ts';
import { boxAround, type SeenField, seenFields, seenWords, wordsUnder } from './page-judge.ts';
import { createAuthority, type TestAuthority, type TestKey } from './software-key.ts';

/**
 * Ô số 7 and 8 in documents as offices make them: the blue signature stands between position and name, centred; the seal,
 * at its real size, on the signature's left third.
 */
const signer = 'Nguyễn Văn Thử';
const folder = scratchFolder();
let authority: TestAuthority;
let key: TestKey;
let signature: Buffer;
let seal: Buffer;
let count = 0;

beforeAll(async () => {
  authority = createAuthority(path.join(folder, 'pki'));
  key = authority.signer('P-256', signer);
  // 52 × 22 mm and 36 × 36 mm by their own word.
  [signature, seal] = (
    await Promise.all([
      draw('images/approval.typ', path.join(folder, 'approval')),
      draw('images/department-seal.typ', path.join(folder, 'seal')),
    ])
  ).map((file) => readFileSync(file)) as [Buffer, Buffer];
});

async function sign(source: string, stamp: Stamp, by = key): Promise<string> {
  const target = path.join(folder, `signed-${++count}.pdf`);
  await signPdf({ source, target, signer: by.signer, stamp });
  return target;
}

async function approved(pdf: Uint8Array, stamp: Partial<Stamp> = {}): Promise<string> {
  const source = writeFile(folder, `source-${++count}.pdf`, pdf);
  return sign(source, { kind: 'approval', image: signature, ...stamp } as Stamp);
}

function field(file: string, name: string): SeenField {
  const found = seenFields(file).get(name);
  if (!found) throw new Error(`no field ${name}`);
  return found;
}

const centre = (box: BoxMm) => box.x + box.width / 2;
const bottom = (box: BoxMm) => box.y + box.height;

/** Between the words of position and name, centred on the position, over no word at all. */
function expectBetween(file: string, place: SeenField, position: string, name: string): void {
  const words = seenWords(file, place.page);
  const [above, below] = [boxAround(words, position), boxAround(words, name)];
  expect(centre(place.box)).toBeCloseTo(centre(above), 0);
  expect(place.box.y).toBeGreaterThan(bottom(above) - 1);
  expect(bottom(place.box)).toBeLessThan(below.y + 1);
  expect(wordsUnder(words, place.box)).toEqual([]);
}

const deputy: Block = { position: ['KT. GIÁM ĐỐC', 'PHÓ GIÁM ĐỐC'], name: signer };
const other: Block = { position: ['GIÁM ĐỐC', 'SỞ NỘI VỤ'], name: 'Trần Thị Hai' };
const longList = [
  'Như trên',
  'Chủ tịch, các Phó Chủ tịch UBND tỉnh (để báo cáo)',
  'Các sở, ban, ngành thuộc Ủy ban nhân dân tỉnh',
  'Ủy ban nhân dân các xã, phường',
  'Lưu: VT, CĐS',
];

describe('between position and name', () => {
  it.each<[string, Parameters<typeof layout>[0], string, string, number]>([
    ['KT., a deputy', { blocks: [deputy] }, 'PHÓ GIÁM ĐỐC', signer, 1],
    [
      'TM. UBND, beside a long list of recipients',
      { blocks: [{ position: ['TM. ỦY BAN NHÂN DÂN', 'CHỦ TỊCH'], name: signer }], recipients: longList },
      'CHỦ TỊCH',
      signer,
      1,
    ],
    [
      'TM., KT. and a deputy',
      { blocks: [{ position: ['TM. ỦY BAN NHÂN DÂN', 'KT. CHỦ TỊCH', 'PHÓ CHỦ TỊCH'], name: signer }] },
      'PHÓ CHỦ TỊCH',
      signer,
      1,
    ],
    [
      'TL.',
      { blocks: [{ position: ['TL. CHỦ TỊCH', 'CHÁNH VĂN PHÒNG'], name: signer }] },
      'CHÁNH VĂN PHÒNG',
      signer,
      1,
    ],
    [
      'TUQ.',
      { blocks: [{ position: ['TUQ. GIÁM ĐỐC', 'TRƯỞNG PHÒNG CHUYỂN ĐỔI SỐ'], name: signer }] },
      'TRƯỞNG PHÒNG CHUYỂN ĐỔI SỐ',
      signer,
      1,
    ],
    ['two agencies, signing on the right', { blocks: [other, deputy] }, 'PHÓ GIÁM ĐỐC', signer, 1],
    ['two agencies, signing on the left', { blocks: [deputy, other] }, 'PHÓ GIÁM ĐỐC', signer, 1],
    [
      'three who sign, in the middle',
      { blocks: [other, { position: ['THƯ KÝ'], name: signer }, { ...other, name: 'Lê Văn Ba' }] },
      'THƯ KÝ',
      signer,
      1,
    ],
    [
      'a last page with nothing but recipients',
      { blocks: [deputy], behind: '#pagebreak()\n_Nơi nhận:_\\\n- Lưu: VT.' },
      'PHÓ GIÁM ĐỐC',
      signer,
      1,
    ],
    [
      'appendices in the same file, their headings in capitals',
      {
        blocks: [deputy],
        behind:
          '#pagebreak()\n#align(center)[*PHỤ LỤC* #v(20mm) Danh mục] #pagebreak() #align(center)[BẢNG 2]',
      },
      'PHÓ GIÁM ĐỐC',
      signer,
      1,
    ],
    ['a second page', { blocks: [deputy], paragraphs: 9 }, 'PHÓ GIÁM ĐỐC', signer, 2],
    [
      'academic titles before the name',
      { blocks: [{ ...deputy, name: `PGS.TS. ${signer}` }] },
      'PHÓ GIÁM ĐỐC',
      `PGS.TS. ${signer}`,
      1,
    ],
    [
      'a name in capitals',
      { blocks: [{ ...deputy, name: signer.toLocaleUpperCase('vi') }] },
      'PHÓ GIÁM ĐỐC',
      signer.toLocaleUpperCase('vi'),
      1,
    ],
    [
      'somebody else’s name, as when nobody typed the new director’s',
      { blocks: [{ ...deputy, name: 'Phạm Thị Cũ' }] },
      'PHÓ GIÁM ĐỐC',
      'Phạm Thị Cũ',
      1,
    ],
    ['little room', { blocks: [{ ...deputy, room: 13 }] }, 'PHÓ GIÁM ĐỐC', signer, 1],
    ['much room', { blocks: [{ ...deputy, room: 60 }] }, 'PHÓ GIÁM ĐỐC', signer, 1],
    [
      'a landscape page',
      { blocks: [deputy], paragraphs: 2, page: 'paper: "a4", flipped: true, margin: 20mm' },
      'PHÓ GIÁM ĐỐC',
      signer,
      1,
    ],
  ])('%s', async (_, parts, position, name, page) => {
    const file = await approved(layout(parts));
    const place = field(file, formFieldNames.approval);
    expect(place.page).toBe(page);
    expectBetween(file, place, position, name);
    // The seal on the left third, its field wide enough for the largest.
    const sealPlace = field(file, formFieldNames.seal);
    expect(sealPlace.page).toBe(page);
    expect(sealPlace.box.x + sealPlace.box.width).toBeCloseTo(place.box.x + place.box.width / 3, 1);
    expect(sealPlace.box.y + sealPlace.box.height / 2).toBeCloseTo(place.box.y + place.box.height / 2, 1);
  });

  it('a note under the position stays in sight', async () => {
    const file = await approved(
      layout({ blocks: [{ position: ['GIÁM ĐỐC', '(Ký tên, đóng dấu)'], name: signer, room: 28 }] }),
    );
    expectBetween(file, field(file, formFieldNames.approval), '(Ký tên, đóng dấu)', signer);
  });

  it('below the position where nobody printed a name', async () => {
    const file = await approved(
      layout({ blocks: [{ position: ['KT. GIÁM ĐỐC', 'PHÓ GIÁM ĐỐC'], name: '' }] }),
    );
    const place = field(file, formFieldNames.approval);
    const above = boxAround(seenWords(file, 1), 'PHÓ GIÁM ĐỐC');
    expect(centre(place.box)).toBeCloseTo(centre(above), 0);
    expect(place.box.y).toBeGreaterThan(bottom(above) - 1);
    expect(place.box.y).toBeLessThan(bottom(above) + 10);
  });

  it('the signature is drawn at its real size', async () => {
    const { box } = field(await approved(layout({ blocks: [deputy] })), formFieldNames.approval);
    expect([box.width.toFixed(0), box.height.toFixed(0)]).toEqual(['52', '22']);
  });

  it('a box that is given counts more than any text', async () => {
    const box = { x: 20, y: 250, width: 40, height: 20 };
    const file = await approved(layout({ blocks: [deputy] }), { box });
    const found = field(file, formFieldNames.approval).box;
    for (const side of ['x', 'y', 'width', 'height'] as const) expect(found[side]).toBeCloseTo(box[side], 2);
  });
});

describe('two agencies', () => {
  it('each leader signs in the own block, and each seal goes beside its own leader’s signature', async () => {
    const joint = layout({ blocks: [other, deputy] });
    const second = authority.signer('P-256', 'Trần Thị Hai');
    const first = await approved(joint);
    const both = await sign(first, { kind: 'approval', image: signature }, second);
    expectBetween(both, field(both, `${formFieldNames.approval}-2`), 'SỞ NỘI VỤ', 'Trần Thị Hai');
    // The keys of these tests all belong to one organisation; the agency of that name finds the first leader's field.
    const agency = authority.signer('P-256', 'Sở Khoa học và Công nghệ');
    const sealed = await sign(both, { kind: 'seal', image: seal, number: '05', date: '2026-02-03' }, agency);
    const foreign = authority.signer('P-256', 'Sở Nội vụ');
    const done = await sign(sealed, { kind: 'seal', image: seal }, foreign);
    const names = [...seenFields(done).keys()].filter((name) => name.startsWith(formFieldNames.seal));
    expect(names).toEqual([formFieldNames.seal, `${formFieldNames.seal}-2`]);
    const [left, right] = [`${formFieldNames.seal}-2`, formFieldNames.seal].map(
      (name) => field(done, name).box,
    );
    expect(left && right && left.x + left.width < right.x).toBe(true);
  });

  it('who signs a second time signs elsewhere, never over the first', async () => {
    const joint = layout({
      blocks: [
        { ...other, name: 'Ai đó' },
        { ...deputy, name: 'Ai khác' },
      ],
    });
    const first = await approved(joint);
    const both = await sign(
      first,
      { kind: 'approval', image: signature },
      authority.signer('P-256', 'Người Khác'),
    );
    const [one, two] = ['', '-2'].map((suffix) => field(both, `${formFieldNames.approval}${suffix}`).box);
    expect(one && two && two.x + two.width < one.x).toBe(true);
  });
});

describe('pages that say little', () => {
  it('a scan: the place of the decree’s diagram', async () => {
    const scan = typeset(`#set page(paper: "a4", margin: 0mm)
#rect(width: 210mm, height: 297mm, fill: luma(240), stroke: none)`);
    const { box } = field(await approved(scan), formFieldNames.approval);
    // 7c: x 71–88, y 79–83 per cent of the text's frame, which on A4 is 148 to 176 mm from the left.
    expect(centre(box)).toBeGreaterThan(145);
    expect(centre(box)).toBeLessThan(165);
    expect(box.y).toBeGreaterThan(210);
    expect(bottom(box)).toBeLessThan(265);
  });

  it('letters in runs of their own: the same place', async () => {
    const spread = layout({ blocks: [deputy], before: '#show regex("\\\\w"): it => box(it)' });
    const file = await approved(spread);
    const plain = await approved(layout({ blocks: [deputy] }));
    const [found, expected] = [file, plain].map((one) => field(one, formFieldNames.approval).box);
    expect(found && centre(found)).toBeCloseTo(expected ? centre(expected) : 0, 0);
  });

  it('fonts without a way back to text: between the last two lines that leave room, right of the middle', async () => {
    const bytes = layout({ blocks: [deputy] });
    const file = await approved(withoutToUnicode(bytes));
    const plain = await approved(bytes);
    const [found, expected] = [file, plain].map((one) => field(one, formFieldNames.approval).box);
    expect(found && centre(found)).toBeCloseTo(expected ? centre(expected) : 0, 0);
    expect(found?.y).toBeCloseTo(expected?.y ?? 0, 0);
  });

  it('a full page without a place: some free room, over no word', async () => {
    const full = typeset(`#set page(paper: "a4", margin: (left: 30mm, right: 15mm, y: 20mm))
#set text(font: "Tinos", size: 13pt, lang: "vi")
${'Nội dung văn bản tiếng Việt có dấu: ăn uống, đường sá, nghị quyết. '.repeat(38)}`);
    const file = await approved(full);
    const place = field(file, formFieldNames.approval);
    expect(wordsUnder(seenWords(file, place.page), place.box)).toEqual([]);
  });
});

function withoutToUnicode(bytes: Buffer): Buffer {
  const source = writeFile(folder, `mapped-${++count}.pdf`, bytes);
  const target = `${source}.plain`;
  execFileSync('qpdf', ['--object-streams=disable', source, target]);
  const document = PdfDocument.open(target);
  try {
    const writer = new RevisionWriter(document);
    for (const number of document.revision.numbers()) {
      const ref = new PdfRef(number, 0);
      const value = document.find(number) ? document.object(ref) : null;
      if (value instanceof PdfDict && isName(value.get('Subtype'), 'Type0'))
        writer.set(ref, value.with({ ToUnicode: undefined }));
    }
    return Buffer.concat([readFileSync(target), writer.build().bytes]);
  } finally {
    document.close();
  }
}
