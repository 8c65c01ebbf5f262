import type { CacheStore } from '../store/cache-store.ts';
import type { KeptEvidence } from '../verification/index.ts';
import type { Log } from './log.ts';

/**
 * What was fetched about certificates, kept in the cache for when there is no line. A full disk costs what would have been at
 * hand then, never a verdict.
 */
export function keptEvidence({ statusEvidence }: CacheStore, log: Log): KeptEvidence {
  return {
    find: (key) => statusEvidence.find(key),
    put(key, bytes, until) {
      try {
        statusEvidence.put(key, bytes, until);
      } catch (error) {
        log.failure('evidence.keep', error);
      }
    },
  };
}
