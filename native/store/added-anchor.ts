import type { Database } from 'better-sqlite3';
import * as z from 'zod';

/** An authority's certificate that a person added to those which this desk trusts. */
export interface AddedAnchor {
  /** SHA-256 of the certificate, lower-case hexadecimal. */
  readonly fingerprint: string;
  /** DER. */
  readonly certificate: Uint8Array;
  readonly addedAt: Date;
  readonly addedBy: string;
}

const row = z
  .object({
    fingerprint: z.string(),
    certificate: z.instanceof(Uint8Array),
    added_at: z.string(),
    added_by: z.string(),
  })
  .transform(
    (stored): AddedAnchor => ({
      fingerprint: stored.fingerprint,
      certificate: stored.certificate,
      addedAt: new Date(stored.added_at),
      addedBy: stored.added_by,
    }),
  );

/** The authorities that were added at this desk. Whoever changes them writes the audit's row in the same transaction. */
export class AddedAnchors {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** In the order in which they were added. */
  list(): AddedAnchor[] {
    return this.#database
      .prepare(
        'SELECT fingerprint, certificate, added_at, added_by FROM trust_anchor ORDER BY added_at, fingerprint',
      )
      .all()
      .map((stored) => row.parse(stored));
  }

  add({ fingerprint, certificate, addedAt, addedBy }: AddedAnchor): void {
    this.#database
      .prepare('INSERT INTO trust_anchor (fingerprint, certificate, added_at, added_by) VALUES (?, ?, ?, ?)')
      .run(fingerprint, certificate, addedAt.toISOString(), addedBy);
  }

  /** Whether there was one to take away. */
  remove(fingerprint: string): boolean {
    return (
      this.#database.prepare('DELETE FROM trust_anchor WHERE fingerprint = ?').run(fingerprint).changes > 0
    );
  }
}
