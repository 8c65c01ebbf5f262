import { createHash } from 'node:crypto';
import type { OfficialDocument } from '../contract/document.ts';
import { AppError } from '../contract/failure.ts';
import type { IdempotencyKey, PersonId } from '../contract/identity.ts';
import type { Database } from './database.ts';

interface ReceiptRow {
  person_id: string;
  request_digest: string;
  answer: string;
}

/** What was asked, without its key: the same key with anything else here is a conflict. */
export type ActRequest = Readonly<Record<string, string | number | readonly string[]>>;

function digestOf(act: string, request: ActRequest): string {
  const fields = Object.entries(request).sort(([a], [b]) => (a < b ? -1 : 1));
  return createHash('sha256')
    .update(JSON.stringify([act, fields]))
    .digest('hex');
}

/**
 * The answers already given, by idempotency key. Written in the same transaction as what they answer for and never removed:
 * a client that comes back after a month must find its answer, or it would do the act again.
 */
export class Receipts {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** The answer stored for this very request, or null. Fails with `idempotency-conflict` where the key means another. */
  answer(key: IdempotencyKey, person: PersonId, act: string, request: ActRequest): OfficialDocument | null {
    const row = this.#row(key);
    if (!row) return null;
    if (row.person_id !== person || row.request_digest !== digestOf(act, request)) {
      throw new AppError('idempotency-conflict');
    }
    return JSON.parse(row.answer) as OfficialDocument;
  }

  store(
    receipt: { key: IdempotencyKey; person: PersonId; act: string; request: ActRequest; at: string },
    answer: OfficialDocument,
  ): void {
    const { key, person, act, request, at } = receipt;
    this.#database
      .prepare(
        `INSERT INTO receipts (key, person_id, act, request_digest, answer, at) VALUES (?, ?, ?, ?, ?, ?)`,
      )
      .run(key.toLowerCase(), person, act, digestOf(act, request), JSON.stringify(answer), at);
  }

  /** The answer under a key, for the person who was given it and nobody else. */
  find(key: IdempotencyKey, person: PersonId): OfficialDocument | null {
    const row = this.#row(key);
    return row?.person_id === person ? (JSON.parse(row.answer) as OfficialDocument) : null;
  }

  #row(key: IdempotencyKey): ReceiptRow | undefined {
    return this.#database
      .prepare<[string], ReceiptRow>('SELECT person_id, request_digest, answer FROM receipts WHERE key = ?')
      .get(key.toLowerCase());
  }
}
