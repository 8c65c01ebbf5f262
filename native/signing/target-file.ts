import { createHash, type Hash, randomBytes } from 'node:crypto';
import { type FileHandle, open, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { AppError } from '../../contract/failure.ts';
import type { DigestAlgorithm } from './signer.ts';

const chunkSize = 1 << 20;

/** A failed write in a person's terms: a full disk is told apart from everything else. */
function writeFailure(error: unknown, path: string): AppError {
  if (error instanceof AppError) return error;
  const code = (error as NodeJS.ErrnoException).code ?? '';
  const isFull = code === 'ENOSPC' || code === 'EDQUOT' || code === 'EFBIG';
  return new AppError(
    isFull ? 'disk-full' : 'write-failed',
    { file: basename(path), reason: code },
    { cause: error },
  );
}

/**
 * A file that comes into being beside its target and takes the target's name only when it is whole, flushed and
 * checked (law 1). Whatever happens before that, the target's name stays as it was; `discard` removes what was written.
 */
export class TargetFile {
  readonly path: string;
  readonly #part: string;
  readonly #handle: FileHandle;

  private constructor(path: string, part: string, handle: FileHandle) {
    this.path = path;
    this.#part = part;
    this.#handle = handle;
  }

  /** Throws `file-exists` where the target exists and isn't to be replaced, `disk-full` or `write-failed`. */
  static async create(path: string, replace: boolean): Promise<TargetFile> {
    const exists = await stat(path).then(
      () => true,
      () => false,
    );
    if (exists && !replace) throw new AppError('file-exists', { file: basename(path) });
    // A short name of its own: the target's may already be as long as the file system allows.
    const part = join(dirname(path), `.antin-${randomBytes(6).toString('hex')}.part`);
    try {
      return new TargetFile(path, part, await open(part, 'wx+'));
    } catch (error) {
      throw writeFailure(error, path);
    }
  }

  /** Where the bytes are until `commit`. */
  get partPath(): string {
    return this.#part;
  }

  /**
   * Copies the first `length` bytes of `source` and returns the running digest over them, in one pass: the next chunk is
   * read while this one is written. Throws `file-unreadable` where the source has become shorter meanwhile.
   */
  async copyFrom(
    source: string,
    length: number,
    algorithm: DigestAlgorithm,
    signal?: AbortSignal,
  ): Promise<Hash> {
    const hash = createHash(algorithm);
    const input = await open(source, 'r').catch((error: unknown) => {
      throw new AppError('file-unreadable', { file: basename(source) }, { cause: error });
    });
    try {
      let buffers: [Buffer, Buffer] = [Buffer.allocUnsafe(chunkSize), Buffer.allocUnsafe(chunkSize)];
      let reading = input.read(buffers[0], 0, Math.min(chunkSize, length), 0);
      for (let position = 0; position < length; ) {
        if (signal?.aborted) throw new AppError('cancelled');
        const { bytesRead } = await reading;
        if (bytesRead === 0) throw new AppError('file-unreadable', { file: basename(source) });
        const chunk = buffers[0].subarray(0, bytesRead);
        const next = position + bytesRead;
        if (next < length) reading = input.read(buffers[1], 0, Math.min(chunkSize, length - next), next);
        const writing = this.write(chunk, position);
        hash.update(chunk);
        await writing;
        position = next;
        buffers = [buffers[1], buffers[0]];
      }
      return hash;
    } finally {
      await input.close();
    }
  }

  async write(bytes: Uint8Array, position: number): Promise<void> {
    try {
      for (let done = 0; done < bytes.length; ) {
        const { bytesWritten } = await this.#handle.write(bytes, done, bytes.length - done, position + done);
        done += bytesWritten;
      }
    } catch (error) {
      throw writeFailure(error, this.path);
    }
  }

  /** Bytes to the disk, not just to the system's memory. */
  async flush(): Promise<void> {
    await this.#handle.sync().catch((error: unknown) => {
      throw writeFailure(error, this.path);
    });
  }

  /** Digest of the written bytes outside the gap, read back from the file. */
  async digestOutside(
    algorithm: DigestAlgorithm,
    start: number,
    end: number,
    total: number,
  ): Promise<Uint8Array> {
    const hash = createHash(algorithm);
    const buffer = Buffer.allocUnsafe(chunkSize);
    for (const [from, to] of [
      [0, start],
      [end, total],
    ] as const) {
      for (let position = from; position < to; ) {
        const { bytesRead } = await this.#handle.read(
          buffer,
          0,
          Math.min(chunkSize, to - position),
          position,
        );
        if (bytesRead === 0) throw new AppError('write-failed', { file: basename(this.path) });
        hash.update(buffer.subarray(0, bytesRead));
        position += bytesRead;
      }
    }
    return hash.digest();
  }

  /** Gives the file its name. The folder is flushed too, or a power cut could take the name back. */
  async commit(): Promise<void> {
    try {
      await this.#handle.close();
      await rename(this.#part, this.path);
      // Windows has no way to flush a folder; NTFS journals names by itself.
      if (process.platform === 'win32') return;
      const folder = await open(dirname(this.path), 'r');
      await folder.sync().finally(() => folder.close());
    } catch (error) {
      throw writeFailure(error, this.path);
    }
  }

  /** Removes what was written; the target's name was never touched. */
  async discard(): Promise<void> {
    await this.#handle.close().catch(() => undefined);
    await rm(this.#part, { force: true });
  }
}
