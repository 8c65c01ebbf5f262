import type { Migration } from '../migration.ts';

/** What the server knows, too, or what can be computed again: thrown away without loss. */
export const initialCache: Migration = {
  number: 1,
  name: 'initial',
  sql: `
    CREATE TABLE document (
      id TEXT NOT NULL PRIMARY KEY,
      version INTEGER NOT NULL,
      kind TEXT NOT NULL,
      state TEXT NOT NULL,
      updated_at TEXT NOT NULL,
      content TEXT NOT NULL
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX document_updated ON document (updated_at DESC);

    CREATE TABLE cursor (
      one INTEGER NOT NULL PRIMARY KEY CHECK (one = 1),
      person_id TEXT NOT NULL,
      value TEXT
    ) STRICT;

    CREATE TABLE verification (
      digest TEXT NOT NULL,
      day TEXT NOT NULL,
      report TEXT NOT NULL,
      PRIMARY KEY (digest, day)
    ) STRICT, WITHOUT ROWID;
  `,
};
