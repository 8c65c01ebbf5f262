import { execFileSync } from 'node:child_process';
import { beforeAll, describe, expect, it } from 'vitest';
import { pages } from '../../../native/pdf/page.ts';
import { textLines } from '../../../native/pdf/text/text-line.ts';
import { type PlacedCharacter, pageMarks } from '../../../native/pdf/text/text-position.ts';
import { onePagePdf } from './handmade-pdf.ts';
import { officialDocument } from './official-document.ts';
import { readPdf, scratchFolder, writeFile } from './scratch.ts';

const mmPerPoint = 25.4 / 72;
const folder = scratchFolder();

interface Word {
  readonly text: string;
  readonly left: number;
  readonly right: number;
}

/** What poppler says of a page's words, in millimetres. */
function popplerWords(file: string, page: number): Word[] {
  const said = execFileSync('pdftotext', ['-bbox', '-f', String(page), '-l', String(page), file, '-'], {
    encoding: 'utf8',
  });
  return [
    ...said.matchAll(/<word xMin="([\d.]+)" yMin="[\d.]+" xMax="([\d.]+)" yMax="[\d.]+">(.*?)<\/word>/g),
  ].map(([, left, right, text]) => ({
    text: (text ?? '').replaceAll('&amp;', '&'),
    left: Number(left) * mmPerPoint,
    right: Number(right) * mmPerPoint,
  }));
}

function wordsOf(bytes: Uint8Array, index: number): Word[] {
  const document = readPdf(bytes);
  const page = [...pages(document)][index];
  if (!page) throw new Error('no page');
  return textLines(document, page).flatMap((line) =>
    [...line.text.matchAll(/\S+/g)].map((match) => {
      const { left, right } = line.span(match.index, match.index + match[0].length);
      return { text: match[0], left, right };
    }),
  );
}

function byPlace(a: Word, b: Word): number {
  return a.text.localeCompare(b.text) || a.left - b.left;
}

describe('against pdftotext -bbox', () => {
  let bytes: Buffer;
  let file = '';

  beforeAll(() => {
    bytes = officialDocument(2);
    file = writeFile(folder, 'typeset.pdf', bytes);
  });

  it.each([0, 1])('page %i: every word stands where poppler says', (index) => {
    const expected = popplerWords(file, index + 1).sort(byPlace);
    const found = wordsOf(bytes, index).sort(byPlace);
    expect(found.map(({ text }) => text)).toEqual(expected.map(({ text }) => text));
    for (const [at, word] of found.entries()) {
      expect(Math.abs(word.left - (expected[at]?.left ?? 0))).toBeLessThan(0.3);
      expect(Math.abs(word.right - (expected[at]?.right ?? 0))).toBeLessThan(0.3);
    }
  });
});

function characters(content: string, page = '/MediaBox[0 0 595 842]'): PlacedCharacter[] {
  const document = readPdf(onePagePdf({ content, page }));
  const [first] = [...pages(document)];
  return first ? [...pageMarks(document, first).characters] : [];
}

function first(content: string, page?: string): PlacedCharacter {
  const [character] = characters(content, page);
  if (!character) throw new Error('nothing shown');
  return character;
}

describe('operators', () => {
  it('Td, Tm and cm add up', () => {
    const expected = { left: 100 * mmPerPoint, baseline: (842 - 700) * mmPerPoint };
    for (const content of [
      'BT /F1 10 Tf 100 700 Td (x) Tj ET',
      'BT /F1 10 Tf 1 0 0 1 100 700 Tm (x) Tj ET',
      '1 0 0 1 60 300 cm BT /F1 10 Tf 40 400 Td (x) Tj ET',
      'q 2 0 0 2 0 0 cm Q BT /F1 10 Tf 10 700 Td 90 0 TD (x) Tj ET',
      'BT /F1 10 Tf 0 20 TL 100 720 Td 20 TL T* (x) Tj ET',
      "BT /F1 10 Tf 20 TL 100 720 Td (x) ' ET",
    ]) {
      const { left, baseline } = first(content);
      expect([content, left.toFixed(3), baseline.toFixed(3)]).toEqual([
        content,
        expected.left.toFixed(3),
        expected.baseline.toFixed(3),
      ]);
    }
  });

  it('spacing, scale, rise and TJ move what follows', () => {
    const gaps = (content: string) => {
      const [a, b] = characters(`BT /F1 10 Tf 100 700 Td ${content} ET`);
      return Number((((b?.left ?? 0) - (a?.left ?? 0)) / mmPerPoint).toFixed(2));
    };
    expect(gaps('(ab) Tj')).toBe(5);
    expect(gaps('3 Tc (ab) Tj')).toBe(8);
    expect(gaps('50 Tz (ab) Tj')).toBe(2.5);
    expect(gaps('[(a) -1000 (b)] TJ')).toBe(15);
    expect(gaps('(a) Tj 200 Tz [-500 (b)] TJ')).toBe(15);
  });

  it('turned text is left out, on a turned page it is what stands upright', () => {
    expect(characters('BT /F1 10 Tf 0 1 -1 0 100 700 Tm (x) Tj ET')).toEqual([]);
    const turned = first('BT /F1 10 Tf 0 1 -1 0 100 700 Tm (x) Tj ET', '/MediaBox[0 0 595 842]/Rotate 90');
    expect(turned.left).toBeCloseTo(700 * mmPerPoint, 3);
    expect(turned.baseline).toBeCloseTo(100 * mmPerPoint, 3);
  });

  it('what cannot be read between the operators is passed over', () => {
    expect(first('>> ] ) /F1 BT /F1 10 Tf } 100 700 Td (x) Tj ET').text).toBe('x');
    expect(characters('BT /Missing 10 Tf (x) Tj ET')).toEqual([]);
    expect(characters('BT /F1 10 Tf (x')).toEqual([]);
    expect(
      characters('Q Q Q q BI /W 1 ID ....(((\nEI BT /F1 10 Tf 1 1 Td (y) Tj ET').map(({ text }) => text),
    ).toEqual(['y']);
  });
});

describe('lines', () => {
  it('join what stands on one baseline, split columns, and compose letters with their marks', () => {
    const document = readPdf(
      onePagePdf({
        content:
          'BT /F1 10 Tf 50 700 Td (left) Tj 300 0 Td (right) Tj ET BT /F1 10 Tf 80 700.5 Td (more) Tj ET BT /F1 10 Tf 50 650 Td (below) Tj ET',
      }),
    );
    const [page] = [...pages(document)];
    expect(page && textLines(document, page).map(({ text }) => text)).toEqual([
      'left more',
      'right',
      'below',
    ]);
  });
});
