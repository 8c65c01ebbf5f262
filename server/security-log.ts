import { createHash } from 'node:crypto';
import { type ChainState, chainStart, checkChain, type LinkedEntry, linkOf } from '../native/audit/chain.ts';
import type { HeadFile } from '../native/audit/head-file.ts';
import type { Clock } from './clock.ts';
import type { Database } from './database.ts';

/** What the security log speaks of. */
export type SecurityEvent =
  | 'start'
  | 'stop'
  | 'trust'
  | 'sign-in'
  | 'sign-in-failed'
  | 'sign-out'
  | 'session-ended'
  | 'session-address'
  | 'act'
  | 'override'
  | 'refused';

export interface SecurityEntry {
  readonly event: SecurityEvent;
  /** A person's id, or a certificate's fingerprint where nobody is known yet. */
  readonly who: string | null;
  readonly about?: string | null;
  /** Never a bearer, a body or a header. */
  readonly detail: Readonly<Record<string, string | number | boolean>>;
}

const maxText = 300;

/**
 * What happened here that somebody may have to prove later, or find out about: each entry is linked to the one before
 * by its digest, and the newest one's digest is kept in a file apart.
 */
export class SecurityLog {
  readonly #database: Database;
  readonly #head: HeadFile;
  readonly #clock: Clock;
  #last: { readonly sequence: number; readonly digest: string };

  constructor(database: Database, head: HeadFile, clock: Clock) {
    this.#database = database;
    this.#head = head;
    this.#clock = clock;
    this.#last = database
      .prepare<[], { sequence: number; digest: string }>(
        'SELECT sequence, digest FROM security_log ORDER BY sequence DESC LIMIT 1',
      )
      .get() ?? { sequence: 0, digest: chainStart };
  }

  add({ event, who, about = null, detail }: SecurityEntry): void {
    const facts = Object.entries(detail).map(([name, value]) => [
      name,
      typeof value === 'string' ? value.slice(0, maxText) : value,
    ]);
    const entry = {
      sequence: this.#last.sequence + 1,
      at: this.#clock().toISOString(),
      ...{ who, event, about: about?.slice(0, maxText) ?? null },
      detail: JSON.stringify(Object.fromEntries(facts)),
    };
    const digest = linkOf(this.#last.digest, entry);
    this.#database
      .prepare(
        `INSERT INTO security_log (sequence, at, who, event, about, detail, digest)
         VALUES (@sequence, @at, @who, @event, @about, @detail, @digest)`,
      )
      .run({ ...entry, digest });
    this.#last = { sequence: entry.sequence, digest };
    this.#head.note(() => this.#last);
  }

  /** Writes down which authorities are trusted where they aren't those of the last run; fingerprints, sorted. */
  noteTrust(fingerprints: readonly string[]): void {
    const last = this.#database
      .prepare<[], { about: string | null }>(
        "SELECT about FROM security_log WHERE event = 'trust' ORDER BY sequence DESC LIMIT 1",
      )
      .get();
    const about = createHash('sha256').update(fingerprints.join()).digest('hex');
    if (last?.about === about) return;
    const detail = { count: fingerprints.length, first: fingerprints[0] ?? '', changed: last !== undefined };
    this.add({ event: 'trust', who: null, about, detail });
  }

  /** The newest entry's place and digest: to be written where whoever has this computer can't change it. */
  get head(): { readonly sequence: number; readonly digest: string } {
    return this.#last;
  }

  /** Whether the log is what was written into it, as far as it and the head tell. Reads all of it. */
  check(): ChainState {
    return checkSecurityLog(this.#database, this.#head);
  }

  /** Remembers that this run begins, or has ended, here. */
  mark(closed: boolean): void {
    this.#head.write({ ...this.#last, closed });
  }
}

/** The same for a log that nobody writes to just now. */
export function checkSecurityLog(database: Database, head: HeadFile): ChainState {
  const entries = database
    .prepare<[], LinkedEntry>(
      'SELECT sequence, at, who, event, about, detail, digest FROM security_log ORDER BY sequence',
    )
    .iterate();
  return checkChain(entries, head.read()?.head ?? null);
}
