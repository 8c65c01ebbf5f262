import type { Migration } from '../migration.ts';

/** By whose rules, and trusting whom, the verdicts in the cache were found. */
export const judgeCache: Migration = {
  number: 3,
  name: 'judge',
  sql: `
    CREATE TABLE judge (
      one INTEGER NOT NULL PRIMARY KEY CHECK (one = 1),
      identity TEXT NOT NULL
    ) STRICT;
  `,
};
