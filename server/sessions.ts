import { createHash, randomBytes } from 'node:crypto';
import type { Person } from '../contract/document.ts';
import { AppError } from '../contract/failure.ts';
import type { PersonId } from '../contract/identity.ts';
import type { CertificateWatch } from './certificate-watch.ts';
import type { Clock } from './clock.ts';
import type { Database } from './database.ts';
import type { Directory } from './directory.ts';
import type { SecurityLog } from './security-log.ts';

/** A working day. */
const sessionMs = 8 * 60 * 60 * 1000;
/** A desk that is on asks for news every half a minute: an hour without a word, and it was left, or put to sleep. */
const idleMs = 60 * 60 * 1000;
/** How long work may go on while nobody can say whether the certificate is revoked. */
const uncheckedMs = 60 * 60 * 1000;
/** That a session was used is written down this often: a row for each request would be one for each look at a list. */
const touchMs = 60 * 1000;
const maxSessionsPerPerson = 10;
/** Ended sessions are kept this long, so that a client learns "expired" and not "never heard of it". */
const endedMs = 24 * 60 * 60 * 1000;

/** A person's open session, as a request finds it. */
export interface Session {
  /** Names the session without being its secret. */
  id: string;
  person: Person;
}

interface SessionRow {
  person_id: PersonId;
  certificate: string;
  address: string;
  expires_at: string;
  used_at: string;
  checked_at: string;
  ended: string | null;
}

function hashOf(bearer: string): string {
  return createHash('sha256').update(bearer).digest('hex');
}

/** As much of a session's name as the log needs to tell it from others. */
function shortened(id: string): string {
  return id.slice(0, 12);
}

function expired(reason: string): AppError {
  return new AppError('session-expired', { reason });
}

export interface SessionsParts {
  readonly database: Database;
  readonly directory: Directory;
  readonly watch: CertificateWatch;
  readonly securityLog: SecurityLog;
  readonly clock: Clock;
}

/**
 * Sessions by bearer token, each bound to the certificate that opened it: they end with it, whether it expires, is
 * revoked, or is no longer registered to that person. Only the token's hash is stored: who reads the database can't
 * act as anyone.
 */
export class Sessions {
  readonly #parts: SessionsParts;

  constructor(parts: SessionsParts) {
    this.#parts = parts;
  }

  /** Opens a session until `notAfter` at the latest (the certificate's own end); the oldest beyond ten is closed. */
  open(holder: {
    readonly person: PersonId;
    /** SHA-256 of the certificate that has just been checked. */
    readonly certificate: string;
    readonly notAfter: Date;
    readonly address: string;
  }): { bearer: string; expiresAt: string } {
    const { database, clock, securityLog } = this.#parts;
    const { person, certificate, address, notAfter } = holder;
    const at = clock();
    const now = at.toISOString();
    const bearer = randomBytes(32).toString('base64url');
    const id = hashOf(bearer);
    const expiresAt = new Date(Math.min(at.getTime() + sessionMs, notAfter.getTime())).toISOString();
    database
      .transaction(() => {
        database
          .prepare('DELETE FROM sessions WHERE expires_at < ?')
          .run(new Date(at.getTime() - endedMs).toISOString());
        database
          .prepare(
            `INSERT INTO sessions
               (bearer_hash, person_id, certificate, address, created_at, expires_at, used_at, checked_at)
             VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
          )
          .run(id, person, certificate, address, now, expiresAt, now, now);
        database
          .prepare(
            `DELETE FROM sessions WHERE person_id = ? AND bearer_hash NOT IN
               (SELECT bearer_hash FROM sessions WHERE person_id = ? ORDER BY created_at DESC, rowid DESC LIMIT ?)`,
          )
          .run(person, person, maxSessionsPerPerson);
      })
      .immediate();
    // Once it is certain: the log must not go on from an entry that was taken back.
    securityLog.add({
      ...{ event: 'sign-in', who: person },
      detail: { session: shortened(id), certificate, address },
    });
    return { bearer, expiresAt };
  }

  /**
   * The session of an Authorization header, its certificate looked at again where that is due. Fails with
   * `session-missing`, or with `session-expired` {reason}.
   */
  async require(authorization: string | undefined, address: string): Promise<Session> {
    const bearer = /^Bearer ([A-Za-z0-9_-]{32,200})$/i.exec(authorization ?? '')?.[1];
    if (!bearer) throw new AppError('session-missing');
    const id = hashOf(bearer);
    const person = this.#standing(id);
    const { certificate } = this.#row(id);
    const state = await this.#parts.watch.state(certificate);
    // What has happened while the responders were asked counts, too: a sign-out above all.
    const row = this.#row(id);
    if (row.ended) throw expired(row.ended);
    if (state === 'unknown') {
      if (this.#age(row.checked_at) > uncheckedMs) throw this.#end(id, row, 'session-unchecked');
    } else if (state !== 'good') throw this.#end(id, row, state);
    this.#touch(id, row, address, state === 'good');
    return { id, person };
  }

  close({ id, person }: Session): void {
    const { database, securityLog } = this.#parts;
    database.prepare('DELETE FROM sessions WHERE bearer_hash = ?').run(id);
    securityLog.add({ event: 'sign-out', who: person.id, detail: { session: shortened(id) } });
  }

  /** Whose session it is, as far as can be told without asking anybody. */
  #standing(id: string): Person {
    const { directory, clock } = this.#parts;
    const row = this.#row(id);
    if (row.ended) throw expired(row.ended);
    if (row.expires_at <= clock().toISOString()) throw expired('session-too-old');
    if (this.#age(row.used_at) > idleMs) throw this.#end(id, row, 'session-idle');
    const person = directory.personByCertificate(row.certificate);
    if (person?.id !== row.person_id) throw this.#end(id, row, 'session-deregistered');
    return person;
  }

  #row(id: string): SessionRow {
    const row = this.#parts.database
      .prepare<[string], SessionRow>(
        `SELECT person_id, certificate, address, expires_at, used_at, checked_at, ended
         FROM sessions WHERE bearer_hash = ?`,
      )
      .get(id);
    if (!row) throw new AppError('session-missing');
    return row;
  }

  #age(instant: string): number {
    return this.#parts.clock().getTime() - Date.parse(instant);
  }

  /**
   * Ends this session, or all of its certificate's where the certificate is why. Returns what the request fails with.
   */
  #end(id: string, row: SessionRow, reason: string): AppError {
    const { database, securityLog } = this.#parts;
    const isOwn = reason === 'session-idle';
    database
      .prepare(
        `UPDATE sessions SET ended = ? WHERE ${isOwn ? 'bearer_hash' : 'certificate'} = ? AND ended IS NULL`,
      )
      .run(reason, isOwn ? id : row.certificate);
    const { person_id: who, certificate } = row;
    securityLog.add({ event: 'session-ended', who, detail: { session: shortened(id), certificate, reason } });
    return expired(reason);
  }

  #touch(id: string, row: SessionRow, address: string, isGood: boolean): void {
    const { database, securityLog, clock } = this.#parts;
    const moved = row.address !== address;
    if (!moved && this.#age(row.used_at) < touchMs) return;
    const now = clock().toISOString();
    database
      .prepare('UPDATE sessions SET used_at = ?, address = ?, checked_at = ? WHERE bearer_hash = ?')
      .run(now, address, isGood ? now : row.checked_at, id);
    // A laptop that changes networks does this; so does a bearer that was stolen.
    if (moved) {
      const detail = { session: shortened(id), from: row.address, to: address };
      securityLog.add({ event: 'session-address', who: row.person_id, detail });
    }
  }
}
