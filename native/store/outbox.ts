import type { Database } from 'better-sqlite3';
import * as z from 'zod';
import { type OutboxEntry, outboxEntry } from '../../contract/desktop.ts';
import { AppError, type Failure, failure } from '../../contract/failure.ts';
import {
  type DocumentId,
  documentId,
  type FileDigest,
  type IdempotencyKey,
  type PersonId,
} from '../../contract/identity.ts';
import { type OutboxRequest, outboxRequest, requestFile } from './outbox-request.ts';

export interface NewAct {
  readonly personId: PersonId;
  readonly subject: string;
  readonly request: OutboxRequest;
}

const row = z.object({
  key: z.string(),
  document_id: documentId,
  document_version: z.int(),
  act: z.string(),
  subject: z.string(),
  state: outboxEntry.shape.state,
  attempts: z.int(),
  failure: z.string().nullable(),
  created_at: z.string(),
  confirmed_at: z.string().nullable(),
});

/** An act with the version of the document that it was decided on. */
export interface QueuedAct extends OutboxEntry {
  readonly documentVersion: number;
}

function toEntry(value: unknown): QueuedAct {
  const stored = row.parse(value);
  const entry = outboxEntry.parse({
    key: stored.key,
    documentId: stored.document_id,
    act: stored.act,
    subject: stored.subject,
    state: stored.state,
    attempts: stored.attempts,
    failure: stored.failure === null ? null : failure.parse(JSON.parse(stored.failure)),
    createdAt: stored.created_at,
    confirmedAt: stored.confirmed_at,
  });
  return { ...entry, documentVersion: stored.document_version };
}

const columns =
  'key, document_id, document_version, act, subject, state, attempts, failure, created_at, confirmed_at';

/**
 * Acts on their way to the server, one row each, in the order in which they were decided. A row's request never
 * changes and no row is ever removed; the schema's triggers hold both. Every method is synchronous, so that it can
 * stand in a transaction.
 */
export class Outbox {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** Queues an act. To be called in the transaction that stores what the act is about. */
  add(act: NewAct, now: Date): QueuedAct {
    const request = outboxRequest.parse(act.request);
    const { id, key, version } = request.input;
    this.#database
      .prepare(
        `INSERT INTO outbox (key, person_id, document_id, document_version, act, subject, request, file_digest, state, created_at)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, 'waiting', ?)`,
      )
      .run(
        key,
        act.personId,
        id,
        version,
        request.act,
        act.subject,
        JSON.stringify(request),
        requestFile(request),
        now.toISOString(),
      );
    return this.entry(key);
  }

  /** Fails with `document-missing` for a key that isn't here. */
  entry(key: IdempotencyKey): QueuedAct {
    const found = this.#database.prepare(`SELECT ${columns} FROM outbox WHERE key = ?`).get(key);
    if (found === undefined) throw new AppError('document-missing');
    return toEntry(found);
  }

  /** The request as it was queued: the same for every try. */
  request(key: IdempotencyKey): OutboxRequest {
    const text = this.#database.prepare('SELECT request FROM outbox WHERE key = ?').pluck().get(key);
    return outboxRequest.parse(JSON.parse(z.string().parse(text)));
  }

  /** A person's acts, newest first, at most `limit`, without those put away; all that are open come before any confirmed one. */
  list(personId: PersonId, limit = 500): QueuedAct[] {
    return this.#database
      .prepare(
        `SELECT ${columns} FROM outbox WHERE person_id = ? AND dismissed_at IS NULL
         ORDER BY state = 'confirmed', sequence DESC LIMIT ?`,
      )
      .all(personId, limit)
      .map(toEntry);
  }

  /** All acts that aren't confirmed, oldest first. */
  open(personId: PersonId): QueuedAct[] {
    return this.#database
      .prepare(`SELECT ${columns} FROM outbox WHERE person_id = ? AND state <> 'confirmed' ORDER BY sequence`)
      .all(personId)
      .map(toEntry);
  }

  /** How many acts still wait for the server; those that need attention aren't waiting for it. */
  waiting(personId: PersonId): number {
    return z.int().parse(
      this.#database
        .prepare(
          `SELECT count(*) FROM outbox
             WHERE person_id = ? AND state IN ('waiting', 'sending', 'outcomeUnknown')`,
        )
        .pluck()
        .get(personId),
    );
  }

  /** Whether a person has queued an act of this kind, decided on this version or a later one, in whatever state. */
  has(personId: PersonId, id: DocumentId, act: OutboxRequest['act'], version: number): boolean {
    return (
      this.#database
        .prepare(
          `SELECT 1 FROM outbox
           WHERE document_id = ? AND person_id = ? AND act = ? AND document_version >= ?`,
        )
        .get(id, personId, act, version) !== undefined
    );
  }

  /** Whether a file was ever queued to be sent: from then on nothing about it changes. */
  speaksOf(digest: FileDigest): boolean {
    return this.#database.prepare('SELECT 1 FROM outbox WHERE file_digest = ?').get(digest) !== undefined;
  }

  /**
   * Keys that may be sent now: of each document the oldest act on its way, since acts on one document keep their
   * order. An act that the server has refused stands aside and holds nothing up: what came after it was decided in
   * its knowledge.
   */
  sendable(personId: PersonId): IdempotencyKey[] {
    return this.#database
      .prepare(
        `SELECT ${columns}, min(sequence) FROM outbox
         WHERE person_id = ? AND state IN ('waiting', 'sending', 'outcomeUnknown')
         GROUP BY document_id ORDER BY min(sequence)`,
      )
      .all(personId)
      .map(toEntry)
      .filter((entry) => entry.state !== 'sending')
      .map((entry) => entry.key);
  }

  /** Written before the request leaves: a crash from here on means that the outcome is unknown. */
  markSending(key: IdempotencyKey): void {
    this.#set(key, `state = 'sending', attempts = attempts + 1`);
  }

  /** Nothing has reached the server: to be sent again. */
  markWaiting(key: IdempotencyKey, reason: Failure | null): void {
    this.#set(key, `state = 'waiting', failure = ?`, reason && JSON.stringify(reason));
  }

  /** The request may have reached the server; to be resolved by asking for the key's outcome. */
  markOutcomeUnknown(key: IdempotencyKey, reason: Failure): void {
    this.#set(key, `state = 'outcomeUnknown', failure = ?`, JSON.stringify(reason));
  }

  /** The server has done it. */
  markConfirmed(key: IdempotencyKey, at: Date): void {
    this.#set(key, `state = 'confirmed', failure = NULL, confirmed_at = ?`, at.toISOString());
  }

  /** The server has refused it, or it can't be sent as it is. Stays visible until somebody decides. */
  markNeedsAttention(key: IdempotencyKey, reason: Failure): void {
    this.#set(key, `state = 'needsAttention', failure = ?`, JSON.stringify(reason));
  }

  /** Puts an act that has ended out of sight; the row stays. */
  dismiss(key: IdempotencyKey, at: Date): void {
    this.#database.prepare('UPDATE outbox SET dismissed_at = ? WHERE key = ?').run(at.toISOString(), key);
  }

  /** After a crash: what was being sent may or may not have arrived. Returns how many acts that were. */
  recover(): number {
    const reason: Failure = { code: 'outcome-unknown', params: {}, retryable: true };
    return this.#database
      .prepare(`UPDATE outbox SET state = 'outcomeUnknown', failure = ? WHERE state = 'sending'`)
      .run(JSON.stringify(reason)).changes;
  }

  #set(key: IdempotencyKey, assignments: string, ...values: (string | null)[]): void {
    const { changes } = this.#database
      .prepare(`UPDATE outbox SET ${assignments} WHERE key = ? AND state <> 'confirmed'`)
      .run(...values, key);
    if (changes !== 1) throw new AppError('document-missing');
  }
}
