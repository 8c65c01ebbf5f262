import { deflateSync } from 'node:zlib';
import { AppError } from '../../contract/failure.ts';
import { type PdfDict, PdfName, type PdfRef, PdfStream } from './object.ts';
import { serialize } from './serializer.ts';

/** An object and where it is: an offset as the file counts, or a place in an object stream. */
export interface XrefLine {
  readonly ref: PdfRef;
  readonly place: { readonly offset: number } | { readonly container: number; readonly index: number };
}

/** What a section is written from. */
export interface NewSection {
  /** Ascending by object number. */
  readonly lines: readonly XrefLine[];
  /** Where the section starts, as the file counts; behind 4 GiB its entries grow. */
  readonly start: number;
  readonly trailer: PdfDict;
  /** True where no older section completes it: then it speaks of object 0, the head of the free list, too (7.5.4). */
  readonly isWhole: boolean;
}

/** Ten digits: a table's lines hold no more. */
const tableLimit = 9_999_999_999;

/**
 * A classic table (ISO 32000-2, 7.5.4) with its trailer and the file's end. Objects in object streams have no line in it.
 * Throws `file-too-large` beyond ten digits.
 */
export function xrefTable({ lines, start, trailer, isWhole }: NewSection): Uint8Array {
  if (start > tableLimit) throw new AppError('file-too-large', {});
  const subsections = runs(lines).map((run) => {
    const rows = run.map(({ ref, place }) => {
      const offset = 'offset' in place ? place.offset : 0;
      return `${pad(offset, 10)} ${pad(ref.generation, 5)} n\r\n`;
    });
    return `${run[0]?.ref.number ?? 0} ${run.length}\n${rows.join('')}`;
  });
  const head = isWhole ? '0 1\n0000000000 65535 f\r\n' : '';
  return Buffer.concat([
    Buffer.from(`xref\n${head}${subsections.join('')}trailer\n`),
    serialize(trailer),
    Buffer.from(`\nstartxref\n${start}\n%%EOF\n`),
  ]);
}

const [inUse, inStream] = [1, 2];
const typeWidth = 1;

/** A cross-reference stream (7.5.8) as the object `own`, which it speaks of itself, and the file's end. */
export function xrefStream({ lines, start, trailer, isWhole }: NewSection, own: PdfRef): Uint8Array {
  const all: XrefLine[] = [...lines, { ref: own, place: { offset: start } }];
  const width = start > 0xffff_ffff ? 6 : 4;
  const isWide = all.some(({ place }) => 'index' in place && place.index > 0xffff);
  const thirdWidth = isWide ? 4 : 2;
  const rows = all.map(({ ref, place }) => {
    const row = Buffer.alloc(typeWidth + width + thirdWidth);
    row[0] = 'offset' in place ? inUse : inStream;
    row.writeUIntBE('offset' in place ? place.offset : place.container, typeWidth, width);
    row.writeUIntBE('offset' in place ? ref.generation : place.index, typeWidth + width, thirdWidth);
    return row;
  });
  const head = Buffer.alloc(typeWidth + width + thirdWidth);
  head.writeUIntBE(0xffff, typeWidth + width, thirdWidth);
  const ranges = runs(all).flatMap((run) => [run[0]?.ref.number ?? 0, run.length]);
  const dict = trailer.with({
    Type: new PdfName('XRef'),
    W: [typeWidth, width, thirdWidth],
    Index: isWhole ? [0, 1, ...ranges] : ranges,
    Filter: new PdfName('FlateDecode'),
  });
  const bytes = deflateSync(Buffer.concat(isWhole ? [head, ...rows] : rows));
  return Buffer.concat([
    Buffer.from(`${own.number} 0 obj\n`),
    serialize(new PdfStream(dict, { bytes })),
    Buffer.from(`\nendobj\nstartxref\n${start}\n%%EOF\n`),
  ]);
}

/** Groups entries into runs of consecutive object numbers: the subsections of 7.5.4. */
function runs(lines: readonly XrefLine[]): XrefLine[][] {
  const result: XrefLine[][] = [];
  for (const line of lines) {
    const run = result.at(-1);
    const before = run?.at(-1);
    if (run && before && before.ref.number + 1 === line.ref.number) run.push(line);
    else result.push([line]);
  }
  return result;
}

function pad(value: number, digits: number): string {
  return String(value).padStart(digits, '0');
}
