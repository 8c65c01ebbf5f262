import { randomUUID } from 'node:crypto';
import type { Database } from 'better-sqlite3';
import * as z from 'zod';
import { type DocumentId, documentId, type FileDigest, fileDigest } from '../../contract/identity.ts';

/** A file that was opened or saved before; `path` is as the system names it. */
export interface RecentRow {
  readonly id: DocumentId;
  readonly path: string;
  readonly openedAt: string;
}

/** A file that was signed here and lies in the store alone; `folder` is where it belongs. */
export interface UnsavedRow {
  readonly digest: FileDigest;
  readonly bytes: number;
  readonly name: string;
  readonly folder: string;
  readonly signedAt: string;
}

const recentRow = z.object({ id: documentId, path: z.string(), openedAt: z.string() });
const unsavedRow = z.object({
  ...{ digest: fileDigest, bytes: z.int(), name: z.string(), folder: z.string(), signedAt: z.string() },
});

/** Older ones are forgotten. */
const mostRecent = 20;

/** What is remembered of files on this computer. */
export class LocalFileRows {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** The newest first. */
  recent(): RecentRow[] {
    return this.#database
      .prepare('SELECT id, path, opened_at AS openedAt FROM recent_file ORDER BY opened_at DESC, id')
      .all()
      .map((row) => recentRow.parse(row));
  }

  /** A file was opened, or saved, at this path. */
  remember(path: string, now: Date): void {
    this.#database
      .prepare(
        `INSERT INTO recent_file (id, path, opened_at) VALUES (?, ?, ?)
         ON CONFLICT (path) DO UPDATE SET opened_at = excluded.opened_at`,
      )
      .run(randomUUID(), path, now.toISOString());
    this.#database
      .prepare(
        `DELETE FROM recent_file WHERE id NOT IN
         (SELECT id FROM recent_file ORDER BY opened_at DESC, id LIMIT ${mostRecent})`,
      )
      .run();
  }

  forget(id: DocumentId): void {
    this.#database.prepare('DELETE FROM recent_file WHERE id = ?').run(id);
  }

  /** A copy is in the store for a file's sake. */
  addCopy(digest: FileDigest): void {
    this.#database.prepare('INSERT OR IGNORE INTO local_copy (digest) VALUES (?)').run(digest);
  }

  copies(): FileDigest[] {
    return this.#database
      .prepare('SELECT digest FROM local_copy')
      .pluck()
      .all()
      .map((digest) => fileDigest.parse(digest));
  }

  removeCopy(digest: FileDigest): void {
    this.#database.prepare('DELETE FROM local_copy WHERE digest = ?').run(digest);
  }

  addUnsaved({ digest, bytes, name, folder, signedAt }: UnsavedRow): void {
    this.#database
      .prepare(
        `INSERT OR REPLACE INTO unsaved_file (digest, bytes, name, folder, signed_at) VALUES (?, ?, ?, ?, ?)`,
      )
      .run(digest, bytes, name, folder, signedAt);
  }

  /** The oldest first. */
  unsaved(): UnsavedRow[] {
    return this.#database
      .prepare(
        'SELECT digest, bytes, name, folder, signed_at AS signedAt FROM unsaved_file ORDER BY signed_at, digest',
      )
      .all()
      .map((row) => unsavedRow.parse(row));
  }

  removeUnsaved(digest: FileDigest): void {
    this.#database.prepare('DELETE FROM unsaved_file WHERE digest = ?').run(digest);
  }
}
