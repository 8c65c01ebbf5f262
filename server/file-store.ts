import { createHash, randomUUID } from 'node:crypto';
import { closeSync, fsyncSync, mkdirSync, openSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Person } from '../contract/document.ts';
import { AppError } from '../contract/failure.ts';
import type { FileDigest } from '../contract/identity.ts';
import type { Clock } from './clock.ts';
import type { Database } from './database.ts';

/** The largest file that a province's rules let into the exchange: 50 MB. */
export const maxFileBytes = 50 * 1024 * 1024;

/** Files sent but not (yet) named by a document that one person may have lying here. */
const maxUnnamedUploads = 100;
const unnamedUploadDays = 7;

/** Bytes as they come: a request's body, or a file being read. */
type ByteSource = AsyncIterable<Uint8Array>;

/** Files by their SHA-256: a row says that a file is held, the folder has its bytes; the bytes always come first. */
export class FileStore {
  readonly #database: Database;
  readonly #folder: string;
  readonly #clock: Clock;

  constructor(database: Database, folder: string, clock: Clock) {
    this.#database = database;
    this.#folder = folder;
    this.#clock = clock;
    mkdirSync(this.#partFolder, { recursive: true, mode: 0o700 });
    // What an earlier run was writing when it died.
    for (const name of readdirSync(this.#partFolder)) rmSync(join(this.#partFolder, name), { force: true });
  }

  get #partFolder(): string {
    return join(this.#folder, 'incoming');
  }

  pathOf(digest: FileDigest): string {
    return join(this.#folder, digest.slice(0, 2), digest);
  }

  /**
   * The length of a file that this person may have, in bytes: their own upload, or one that a document on their
   * agency's desk names. Null for any other, held or not, so that nobody can ask around for digests.
   */
  bytesFor(digest: FileDigest, person: Person): number | null {
    const row = this.#database
      .prepare<[string, string, string], { bytes: number }>(
        `SELECT bytes FROM files WHERE digest = ? AND (
           EXISTS (SELECT 1 FROM uploads u WHERE u.digest = files.digest AND u.person_id = ?)
           OR EXISTS (SELECT 1 FROM document_files f JOIN documents d ON d.id = f.document_id
                      WHERE f.digest = files.digest AND d.agency = ?))`,
      )
      .get(digest, person.id, person.agency.code);
    return row?.bytes ?? null;
  }

  /**
   * Takes a file in, in constant memory. Even one that is held already is read and hashed to its end: only who has
   * the bytes becomes an uploader, which is what lets them fetch it.
   *
   * Fails with `file-too-large` {limit}, `file-digest-mismatch`, or `upload-limit` {reason, limit}; the source's own
   * failure (a connection that breaks) passes through. Whatever fails leaves nothing behind.
   */
  async receive(
    digest: FileDigest,
    person: Person,
    source: ByteSource,
  ): Promise<{ bytes: number; created: boolean }> {
    if (this.#unnamedUploads(person) >= maxUnnamedUploads) {
      throw new AppError(
        'upload-limit',
        { reason: 'uploads-unnamed', limit: maxUnnamedUploads },
        { retryable: true },
      );
    }
    const { bytes, created } = await this.#take(source, digest);
    this.#database
      .prepare('INSERT OR IGNORE INTO uploads (digest, person_id) VALUES (?, ?)')
      .run(digest, person.id);
    return { bytes, created };
  }

  /** Takes a file of the seed in, whatever its digest. */
  async adopt(source: ByteSource): Promise<{ digest: FileDigest; bytes: number }> {
    return this.#take(source, null);
  }

  /** Removes files that were sent a week ago and that no document has named since. */
  sweep(): void {
    const before = new Date(this.#clock().getTime() - unnamedUploadDays * 24 * 60 * 60 * 1000).toISOString();
    const stale = this.#database
      .prepare<[string], { digest: FileDigest }>(
        `SELECT digest FROM files WHERE stored_at < ?
         AND NOT EXISTS (SELECT 1 FROM document_files f WHERE f.digest = files.digest)`,
      )
      .all(before);
    for (const { digest } of stale) {
      // Row and bytes go in one turn of the event loop; in between, an upload of the same file would be lost.
      this.#database.prepare('DELETE FROM files WHERE digest = ?').run(digest);
      rmSync(this.pathOf(digest), { force: true });
    }
  }

  async #take(source: ByteSource, expected: FileDigest | null) {
    const part = join(this.#partFolder, randomUUID());
    const hash = createHash('sha256');
    let bytes = 0;
    const handle = await open(part, 'wx', 0o600);
    try {
      try {
        for await (const chunk of source) {
          bytes += chunk.length;
          if (bytes > maxFileBytes) throw new AppError('file-too-large', { limit: maxFileBytes });
          hash.update(chunk);
          await writeWhole(handle, chunk);
        }
        await handle.sync();
      } finally {
        await handle.close();
      }
      const digest = hash.digest('hex') as FileDigest;
      if (expected !== null && digest !== expected) throw new AppError('file-digest-mismatch');
      return { digest, bytes, created: this.#keep(part, digest, bytes) };
    } catch (error) {
      rmSync(part, { force: true });
      throw error;
    }
  }

  /** Renames, then writes the row, in one turn: a row without its bytes would be a promise that can't be kept. */
  #keep(part: string, digest: FileDigest, bytes: number): boolean {
    const path = this.pathOf(digest);
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    renameSync(part, path);
    syncFolder(dirname(path));
    const storedAt = this.#clock().toISOString();
    const known = this.#database.prepare('SELECT 1 FROM files WHERE digest = ?').get(digest) !== undefined;
    this.#database
      .prepare(
        `INSERT INTO files (digest, bytes, stored_at) VALUES (?, ?, ?)
         ON CONFLICT (digest) DO UPDATE SET stored_at = excluded.stored_at`,
      )
      .run(digest, bytes, storedAt);
    return !known;
  }

  #unnamedUploads(person: Person): number {
    return (
      this.#database
        .prepare<[string], { count: number }>(
          `SELECT count(*) AS count FROM uploads u WHERE person_id = ?
           AND NOT EXISTS (SELECT 1 FROM document_files f WHERE f.digest = u.digest)`,
        )
        .get(person.id)?.count ?? 0
    );
  }
}

/** One write may take less than the whole chunk. */
async function writeWhole(handle: FileHandle, chunk: Uint8Array): Promise<void> {
  let written = 0;
  while (written < chunk.length) {
    const { bytesWritten } = await handle.write(chunk, written, chunk.length - written);
    written += bytesWritten;
  }
}

/** A rename is only on disk once its folder is; Windows neither needs nor allows this. */
function syncFolder(path: string): void {
  if (process.platform === 'win32') return;
  const descriptor = openSync(path, 'r');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}
