import { AppError } from '../../contract/failure.ts';
import type { ByteSource } from './byte-source.ts';
import { decodedLimitIn, decodeStream, tableLimit } from './filter.ts';
import { Keyword, Lexer } from './lexer.ts';
import { isArray, isName, PdfDict, type PdfObject, PdfStream } from './object.ts';
import { ObjectParser, parseIndirect } from './parser.ts';
import { type NumberRange, numbersIn, type Subsection, Subsections } from './subsection.ts';
import { WorkBudget } from './work-budget.ts';

/** Where an object is (ISO 32000-2, 7.5.4 and 7.5.8.3). */
export type XrefEntry =
  | { readonly kind: 'free' }
  | { readonly kind: 'offset'; readonly offset: number; readonly generation: number }
  | { readonly kind: 'compressed'; readonly container: number; readonly index: number };

/**
 * One cross-reference section with its trailer. Entries are looked up where they lie, not loaded: a file of a million
 * objects costs what the few objects that are needed cost.
 */
export interface XrefSection {
  readonly kind: 'table' | 'stream';
  /** Where the section starts: at `xref`, or at the stream's object. */
  readonly offset: number;
  /** Just behind the section's trailer dictionary or stream object. */
  readonly end: number;
  readonly trailer: PdfDict;
  /** False where a stream has rows of types that the standard doesn't know (table 18), which count as free. */
  readonly hasKnownRows: boolean;
  /** Whether irregular lines give a number twice, of which the last counts here. */
  readonly givesTwice: boolean;
  find(number: number): XrefEntry | undefined;
  /** The numbers of all objects that this section speaks of, free ones included. */
  numbers(): Iterable<number>;
  /** The same by stretches, however many they are. */
  ranges(): Iterable<NumberRange>;
}

/** How a file's sections are read: what their offsets count from, and how much all of them together may hold. */
export interface XrefReading {
  /** Where the file's header stands; bytes before it aren't counted in offsets. */
  readonly origin: number;
  /** Entries that a section makes the reader keep or go through. */
  readonly entries: WorkBudget;
}

/** 33 million: beyond the largest honest file by far, and gone through in well under a second. */
const entriesLimit = 1 << 25;
/** What an entry that must be kept costs more than one that is looked up where it lies. */
const keptCost = 16;
/** A stream's rows are kept decoded; so many bytes of them count as an entry. */
const keptBytes = 4;

export function xrefReading(origin: number): XrefReading {
  return { origin, entries: new WorkBudget(entriesLimit) };
}

/** Object numbers beyond this are absurd; ISO 32000-1 Annex C names 8,388,607 as the largest seen. */
const numberLimit = 1 << 24;

/** Reads the section at `offset`, a table or a stream. Throws `pdf-damaged`, `pdf-too-complex`. */
export function readSection(source: ByteSource, offset: number, reading: XrefReading): XrefSection {
  const lexer = new Lexer(source, offset);
  const first = lexer.next();
  if (first instanceof Keyword && first.value === 'xref') return readTable(source, lexer, offset, reading);
  lexer.position = offset;
  return readStream(source, lexer, offset, reading);
}

const entryLength = 20;
/** More of them than this are no honest file's. */
const subsectionLimit = 1 << 16;

function readTable(source: ByteSource, lexer: Lexer, offset: number, reading: XrefReading): XrefSection {
  const { origin } = reading;
  const listed: Subsection[] = [];
  const irregular = new Map<number, XrefEntry>();
  let givesTwice = false;
  for (;;) {
    const heading = lexer.next();
    if (heading instanceof Keyword && heading.value === 'trailer') break;
    const count = lexer.next();
    if (!isCount(heading) || !isCount(count)) {
      throw new AppError('pdf-damaged', { at: lexer.position });
    }
    if (heading + count > numberLimit || listed.length >= subsectionLimit)
      throw new AppError('pdf-too-complex', { at: lexer.position });
    lexer.skipWhite();
    const first = heading === 1 && startsWithHead(source, lexer.position) ? 0 : heading;
    const regular = { first, count, offset: lexer.position };
    if (count > 0 && isRegular(source, regular)) {
      reading.entries.spend(count);
      listed.push(regular);
      lexer.position += count * entryLength;
    } else {
      for (let index = 0; index < count; index++) {
        reading.entries.spend(keptCost);
        givesTwice ||= irregular.has(first + index);
        irregular.set(first + index, readEntry(lexer, origin));
      }
    }
  }
  const trailer = new ObjectParser(lexer).object();
  if (!(trailer instanceof PdfDict)) throw new AppError('pdf-damaged', { at: lexer.position });
  const subsections = new Subsections(listed);
  const ranges = () => [...irregularRanges(irregular), ...subsections.listed];
  return {
    kind: 'table',
    offset,
    end: lexer.position,
    trailer,
    hasKnownRows: true,
    givesTwice,
    find(number) {
      const known = irregular.get(number);
      if (known) return known;
      const part = subsections.find(number);
      if (!part) return undefined;
      const place = part.offset + (number - part.first) * entryLength;
      return readLine(source, place, origin) ?? readEntry(new Lexer(source, place), origin);
    },
    ranges,
    numbers: () => numbersIn(ranges()),
  };
}

function* irregularRanges(entries: ReadonlyMap<number, XrefEntry>): Generator<NumberRange> {
  for (const number of entries.keys()) yield { first: number, count: 1 };
}

function isCount(token: unknown): token is number {
  return typeof token === 'number' && Number.isInteger(token) && token >= 0;
}

/**
 * True where the list of free objects starts here: its head is object 0 whatever the subsection says (7.5.4). A
 * well-known writer counted from 1.
 */
function startsWithHead(source: ByteSource, offset: number): boolean {
  return /^0{10} 6553[56] f/.test(Buffer.from(source.read(offset, entryLength)).toString('latin1'));
}

/** True where every line has its 20 bytes, judged by the first and the last: then entries can be looked up by place. */
function isRegular(source: ByteSource, { count, offset }: Subsection): boolean {
  return [0, count - 1].every((index) => {
    const line = Buffer.from(source.read(offset + index * entryLength, entryLength)).toString('latin1');
    return /^\d{10} \d{5} [nf][ \r\n]{2}$/.test(line);
  });
}

function readEntry(lexer: Lexer, origin: number): XrefEntry {
  const offset = lexer.next();
  const generation = lexer.next();
  const use = lexer.next();
  const isEntry = use instanceof Keyword && (use.value === 'n' || use.value === 'f');
  if (typeof offset !== 'number' || typeof generation !== 'number' || !isEntry) {
    throw new AppError('pdf-damaged', { at: lexer.position });
  }
  // Generation 65536 on object 0 is the commonest fault of real files (ISO 32000 says 65535); it harms nobody.
  // Nothing can stand at offset 0, where the header is: writers mean a free entry.
  if (use.value === 'f' || offset === 0) return { kind: 'free' };
  return { kind: 'offset', offset: offset + origin, generation };
}

/** The last of the types of rows (table 18). */
const compressed = 2;

/** A line as the standard has it, read in one go; null for any other, and for one that isn't at hand as a whole. */
function readLine(source: ByteSource, place: number, origin: number): XrefEntry | null {
  const { start, bytes } = source.around(place);
  const at = place - start;
  const offset = digits(bytes, at, 10);
  const generation = digits(bytes, at + 11, 5);
  const use = bytes[at + 17];
  const isLine =
    bytes[at + 10] === 0x20 &&
    bytes[at + 16] === 0x20 &&
    (bytes[at + 18] === 0x20 || bytes[at + 18] === 0x0d || bytes[at + 18] === 0x0a);
  if (offset < 0 || generation < 0 || !isLine || (use !== 0x6e && use !== 0x66)) return null;
  return use === 0x66 || offset === 0
    ? { kind: 'free' }
    : { kind: 'offset', offset: offset + origin, generation };
}

/** -1 where something else stands there, or nothing. */
function digits(bytes: Uint8Array, at: number, count: number): number {
  let value = 0;
  for (let index = at; index < at + count; index++) {
    const digit = (bytes[index] ?? 0) - 0x30;
    if (digit < 0 || digit > 9) return -1;
    value = value * 10 + digit;
  }
  return value;
}

function readStream(
  source: ByteSource,
  lexer: Lexer,
  offset: number,
  { origin, entries }: XrefReading,
): XrefSection {
  const { value, end } = parseIndirect(lexer, (length) => (typeof length === 'number' ? length : null));
  if (!(value instanceof PdfStream) || !isName(value.dict.get('Type'), 'XRef') || !('offset' in value.data)) {
    throw new AppError('pdf-damaged', { at: offset });
  }
  if (value.data.length > tableLimit) throw new AppError('pdf-too-complex', { at: offset });
  const encoded = source.read(value.data.offset, value.data.length);
  const bytes = decodeStream(
    value.dict,
    encoded,
    (item) => item ?? null,
    decodedLimitIn(source.length, tableLimit),
  );
  const widths = numbersOf(value.dict.get('W'));
  const size = value.dict.get('Size');
  const index = numbersOf(value.dict.get('Index') ?? [0, typeof size === 'number' ? size : 0]);
  if (!index.every(Number.isInteger)) throw new AppError('pdf-damaged', { at: offset });
  const isWidth = (width: number) => Number.isInteger(width) && width >= 0 && width <= 8;
  if (widths.length < 3 || !widths.every(isWidth) || index.length % 2 !== 0) {
    throw new AppError('pdf-damaged', { at: offset });
  }
  const [typeWidth, secondWidth, thirdWidth] = widths as [number, number, number];
  const rowLength = typeWidth + secondWidth + thirdWidth;
  if (rowLength === 0) throw new AppError('pdf-damaged', { at: offset });
  entries.spend(bytes.length / keptBytes);
  const listed: Subsection[] = [];
  let rows = 0;
  for (let at = 0; at + 1 < index.length; at += 2) {
    const [first, count] = [index[at] as number, index[at + 1] as number];
    if (first < 0 || count < 0 || first + count > numberLimit || listed.length >= subsectionLimit)
      throw new AppError('pdf-too-complex', { at: offset });
    // Rows that aren't there speak of no object, whatever /Index or /Size claims.
    const present = Math.min(count, Math.max(0, Math.floor(bytes.length / rowLength) - rows));
    entries.spend(present);
    listed.push({ first, count: present, offset: rows * rowLength });
    rows += count;
  }
  const field = (at: number, width: number) => {
    let number = 0;
    for (let index = 0; index < width; index++) number = number * 256 + (bytes[at + index] ?? 0);
    return number;
  };
  const subsections = new Subsections(listed);
  const ranges = () => subsections.listed;
  return {
    kind: 'stream',
    offset,
    end,
    trailer: value.dict,
    givesTwice: false,
    get hasKnownRows() {
      if (typeWidth === 0) return true;
      for (let row = 0; row < Math.min(rows, bytes.length / rowLength); row++)
        if (field(row * rowLength, typeWidth) > compressed) return false;
      return true;
    },
    find(number) {
      const part = subsections.find(number);
      if (!part) return undefined;
      const at = part.offset + (number - part.first) * rowLength;
      const type = typeWidth === 0 ? 1 : field(at, typeWidth);
      const second = field(at + typeWidth, secondWidth);
      const third = field(at + typeWidth + secondWidth, thirdWidth);
      if (type === 1 && second > 0) return { kind: 'offset', offset: second + origin, generation: third };
      return type === compressed ? { kind: 'compressed', container: second, index: third } : { kind: 'free' };
    },
    ranges,
    numbers: () => numbersIn(ranges()),
  };
}

function numbersOf(value: PdfObject | undefined): number[] {
  return isArray(value) ? value.filter((item) => typeof item === 'number') : [];
}
