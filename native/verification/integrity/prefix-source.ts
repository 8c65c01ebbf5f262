import type { ByteSource, Stretch } from '../../pdf/byte-source.ts';

/**
 * The first `length` bytes of a file: the document as a signature saw it. Opened as a file of its own, so that nothing
 * behind the signed bytes can reach into it, not even where its cross-reference points past its end.
 */
export class PrefixSource implements ByteSource {
  readonly length: number;
  readonly #source: ByteSource;
  /** Where it ends in the midst of what is at hand of the file. */
  #last: { readonly of: Stretch; readonly cut: Stretch } | null = null;

  constructor(source: ByteSource, length: number) {
    this.#source = source;
    this.length = Math.min(length, source.length);
  }

  read(offset: number, length: number): Uint8Array {
    const start = Math.max(0, Math.min(offset, this.length));
    return this.#source.read(start, Math.min(length, this.length - start));
  }

  around(offset: number): Stretch {
    const whole = this.#source.around(offset);
    const { start, bytes } = whole;
    if (start + bytes.length <= this.length) return whole;
    if (this.#last?.of !== whole)
      this.#last = { of: whole, cut: { start, bytes: bytes.subarray(0, Math.max(0, this.length - start)) } };
    return this.#last.cut;
  }

  readInto(target: Uint8Array, offset: number): number {
    const bytes = this.read(offset, target.length);
    target.set(bytes);
    return bytes.length;
  }

  close(): void {
    // The whole file's owner closes it.
  }
}
