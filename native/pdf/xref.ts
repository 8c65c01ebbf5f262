import { AppError } from '../../contract/failure.ts';
import type { ByteSource } from './byte-source.ts';
import { decodeStream } from './filter.ts';
import { isWhite, Keyword, Lexer } from './lexer.ts';
import { isArray, isName, PdfDict, type PdfObject, PdfStream } from './object.ts';
import { ObjectParser, parseIndirect } from './parser.ts';

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
  find(number: number): XrefEntry | undefined;
  /** The numbers of all objects that this section speaks of, free ones included. */
  numbers(): Iterable<number>;
}

/** Object numbers beyond this are absurd; ISO 32000-1 Annex C names 8,388,607 as the largest seen. */
const numberLimit = 1 << 24;

/** Reads the section at `offset`, a table or a stream. Throws `pdf-damaged`. */
export function readSection(source: ByteSource, offset: number): XrefSection {
  const lexer = new Lexer(source, offset);
  const first = lexer.next();
  if (first instanceof Keyword && first.value === 'xref') return readTable(source, lexer, offset);
  lexer.position = offset;
  return readStream(source, lexer, offset);
}

interface Subsection {
  readonly first: number;
  readonly count: number;
  readonly offset: number;
}

const entryLength = 20;

function readTable(source: ByteSource, lexer: Lexer, offset: number): XrefSection {
  const subsections: Subsection[] = [];
  const irregular = new Map<number, XrefEntry>();
  for (;;) {
    const first = lexer.next();
    if (first instanceof Keyword && first.value === 'trailer') break;
    const count = lexer.next();
    if (typeof first !== 'number' || typeof count !== 'number' || first < 0 || count < 0) {
      throw new AppError('pdf-damaged', { at: lexer.position });
    }
    if (first + count > numberLimit) throw new AppError('pdf-too-complex', { at: lexer.position });
    lexer.skipWhite();
    const regular = { first, count, offset: lexer.position };
    if (count > 0 && isRegular(source, regular)) {
      subsections.push(regular);
      lexer.position += count * entryLength;
    } else {
      for (let index = 0; index < count; index++) irregular.set(first + index, readEntry(lexer));
    }
  }
  const trailer = new ObjectParser(lexer).object();
  if (!(trailer instanceof PdfDict)) throw new AppError('pdf-damaged', { at: lexer.position });
  return {
    kind: 'table',
    offset,
    end: lexer.position,
    trailer,
    find(number) {
      const known = irregular.get(number);
      if (known) return known;
      const part = subsections.find(({ first, count }) => number >= first && number < first + count);
      if (!part) return undefined;
      return readEntry(new Lexer(source, part.offset + (number - part.first) * entryLength));
    },
    *numbers() {
      yield* irregular.keys();
      for (const { first, count } of subsections)
        for (let index = 0; index < count; index++) yield first + index;
    },
  };
}

/** True where every line has its 20 bytes, judged by the first and the last: then entries can be looked up by place. */
function isRegular(source: ByteSource, { count, offset }: Subsection): boolean {
  return [0, count - 1].every((index) => {
    const line = Buffer.from(source.read(offset + index * entryLength, entryLength)).toString('latin1');
    return /^\d{10} \d{5} [nf][ \r\n]{2}$/.test(line);
  });
}

function readEntry(lexer: Lexer): XrefEntry {
  const offset = lexer.next();
  const generation = lexer.next();
  const use = lexer.next();
  if (typeof offset !== 'number' || typeof generation !== 'number' || !(use instanceof Keyword)) {
    throw new AppError('pdf-damaged', { at: lexer.position });
  }
  // Generation 65536 on object 0 is the commonest fault of real files (ISO 32000 says 65535); it harms nobody.
  return use.value === 'n' ? { kind: 'offset', offset, generation } : { kind: 'free' };
}

function readStream(source: ByteSource, lexer: Lexer, offset: number): XrefSection {
  const { value, end } = parseIndirect(lexer, (length) => (typeof length === 'number' ? length : null));
  if (!(value instanceof PdfStream) || !isName(value.dict.get('Type'), 'XRef') || !('offset' in value.data)) {
    throw new AppError('pdf-damaged', { at: offset });
  }
  const encoded = source.read(value.data.offset, value.data.length);
  const bytes = decodeStream(value.dict, encoded, (item) => item ?? null);
  const widths = numbersOf(value.dict.get('W'));
  const size = value.dict.get('Size');
  const ranges = numbersOf(value.dict.get('Index') ?? [0, typeof size === 'number' ? size : 0]);
  if (widths.length < 3 || widths.some((width) => width < 0 || width > 8) || ranges.length % 2 !== 0) {
    throw new AppError('pdf-damaged', { at: offset });
  }
  const [typeWidth, secondWidth, thirdWidth] = widths as [number, number, number];
  const rowLength = typeWidth + secondWidth + thirdWidth;
  const parts: Subsection[] = [];
  let rows = 0;
  for (let index = 0; index + 1 < ranges.length; index += 2) {
    const [first, count] = [ranges[index] as number, ranges[index + 1] as number];
    if (first < 0 || count < 0 || first + count > numberLimit)
      throw new AppError('pdf-too-complex', { at: offset });
    parts.push({ first, count, offset: rows * rowLength });
    rows += count;
  }
  const field = (at: number, width: number) => {
    let number = 0;
    for (let index = 0; index < width; index++) number = number * 256 + (bytes[at + index] ?? 0);
    return number;
  };
  return {
    kind: 'stream',
    offset,
    end,
    trailer: value.dict,
    find(number) {
      const part = parts.find(({ first, count }) => number >= first && number < first + count);
      if (!part) return undefined;
      const at = part.offset + (number - part.first) * rowLength;
      if (at + rowLength > bytes.length) return undefined;
      const type = typeWidth === 0 ? 1 : field(at, typeWidth);
      const second = field(at + typeWidth, secondWidth);
      const third = field(at + typeWidth + secondWidth, thirdWidth);
      if (type === 1) return { kind: 'offset', offset: second, generation: third };
      return type === 2 ? { kind: 'compressed', container: second, index: third } : { kind: 'free' };
    },
    *numbers() {
      for (const { first, count } of parts) for (let index = 0; index < count; index++) yield first + index;
    },
  };
}

function numbersOf(value: PdfObject | undefined): number[] {
  return isArray(value) ? value.filter((item) => typeof item === 'number') : [];
}

/** What a file says about where its newest cross-reference is: the number behind the last `startxref`. */
export interface StartXref {
  /** Where the keyword stands. */
  readonly at: number;
  readonly offset: number;
}

const tailLimit = 1 << 20;

/** Finds the last `startxref`, also where up to 1 MiB of junk follows it. */
export function findStartXref(source: ByteSource): StartXref | null {
  for (let length = 1 << 11; ; length *= 8) {
    const from = Math.max(0, source.length - length);
    const tail = Buffer.from(source.read(from, source.length - from));
    const at = tail.lastIndexOf('startxref');
    if (at >= 0) {
      const value = new Lexer(source, from + at + 'startxref'.length).next();
      return typeof value === 'number' ? { at: from + at, offset: value } : null;
    }
    if (from === 0 || length >= tailLimit) return null;
  }
}

/**
 * What closes a section: `startxref`, its number, `%%EOF` and one end of line. Null where a section isn't followed by
 * that, as with a hybrid file's hidden stream.
 */
export function readClosing(source: ByteSource, position: number): { startXref: number; end: number } | null {
  const lexer = new Lexer(source, position);
  const keyword = lexer.next();
  if (!(keyword instanceof Keyword) || keyword.value !== 'startxref') return null;
  const value = lexer.next();
  if (typeof value !== 'number') return null;
  while (isWhite(lexer.peek())) lexer.position++;
  const marker = Buffer.from(source.read(lexer.position, 5)).toString('latin1');
  if (marker !== '%%EOF') return { startXref: value, end: lexer.position };
  let end = lexer.position + 5;
  lexer.position = end;
  if (lexer.peek() === 0x0d) end++;
  lexer.position = end;
  if (lexer.peek() === 0x0a) end++;
  return { startXref: value, end };
}
