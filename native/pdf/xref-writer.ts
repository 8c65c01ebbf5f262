import { deflateSync } from 'node:zlib';
import { type PdfDict, PdfName, PdfRef, PdfStream } from './object.ts';
import { serialize } from './serializer.ts';

/** An object and where it is: an offset as the file counts, or a place in an object stream. */
export interface XrefLine {
  readonly ref: PdfRef;
  readonly place: { readonly offset: number } | { readonly container: number; readonly index: number };
}

/** What a section is written from. */
export interface NewSection {
  /** Ascending by object number; gone through more than once. */
  readonly lines: Iterable<XrefLine>;
  /** Where the section starts, as the file counts; behind 4 GiB its entries grow. */
  readonly start: number;
  readonly trailer: PdfDict;
  /** True where no older section completes it: then it speaks of object 0, the head of the free list, too (7.5.4). */
  readonly isWhole: boolean;
}

/** The last offset that a table's lines of ten digits hold; what lies behind it can only stand in a stream. */
export const tableLimit = 9_999_999_999;
const lineLength = 20;

/**
 * A classic table (ISO 32000-2, 7.5.4) with its trailer and the file's end. Objects in object streams, and those behind
 * `tableLimit`, have no line in it.
 */
export function xrefTable({ lines, start, trailer, isWhole }: NewSection): Uint8Array {
  const ranges = rangesOf(lines);
  const headings = ranges.flatMap((first, index) =>
    index % 2 === 0 ? [`${first} ${ranges[index + 1]}\n`] : [],
  );
  const entries = ranges.reduce((sum, count, index) => (index % 2 === 0 ? sum : sum + count), 0);
  const rows = Buffer.alloc(headings.join('').length + entries * lineLength);
  let at = 0;
  let range = 0;
  let left = 0;
  for (const { ref, place } of lines) {
    if (left === 0) {
      at += rows.write(headings[range] ?? '', at, 'latin1');
      left = ranges[range * 2 + 1] ?? 0;
      range++;
    }
    left--;
    const offset = 'offset' in place ? place.offset : 0;
    at += rows.write(`${pad(offset, 10)} ${pad(ref.generation, 5)} n\r\n`, at, 'latin1');
  }
  const head = isWhole ? '0 1\n0000000000 65535 f\r\n' : '';
  return Buffer.concat([
    Buffer.from(`xref\n${head}`),
    rows,
    Buffer.from('trailer\n'),
    serialize(trailer),
    Buffer.from(`\nstartxref\n${start}\n%%EOF\n`),
  ]);
}

const [free, inUse, inStream] = [0, 1, 2];
const typeWidth = 1;

/** A cross-reference stream (7.5.8) as the object `own`, which it speaks of itself, and the file's end. */
export function xrefStream({ lines, start, trailer, isWhole }: NewSection, own: PdfRef): Uint8Array {
  const head: XrefLine = { ref: new PdfRef(0, 0xffff), place: { offset: 0 } };
  const itself: XrefLine = { ref: own, place: { offset: start } };
  const all = {
    *[Symbol.iterator]() {
      if (isWhole) yield head;
      yield* lines;
      yield itself;
    },
  };
  const width = start > 0xffff_ffff ? 6 : 4;
  let count = 0;
  let isWide = false;
  for (const { place } of all) {
    count++;
    isWide ||= 'index' in place && place.index > 0xffff;
  }
  const thirdWidth = isWide ? 4 : 2;
  const rowLength = typeWidth + width + thirdWidth;
  const rows = Buffer.alloc(count * rowLength);
  let at = 0;
  for (const line of all) {
    const { ref, place } = line;
    rows[at] = line === head ? free : 'offset' in place ? inUse : inStream;
    rows.writeUIntBE('offset' in place ? place.offset : place.container, at + typeWidth, width);
    rows.writeUIntBE('offset' in place ? ref.generation : place.index, at + typeWidth + width, thirdWidth);
    at += rowLength;
  }
  const dict = trailer.with({
    Type: new PdfName('XRef'),
    W: [typeWidth, width, thirdWidth],
    Index: rangesOf(all),
    Filter: new PdfName('FlateDecode'),
  });
  const bytes = deflateSync(rows);
  return Buffer.concat([
    Buffer.from(`${own.number} 0 obj\n`),
    serialize(new PdfStream(dict, { bytes })),
    Buffer.from(`\nendobj\nstartxref\n${start}\n%%EOF\n`),
  ]);
}

/** First number and count of each run of consecutive object numbers, one after the other: the subsections of 7.5.4. */
function rangesOf(lines: Iterable<XrefLine>): number[] {
  const ranges: number[] = [];
  let next = -1;
  for (const { ref } of lines) {
    if (ref.number === next) ranges.push((ranges.pop() ?? 0) + 1);
    else ranges.push(ref.number, 1);
    next = ref.number + 1;
  }
  return ranges;
}

function pad(value: number, digits: number): string {
  return String(value).padStart(digits, '0');
}
