import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs';
import { basename } from 'node:path';
import { AppError } from '../../contract/failure.ts';

/** Bytes that lie in memory as they do in the file from `start` on. */
export interface Stretch {
  readonly start: number;
  readonly bytes: Uint8Array;
}

/** Random access to a file's bytes. Reads are synchronous: a parser jumps about in small steps that the system has cached. */
export interface ByteSource {
  readonly length: number;
  /** Bytes from `offset`; fewer than `length` at the end, none beyond it. The caller must not keep or change them. */
  read(offset: number, length: number): Uint8Array;
  /** What is at hand around `offset`, that byte included: for reading on without a call, or a view of the memory, for every step. */
  around(offset: number): Stretch;
  /** As many bytes from `offset` as there are and as the target holds; how many. */
  readInto(target: Uint8Array, offset: number): number;
  close(): void;
}

export class MemorySource implements ByteSource {
  readonly #bytes: Uint8Array;
  readonly length: number;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
    this.length = bytes.length;
  }

  read(offset: number, length: number): Uint8Array {
    return this.#bytes.subarray(Math.max(0, offset), Math.max(0, offset) + length);
  }

  around(): Stretch {
    return { start: 0, bytes: this.#bytes };
  }

  readInto(target: Uint8Array, offset: number): number {
    const bytes = this.read(offset, target.length);
    target.set(bytes);
    return bytes.length;
  }

  close(): void {
    // Nothing is held open.
  }
}

const pageSize = 1 << 14;
const pagesKept = 256;

/**
 * A file on disk, read in pages of 16 KiB of which the latest 256 are kept: 4 MiB however large the file is, which is
 * what law 2 of the house (constant memory) rests on. Larger pages pile up faster than they are collected: a walk along the pages
 * of a scan wants one of each for a hundred bytes.
 */
export class FileSource implements ByteSource {
  readonly #descriptor: number;
  readonly #pages = new Map<number, Stretch>();
  readonly length: number;

  constructor(path: string) {
    const file = basename(path);
    try {
      // Without waiting: opening a pipe that nobody writes to would never return.
      this.#descriptor = openSync(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
    } catch (error) {
      const code = (error as NodeJS.ErrnoException).code;
      throw new AppError(code === 'ENOENT' ? 'file-missing' : 'file-unreadable', { file }, { cause: error });
    }
    const stat = fstatSync(this.#descriptor);
    if (!stat.isFile()) {
      closeSync(this.#descriptor);
      throw new AppError('file-unreadable', { file });
    }
    this.length = stat.size;
  }

  read(offset: number, length: number): Uint8Array {
    const start = Math.max(0, Math.min(offset, this.length));
    const end = Math.min(start + length, this.length);
    const first = Math.floor(start / pageSize);
    if (end <= (first + 1) * pageSize) {
      return this.#page(first).bytes.subarray(start - first * pageSize, end - first * pageSize);
    }
    // A long read, as for a stream's data, bypasses the pages so that it doesn't push the useful ones out.
    const bytes = Buffer.allocUnsafe(end - start);
    return bytes.subarray(0, this.#fill(bytes, start));
  }

  around(offset: number): Stretch {
    return this.#page(Math.floor(offset / pageSize));
  }

  readInto(target: Uint8Array, offset: number): number {
    return this.#fill(target, offset);
  }

  close(): void {
    this.#pages.clear();
    closeSync(this.#descriptor);
  }

  #page(index: number): Stretch {
    const known = this.#pages.get(index);
    if (known) return known;
    const buffer = Buffer.allocUnsafe(pageSize);
    const start = index * pageSize;
    const page = { start, bytes: buffer.subarray(0, this.#fill(buffer, start)) };
    const oldest = this.#pages.keys().next();
    if (this.#pages.size >= pagesKept && !oldest.done) this.#pages.delete(oldest.value);
    this.#pages.set(index, page);
    return page;
  }

  #fill(buffer: Uint8Array, position: number): number {
    let filled = 0;
    while (filled < buffer.length) {
      const count = readSync(this.#descriptor, buffer, filled, buffer.length - filled, position + filled);
      if (count === 0) break;
      filled += count;
    }
    return filled;
  }
}
