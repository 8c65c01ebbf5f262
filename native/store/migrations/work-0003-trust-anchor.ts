import type { Migration } from '../migration.ts';

/** Authorities that somebody at this desk decided to trust, with who and when; the audit keeps what was taken away again. */
export const trustAnchorWork: Migration = {
  number: 3,
  name: 'trust-anchor',
  sql: `
    CREATE TABLE trust_anchor (
      fingerprint TEXT NOT NULL PRIMARY KEY,
      certificate BLOB NOT NULL,
      added_at TEXT NOT NULL,
      added_by TEXT NOT NULL
    ) STRICT, WITHOUT ROWID;
  `,
};
