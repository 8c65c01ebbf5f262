import type { PdfDocument } from '../../pdf/document.ts';
import { Keyword, Lexer } from '../../pdf/lexer.ts';
import { isArray, isName, type PdfDict, PdfRef, PdfStream } from '../../pdf/object.ts';
import { parseIndirect } from '../../pdf/parser.ts';

/** What a file's front says, and the pages that are in its tree. */
interface Linearized {
  /** The linearization parameters (ISO 32000-2, table F.1). */
  readonly dict: PdfDict;
  /** The pages' object numbers, in order. */
  readonly numbers: readonly number[];
  /** Object number of the page that is shown first. */
  readonly firstPage: number;
}

/**
 * Whether /H leads to the hint stream (Annex F, F.4), and what it says of pages doesn't lead to others. Poppler finds
 * pages by the hints, unless they lead to something that is no page. `document`: as it was linearized.
 */
export function hasTrueHints(document: PdfDocument, linearized: Linearized): boolean {
  const { dict, numbers, firstPage } = linearized;
  const places = dict.get('H');
  if (!isArray(places) || (places.length !== 2 && places.length !== 4)) return false;
  const [start, length] = places;
  if (typeof start !== 'number' || typeof length !== 'number') return false;
  const stream = streamAt(document, start, length);
  if (!stream) return false;
  const hinted = pagesByHints(document.decodedBytes(stream), numbers.length, firstPage);
  const index = dict.get('P') ?? 0;
  if (!hinted || typeof index !== 'number') return false;
  const inOrder = numbers.map((_, page) => hinted[page < index ? page + 1 : page > index ? page : 0]);
  if (!inOrder.every((number) => number !== undefined && isPage(document, number))) return true;
  return inOrder.every((number, page) => number === numbers[page]);
}

/** Ends of lines that programs count to the stream, or don't. */
const slack = 4;

/** The stream at a place, where the cross-reference knows it and it is as long as is said. */
function streamAt(document: PdfDocument, start: number, length: number): PdfStream | null {
  const lexer = new Lexer(document.source, start);
  const [number, , keyword] = [lexer.next(), lexer.next(), lexer.next()];
  if (typeof number !== 'number' || !(keyword instanceof Keyword) || keyword.value !== 'obj') return null;
  const entry = document.find(number);
  if (entry?.kind !== 'offset' || entry.offset !== start) return null;
  lexer.position = start;
  const { end } = parseIndirect(lexer, (value) => document.number(value), number);
  const stream = document.object(new PdfRef(number, 0));
  return stream instanceof PdfStream && Math.abs(start + length - end) <= slack ? stream : null;
}

function isPage(document: PdfDocument, number: number): boolean {
  const dict = document.dict(new PdfRef(number, 0));
  return dict !== null && isName(document.resolve(dict.get('Type')), 'Page');
}

/**
 * Bytes of the page offset hint table's header (table F.3); behind it, for each page, how many objects more than the
 * fewest it has.
 */
const headerBytes = 36;
const bitsOfCountsAt = 8;

/**
 * The pages' object numbers by the page offset hint table, the first shown one in front; null where the table is cut
 * short. The other pages' objects are numbered from 1 on, each page's own before its other ones (F.3.5).
 */
function pagesByHints(bytes: Uint8Array, count: number, firstPage: number): number[] | null {
  const table = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  if (table.length < headerBytes) return null;
  const [fewest, width] = [table.readUInt32BE(0), table.readUInt16BE(bitsOfCountsAt)];
  if (width > 32 || headerBytes + (count * width) / 8 > table.length) return null;
  const numbers = [firstPage];
  for (let page = 1, next = 1; page < count; page++) {
    numbers.push(next);
    next += fewest + bitsAt(table, 8 * headerBytes + page * width, width);
  }
  return numbers;
}

function bitsAt(bytes: Buffer, from: number, width: number): number {
  let value = 0;
  for (let bit = from; bit < from + width; bit++) {
    value = value * 2 + (((bytes[bit >> 3] ?? 0) >> (7 - (bit & 7))) & 1);
  }
  return value;
}
