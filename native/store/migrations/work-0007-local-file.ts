import type { Migration } from '../migration.ts';

/**
 * Files on this computer: which were opened, which copies of them the store holds, and what was signed here and
 * couldn't be written where it belongs.
 */
export const localFileWork: Migration = {
  number: 7,
  name: 'local-file',
  sql: `
    CREATE TABLE recent_file (
      id TEXT PRIMARY KEY,
      path TEXT NOT NULL UNIQUE,
      opened_at TEXT NOT NULL
    ) STRICT;
    CREATE TABLE local_copy (digest TEXT PRIMARY KEY) STRICT;
    CREATE TABLE unsaved_file (
      digest TEXT PRIMARY KEY,
      bytes INTEGER NOT NULL,
      name TEXT NOT NULL,
      folder TEXT NOT NULL,
      signed_at TEXT NOT NULL
    ) STRICT;
  `,
};
