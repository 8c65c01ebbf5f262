import type { Migration } from '../migration.ts';
import { initialCache } from './cache-0001-initial.ts';

/** Schema of cache.db, oldest step first. */
export const cacheMigrations: readonly Migration[] = [initialCache];
