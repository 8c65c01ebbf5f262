import { AppError } from '../../contract/failure.ts';

const firstLength = 128;

/**
 * Bytes whose number isn't known beforehand, in one growing buffer: an array of numbers would take eight times the
 * memory. Small ones share Node's pool: files have millions of short strings, and each memory of its own would wait for its
 * collection. Throws `pdf-too-complex` beyond `limit` bytes.
 */
export class ByteCollector {
  readonly #limit: number;
  #bytes: Uint8Array = Buffer.allocUnsafe(firstLength);
  length = 0;

  constructor(limit: number) {
    this.#limit = limit;
  }

  push(byte: number): void {
    this.#reserve(1);
    this.#bytes[this.length++] = byte;
  }

  append(bytes: Uint8Array): void {
    this.#reserve(bytes.length);
    this.#bytes.set(bytes, this.length);
    this.length += bytes.length;
  }

  repeat(byte: number, count: number): void {
    this.#reserve(count);
    this.#bytes.fill(byte, this.length, this.length + count);
    this.length += count;
  }

  /** A copy of what was collected. */
  take(): Uint8Array {
    const copy = Buffer.allocUnsafe(this.length);
    copy.set(this.#bytes.subarray(0, this.length));
    return new Uint8Array(copy.buffer, copy.byteOffset, copy.length);
  }

  #reserve(count: number): void {
    const needed = this.length + count;
    if (needed > this.#limit) throw new AppError('pdf-too-complex', {});
    if (needed <= this.#bytes.length) return;
    const grown = Buffer.allocUnsafe(Math.max(needed, this.#bytes.length * 2));
    grown.set(this.#bytes.subarray(0, this.length));
    this.#bytes = grown;
  }
}
