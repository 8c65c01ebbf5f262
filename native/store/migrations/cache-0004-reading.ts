import type { Migration } from '../migration.ts';

/** What was found when a file's reading was compared with what the window shows: bytes don't change, nor does that. */
export const readingCache: Migration = {
  number: 4,
  name: 'reading',
  sql: `
    CREATE TABLE reading (
      digest TEXT NOT NULL PRIMARY KEY,
      findings TEXT NOT NULL
    ) STRICT, WITHOUT ROWID;
  `,
};
