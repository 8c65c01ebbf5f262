import type { Migration } from '../migration.ts';

/** Lists and answers about certificates' status, as they were fetched, until they run out. */
export const statusEvidenceCache: Migration = {
  number: 2,
  name: 'status-evidence',
  sql: `
    CREATE TABLE status_evidence (
      key TEXT NOT NULL PRIMARY KEY,
      bytes BLOB NOT NULL,
      until TEXT NOT NULL,
      kept_at TEXT NOT NULL
    ) STRICT;
    CREATE INDEX status_evidence_age ON status_evidence (kept_at);
  `,
};
