import type { Fetcher } from './fetcher.ts';

/**
 * What a fetcher brought is kept for a minute, failures included: a batch of a hundred files by one signer asks once, and a
 * dead responder costs its ten seconds once. No longer, so that a revocation shows soon; nextUpdate is checked on each use.
 * Failures are forgotten at once when a line is back.
 */
const keepMs = 60_000;
const entriesKept = 200;

interface Entry {
  readonly until: number;
  readonly value: Promise<unknown>;
  /** False for a failure, and while nothing has come yet. */
  brought: boolean;
}

const memories = new WeakMap<Fetcher, Map<string, Entry>>();

/** The value that `fetch` gave for `key`, null where it failed; asked through `fetcher` at most once a minute. */
export async function remembered<T>(
  fetcher: Fetcher,
  key: string,
  fetch: () => Promise<T | null>,
): Promise<T | null> {
  const memory = memories.get(fetcher) ?? new Map<string, Entry>();
  memories.set(fetcher, memory);
  const known = memory.get(key);
  if (known && known.until > Date.now()) return (await known.value) as T | null;
  const oldest = memory.keys().next();
  if (memory.size >= entriesKept && !oldest.done) memory.delete(oldest.value);
  // A fetcher fails for as many reasons as a network does; to a verdict they all mean "unknown".
  const value = fetch().catch(() => null);
  memory.delete(key);
  const entry: Entry = { until: Date.now() + keepMs, value, brought: false };
  memory.set(key, entry);
  const brought = await value;
  entry.brought = brought !== null;
  return brought;
}

/** There is a line again: lets `fetcher` be asked anew for what it couldn't bring or was asked for before, without one perhaps. */
export function forgetFailures(fetcher: Fetcher): void {
  const memory = memories.get(fetcher) ?? new Map<string, Entry>();
  for (const [key, { brought }] of memory) if (!brought) memory.delete(key);
}
