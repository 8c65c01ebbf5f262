import type { AgencyCode } from '../contract/identity.ts';
import type { Database } from './database.ts';

/**
 * The order of commits. A sequence is taken inside the writing transaction, and there is one writer, so a reader that has
 * seen sequence n has seen everything up to n: no row can turn up behind its cursor.
 */
export class ChangeLog {
  readonly #database: Database;
  readonly #listeners = new Set<(agencies: ReadonlySet<AgencyCode>) => void>();
  #touched = new Set<AgencyCode>();

  constructor(database: Database) {
    this.#database = database;
  }

  /** Inside a transaction: gives the change its place in the order. */
  record(change: { documentId: string; version: number; agency: AgencyCode; at: string }): number {
    const { lastInsertRowid } = this.#database
      .prepare('INSERT INTO changes (document_id, version, at) VALUES (?, ?, ?)')
      .run(change.documentId, change.version, change.at);
    this.#touched.add(change.agency);
    return Number(lastInsertRowid);
  }

  /** Runs one immediate transaction, and tells the listeners which agencies it touched once it is on disk. */
  transaction<T>(write: () => T): T {
    this.#touched = new Set();
    const result = this.#database.transaction(write).immediate();
    const touched = this.#touched;
    if (touched.size > 0) for (const listener of this.#listeners) listener(touched);
    return result;
  }

  onCommit(listener: (agencies: ReadonlySet<AgencyCode>) => void): void {
    this.#listeners.add(listener);
  }
}
