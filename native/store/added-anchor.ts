import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
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

/** `confirmed`: this program, in this profile, put it there as it stands. */
export interface StoredAnchor extends AddedAnchor {
  readonly confirmed: boolean;
}

const row = z
  .object({
    fingerprint: z.string(),
    certificate: z.instanceof(Uint8Array),
    added_at: z.string(),
    added_by: z.string(),
    mac: z.string().nullable(),
  })
  .transform(({ fingerprint, certificate, added_at, added_by, mac }) => ({
    anchor: {
      fingerprint,
      certificate,
      addedAt: new Date(added_at),
      addedBy: added_by,
    } satisfies AddedAnchor,
    mac,
  }));

/**
 * The authorities that were added at this desk. Whoever changes them writes the audit's row in the same transaction.
 */
export class AddedAnchors {
  readonly #database: Database;
  readonly #key: Uint8Array;

  constructor(database: Database, key: Uint8Array) {
    this.#database = database;
    this.#key = key;
  }

  /** In the order in which they were added. Nothing may rest on one that isn't confirmed. */
  list(): StoredAnchor[] {
    return this.#database
      .prepare(
        'SELECT fingerprint, certificate, added_at, added_by, mac FROM trust_anchor ORDER BY added_at, fingerprint',
      )
      .all()
      .map((stored) => row.parse(stored))
      .map(({ anchor, mac }) => ({ ...anchor, confirmed: this.#isOurs(anchor, mac) }));
  }

  /** Takes the place of one of the same fingerprint that wasn't confirmed. */
  add(anchor: AddedAnchor): void {
    const { fingerprint, certificate, addedAt, addedBy } = anchor;
    this.#database
      .prepare(
        'INSERT OR REPLACE INTO trust_anchor (fingerprint, certificate, added_at, added_by, mac) VALUES (?, ?, ?, ?, ?)',
      )
      .run(fingerprint, certificate, addedAt.toISOString(), addedBy, this.#mac(anchor).toString('hex'));
  }

  /** Whether there was one to take away. */
  remove(fingerprint: string): boolean {
    return (
      this.#database.prepare('DELETE FROM trust_anchor WHERE fingerprint = ?').run(fingerprint).changes > 0
    );
  }

  #isOurs(anchor: AddedAnchor, mac: string | null): boolean {
    const given = Buffer.from(mac ?? '', 'hex');
    const expected = Number.isNaN(anchor.addedAt.getTime()) ? null : this.#mac(anchor);
    if (expected === null || given.length !== expected.length || !timingSafeEqual(given, expected))
      return false;
    // Its certificate is what is trusted; the name of the row is only what it is found by.
    return createHash('sha256').update(anchor.certificate).digest('hex') === anchor.fingerprint;
  }

  #mac({ fingerprint, certificate, addedAt, addedBy }: AddedAnchor): Buffer {
    const content = createHash('sha256').update(certificate).digest('hex');
    return createHmac('sha256', this.#key)
      .update(JSON.stringify(['trust anchor', fingerprint, content, addedAt.toISOString(), addedBy]))
      .digest();
  }
}
