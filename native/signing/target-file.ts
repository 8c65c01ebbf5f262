import { createHash, type Hash } from 'node:crypto';
import { constants } from 'node:fs';
import { copyFile, type FileHandle, link, lstat, open, rename, rm, unlink } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { AppError } from '../../contract/failure.ts';
import { assertReplaceable, assertSame, createExclusively } from '../disk/exclusive-file.ts';
import { modeLike } from '../disk/same-file.ts';
import { digestRange } from './file-digest.ts';
import { flushFolder } from './folder-flush.ts';
import { partName } from './leftovers.ts';
import type { DigestAlgorithm } from './signer.ts';

/**
 * Bytes from which on writing to the disk begins before everything is written: below, one flush costs less than two.
 */
const worthFlushingEarly = 1 << 23;

/** For others, too: the person's umask decides who may read it. */
const outputMode = 0o666;

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

function unlessGone(error: unknown): void {
  if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
}

/** A link that leads nowhere counts, too: its name is taken. */
async function isThere(path: string): Promise<boolean> {
  return lstat(path).then(
    () => true,
    () => false,
  );
}

/** Throws `file-unreadable` where the file can't be read to that length, and `cancelled`. */
async function digestOf(
  path: string,
  length: number,
  algorithm: DigestAlgorithm,
  signal: AbortSignal | undefined,
): Promise<Hash> {
  const unreadable = (cause?: unknown) =>
    cause instanceof AppError ? cause : new AppError('file-unreadable', { file: basename(path) }, { cause });
  const hash = createHash(algorithm);
  const file = await open(path, 'r').catch((error: unknown) => {
    throw unreadable(error);
  });
  try {
    if (!(await digestRange(hash, file, 0, length, signal))) throw unreadable();
    return hash;
  } catch (error) {
    throw unreadable(error);
  } finally {
    await file.close();
  }
}

/**
 * A file that comes into being beside its target and takes the target's name only when it is whole, flushed and
 * checked (law 1). Whatever happens before that, the target's name stays as it was; `discard` removes what was written.
 */
export class TargetFile {
  readonly path: string;
  readonly #part: string;
  #handle: FileHandle;
  readonly #replace: boolean;

  private constructor(path: string, part: string, handle: FileHandle, replace: boolean) {
    this.path = path;
    this.#part = part;
    this.#handle = handle;
    this.#replace = replace;
  }

  /**
   * Throws `file-exists` where the target exists and isn't to be replaced, `disk-full` or `write-failed`; the last
   * also where a link, a pipe or a device has its name. Who may read it follows from the `source` that it is made of
   * and from the person's umask.
   */
  static async create(path: string, replace: boolean, source?: string): Promise<TargetFile> {
    if (!replace && (await isThere(path))) throw new AppError('file-exists', { file: basename(path) });
    const part = join(dirname(path), partName());
    try {
      if (replace) await assertReplaceable(path);
      const mode = source === undefined ? outputMode : modeLike(source);
      return new TargetFile(path, part, await createExclusively(part, mode), replace);
    } catch (error) {
      throw writeFailure(error, path);
    }
  }

  /** Where the bytes are until `commit`. */
  get partPath(): string {
    return this.#part;
  }

  /**
   * Makes this file a copy of the first `length` bytes of `source` and returns the running digest over them. The
   * system copies, which costs least and, where file systems can share blocks, next to nothing; the source is read
   * and hashed at the same time. Both may see different bytes where the source is being written to: only reading back
   * tells.
   *
   * Throws `file-unreadable` where the source can't be read to that length, `disk-full`, `write-failed`, `cancelled`;
   * none of them before the system has stopped copying.
   */
  async copyFrom(
    source: string,
    length: number,
    algorithm: DigestAlgorithm,
    signal?: AbortSignal,
  ): Promise<Hash> {
    const [copied, hashed] = await Promise.allSettled([
      this.#replaceBy(source, length),
      digestOf(source, length, algorithm, signal),
    ]);
    // A source that can't be read fails both ways, and only reading it says so.
    if (hashed.status === 'rejected') throw hashed.reason;
    if (copied.status === 'rejected') throw writeFailure(copied.reason, this.path);
    return hashed.value;
  }

  /**
   * Writes what was read of a small source, and returns the running digest over it. Throws `disk-full`,
   * `write-failed`.
   */
  async fill(bytes: Uint8Array, algorithm: DigestAlgorithm): Promise<Hash> {
    await this.write(bytes, 0);
    return createHash(algorithm).update(bytes);
  }

  /** Has the system put a copy in this file's place. */
  async #replaceBy(source: string, length: number): Promise<void> {
    const { mode } = await this.#handle.stat();
    if (process.platform === 'linux') {
      // By the open file itself: in a folder that others may write to, its name may be a link of theirs by now.
      await copyFile(source, `/proc/self/fd/${this.#handle.fd}`, constants.COPYFILE_FICLONE);
    } else {
      // Windows doesn't copy over a file that somebody holds open.
      await this.#handle.close();
      await copyFile(source, this.#part, constants.COPYFILE_FICLONE);
      this.#handle = await open(this.#part, 'r+');
    }
    // A copy has its source's mode, and one of a document that is read-only couldn't be opened for reading back.
    await this.#handle.chmod(mode);
    await this.#handle.truncate(length);
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

  /**
   * Running digest over the first `length` bytes as they were written. Meanwhile they are on their way to the disk,
   * so that `flush` has less to wait for.
   */
  async readBack(algorithm: DigestAlgorithm, length: number): Promise<Hash> {
    const hash = createHash(algorithm);
    const flushing = length < worthFlushingEarly ? null : this.#handle.datasync();
    // Whether it failed shows when everything is flushed.
    flushing?.catch(() => undefined);
    await this.#addWritten(hash, 0, length);
    return hash;
  }

  /**
   * Digest of the written bytes outside the gap, read back from the file; of those before `from`, `read` is the
   * digest.
   */
  async digestOutside(
    algorithm: DigestAlgorithm,
    start: number,
    end: number,
    total: number,
    read: { readonly hash: Hash; readonly from: number } = { hash: createHash(algorithm), from: 0 },
  ): Promise<Uint8Array> {
    const hash = read.hash.copy();
    await this.#addWritten(hash, read.from, start);
    await this.#addWritten(hash, end, total);
    return hash.digest();
  }

  /**
   * All of the file as it was written, which must have just that many bytes: for one that is small enough to be held
   * in memory. Throws `write-failed`.
   */
  async written(length: number): Promise<Uint8Array> {
    // Room for one more: the file mustn't go on behind its end.
    const bytes = Buffer.allocUnsafe(length + 1);
    let done = 0;
    try {
      for (let count = -1; count !== 0 && done < bytes.length; done += count)
        count = (await this.#handle.read(bytes, done, bytes.length - done, done)).bytesRead;
    } catch (error) {
      throw writeFailure(error, this.path);
    }
    if (done !== length) throw new AppError('write-failed', { file: basename(this.path) });
    return bytes.subarray(0, length);
  }

  async #addWritten(hash: Hash, start: number, end: number): Promise<void> {
    if (!(await digestRange(hash, this.#handle, start, end)))
      throw new AppError('write-failed', { file: basename(this.path) });
  }

  /**
   * Gives the file its name, and makes the name last. Throws `file-exists` where another took it meanwhile, and
   * `write-failed` {reason: 'target-replaced'} where what lies under the name isn't what was written.
   */
  async commit(): Promise<void> {
    try {
      await assertSame(this.#handle, this.#part);
      if (this.#replace) await assertReplaceable(this.path);
      // Windows gives no name to a file that is open.
      if (process.platform === 'win32') await this.#handle.close();
      if (this.#replace) await rename(this.#part, this.path);
      else await this.#takeFreeName();
      if (process.platform !== 'win32') await this.#assertNamed();
    } catch (error) {
      throw writeFailure(error, this.path);
    }
    await flushFolder(dirname(this.path));
  }

  /** Between the last look and the new name another file could have taken this one's place. */
  async #assertNamed(): Promise<void> {
    try {
      await assertSame(this.#handle, this.path);
    } finally {
      await this.#handle.close();
    }
  }

  /** A rename would replace what another program has put there since; a second link to the file can't. */
  async #takeFreeName(): Promise<void> {
    try {
      await link(this.#part, this.path);
      await unlink(this.#part).catch(unlessGone);
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
