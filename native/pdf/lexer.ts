import { AppError } from '../../contract/failure.ts';
import type { ByteSource } from './byte-source.ts';
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

const chunkSize = 1 << 12;
/** Longer names, numbers and keywords don't occur in honest files (Annex C asks for 127 bytes of name). */
const wordLimit = 1 << 12;
const stringLimit = 1 << 26;

/** White space of 7.2.3, table 1. */
export function isWhite(byte: number): boolean {
  return byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09 || byte === 0x00 || byte === 0x0c;
}

function isDelimiter(byte: number): boolean {
  return '()<>[]{}/%'.includes(String.fromCharCode(byte));
}

const regular = Uint8Array.from({ length: 256 }, (_, byte) => (isWhite(byte) || isDelimiter(byte) ? 0 : 1));

function hexDigit(byte: number): number {
  if (byte >= 0x30 && byte <= 0x39) return byte - 0x30;
  const lower = byte | 0x20;
  return lower >= 0x61 && lower <= 0x66 ? lower - 0x57 : -1;
}

const escapes: Record<string, number> = { n: 10, r: 13, t: 9, b: 8, f: 12 };

/** Splits bytes into tokens (7.2). Used for files and for content streams alike. */
export class Lexer {
  readonly #source: ByteSource;
  #chunk: Uint8Array = new Uint8Array();
  #chunkStart = 0;
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
    this.#chunk = this.#source.read(at, chunkSize);
    this.#chunkStart = at;
    return this.#chunk[0] ?? -1;
  }

  skipWhite(): void {
    for (;;) {
      const byte = this.peek();
      if (byte === 0x25) {
        while (this.peek() !== -1 && this.peek() !== 0x0a && this.peek() !== 0x0d) this.position++;
      } else if (byte === -1 || !isWhite(byte)) {
        return;
      } else {
        this.position++;
      }
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
        return { delimiter: byte === 0x5b ? '[' : ']' };
      case 0x3c:
        if (this.peek(1) !== 0x3c) return this.#hexString();
        this.position += 2;
        return { delimiter: '<<' };
      case 0x3e:
        this.position += this.peek(1) === 0x3e ? 2 : 1;
        return { delimiter: '>>' };
      case 0x29:
      case 0x7b:
      case 0x7d:
        this.position++;
        return new Keyword(String.fromCharCode(byte));
      default:
        return this.#word();
    }
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
    const text = this.#regularRun();
    // 7.3.3: no exponents, no radix. Writers in the wild also leave "--5", "5." and "-.5" behind.
    if (/^[+-]*(\d+\.?\d*|\.\d+)$/.test(text))
      return Number(text.replace(/^[+-]*([+-])/, '$1').replace(/^\+/, ''));
    if (/^[+-]?\.?$/.test(text)) return 0;
    return new Keyword(text);
  }

  #name(): PdfName {
    this.position++;
    const text = this.#regularRun();
    if (!text.includes('#')) return new PdfName(text);
    return new PdfName(
      text.replace(/#([0-9a-fA-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
    );
  }

  #hexString(): PdfString {
    this.position++;
    const bytes: number[] = [];
    let high = -1;
    for (let byte = this.peek(); byte !== 0x3e; byte = this.peek()) {
      if (byte === -1 || bytes.length > stringLimit) throw new AppError('pdf-damaged', { at: this.position });
      const digit = hexDigit(byte);
      if (digit >= 0 && high < 0) high = digit;
      else if (digit >= 0) {
        bytes.push(high * 16 + digit);
        high = -1;
      }
      this.position++;
    }
    this.position++;
    // 7.3.4.3: an odd last digit stands for itself and a zero.
    if (high >= 0) bytes.push(high * 16);
    return new PdfString(Uint8Array.from(bytes), true);
  }

  #literalString(): PdfString {
    this.position++;
    const bytes: number[] = [];
    let depth = 1;
    for (;;) {
      const byte = this.peek();
      if (byte === -1 || bytes.length > stringLimit) throw new AppError('pdf-damaged', { at: this.position });
      this.position++;
      if (byte === 0x5c) this.#escape(bytes);
      else if (byte === 0x0d) {
        // 7.3.4.2: any end-of-line inside a string reads as a line feed.
        if (this.peek() === 0x0a) this.position++;
        bytes.push(0x0a);
      } else {
        if (byte === 0x28) depth++;
        if (byte === 0x29 && --depth === 0) return new PdfString(Uint8Array.from(bytes));
        bytes.push(byte);
      }
    }
  }

  #escape(bytes: number[]): void {
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
