import { readFileSync } from 'node:fs';
import path from 'node:path';
import { crc32 } from 'node:zlib';
import { beforeAll, describe, expect, it } from 'vitest';
import { formFieldNames } from '../../../contract/document.ts';
import { AppError } from '../../../contract/failure.ts';
import { signPdf } from '../../../native/signing/sign-pdf.ts';
import type { SealStamp, Stamp } from '../../../native/signing/stamp.ts';
import { draw } from '../../lab/typst.ts';
import { scratchFolder, writeFile } from '../pdf/scratch.ts';
import { type Layout, layout } from './layouts.ts';
import { boxAround, renderedPage, seenFields, seenWords } from './page-judge.ts';
import { createAuthority, type TestKey } from './software-key.ts';

/** The agency's seal at its real size, and number and date in their blanks: judged by what poppler draws and reads. */
const folder = scratchFolder();
let leader: TestKey;
let agency: TestKey;
let signature: Buffer;
let seal: Buffer;
let approved = '';
let count = 0;

const blocks = [{ position: ['GIÁM ĐỐC'], name: 'Nguyễn Văn Thử' }];

beforeAll(async () => {
  const authority = createAuthority(path.join(folder, 'pki'));
  leader = authority.signer('P-256', 'Nguyễn Văn Thử');
  agency = authority.signer('P-256', 'Sở Khoa học và Công nghệ');
  [signature, seal] = (
    await Promise.all([
      draw('images/approval.typ', path.join(folder, 'approval')),
      draw('images/department-seal.typ', path.join(folder, 'seal')),
    ])
  ).map((file) => readFileSync(file)) as [Buffer, Buffer];
  approved = await approval({ blocks });
});

async function sign(source: string, stamp: Stamp, { signer }: TestKey): Promise<string> {
  const target = path.join(folder, `signed-${++count}.pdf`);
  await signPdf({ source, target, signer, stamp });
  return target;
}

async function approval(parts: Layout): Promise<string> {
  const source = writeFile(folder, `source-${++count}.pdf`, layout(parts));
  return sign(source, { kind: 'approval', image: signature }, leader);
}

/** The picture with another word on its dots to the metre, or none. */
function withDensity(png: Buffer, perMetre: number | null): Buffer {
  const at = png.indexOf('pHYs', 0, 'latin1') - 4;
  if (perMetre === null) return Buffer.concat([png.subarray(0, at), png.subarray(at + 21)]);
  const copy = Buffer.from(png);
  copy.writeUInt32BE(perMetre, at + 8);
  copy.writeUInt32BE(perMetre, at + 12);
  copy.writeUInt32BE(crc32(copy.subarray(at + 4, at + 17)), at + 17);
  return copy;
}

async function sealedChange(stamp: Omit<SealStamp, 'kind'>) {
  const file = await sign(approved, { kind: 'seal', ...stamp }, agency);
  const change = renderedPage(file, 1).changesSince(renderedPage(approved, 1));
  const signatureBox = seenFields(approved).get(formFieldNames.approval)?.box;
  if (!change || !signatureBox) throw new Error('no seal to be seen');
  return {
    change,
    third: signatureBox.x + signatureBox.width / 3,
    middle: signatureBox.y + signatureBox.height / 2,
  };
}

describe('the seal', () => {
  // The lab's ring is drawn 0.05 mm within its picture's edge; a dot is half a millimetre wide.
  it.each<[string, () => Omit<SealStamp, 'kind'>, number]>([
    ['as large as its picture says', () => ({ image: seal }), 36],
    ['a smaller one', () => ({ image: withDensity(seal, 14_173) }), 30],
    ['the largest', () => ({ image: withDensity(seal, 10_125) }), 42],
    ['a picture that says nothing', () => ({ image: withDensity(seal, null) }), 36],
    ['a picture saved for screens', () => ({ image: withDensity(seal, 2835) }), 36],
    ['a size that is given', () => ({ image: seal, diameter: 34 }), 34],
  ])('%s, its right edge on a third of the signature', async (_, stamp, size) => {
    const { change, third, middle } = await sealedChange(stamp());
    expect(Math.abs(change.width - size)).toBeLessThan(1.3);
    expect(Math.abs(change.height - size)).toBeLessThan(1.3);
    expect(Math.abs(change.x + change.width - third)).toBeLessThan(1);
    expect(Math.abs(change.y + change.height / 2 - middle)).toBeLessThan(1);
  });

  it('finds the signature that another program put there', async () => {
    const source = writeFile(folder, `foreign-${++count}.pdf`, layout({ blocks }));
    const box = { x: 120, y: 200, width: 48, height: 20 };
    const foreign = await sign(source, { kind: 'plain', box, image: signature }, leader);
    const sealed = await sign(foreign, { kind: 'seal', image: seal }, agency);
    const place = seenFields(sealed).get(formFieldNames.seal)?.box;
    expect(place && place.x + place.width).toBeCloseTo(120 + 16, 1);
    expect(place && place.y + place.height / 2).toBeCloseTo(210, 1);
  });
});

/** What poppler reads in the two lines of number and date. */
function head(file: string): string {
  const words = seenWords(file, 1);
  return words
    .filter(({ box }) => box.y < 60)
    .map(({ text }) => text)
    .join(' ');
}

describe('number and date', () => {
  const given = { number: '05/QĐ-SKHCN', date: '2026-02-03' };

  it.each<[string, Partial<Layout>, string]>([
    ['blanks', {}, 'ngày 03 tháng 02 năm 2026'],
    ['wide blanks', { number: 'Số: #h(25mm)/QĐ-SKHCN' }, 'ngày 03 tháng 02 năm 2026'],
    [
      'the month printed',
      { date: 'Thử Nghiệm, ngày #h(8mm) tháng 02 năm 2026' },
      'ngày 03 tháng 02 năm 2026',
    ],
    [
      'nothing of the year',
      { date: 'Thử Nghiệm, ngày #h(8mm) tháng #h(8mm) năm #h(10mm)' },
      '03 tháng 02 năm 2026',
    ],
  ])('%s', async (_, parts, date) => {
    const sealed = await sign(await approval({ blocks, ...parts }), { kind: 'seal', ...given }, agency);
    const words = seenWords(sealed, 1);
    const [label, number, symbol] = ['Số:', '05', '/QĐ-SKHCN'].map((word) => boxAround(words, word));
    expect(label && number && number.x > label.x + label.width).toBe(true);
    expect(symbol && number && number.x + number.width < symbol.x).toBe(true);
    // Poppler's boxes hang from each font's own ascent, which the two producers give a fifth of the size apart.
    expect(label && number && Math.abs(number.y - label.y)).toBeLessThan(1);
    expect(head(sealed)).toContain(date);
  });

  it('a month that the decree writes without a nought', async () => {
    const date = '2026-09-02';
    const sealed = await sign(await approval({ blocks }), { kind: 'seal', ...given, date }, agency);
    expect(head(sealed)).toContain('ngày 02 tháng 9 năm 2026');
  });

  it('day and year in blanks around a printed month', async () => {
    const date = 'Thử Nghiệm, ngày #h(8mm) tháng 02 năm #h(10mm)';
    const sealed = await sign(await approval({ blocks, date }), { kind: 'seal', ...given }, agency);
    expect(head(sealed)).toContain('03 tháng 02 năm 2026');
  });

  it('dots to be written on', async () => {
    const dotted = {
      blocks,
      number: 'Số: ............/QĐ-SKHCN',
      date: 'Thử Nghiệm, ngày ...... tháng ...... năm 2026',
    };
    const source = await approval(dotted);
    const sealed = await sign(source, { kind: 'seal', ...given }, agency);
    const words = seenWords(sealed, 1);
    const [five, day] = [boxAround(words, '05'), boxAround(words, '03')];
    const [numberBox, dateBox] = ['number', 'date'].map(
      (name) => seenFields(sealed).get(formFieldNames[name as 'number' | 'date'])?.box,
    );
    expect(five.x > (numberBox?.x ?? 999) && day.x > (dateBox?.x ?? 999)).toBe(true);
  });

  it('a long number in a narrow blank gets smaller letters and touches no word', async () => {
    const source = await approval({ blocks, number: 'Số: #h(4mm)/QĐ-SKHCN' });
    const sealed = await sign(source, { kind: 'seal', ...given, number: '12345/QĐ-SKHCN' }, agency);
    const words = seenWords(sealed, 1);
    const [label, number, symbol] = ['Số:', '12345', '/QĐ-SKHCN'].map((word) => boxAround(words, word));
    expect(label && number && number.x >= label.x + label.width - 0.1).toBe(true);
    expect(symbol && number && number.x + number.width <= symbol.x + 0.1).toBe(true);
  });

  it.each([
    ['another month', 'Thử Nghiệm, ngày #h(8mm) tháng 3 năm 2026'],
    ['last year', 'Thử Nghiệm, ngày #h(8mm) tháng #h(8mm) năm 2025'],
  ])('%s stands on the page: refused, so that no document bears two dates', async (_, date) => {
    const source = await approval({ blocks, date });
    const failure = await sign(source, { kind: 'seal', ...given }, agency).catch(
      (error: unknown) => AppError.from(error).code,
    );
    expect(failure).toBe('printed-date-differs');
  });

  it('a page without such words gets them where the diagram has them, over nothing', async () => {
    const source = await approval({ blocks, number: '~', date: '~' });
    const sealed = await sign(source, { kind: 'seal', ...given }, agency);
    expect(head(sealed)).toMatch(/Số: 05\/QĐ-SKHCN/);
    expect(head(sealed)).toMatch(/ngày 03 tháng 02 năm 2026/);
  });
});
