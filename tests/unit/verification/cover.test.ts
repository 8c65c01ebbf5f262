import { expect, test } from 'vitest';
import { MemorySource } from '../../../native/pdf/byte-source.ts';
import { PdfDocument } from '../../../native/pdf/document.ts';
import { PdfRef, PdfStream } from '../../../native/pdf/object.ts';
import { identity } from '../../../native/pdf/text/matrix.ts';
import { hiddenWords } from '../../../native/verification/appearance/cover.ts';
import { Painter } from '../../../native/verification/appearance/painter.ts';
import { sampleObjects, samplePdf, stream } from './sample-pdf.ts';

/** Which of nine words, 10 × 10 each in three rows, an appearance over them hides. */
const words = [0, 1, 2].flatMap((row) =>
  [0, 1, 2].map((column) => [column * 20, row * 20, column * 20 + 10, row * 20 + 10] as const),
);

/** A line of letters, that many times. */
function blackened(times: number): string {
  return 'BT /F1 14 Tf (MMMMM) Tj ET '.repeat(times);
}

function hidden(content: string, resources = '', more: readonly string[] = []): number[] {
  const form = stream(content, `/Subtype /Form /BBox [0 0 100 100] /Resources << ${resources} >>`);
  const bytes = samplePdf([...sampleObjects(), form, ...more]);
  const document = PdfDocument.read(new MemorySource(bytes));
  const appearance = document.object(new PdfRef(7, 0));
  if (!(appearance instanceof PdfStream)) throw new Error('no appearance');
  const painter = new Painter(document);
  painter.form(appearance, identity);
  return [...hiddenWords({ rect: [0, 0, 100, 100], paints: painter.paints, isOdd: painter.isOdd }, words)];
}

test.each<[string, string, number[]]>([
  ['a box', '0 0 30 10 re f', [0, 1]],
  ['two boxes, one within the other, even-odd', '0 0 60 60 re 18 18 14 14 re f*', [0, 1, 2, 3, 5, 6, 7, 8]],
  ['a box turned over by a matrix', 'q -1 0 0 1 30 0 cm 0 0 12 10 re f Q', [1]],
  ['a box that is clipped', '0 0 12 12 re W n 0 0 100 100 re f', [0]],
  [
    'a box behind an even-odd clip',
    '0 0 60 60 re 0 0 12 12 re W* n 0 0 100 100 re f',
    [1, 2, 3, 4, 5, 6, 7, 8],
  ],
  ['a path that is only described', '0 0 100 100 re n', []],
  ['a frame', '2 w 0 0 60 60 re S', []],
  ['a thick stroke', '12 w 0 5 m 60 5 l S', [0, 1, 2]],
  ['a curve filled', '0 0 m 0 8 8 8 8 0 c f', []],
  ['a large curve filled', '-5 -5 m -5 60 30 60 30 -5 c f', [0, 1, 3, 4]],
  ['half a shade, and the same twice', '/G gs 0 0 12 12 re f 20 0 12 12 re f 20 0 12 12 re f', [1]],
  ['a highlighter', '/M gs 1 1 0 rg 0 0 60 60 re f', []],
  ['a highlighter of black ink', '/M gs 0 0 0 rg 0 0 12 12 re f', [0]],
  ['a highlighter of black ink that strokes', '/M gs 12 w 0 5 m 30 5 l S', [0, 1]],
  ['a highlighter that strokes', '/M gs 1 1 0 RG 12 w 0 5 m 30 5 l S', []],
  ['a highlighter of an ink that nobody knows', '/M gs /Ink cs 1 scn 0 0 12 12 re f', [0]],
  ['modes of which the first does not darken', '/N gs 1 g 0 0 12 12 re f', [0]],
  ['a pointed corner', '12 w 100 M 100 -13 m 60 5 l 100 23 l S', [2]],
  ['a rounded-off corner', '12 w 1 M 100 -13 m 60 5 l 100 23 l S', []],
  ['square caps', '12 w 2 J 12 5 m 18 5 l S', [0, 1]],
  ['more operands than are needed', '50 50 0 0 12 12 re f', [0]],
  ['letters', 'BT /F1 14 Tf (MMMMM) Tj ET', []],
  ['letters over letters', blackened(2), []],
  ['letters over letters over letters', blackened(3), [0, 1]],
  ['letters in the colour of paper', '1 g BT /F1 14 Tf (MMM) Tj ET', [0, 1, 2, 3, 4, 5, 6, 7, 8]],
  ['letters drawn with a broad pen', 'BT 1 Tr 9 w /F1 14 Tf (MMM) Tj ET', [0, 1, 2, 3, 4, 5, 6, 7, 8]],
  ['letters drawn bold', 'BT 2 Tr 0.4 w /F1 14 Tf (MMM) Tj ET', []],
  ['letters that only clip', 'BT 7 Tr 1 g /F1 90 Tf (MMM) Tj ET', []],
  ['a letter as large as a box', 'BT /F1 60 Tf (.) Tj ET', [0, 1, 2, 3, 4, 5, 6, 7, 8]],
  ['a letter stretched', 'BT 900 Tz /F1 12 Tf (I) Tj ET', [0, 1, 2]],
])('%s', (_, content, expected) => {
  const states =
    '/ExtGState << /G << /ca 0.5 >> /M << /BM /Multiply >> /N << /BM [/Normal /Multiply] >> >> /Font << /F1 5 0 R >>';
  expect(hidden(content, states)).toEqual(expected);
});

const image = (entries: string, data: string) =>
  stream(data, `/Subtype /Image /Width 2 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8 ${entries}`);
const drawn = '60 0 0 60 0 0 cm /I Do';
const pictures = '/XObject << /I 8 0 R >>';

test.each<[string, string, string[], number[]]>([
  ['a photograph', image('', '\xff\xff'), [], [0, 1, 2, 3, 4, 5, 6, 7, 8]],
  [
    'a picture whose right half is clear',
    image('/SMask 9 0 R', '\xff\xff'),
    [image('', '\xff\x00')],
    [0, 1, 3, 4, 6, 7],
  ],
  ['a picture that is faint', image('/SMask 9 0 R', '\xff\xff'), [image('', '\x40\x40')], []],
  [
    'a picture whose mask is cut off',
    image('/SMask 9 0 R', '\xff\xff'),
    [image('', '\x00')],
    [0, 1, 2, 3, 4, 5, 6, 7, 8],
  ],
  [
    'a stencil whose left half paints',
    stream('\x40', '/Subtype /Image /Width 2 /Height 1 /ImageMask true /BitsPerComponent 1'),
    [],
    [0, 1, 3, 4, 6, 7],
  ],
])('%s', (_, picture, more, expected) => {
  expect(hidden(drawn, pictures, [picture, ...more])).toEqual(expected);
});

test('a form within too many forms is told', () => {
  const nested = Array.from({ length: 30 }, (_, depth) =>
    stream('/X Do', `/Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X ${depth + 8} 0 R >> >>`),
  );
  expect(() => hidden('/X Do', '/XObject << /X 8 0 R >>', nested.slice(1))).toThrow('pdf-too-complex');
});

test('layers and references to other files are told', () => {
  const document = PdfDocument.read(
    new MemorySource(samplePdf([...sampleObjects(), stream('/OC /L BDC EMC', '/BBox [0 0 1 1]')])),
  );
  const form = document.object(new PdfRef(7, 0));
  const painter = new Painter(document);
  if (form instanceof PdfStream) painter.form(form, identity);
  expect(painter.isOdd).toBe(true);
});
