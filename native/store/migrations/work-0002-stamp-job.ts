import type { Migration } from '../migration.ts';

/** Files that were sealed here and are to get a time stamp before they are issued. No row is ever removed. */
export const stampJobWork: Migration = {
  number: 2,
  name: 'stamp-job',
  sql: `
    CREATE TABLE stamp_job (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      document_id TEXT NOT NULL,
      digest TEXT NOT NULL UNIQUE,
      state TEXT NOT NULL CHECK (state IN ('waiting', 'stamped', 'givenUp')),
      attempts INTEGER NOT NULL DEFAULT 0,
      failure TEXT,
      stamped_digest TEXT,
      created_at TEXT NOT NULL,
      ended_at TEXT,
      CHECK ((state = 'waiting') = (ended_at IS NULL)),
      CHECK ((state = 'stamped') = (stamped_digest IS NOT NULL))
    ) STRICT;
    CREATE INDEX stamp_job_waiting ON stamp_job (id) WHERE state = 'waiting';
    CREATE TRIGGER stamp_job_end_is_final BEFORE UPDATE OF state ON stamp_job
      WHEN OLD.state <> 'waiting' AND NEW.state <> OLD.state
      BEGIN SELECT RAISE(ABORT, 'an ended stamp job stays ended'); END;
  `,
};
