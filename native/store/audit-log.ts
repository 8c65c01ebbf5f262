import type { Database } from 'better-sqlite3';
import type { FailureParams } from '../../contract/failure.ts';
import type { DocumentId, PersonId } from '../../contract/identity.ts';
import {
  type ChainEntry,
  type ChainHead,
  type ChainState,
  chainStart,
  checkChain,
  type LinkedEntry,
  linkOf,
} from '../audit/chain.ts';
import type { HeadFile } from '../audit/head-file.ts';

export interface AuditEvent {
  readonly event:
    | 'signIn'
    | 'signInFailed'
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
    /** An authority in the database that this program didn't put there; nothing rests on it. */
    | 'anchorIgnored'
    /** The audit itself isn't what was written into it. */
    | 'auditBroken'
    | 'evidenceDestroy'
    | 'restore';
  readonly personId: PersonId | null;
  readonly documentId: DocumentId | null;
  /** Facts such as a digest or a certificate's serial number; never a secret. */
  readonly detail: FailureParams;
}

const columns = 'sequence, at, person_id AS who, event, document_id AS about, detail, digest';

/**
 * What was done at this desk, in order. Only added to: the schema refuses anything else, and each entry is linked to
 * the one before, so that what is changed without the program is found.
 */
export class AuditLog {
  readonly #database: Database;
  readonly #head: HeadFile;

  constructor(database: Database, head: HeadFile) {
    this.#database = database;
    this.#head = head;
  }

  add(event: AuditEvent, now: Date): void {
    const last = this.#newest();
    const entry: ChainEntry = {
      sequence: last.sequence + 1,
      at: now.toISOString(),
      ...{ who: event.personId, event: event.event, about: event.documentId },
      detail: JSON.stringify(event.detail),
    };
    this.#database
      .prepare(
        `INSERT INTO audit (sequence, at, person_id, event, document_id, detail, digest)
         VALUES (@sequence, @at, @who, @event, @about, @detail, @digest)`,
      )
      .run({ ...entry, digest: linkOf(last.digest, entry) });
    this.#head.note(() => this.#newest());
  }

  /** Which of these was written last about a certificate's fingerprint; null where none was. */
  lastOf(events: readonly AuditEvent['event'][], fingerprint: string): string | null {
    const found = this.#database
      .prepare<string[], { event: string }>(
        `SELECT event FROM audit WHERE event IN (${events.map(() => '?').join()})
         AND json_extract(detail, '$.fingerprint') = ? ORDER BY sequence DESC LIMIT 1`,
      )
      .get(...events, fingerprint);
    return found?.event ?? null;
  }

  /** Whether the audit is what was written into it, as far as it and its head tell. Reads all of it. */
  check(): ChainState {
    const isLinked = this.#database.prepare('SELECT 1 FROM audit WHERE digest IS NOT NULL LIMIT 1').get();
    const remembered = this.#head.read();
    const state = checkChain(
      this.#entries(),
      this.#headToCheck(remembered?.head ?? null, isLinked !== undefined),
    );
    if (state.whole && remembered?.confirmed === false) {
      // A head that somebody wrote without the key vouches for nothing.
      return { whole: false, entries: state.entries, fault: 'otherHead', at: remembered.head.sequence };
    }
    return state;
  }

  /** Remembers that this run begins, or has ended, here. */
  mark(closed: boolean): void {
    this.#head.write({ ...this.#newest(), closed });
  }

  /** A log that has never been linked has no head to be held against. */
  #headToCheck(head: ChainHead | null, isLinked: boolean): ChainHead | null | undefined {
    return head ?? (isLinked ? null : undefined);
  }

  #entries(): Iterable<LinkedEntry> {
    return this.#database
      .prepare<[], LinkedEntry>(`SELECT ${columns} FROM audit ORDER BY sequence`)
      .iterate();
  }

  #newest(): { readonly sequence: number; readonly digest: string } {
    const last = this.#database
      .prepare<[], { sequence: number; digest: string | null }>(
        'SELECT sequence, digest FROM audit ORDER BY sequence DESC LIMIT 1',
      )
      .get();
    if (!last) return { sequence: 0, digest: chainStart };
    if (last.digest !== null) return { sequence: last.sequence, digest: last.digest };
    // The first entry after those of an earlier version vouches for all of them.
    let digest = chainStart;
    for (const entry of this.#entries()) digest = linkOf(digest, entry);
    return { sequence: last.sequence, digest };
  }
}
