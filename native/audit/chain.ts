import { createHash } from 'node:crypto';

/** One line of a log that is only added to, without what chains it. */
export interface ChainEntry {
  /** From 1, without gaps. */
  readonly sequence: number;
  /** ISO 8601, UTC. */
  readonly at: string;
  /** Whoever did it; null where nobody had signed in, or the program did it. */
  readonly who: string | null;
  readonly event: string;
  /** What it was done to, a document for example. */
  readonly about: string | null;
  /** Facts, as JSON; never a secret. */
  readonly detail: string;
}

/**
 * `digest`: of this entry and, through the one before, of all before it; null for what an earlier version wrote
 * without.
 */
export interface LinkedEntry extends ChainEntry {
  readonly digest: string | null;
}

/**
 * The newest entry, as it is remembered apart from the log. `closed`: the program ended by itself, so that nothing
 * came after.
 */
export interface ChainHead {
  readonly sequence: number;
  readonly digest: string;
  readonly closed: boolean;
}

/**
 * What is wrong, at which entry. `changed`: the entry isn't what was written, or stands in another place; `missing`:
 * entries before it are gone; `cut`: the end is gone; `added`: there is more than when the program ended;
 * `otherHead`: the remembered head belongs to another chain; `headMissing`: nothing is remembered of a log that has
 * entries.
 */
export type ChainFault = 'changed' | 'missing' | 'cut' | 'added' | 'otherHead' | 'headMissing';

/** Whether a log is what was written into it. */
export type ChainState =
  | { readonly whole: true; readonly entries: number }
  | { readonly whole: false; readonly entries: number; readonly fault: ChainFault; readonly at: number };

/** What the first entry is linked to. */
export const chainStart = '0'.repeat(64);

/** The digest that links an entry to the one before: SHA-256, lower-case hexadecimal. */
export function linkOf(previous: string, entry: ChainEntry): string {
  const { sequence, at, who, event, about, detail } = entry;
  return createHash('sha256')
    .update(JSON.stringify([previous, sequence, at, who, event, about, detail]))
    .digest('hex');
}

/**
 * Walks a log from its first entry, in order of sequence, and holds it against the head that was kept apart. Entries
 * from before there was a chain are vouched for by the first linked one. `head`: undefined where none was ever kept,
 * as in a log's first run.
 */
export function checkChain(log: Iterable<LinkedEntry>, head: ChainHead | null | undefined): ChainState {
  let previous = chainStart;
  let last = 0;
  let isLinked = false;
  let atHead: string | null = head?.sequence === 0 ? chainStart : null;
  let entries = 0;
  const broken = (fault: ChainFault, at: number): ChainState => ({ whole: false, entries, fault, at });
  for (const entry of log) {
    entries += 1;
    if (isLinked && entry.digest === null) return broken('changed', entry.sequence);
    if (entry.digest !== null) {
      // Before the first linked entry numbers may be missing: nobody promised anything then.
      if (entry.sequence !== last + 1 && (isLinked || last === 0)) return broken('missing', entry.sequence);
      isLinked = true;
    }
    const link = linkOf(previous, entry);
    if (entry.digest !== null && entry.digest !== link) return broken('changed', entry.sequence);
    previous = link;
    last = entry.sequence;
    if (last === head?.sequence) atHead = link;
  }
  if (head === undefined) return { whole: true, entries };
  if (head === null) return entries === 0 ? { whole: true, entries } : broken('headMissing', last);
  if (head.sequence > last) return broken('cut', last + 1);
  if (head.digest !== atHead) return broken('otherHead', head.sequence);
  if (head.closed && last > head.sequence) return broken('added', head.sequence + 1);
  return { whole: true, entries };
}
