import type { ByteSource, Stretch } from './byte-source.ts';
import { isWhite } from './lexer.ts';

/** What a broken file is gone through for: where an object starts, or a trailer's keyword. */
export interface Landmark {
  readonly kind: 'object' | 'trailer';
  /** Where it starts, and where its keyword ends. */
  readonly at: number;
  readonly end: number;
}

/** The longest way back from `obj` to the first digit of the object's number. */
const reach = 64;
const [longestNumber, longestGeneration] = [10, 5];
const [object, trailer] = [Buffer.from('obj'), Buffer.from('trailer')];

/**
 * A file seen through one window that moves along it: going through a gigabyte takes the memory of the window, not of
 * the buffers that wait for their collection. One reader at a time: what `read` gives lasts until the next call.
 */
export class SlidingSource implements ByteSource {
  readonly length: number;
  readonly #source: ByteSource;
  readonly #window: Buffer;
  #start = 0;
  #filled = 0;

  constructor(source: ByteSource, windowSize = 1 << 18) {
    this.#source = source;
    this.length = source.length;
    this.#window = Buffer.alloc(windowSize);
  }

  read(offset: number, length: number): Uint8Array {
    const start = Math.max(0, Math.min(offset, this.length));
    const wanted = Math.min(length, this.length - start);
    if (wanted > this.#window.length) return this.#source.read(start, wanted);
    if (start < this.#start || start + wanted > this.#start + this.#filled) this.#move(start);
    return this.#window.subarray(start - this.#start, start - this.#start + wanted);
  }

  /** A piece of the window's: like what `read` gives, it lasts until the next call. */
  around(offset: number): Stretch {
    return { start: offset, bytes: this.read(offset, pieceSize) };
  }

  readInto(target: Uint8Array, offset: number): number {
    return this.#source.readInto(target, offset);
  }

  close(): void {
    // The file's owner closes it.
  }

  #move(start: number): void {
    this.#start = start;
    this.#filled = this.#source.readInto(this.#window, start);
  }
}

const step = 1 << 16;
const pieceSize = 1 << 12;

/** Finds landmarks from front to back. */
export class LandmarkFinder {
  readonly #source: ByteSource;
  /** Of each keyword, the next place from where it was looked for last: looking again for each object would be quadratic. */
  readonly #known = new Map<Buffer, number>();

  constructor(source: ByteSource) {
    this.#source = source;
  }

  /** The first landmark at or behind `position`. */
  next(position: number): Landmark | null {
    const byTrailer = this.#place(trailer, position);
    for (let from = position; ; ) {
      const at = this.#place(object, from);
      if (byTrailer < at) return { kind: 'trailer', at: byTrailer, end: byTrailer + trailer.length };
      if (at === Number.POSITIVE_INFINITY) return null;
      const start = this.#startOfObject(at, position);
      if (start !== null) return { kind: 'object', at: start, end: at + object.length };
      from = at + 1;
    }
  }

  #place(word: Buffer, from: number): number {
    const known = this.#known.get(word);
    if (known !== undefined && known >= from) return known;
    const place = this.#search(word, from);
    this.#known.set(word, place);
    return place;
  }

  #search(word: Buffer, from: number): number {
    for (let position = from; position < this.#source.length; position += step) {
      const bytes = this.#source.read(position, step + word.length - 1);
      const at = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).indexOf(word);
      if (at >= 0) return position + at;
    }
    return Number.POSITIVE_INFINITY;
  }

  /** Where `12 0 ` starts before the keyword at `at`; null where something else stands there. */
  #startOfObject(at: number, from: number): number | null {
    const start = Math.max(from, at - reach);
    const bytes = this.#source.read(start, at - start + object.length + 1);
    let index = at - start;
    const behind = bytes[index + object.length] ?? 0x20;
    if ((behind | 0x20) >= 0x61 && (behind | 0x20) <= 0x7a) return null;
    const back = (isWanted: (byte: number) => boolean, most: number) => {
      let count = 0;
      while (index > 0 && count < most && isWanted(bytes[index - 1] as number)) {
        index--;
        count++;
      }
      return count > 0;
    };
    const isFound =
      back(isWhite, reach) &&
      back(isDigit, longestGeneration) &&
      back(isWhite, reach) &&
      back(isDigit, longestNumber);
    return isFound ? start + index : null;
  }
}

function isDigit(byte: number): boolean {
  return byte >= 0x30 && byte <= 0x39;
}
