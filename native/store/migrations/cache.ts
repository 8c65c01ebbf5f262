import type { Migration } from '../migration.ts';
import { initialCache } from './cache-0001-initial.ts';
import { statusEvidenceCache } from './cache-0002-status-evidence.ts';
import { judgeCache } from './cache-0003-judge.ts';
import { readingCache } from './cache-0004-reading.ts';

/** Schema of cache.db, oldest step first. */
export const cacheMigrations: readonly Migration[] = [
  initialCache,
  statusEvidenceCache,
  judgeCache,
  readingCache,
];
