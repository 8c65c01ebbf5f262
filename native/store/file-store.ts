import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { type FileHandle, mkdir, open, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { AppError } from '../../contract/failure.ts';
import { type FileDigest, fileDigest } from '../../contract/identity.ts';
import { renameDurably, syncFile, syncFolder } from './durable.ts';
import { fileFailure, systemErrorCode } from './file-failure.ts';

export interface StoredFile {
  readonly digest: FileDigest;
  readonly bytes: number;
}

export interface WriteOptions {
  /** What the bytes must hash to; `file-digest-mismatch` otherwise. */
  readonly expected?: FileDigest;
  /** More bytes than this fail with `file-too-large`. */
  readonly maxBytes?: number;
  readonly signal?: AbortSignal;
}

/**
 * Files by the SHA-256 of their bytes, under `files/ab/abcd…`. A file under its name is whole and on the disk: it
 * gets its name last. Nothing here is ever changed.
 */
export class FileStore {
  readonly #folder: string;
  /** For files being made, on the same file system; emptied at each start. */
  readonly #workFolder: string;
  /** For downloads, which outlive a start and go on where they stopped. */
  readonly partialFolder: string;
  #works = 0;

  private constructor(folder: string) {
    this.#folder = folder;
    this.#workFolder = join(folder, 'work');
    this.partialFolder = join(folder, 'partial');
  }

  static async open(folder: string): Promise<FileStore> {
    const store = new FileStore(folder);
    try {
      await rm(store.#workFolder, { recursive: true, force: true });
      for (const each of [folder, store.#workFolder, store.partialFolder]) {
        await mkdir(each, { recursive: true, mode: 0o700 });
      }
    } catch (error) {
      throw fileFailure(error);
    }
    return store;
  }

  /** A new path for a file that somebody else writes and `adopt` then takes in. */
  workPath(): string {
    this.#works += 1;
    return join(this.#workFolder, `${process.pid}-${this.#works}.part`);
  }

  async has(digest: FileDigest): Promise<boolean> {
    try {
      return (await stat(this.#path(digest))).isFile();
    } catch (error) {
      if (systemErrorCode(error) === 'ENOENT') return false;
      throw fileFailure(error);
    }
  }

  /** Where a file lies and how long it is. Fails with `file-missing`. */
  async locate(digest: FileDigest): Promise<{ path: string; bytes: number }> {
    const path = this.#path(digest);
    try {
      return { path, bytes: (await stat(path)).size };
    } catch (error) {
      throw fileFailure(error);
    }
  }

  /** Opens a file for reading; the caller closes it. Fails with `file-missing`. */
  async open(digest: FileDigest): Promise<FileHandle> {
    try {
      return await open(this.#path(digest), 'r');
    } catch (error) {
      throw fileFailure(error);
    }
  }

  /**
   * Reads a file through and compares it with its name, before something irrevocable is built on it. A file that
   * rotted is moved out of the way, to be fetched again, and the call fails with `file-digest-mismatch`.
   */
  async check(digest: FileDigest): Promise<{ path: string; bytes: number }> {
    const { path, bytes } = await this.locate(digest);
    if ((await hashFile(path)).digest === digest) return { path, bytes };
    await renameDurably(path, `${path}.damaged-${Date.now()}`);
    throw new AppError('file-digest-mismatch');
  }

  /** Takes in a stream of bytes, in constant memory. When it fails, for whatever reason, nothing of it stays. */
  async write(source: AsyncIterable<Uint8Array>, options: WriteOptions = {}): Promise<StoredFile> {
    const part = this.workPath();
    try {
      await writeBounded(part, source, options);
      return await this.adopt(part, options.expected);
    } catch (error) {
      await rm(part, { force: true });
      throw fileFailure(error);
    }
  }

  /**
   * Takes over a file that lies complete at `path`, on the same file system. It is hashed as it stands on the disk,
   * flushed, and then renamed. When it fails the file at `path` is left to the caller.
   */
  async adopt(path: string, expected?: FileDigest): Promise<StoredFile> {
    try {
      await syncFile(path);
      const stored = await hashFile(path);
      if (expected !== undefined && stored.digest !== expected) throw new AppError('file-digest-mismatch');
      const folder = join(this.#folder, stored.digest.slice(0, 2));
      if ((await mkdir(folder, { recursive: true, mode: 0o700 })) !== undefined)
        await syncFolder(this.#folder);
      await renameDurably(path, this.#path(stored.digest));
      return stored;
    } catch (error) {
      throw fileFailure(error);
    }
  }

  /** Takes a file away that nobody needs any more; harmless where it isn't there. */
  async remove(digest: FileDigest): Promise<void> {
    await rm(this.#path(digest), { force: true });
  }

  #path(digest: FileDigest): string {
    // The digest may have come over a seam as plain text: never let it be a path.
    const name = fileDigest.parse(digest);
    return join(this.#folder, name.slice(0, 2), name);
  }
}

async function writeBounded(
  path: string,
  source: AsyncIterable<Uint8Array>,
  options: WriteOptions,
): Promise<void> {
  const handle = await open(path, 'wx', 0o600);
  let bytes = 0;
  try {
    for await (const chunk of source) {
      options.signal?.throwIfAborted();
      bytes += chunk.byteLength;
      if (bytes > (options.maxBytes ?? Number.POSITIVE_INFINITY)) throw new AppError('file-too-large');
      await handle.writeFile(chunk);
    }
  } finally {
    await handle.close();
  }
}

/** SHA-256 and length of a file, in constant memory. */
export async function hashFile(path: string): Promise<StoredFile> {
  const hash = createHash('sha256');
  let bytes = 0;
  await pipeline(
    createReadStream(path, { highWaterMark: 1 << 18 }),
    async (chunks: AsyncIterable<Uint8Array>) => {
      for await (const chunk of chunks) {
        hash.update(chunk);
        bytes += chunk.byteLength;
      }
    },
  );
  return { digest: fileDigest.parse(hash.digest('hex')), bytes };
}
