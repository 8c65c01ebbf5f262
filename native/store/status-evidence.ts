import type { Database } from 'better-sqlite3';

export interface StatusEvidenceBounds {
  readonly maxBytes: number;
  readonly maxRows: number;
}

const usualBounds: StatusEvidenceBounds = { maxBytes: 64 * 1024 * 1024, maxRows: 2000 };

/**
 * What was fetched about certificates: revocation lists, answers of responders, issuers' certificates. Public, so
 * that it isn't one person's; whoever reads it judges it like anything from the network. Bounded: what runs out first
 * makes room, of that what was kept longest ago, so that no list crowds out the issuers, which are small and never
 * run out.
 */
export class StatusEvidence {
  readonly #database: Database;
  readonly #bounds: StatusEvidenceBounds;
  readonly #now: () => Date;

  constructor(database: Database, bounds: StatusEvidenceBounds = usualBounds, now = () => new Date()) {
    this.#database = database;
    this.#bounds = bounds;
    this.#now = now;
  }

  /** The bytes kept under that key, unless they have run out. */
  find(key: string): Uint8Array | null {
    const bytes = this.#database
      .prepare('SELECT bytes FROM status_evidence WHERE key = ? AND until > ?')
      .pluck()
      .get(key, this.#now().toISOString());
    return bytes instanceof Uint8Array ? bytes : null;
  }

  /** Takes the place of what was kept under that key. What is larger than all the room isn't kept at all. */
  put(key: string, bytes: Uint8Array, until: Date): void {
    const { maxBytes, maxRows } = this.#bounds;
    if (bytes.length > maxBytes) return;
    const now = this.#now().toISOString();
    this.#database
      .transaction(() => {
        this.#database.prepare('DELETE FROM status_evidence WHERE key = ? OR until <= ?').run(key, now);
        this.#makeRoom(maxBytes - bytes.length, maxRows - 1);
        this.#database
          .prepare('INSERT INTO status_evidence (key, bytes, until, kept_at) VALUES (?, ?, ?, ?)')
          .run(key, bytes, until.toISOString(), now);
      })
      .immediate();
  }

  #makeRoom(bytes: number, rows: number): void {
    // Sums from what lasts longest on: what lies beyond the bound runs out first.
    this.#database
      .prepare(
        `DELETE FROM status_evidence WHERE key IN (
           SELECT key FROM (
             SELECT key, sum(length(bytes)) OVER lasting AS total, row_number() OVER lasting AS place
             FROM status_evidence WINDOW lasting AS (ORDER BY until DESC, kept_at DESC, key)
           ) WHERE total > ? OR place > ?)`,
      )
      .run(bytes, rows);
  }
}
