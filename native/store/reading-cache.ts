import type { Database } from 'better-sqlite3';
import * as z from 'zod';
import { type FileFinding, fileFinding } from '../../contract/file-finding.ts';
import type { FileDigest } from '../../contract/identity.ts';

/** What finished comparisons of readings found, by file. */
export class ReadingCache {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** Null where the file hasn't been compared. */
  find(digest: FileDigest): readonly FileFinding[] | null {
    const text = this.#database.prepare('SELECT findings FROM reading WHERE digest = ?').pluck().get(digest);
    return typeof text === 'string' ? z.array(fileFinding).parse(JSON.parse(text)) : null;
  }

  put(digest: FileDigest, findings: readonly FileFinding[]): void {
    this.#database
      .prepare('INSERT OR REPLACE INTO reading (digest, findings) VALUES (?, ?)')
      .run(digest, JSON.stringify(findings));
  }

  /** Drops all of them. */
  clear(): void {
    this.#database.prepare('DELETE FROM reading').run();
  }
}
