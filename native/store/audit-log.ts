import type { Database } from 'better-sqlite3';
import type { FailureParams } from '../../contract/failure.ts';
import type { DocumentId, PersonId } from '../../contract/identity.ts';

export interface AuditEvent {
  readonly event:
    | 'signIn'
    | 'signOut'
    | 'sign'
    | 'seal'
    | 'timeStamp'
    | 'queue'
    /** Registered although the signatures don't suffice. */
    | 'override'
    | 'confirm'
    | 'refused'
    | 'dismiss'
    | 'trustAdd'
    | 'trustRemove'
    | 'evidenceDestroy'
    | 'restore';
  readonly personId: PersonId | null;
  readonly documentId: DocumentId | null;
  /** Facts such as a digest or a certificate's serial number; never a secret. */
  readonly detail: FailureParams;
}

/** What was done at this desk, in order. Only added to; the schema refuses anything else. */
export class AuditLog {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  add(event: AuditEvent, now: Date): void {
    this.#database
      .prepare('INSERT INTO audit (at, person_id, event, document_id, detail) VALUES (?, ?, ?, ?, ?)')
      .run(now.toISOString(), event.personId, event.event, event.documentId, JSON.stringify(event.detail));
  }
}
