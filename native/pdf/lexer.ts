import { AppError } from '../../contract/failure.ts';
import { ByteCollector } from './byte-collector.ts';
import type { ByteSource } from './byte-source.ts';
import { KnownWords } from './known-words.ts';
import { PdfName, PdfString } from './object.ts';

/** A keyword or an operator: `obj`, `R`, `stream`, `true`, `BT`. */
export class Keyword {
  readonly value: string;

  constructor(value: string) {
    this.value = value;
  }
}

export type Delimiter = '[' | ']' | '<<' | '>>';
export type Token =
  | number
  | PdfName
  | PdfString
  | Keyword
  | { readonly delimiter: Delimiter }
  | { readonly end: true };

/** One of each: files have millions of them, and who asks for one asks by identity. */
export const delimiters = {
  '[': { delimiter: '[' },
  ']': { delimiter: ']' },
  '<<': { delimiter: '<<' },
  '>>': { delimiter: '>>' },
} as const satisfies Record<Delimiter, Token>;

const names = new KnownWords((text) => new PdfName(text));
const keywords = new KnownWords((text) => new Keyword(text));

const searchSize = 1 << 16;
/** Longer names, numbers and keywords don't occur in honest files (Annex C asks for 127 bytes of name). */
const wordLimit = 1 << 12;
/** Far above a signature's /Contents, the longest string of honest files. */
const stringLimit = 1 << 24;
/** Bytes of a hexadecimal string from which on it is decoded by pieces of so many digits. */
const [longHexString, hexPiece] = [32, 1 << 12];
/** Strings up to this are copied at once where they are plain: V8 keeps such small memories among its own objects. */
const shortString = 64;

/** White space of 7.2.3, table 1. */
export function isWhite(byte: number): boolean {
  return byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09 || byte === 0x00 || byte === 0x0c;
}

function isDelimiter(byte: number): boolean {
  return '()<>[]{}/%'.includes(String.fromCharCode(byte));
}

const white = Uint8Array.from({ length: 256 }, (_, byte) => (isWhite(byte) ? 1 : 0));
const regular = Uint8Array.from({ length: 256 }, (_, byte) => (isWhite(byte) || isDelimiter(byte) ? 0 : 1));

const powersOfTen = Float64Array.from({ length: 16 }, (_, exponent) => 10 ** exponent);

/** What stands for itself in a literal string (7.3.4.2). */
const plain = Uint8Array.from({ length: 256 }, (_, byte) =>
  [0x28, 0x29, 0x5c, 0x0d].includes(byte) ? 0 : 1,
);

function hexDigit(byte: number): number {
  if (byte >= 0x30 && byte <= 0x39) return byte - 0x30;
  const lower = byte | 0x20;
  return lower >= 0x61 && lower <= 0x66 ? lower - 0x57 : -1;
}

const escapes: Record<string, number> = { n: 10, r: 13, t: 9, b: 8, f: 12 };

/**
 * A word as a number, or null. 7.3.3 knows neither exponents nor doubled signs; writers in the wild leave `--5`, `5.`,
 * `-.5`, `1.2.3`, `12-34` and `1e-5` behind, which are read as viewers read them.
 */
function readNumber(text: string): number | null {
  if (/^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d{1,3})?$/.test(text)) {
    const value = Number(text);
    return Number.isFinite(value) ? value : null;
  }
  if (!/^[+\-.\d]+$/.test(text)) return null;
  const [, signs = '', digits = ''] = /^([+-]*)(\d*\.?\d*)/.exec(text) ?? [];
  const value = digits === '' || digits === '.' ? 0 : Number(digits);
  if (!Number.isFinite(value)) return null;
  return signs.endsWith('-') && value !== 0 ? -value : value;
}

/** Splits bytes into tokens (7.2). Used for files and for content streams alike. */
export class Lexer {
  readonly #source: ByteSource;
  #chunk: Uint8Array = new Uint8Array();
  #chunkStart = 0;
  #loaded = 0;
  /** Where the present chunk was first asked for. */
  #since = 0;
  position: number;

  constructor(source: ByteSource, position = 0) {
    this.#source = source;
    this.position = position;
  }

  /** The byte at a distance from the present position, or -1 beyond the end. */
  peek(ahead = 0): number {
    const at = this.position + ahead;
    const inside = at - this.#chunkStart;
    if (inside >= 0 && inside < this.#chunk.length) return this.#chunk[inside] as number;
    if (at < 0 || at >= this.#source.length) return -1;
    this.#loaded = this.loaded;
    const { start, bytes } = this.#source.around(at);
    this.#chunk = bytes;
    this.#chunkStart = start;
    this.#since = this.position;
    return bytes[at - start] ?? -1;
  }

  /** Bytes that this lexer has gone through, a measure of the work that it was made to do. */
  get loaded(): number {
    return this.#loaded + Math.min(Math.abs(this.position - this.#since), this.#chunk.length);
  }

  /** Moves on without going through what lies between, as over a stream's data. */
  skipTo(position: number): void {
    this.#loaded = this.loaded;
    this.position = position;
    this.#since = position;
  }

  /** Moves to the next place where `word` stands; false, and to the end, where there is none. */
  find(word: string): boolean {
    const { length } = this.#source;
    while (this.position < length) {
      const read = this.#source.read(this.position, searchSize + word.length);
      const bytes = Buffer.from(read.buffer, read.byteOffset, read.length);
      this.#loaded += Math.min(bytes.length, searchSize);
      const at = bytes.indexOf(word, 0, 'latin1');
      this.position += at < 0 ? Math.min(bytes.length, searchSize) : at;
      if (at >= 0) return true;
      if (bytes.length === 0) break;
    }
    this.position = Math.max(this.position, length);
    return false;
  }

  skipWhite(): void {
    for (let byte = this.peek(); ; byte = this.peek()) {
      if (white[byte]) this.position++;
      else if (byte !== 0x25) return;
      else while (this.peek() !== -1 && this.peek() !== 0x0a && this.peek() !== 0x0d) this.position++;
    }
  }

  next(): Token {
    this.skipWhite();
    const byte = this.peek();
    switch (byte) {
      case -1:
        return { end: true };
      case 0x2f:
        return this.#name();
      case 0x28:
        return this.#literalString();
      case 0x5b:
      case 0x5d:
        this.position++;
        return delimiters[byte === 0x5b ? '[' : ']'];
      case 0x3c:
        if (this.peek(1) !== 0x3c) return this.#hexString();
        this.position += 2;
        return delimiters['<<'];
      case 0x3e:
        this.position += this.peek(1) === 0x3e ? 2 : 1;
        return delimiters['>>'];
      case 0x29:
      case 0x7b:
      case 0x7d:
        this.position++;
        return new Keyword(String.fromCharCode(byte));
      default:
        return this.#word();
    }
  }

  /**
   * False where no reference can end here, behind its first number: told by a look ahead, since numbers mostly stand among
   * numbers, and each would be read three times over.
   */
  mayBeReference(): boolean {
    let ahead = this.#whiteAhead(0);
    if (!regular[this.peek(ahead)]) return this.peek(ahead) === 0x25;
    // A word that is too long is told by whoever reads it.
    for (const limit = ahead + wordLimit; regular[this.peek(ahead)]; ahead++) if (ahead > limit) return true;
    const third = this.peek(this.#whiteAhead(ahead));
    return third === 0x52 || third === 0x25;
  }

  #whiteAhead(from: number): number {
    let ahead = from;
    while (white[this.peek(ahead)]) ahead++;
    return ahead;
  }

  /** Where the run of regular characters ends that begins here; -1 where that isn't at hand, or too long for most words. */
  #plainEnd(): number {
    const chunk = this.#chunk;
    const start = this.position - this.#chunkStart;
    const limit = Math.min(chunk.length, start + KnownWords.longest + 1);
    let end = start;
    while (end < limit && regular[chunk[end] as number]) end++;
    return end < limit ? end : -1;
  }

  /** A number as nearly all are written, read in one go from what is loaded; null, and nothing passed over, for any other word. */
  #plainNumber(): number | null {
    const chunk = this.#chunk;
    let at = this.position - this.#chunkStart;
    const first = chunk[at] as number;
    if (first === 0x2d || first === 0x2b) at++;
    let digits = 0;
    let value = 0;
    let point = -1;
    for (; at < chunk.length; at++) {
      const byte = chunk[at] as number;
      if (byte >= 0x30 && byte <= 0x39) {
        value = value * 10 + byte - 0x30;
        digits++;
      } else if (byte === 0x2e && point < 0) point = digits;
      else if (regular[byte]) return null;
      else break;
    }
    // Up to 15 digits are exact, and so is a quotient by a power of ten that is.
    if (digits === 0 || digits > 15 || at >= chunk.length) return null;
    this.position = this.#chunkStart + at;
    const size = point < 0 ? value : value / (powersOfTen[digits - point] as number);
    return first === 0x2d ? -size : size;
  }

  #regularRun(): string {
    let text = '';
    for (let byte = this.peek(); byte !== -1 && regular[byte]; byte = this.peek()) {
      text += String.fromCharCode(byte);
      this.position++;
      if (text.length > wordLimit) throw new AppError('pdf-damaged', { at: this.position });
    }
    return text;
  }

  #word(): number | Keyword {
    const number = this.#plainNumber();
    if (number !== null) return number;
    const start = this.position - this.#chunkStart;
    const end = this.#plainEnd();
    // Letters alone are no number.
    if (end > start && (this.#chunk[start] as number) >= 0x61) {
      this.position += end - start;
      return keywords.at(this.#chunk, start, end);
    }
    const text = this.#regularRun();
    return readNumber(text) ?? new Keyword(text);
  }

  #name(): PdfName {
    this.position++;
    if (this.peek() !== -1) {
      const start = this.position - this.#chunkStart;
      const end = this.#plainEnd();
      const known = end < 0 ? null : names.at(this.#chunk, start, end);
      if (known && !known.value.includes('#')) {
        this.position += end - start;
        return known;
      }
    }
    const text = this.#regularRun();
    if (!text.includes('#')) return new PdfName(text);
    return new PdfName(
      text.replace(/#([0-9a-fA-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
    );
  }

  #hexString(): PdfString {
    this.position++;
    const bytes = new ByteCollector(stringLimit);
    let high = -1;
    for (let byte = this.peek(); byte !== 0x3e; byte = this.peek()) {
      if (byte === -1) throw new AppError('pdf-damaged', { at: this.position });
      const digit = hexDigit(byte);
      if (digit >= 0 && high < 0) high = digit;
      else if (digit >= 0) {
        bytes.push(high * 16 + digit);
        high = -1;
      }
      this.position++;
      // Signatures are tens of thousands of digits, and are read again at every check.
      if (high < 0 && bytes.length % longHexString === 0) this.#hexRuns(bytes);
    }
    this.position++;
    // 7.3.4.3: an odd last digit stands for itself and a zero.
    if (high >= 0) bytes.push(high * 16);
    return new PdfString(bytes.take(), true);
  }

  /** Decodes the pairs of digits from here to the chunk's end, or to the first that isn't one. */
  #hexRuns(bytes: ByteCollector): void {
    for (;;) {
      const start = this.position - this.#chunkStart;
      const piece = Buffer.from(this.#chunk.subarray(start, start + hexPiece)).toString('latin1');
      // Node ends where a pair isn't hexadecimal.
      const decoded = Buffer.from(piece, 'hex');
      bytes.append(decoded);
      this.position += 2 * decoded.length;
      if (2 * decoded.length < hexPiece) return;
    }
  }

  /** The bytes from here to the chunk's end, or to the first that means something in a string, passed over. */
  #plainRun(): Uint8Array {
    const start = this.position - this.#chunkStart;
    let end = start;
    while (end < this.#chunk.length && plain[this.#chunk[end] as number]) end++;
    this.position += end - start;
    return this.#chunk.subarray(start, end);
  }

  /** A short string without anything but plain characters, all of it at hand; else null, and nothing passed over. */
  #shortString(): PdfString | null {
    const chunk = this.#chunk;
    const start = this.position - this.#chunkStart;
    const limit = Math.min(chunk.length, start + shortString + 1);
    let end = start;
    while (end < limit && plain[chunk[end] as number]) end++;
    if (end >= limit || chunk[end] !== 0x29) return null;
    const bytes = new Uint8Array(end - start);
    for (let at = start; at < end; at++) bytes[at - start] = chunk[at] as number;
    this.position += end + 1 - start;
    return new PdfString(bytes);
  }

  #literalString(): PdfString {
    this.position++;
    const short = this.#shortString();
    if (short) return short;
    const bytes = new ByteCollector(stringLimit);
    let depth = 1;
    for (;;) {
      const byte = this.peek();
      if (byte !== -1 && plain[byte]) {
        bytes.append(this.#plainRun());
        continue;
      }
      if (byte === -1) throw new AppError('pdf-damaged', { at: this.position });
      this.position++;
      if (byte === 0x5c) this.#escape(bytes);
      else if (byte === 0x0d) {
        // 7.3.4.2: any end-of-line inside a string reads as a line feed.
        if (this.peek() === 0x0a) this.position++;
        bytes.push(0x0a);
      } else {
        if (byte === 0x28) depth++;
        if (byte === 0x29 && --depth === 0) return new PdfString(bytes.take());
        bytes.push(byte);
      }
    }
  }

  #escape(bytes: ByteCollector): void {
    const byte = this.peek();
    this.position++;
    if (byte === 0x0d && this.peek() === 0x0a) this.position++;
    if (byte === 0x0d || byte === 0x0a || byte === -1) return;
    if (byte < 0x30 || byte > 0x37) {
      bytes.push(escapes[String.fromCharCode(byte)] ?? byte);
      return;
    }
    let value = byte - 0x30;
    for (let digits = 1; digits < 3; digits++) {
      const digit = this.peek();
      if (digit < 0x30 || digit > 0x37) break;
      value = value * 8 + digit - 0x30;
      this.position++;
    }
    bytes.push(value & 0xff);
  }
}
