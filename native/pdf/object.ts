import { docEncodedText } from './doc-encoding.ts';

/**
 * The objects of ISO 32000-2, 7.3, as plain values. Null, booleans and numbers are JavaScript's own; the rest are
 * small frozen-in-spirit classes: code that changes a dictionary copies it first (`PdfDict.copy`), so that what was
 * read stays what was read.
 */
export type PdfObject =
  | null
  | boolean
  | number
  | PdfName
  | PdfString
  | PdfRef
  | PdfDict
  | PdfStream
  | readonly PdfObject[];

/** A name, decoded: `/A#20B` is the name "A B". Bytes stand as Latin-1 characters. */
export class PdfName {
  readonly value: string;

  constructor(value: string) {
    this.value = value;
  }
}

/** A string's bytes; `hex` remembers how it was written, since a signature's /Contents must be hexadecimal. */
export class PdfString {
  readonly bytes: Uint8Array;
  readonly hex: boolean;

  constructor(bytes: Uint8Array, hex = false) {
    this.bytes = bytes;
    this.hex = hex;
  }

  /** A text string (7.9.2.2): ASCII as it is, else UTF-16BE with its byte order mark. */
  static fromText(text: string): PdfString {
    if (/^[\x20-\x7e]*$/.test(text)) return new PdfString(Buffer.from(text, 'latin1'));
    const utf16 = Buffer.from(`\ufeff${text}`, 'utf16le').swap16();
    return new PdfString(utf16);
  }

  /** The text of a text string: UTF-16BE or UTF-8 by its mark, else PDFDocEncoding. */
  toText(): string {
    const bytes = Buffer.from(this.bytes);
    if (bytes[0] === 0xfe && bytes[1] === 0xff)
      return bytes
        .subarray(2, bytes.length & ~1)
        .swap16()
        .toString('utf16le');
    if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return bytes.toString('utf8', 3);
    return docEncodedText(bytes);
  }
}

/** An indirect reference. */
export class PdfRef {
  readonly number: number;
  readonly generation: number;

  constructor(number: number, generation: number) {
    this.number = number;
    this.generation = generation;
  }

  equals(other: PdfRef): boolean {
    return this.number === other.number && this.generation === other.generation;
  }

  toString(): string {
    return `${this.number} ${this.generation} R`;
  }
}

export class PdfDict {
  readonly entries: Map<string, PdfObject>;
  /**
   * Values that stood under a key before the one that counts here; absent where no key is given twice, as nearly
   * always.
   */
  readonly overridden?: readonly (readonly [key: string, value: PdfObject])[];

  /** `own`: a map that nobody else has, taken as it is: the parser makes millions. */
  constructor(entries: Iterable<readonly [string, PdfObject]> = [], own?: Map<string, PdfObject>) {
    this.entries = own ?? new Map(entries);
  }

  static owning(
    entries: Map<string, PdfObject>,
    overridden?: readonly (readonly [key: string, value: PdfObject])[],
  ): PdfDict {
    const dict = new PdfDict([], entries);
    return overridden ? Object.assign(dict, { overridden }) : dict;
  }

  static of(entries: Record<string, PdfObject>): PdfDict {
    return new PdfDict(Object.entries(entries));
  }

  /** The entry as written: it may be a reference. `undefined` where there is none. */
  get(key: string): PdfObject | undefined {
    return this.entries.get(key);
  }

  has(key: string): boolean {
    return this.entries.has(key);
  }

  /** A copy with some entries replaced or added; `undefined` takes one away. */
  with(changes: Record<string, PdfObject | undefined>): PdfDict {
    const copy = new PdfDict(this.entries);
    for (const [key, value] of Object.entries(changes)) {
      if (value === undefined) copy.entries.delete(key);
      else copy.entries.set(key, value);
    }
    return copy;
  }
}

/**
 * Where a stream's encoded bytes are: in the file, or here. `encryptedFor`: they are enciphered there, with the key
 * of this object; it stays with the data wherever the dictionary is copied to.
 */
export type StreamData =
  | { readonly offset: number; readonly length: number; readonly encryptedFor?: PdfRef }
  | { readonly bytes: Uint8Array };

export class PdfStream {
  readonly dict: PdfDict;
  readonly data: StreamData;

  constructor(dict: PdfDict, data: StreamData) {
    this.dict = dict;
    this.data = data;
  }
}

export function isName(value: PdfObject | undefined, name: string): boolean {
  return value instanceof PdfName && value.value === name;
}

export function isArray(value: PdfObject | undefined): value is readonly PdfObject[] {
  return Array.isArray(value);
}
