import type { Database } from 'better-sqlite3';
import type { FileDigest } from '../../contract/identity.ts';
import { type VerificationReport, verificationReport } from '../../contract/verdict.ts';

/** Verdicts by file and day: bytes don't change, but certificates get revoked and lists get newer. */
export class VerificationCache {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** `day`: YYYY-MM-DD. */
  find(digest: FileDigest, day: string): VerificationReport | null {
    const text = this.#database
      .prepare('SELECT report FROM verification WHERE digest = ? AND day = ?')
      .pluck()
      .get(digest, day);
    return typeof text === 'string' ? verificationReport.parse(JSON.parse(text)) : null;
  }

  /** Keeps what this judge found, and drops the verdicts of any other; whether there were some to drop. */
  keepOf(judge: string): boolean {
    return this.#database
      .transaction(() => {
        const before = this.#database.prepare('SELECT identity FROM judge').pluck().get();
        if (before === judge) return false;
        this.clear();
        this.#database.prepare('INSERT OR REPLACE INTO judge (one, identity) VALUES (1, ?)').run(judge);
        return true;
      })
      .immediate();
  }

  /** Drops one file's. */
  remove(digest: FileDigest): void {
    this.#database.prepare('DELETE FROM verification WHERE digest = ?').run(digest);
  }

  /** Drops all of them. */
  clear(): void {
    this.#database.prepare('DELETE FROM verification').run();
  }

  /** Keeps a verdict; the same file's older ones are dropped. */
  put(digest: FileDigest, day: string, report: VerificationReport): void {
    this.#database
      .transaction(() => {
        this.#database.prepare('DELETE FROM verification WHERE digest = ?').run(digest);
        this.#database
          .prepare('INSERT INTO verification (digest, day, report) VALUES (?, ?, ?)')
          .run(digest, day, JSON.stringify(report));
      })
      .immediate();
  }
}
