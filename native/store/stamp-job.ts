import type { Database } from 'better-sqlite3';
import * as z from 'zod';
import { type Failure, failure } from '../../contract/failure.ts';
import { type DocumentId, documentId, type FileDigest, fileDigest } from '../../contract/identity.ts';

/** A file that waits for a time stamp, is one with it, or goes without. */
export interface StampJob {
  readonly documentId: DocumentId;
  /** The file as it was sealed. */
  readonly digest: FileDigest;
  readonly state: 'waiting' | 'stamped' | 'givenUp';
  readonly attempts: number;
  /** Why the last try failed, or why there is none any more. */
  readonly failure: Failure | null;
  readonly stampedDigest: FileDigest | null;
}

const row = z
  .object({
    document_id: documentId,
    digest: fileDigest,
    state: z.enum(['waiting', 'stamped', 'givenUp']),
    attempts: z.int(),
    failure: z.string().nullable(),
    stamped_digest: fileDigest.nullable(),
  })
  .transform(
    (stored): StampJob => ({
      documentId: stored.document_id,
      digest: stored.digest,
      state: stored.state,
      attempts: stored.attempts,
      failure: stored.failure === null ? null : failure.parse(JSON.parse(stored.failure)),
      stampedDigest: stored.stamped_digest,
    }),
  );

const columns = 'document_id, digest, state, attempts, failure, stamped_digest';

/** The queue of time stamps: a row before it is a request, so that it outlives the program's end. */
export class StampJobs {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** To be called in the transaction that stores the sealed file. */
  add(job: Pick<StampJob, 'documentId' | 'digest'>, now: Date): void {
    this.#database
      .prepare(`INSERT INTO stamp_job (document_id, digest, state, created_at) VALUES (?, ?, 'waiting', ?)`)
      .run(job.documentId, job.digest, now.toISOString());
  }

  /** Oldest first. */
  waiting(): StampJob[] {
    return this.#database
      .prepare(`SELECT ${columns} FROM stamp_job WHERE state = 'waiting' ORDER BY id`)
      .all()
      .map((stored) => row.parse(stored));
  }

  /** The job of the file as it was sealed; null where it never had one. */
  find(digest: FileDigest): StampJob | null {
    const found = this.#database.prepare(`SELECT ${columns} FROM stamp_job WHERE digest = ?`).get(digest);
    return found === undefined ? null : row.parse(found);
  }

  /** A try has failed; another will be made. */
  markTried(digest: FileDigest, reason: Failure): void {
    this.#database
      .prepare(
        `UPDATE stamp_job SET attempts = attempts + 1, failure = ? WHERE digest = ? AND state = 'waiting'`,
      )
      .run(JSON.stringify(reason), digest);
  }

  markStamped(digest: FileDigest, stamped: FileDigest, now: Date): void {
    this.#database
      .prepare(
        `UPDATE stamp_job SET state = 'stamped', attempts = attempts + 1, failure = NULL, stamped_digest = ?, ended_at = ?
         WHERE digest = ? AND state = 'waiting'`,
      )
      .run(stamped, now.toISOString(), digest);
  }

  /** The file goes without a stamp; `reason` says why. */
  markGivenUp(digest: FileDigest, reason: Failure, now: Date): void {
    this.#database
      .prepare(
        `UPDATE stamp_job SET state = 'givenUp', failure = ?, ended_at = ? WHERE digest = ? AND state = 'waiting'`,
      )
      .run(JSON.stringify(reason), now.toISOString(), digest);
  }
}
