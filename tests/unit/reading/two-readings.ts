import { deflateSync } from 'node:zlib';
import { HandmadePdf, onePagePdf } from '../pdf/handmade-pdf.ts';

/** Files that PDF.js reads otherwise than we do: each shows one sum in the window, and another is what we read. */

function sum(text: string): string {
  return `BT /F1 24 Tf 72 700 Td (${text} dong) Tj ET`;
}

const shown = sum('5 000 000');
const read = sum('98 000 000');

interface Hints {
  /** What the hints take the file's length for; its own where nothing is said. */
  readonly length?: (own: number) => number;
  readonly entries?: string;
}

/**
 * A file whose hints have programs read its first part alone: a table in front that speaks of the old content, and an
 * update at the end (ISO 32000-2, Annex F).
 */
export function linearized({ length = (own) => own, entries = '/O 3/N 1' }: Hints = {}): Buffer {
  // Once with noughts, to see where everything comes to stand.
  const draft = linearizedWith({ length: 0, objects: [0, 0, 0, 0, 0], content: 0, table: 0 }, entries);
  const { places, bytes } = draft;
  return linearizedWith({ ...places, length: length(bytes.length) }, entries).bytes;
}

interface Places {
  readonly length: number;
  readonly objects: readonly number[];
  /** The newer content, and the table in front. */
  readonly content: number;
  readonly table: number;
}

function linearizedWith(known: Places, entries: string): { readonly bytes: Buffer; readonly places: Places } {
  const ten = (value: number) => String(value).padStart(10, '0');
  const pdf = new HandmadePdf();
  pdf.raw(`6 0 obj\n<</Linearized 1/L ${ten(known.length)}/H[500 20]${entries}/E 500/T 500>>\nendobj\n`);
  const table = pdf.length;
  const rows = known.objects.map((place) => `${ten(place)} 00000 n \n`).join('');
  pdf.raw(`xref\n0 6\n0000000000 65535 f \n${rows}trailer\n<</Size 7/Root 1 0 R>>\nstartxref\n0\n%%EOF\n`);
  const objects: number[] = [];
  const bodies = [
    '<</Type/Catalog/Pages 2 0 R>>',
    '<</Type/Pages/Kids[3 0 R]/Count 1>>',
    '<</Type/Page/Parent 2 0 R/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>/MediaBox[0 0 595 842]>>',
    `<</Length ${shown.length}>>\nstream\n${shown}\nendstream`,
    '<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>',
  ];
  for (const [index, body] of bodies.entries()) {
    objects.push(pdf.length);
    pdf.raw(`${index + 1} 0 obj\n${body}\nendobj\n`);
  }
  const content = pdf.length;
  pdf.raw(`4 0 obj\n<</Length ${read.length}>>\nstream\n${read}\nendstream\nendobj\n`);
  const newest = pdf.length;
  pdf.raw(
    `xref\n4 1\n${ten(known.content)} 00000 n \ntrailer\n<</Size 7/Root 1 0 R/Prev ${ten(known.table)}>>\n`,
  );
  pdf.raw(`startxref\n${newest}\n%%EOF\n`);
  return { bytes: pdf.bytes, places: { length: pdf.length, objects, content, table } };
}

/** The sound page with one thing written otherwise, its offsets kept right by the same length. */
function edited(from: string, to: string): Buffer {
  const sound = onePagePdf({ content: shown }).toString('latin1');
  if (!sound.includes(from) || from.length !== to.length) throw new Error(`nothing to change: ${from}`);
  return Buffer.from(sound.replace(from, to), 'latin1');
}

/** Catalogue and page tree in an object stream that counts another number of objects than it holds. */
function packed(counted: number): Buffer {
  const pdf = new HandmadePdf();
  const objects = '1 0 2 30 <</Type/Catalog/Pages 2 0 R>>  <</Type/Pages/Kids[3 0 R]/Count 1>>';
  const data = deflateSync(Buffer.from(objects));
  const first = objects.indexOf('<<');
  pdf
    .object(
      3,
      '<</Type/Page/Parent 2 0 R/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>/MediaBox[0 0 595 842]>>',
    )
    .stream(4, shown)
    .object(5, '<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>')
    .stream(6, data, `/Type/ObjStm/N ${counted}/First ${first}/Filter/FlateDecode`);
  return pdf.xrefStream(7, '/Root 1 0 R', 8, { 1: [6, 0], 2: [6, 1] }).bytes;
}

export const twoReadings: Readonly<Record<string, Buffer>> = {
  'hints that end the file before its update': linearized(),
  'hints that count other pages than there are': linearized({ entries: '/O 3/N 7' }),
  'content by a generation that it has not got': edited('/Contents 4 0 R', '/Contents 4 7 R'),
  'a page by a generation that it has not got': edited('/Kids[3 0 R]', '/Kids[3 9 R]'),
  'an object stream that counts more than it holds': packed(4),
  'an end of stream that is left out': edited('\nendstream', '\n         '),
};
