import { createHash, type Hash, randomBytes } from 'node:crypto';
import { type FileHandle, link, lstat, open, rename, rm } from 'node:fs/promises';
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

/** What file systems without hard links, such as a memory stick's, answer. */
const withoutLinks = new Set(['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK', 'EISDIR', 'UNKNOWN']);

/** A link that leads nowhere counts, too: its name is taken. */
async function isThere(path: string): Promise<boolean> {
  return lstat(path).then(
    () => true,
    () => false,
  );
}

/**
 * Or a power cut could take the new name back. Not every system lets a folder be flushed (Windows, network drives, one
 * that may be written but not listed): the file is whole and has its name, so that is no failure.
 */
async function flushFolder(path: string): Promise<void> {
  const folder = await open(path, 'r').catch(() => null);
  await folder?.sync().catch(() => undefined);
  await folder?.close();
}

/**
 * A file that comes into being beside its target and takes the target's name only when it is whole, flushed and
 * checked (law 1). Whatever happens before that, the target's name stays as it was; `discard` removes what was written.
 */
export class TargetFile {
  readonly path: string;
  readonly #part: string;
  readonly #handle: FileHandle;
  readonly #replace: boolean;

  private constructor(path: string, part: string, handle: FileHandle, replace: boolean) {
    this.path = path;
    this.#part = part;
    this.#handle = handle;
    this.#replace = replace;
  }

  /** Throws `file-exists` where the target exists and isn't to be replaced, `disk-full` or `write-failed`. */
  static async create(path: string, replace: boolean): Promise<TargetFile> {
    if (!replace && (await isThere(path))) throw new AppError('file-exists', { file: basename(path) });
    // A short name of its own: the target's may already be as long as the file system allows.
    const part = join(dirname(path), `.antin-${randomBytes(6).toString('hex')}.part`);
    try {
      return new TargetFile(path, part, await open(part, 'wx+'), replace);
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
        const { bytesRead } = await reading.catch((error: unknown) => {
          throw new AppError('file-unreadable', { file: basename(source) }, { cause: error });
        });
        if (bytesRead === 0) throw new AppError('file-unreadable', { file: basename(source) });
        const chunk = buffers[0].subarray(0, bytesRead);
        const next = position + bytesRead;
        if (next < length) reading = input.read(buffers[1], 0, Math.min(chunkSize, length - next), next);
        // Read ahead: its failure is told when its turn comes, or not at all where something else fails first.
        reading.catch(() => undefined);
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

  /** Takes away what was written behind `length`. */
  async truncate(length: number): Promise<void> {
    await this.#handle.truncate(length).catch((error: unknown) => {
      throw writeFailure(error, this.path);
    });
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

  /** Gives the file its name, and makes the name last. Throws `file-exists` where another took it meanwhile. */
  async commit(): Promise<void> {
    try {
      await this.#handle.close();
      if (this.#replace) await rename(this.#part, this.path);
      else await this.#takeFreeName();
    } catch (error) {
      throw writeFailure(error, this.path);
    }
    await flushFolder(dirname(this.path));
  }

  /** A rename would replace what another program has put there since; a second link to the file can't. */
  async #takeFreeName(): Promise<void> {
    try {
      await link(this.#part, this.path);
      await rm(this.#part, { force: true });
    } catch (error) {
      const code = (error as NodeJS.ErrnoException).code ?? '';
      if (code === 'EEXIST') throw new AppError('file-exists', { file: basename(this.path) });
      if (!withoutLinks.has(code)) throw error;
      if (await isThere(this.path)) throw new AppError('file-exists', { file: basename(this.path) });
      await rename(this.#part, this.path);
    }
  }

  /** Removes what was written; the target's name was never touched. */
  async discard(): Promise<void> {
    await this.#handle.close().catch(() => undefined);
    await rm(this.#part, { force: true });
  }
}
