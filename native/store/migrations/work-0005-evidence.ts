import type { Migration } from '../migration.ts';

/**
 * What the verdict on a file rested on (TT 15/2025 Đ5 K6, Đ6 K2), by the file's digest. A revocation list serves many files, so that
 * each piece is kept once; the last file that rests on it takes it along. A row stays when its evidence was destroyed: then it isn't
 * gathered again.
 */
export const evidenceWork: Migration = {
  number: 5,
  name: 'evidence',
  sql: `
    CREATE TABLE evidence (
      digest TEXT NOT NULL PRIMARY KEY,
      kept_at TEXT NOT NULL,
      report TEXT,
      destroyed_at TEXT,
      CHECK ((report IS NULL) = (destroyed_at IS NOT NULL))
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE evidence_piece (
      hash TEXT NOT NULL PRIMARY KEY,
      kind TEXT NOT NULL CHECK (kind IN ('certificate', 'ocsp', 'crl')),
      bytes BLOB NOT NULL
    ) STRICT;
    CREATE TABLE evidence_use (
      digest TEXT NOT NULL REFERENCES evidence (digest),
      hash TEXT NOT NULL REFERENCES evidence_piece (hash),
      PRIMARY KEY (digest, hash)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX evidence_use_hash ON evidence_use (hash);
    CREATE TRIGGER evidence_stays_destroyed BEFORE UPDATE OF report ON evidence
      WHEN OLD.destroyed_at IS NOT NULL AND NEW.report IS NOT NULL
      BEGIN SELECT RAISE(ABORT, 'what was destroyed stays so'); END;
  `,
};
