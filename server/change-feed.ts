import type { Person } from '../contract/document.ts';
import { AppError } from '../contract/failure.ts';
import type { AgencyCode } from '../contract/identity.ts';
import type { ChangePage } from '../contract/province.ts';
import type { ChangeLog } from './change-log.ts';
import type { Clock } from './clock.ts';
import { type Database, epochOf } from './database.ts';
import type { Documents } from './documents.ts';
import type { Session } from './sessions.ts';

const pageSize = 100;

interface Waiter {
  agency: AgencyCode;
  wake(): void;
}

/** What has changed for an agency since a cursor, now or as soon as something does. */
export class ChangeFeed {
  readonly #database: Database;
  readonly #documents: Documents;
  readonly #clock: Clock;
  readonly #epoch: string;
  /** At most one for each session. */
  readonly #waiters = new Map<string, Waiter>();
  #closed = false;

  constructor(parts: { database: Database; documents: Documents; log: ChangeLog; clock: Clock }) {
    this.#database = parts.database;
    this.#documents = parts.documents;
    this.#clock = parts.clock;
    this.#epoch = epochOf(parts.database);
    parts.log.onCommit((agencies) => {
      for (const waiter of [...this.#waiters.values()]) if (agencies.has(waiter.agency)) waiter.wake();
    });
  }

  /**
   * The next page. With nothing new, waits up to `waitSeconds` for a commit that touches the session's agency; a second
   * call of the same session, a client that goes away and a closing server all end the wait early.
   *
   * Fails with `input-invalid` {field: 'cursor'} for a cursor of another database, agency or time.
   */
  async page(
    session: Session,
    query: { cursor?: string | undefined; waitSeconds: number },
    signal?: AbortSignal,
  ): Promise<ChangePage> {
    const page = this.#read(session.person, query.cursor);
    if (page.documents.length > 0 || query.waitSeconds === 0) return page;
    await this.#commit(session, query.waitSeconds * 1000, signal);
    return this.#read(session.person, query.cursor);
  }

  /** Lets everybody go who waits, and nobody wait any more. */
  close(): void {
    this.#closed = true;
    for (const waiter of [...this.#waiters.values()]) waiter.wake();
  }

  get waiting(): number {
    return this.#waiters.size;
  }

  #read(person: Person, cursor: string | undefined): ChangePage {
    const agency = person.agency.code;
    const since = cursor === undefined ? 0 : this.#sequence(cursor, agency);
    const { documents, last, more } = this.#documents.changedSince(agency, since, pageSize);
    return {
      documents,
      cursor: `${this.#epoch}.${agency}.${last}`,
      more,
      serverTime: this.#clock().toISOString(),
    };
  }

  /** A cursor holds for one database and one agency: someone who moves to another agency has to read it from the start. */
  #sequence(cursor: string, agency: AgencyCode): number {
    const prefix = `${this.#epoch}.${agency}.`;
    const digits = cursor.startsWith(prefix) ? cursor.slice(prefix.length) : '';
    if (!/^\d{1,15}$/.test(digits)) throw new AppError('input-invalid', { field: 'cursor' });
    const sequence = Number(digits);
    const newest = this.#database
      .prepare<[], { sequence: number | null }>('SELECT max(sequence) AS sequence FROM changes')
      .get()?.sequence;
    // Ahead of the newest commit: the database was put back to an earlier copy.
    if (sequence > (newest ?? 0)) throw new AppError('input-invalid', { field: 'cursor' });
    return sequence;
  }

  #commit(session: Session, milliseconds: number, signal: AbortSignal | undefined): Promise<void> {
    return new Promise((resolve) => {
      if (this.#closed || signal?.aborted) {
        resolve();
        return;
      }
      this.#waiters.get(session.id)?.wake();
      const wake = () => {
        clearTimeout(timer);
        signal?.removeEventListener('abort', wake);
        if (this.#waiters.get(session.id) === waiter) this.#waiters.delete(session.id);
        resolve();
      };
      const waiter: Waiter = { agency: session.person.agency.code, wake };
      const timer = setTimeout(wake, milliseconds);
      signal?.addEventListener('abort', wake, { once: true });
      this.#waiters.set(session.id, waiter);
    });
  }
}
