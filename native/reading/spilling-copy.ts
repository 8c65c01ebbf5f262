import { closeSync, openSync, writeSync } from 'node:fs';
import { type ByteSource, FileSource, MemorySource } from '../pdf/byte-source.ts';
import type { CopySink } from './plain-copy.ts';

/** What stays in memory; a scan of 500 MB doesn't. */
const inMemory = 32 << 20;
const gathered = 1 << 20;

/** Takes a copy's bytes: in memory while they are few, in a file as soon as they aren't. */
export class SpillingCopy implements CopySink {
  readonly #path: string;
  #pieces: Uint8Array[] = [];
  #bytes = 0;
  #descriptor: number | null = null;

  /** @param path made, for the owner alone, where the copy is large; its folder is the caller's to take away. */
  constructor(path: string) {
    this.#path = path;
  }

  write(bytes: Uint8Array): void {
    this.#pieces.push(Uint8Array.from(bytes));
    this.#bytes += bytes.length;
    if (this.#bytes > (this.#descriptor === null ? inMemory : gathered)) this.#spill();
  }

  /** The copy, to be read. The caller closes it. */
  source(): ByteSource {
    if (this.#descriptor === null) return new MemorySource(Buffer.concat(this.#pieces));
    this.#spill();
    this.close();
    return new FileSource(this.#path);
  }

  close(): void {
    if (this.#descriptor !== null) closeSync(this.#descriptor);
    this.#descriptor = null;
  }

  #spill(): void {
    // Nothing that lies there already is written to, nor is a link followed.
    this.#descriptor ??= openSync(this.#path, 'wx', 0o600);
    for (const piece of this.#pieces) {
      for (let done = 0; done < piece.length; ) done += writeSync(this.#descriptor, piece, done);
    }
    this.#pieces = [];
    this.#bytes = 0;
  }
}
