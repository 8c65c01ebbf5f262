import { createHash, randomBytes } from 'node:crypto';
import type { Person } from '../contract/document.ts';
import { AppError } from '../contract/failure.ts';
import type { PersonId } from '../contract/identity.ts';
import type { Clock } from './clock.ts';
import type { Database } from './database.ts';
import type { Directory } from './directory.ts';

/** A working day. */
const sessionMs = 8 * 60 * 60 * 1000;
const maxSessionsPerPerson = 10;
/** Ended sessions are kept this long, so that a client learns "expired" and not "never heard of it". */
const endedMs = 24 * 60 * 60 * 1000;

/** A person's open session, as a request finds it. */
export interface Session {
  /** Names the session without being its secret. */
  id: string;
  person: Person;
}

function hashOf(bearer: string): string {
  return createHash('sha256').update(bearer).digest('hex');
}

/** Sessions by bearer token. Only the token's hash is stored: who reads the database can't act as anyone. */
export class Sessions {
  readonly #database: Database;
  readonly #directory: Directory;
  readonly #clock: Clock;

  constructor(database: Database, directory: Directory, clock: Clock) {
    this.#database = database;
    this.#directory = directory;
    this.#clock = clock;
  }

  /** Opens a session until `notAfter` at the latest (the certificate's own end); the oldest beyond ten is closed. */
  open(person: PersonId, notAfter: Date): { bearer: string; expiresAt: string } {
    const now = this.#clock();
    const bearer = randomBytes(32).toString('base64url');
    const expiresAt = new Date(Math.min(now.getTime() + sessionMs, notAfter.getTime())).toISOString();
    this.#database
      .transaction(() => {
        this.#database
          .prepare('DELETE FROM sessions WHERE expires_at < ?')
          .run(new Date(now.getTime() - endedMs).toISOString());
        this.#database
          .prepare(
            'INSERT INTO sessions (bearer_hash, person_id, created_at, expires_at) VALUES (?, ?, ?, ?)',
          )
          .run(hashOf(bearer), person, now.toISOString(), expiresAt);
        this.#database
          .prepare(
            `DELETE FROM sessions WHERE person_id = ? AND bearer_hash NOT IN
               (SELECT bearer_hash FROM sessions WHERE person_id = ? ORDER BY created_at DESC, rowid DESC LIMIT ?)`,
          )
          .run(person, person, maxSessionsPerPerson);
      })
      .immediate();
    return { bearer, expiresAt };
  }

  /** The session of an Authorization header; fails with `session-missing` or `session-expired`. */
  require(authorization: string | undefined): Session {
    const bearer = /^Bearer ([A-Za-z0-9_-]{32,200})$/i.exec(authorization ?? '')?.[1];
    if (!bearer) throw new AppError('session-missing');
    const id = hashOf(bearer);
    const row = this.#database
      .prepare<[string], { person_id: PersonId; expires_at: string }>(
        'SELECT person_id, expires_at FROM sessions WHERE bearer_hash = ?',
      )
      .get(id);
    if (!row) throw new AppError('session-missing');
    if (row.expires_at <= this.#clock().toISOString()) throw new AppError('session-expired');
    const person = this.#directory.person(row.person_id);
    if (!person) throw new AppError('session-missing');
    return { id, person };
  }

  close({ id }: Session): void {
    this.#database.prepare('DELETE FROM sessions WHERE bearer_hash = ?').run(id);
  }
}
