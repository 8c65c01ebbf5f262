import { constants } from 'node:fs';
import { type FileHandle, mkdir, rename } from 'node:fs/promises';
import path from 'node:path';
import { Writable } from 'node:stream';
import { openOrdinary } from '../native/disk/exclusive-file.ts';

/**
 * A log that can't fill the disk: at `maxBytes` the file becomes `name.1`, an older one `name.2`, and what was
 * `name.2` is gone. What can't be written is dropped: a full disk must stop neither the writer nor the program that
 * it speaks of.
 */
export class LogFile extends Writable {
  readonly #file: string;
  readonly #maxBytes: number;
  #handle: FileHandle | null = null;
  #bytes = 0;

  constructor(file: string, { maxBytes = 1 << 20 } = {}) {
    super({ decodeStrings: true, highWaterMark: 1 << 20 });
    this.#file = file;
    this.#maxBytes = maxBytes;
  }

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: (error?: Error | null) => void): void {
    this.#append(chunk).then(
      () => done(),
      () => {
        this.#handle = null;
        done();
      },
    );
  }

  override _final(done: (error?: Error | null) => void): void {
    const handle = this.#handle;
    this.#handle = null;
    if (handle) handle.close().then(() => done(), done);
    else done();
  }

  async #append(chunk: Buffer): Promise<void> {
    if (this.#handle && this.#bytes + chunk.length > this.#maxBytes) await this.#rotate();
    this.#handle ??= await this.#open();
    await this.#handle.write(chunk.subarray(0, this.#maxBytes));
    this.#bytes += chunk.length;
  }

  async #open(): Promise<FileHandle> {
    await mkdir(path.dirname(this.#file), { recursive: true, mode: 0o700 });
    const handle = await openOrdinary(this.#file, constants.O_APPEND);
    this.#bytes = (await handle.stat()).size;
    return handle;
  }

  async #rotate(): Promise<void> {
    await this.#handle?.close();
    this.#handle = null;
    await moveIfThere(`${this.#file}.1`, `${this.#file}.2`);
    await moveIfThere(this.#file, `${this.#file}.1`);
  }
}

async function moveIfThere(from: string, to: string): Promise<void> {
  try {
    await rename(from, to);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
}
