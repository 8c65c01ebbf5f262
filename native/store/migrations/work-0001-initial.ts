import type { Migration } from '../migration.ts';

/**
 * What can't be fetched again: acts on their way, files signed here, what was done. The triggers hold what the
 * code promises even against the code: no act is dropped, no line of the audit is altered.
 */
export const initialWork: Migration = {
  number: 1,
  name: 'initial',
  sql: `
    CREATE TABLE signed_file (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      document_id TEXT NOT NULL,
      purpose TEXT NOT NULL CHECK (purpose IN ('approval', 'seal')),
      source_digest TEXT NOT NULL,
      digest TEXT NOT NULL,
      bytes INTEGER NOT NULL,
      name TEXT NOT NULL,
      person_id TEXT NOT NULL,
      signed_at TEXT NOT NULL,
      set_aside_at TEXT
    ) STRICT;
    CREATE UNIQUE INDEX signed_file_once
      ON signed_file (document_id, purpose, source_digest) WHERE set_aside_at IS NULL;
    CREATE INDEX signed_file_digest ON signed_file (digest);

    CREATE TABLE outbox (
      sequence INTEGER PRIMARY KEY AUTOINCREMENT,
      key TEXT NOT NULL UNIQUE,
      person_id TEXT NOT NULL,
      document_id TEXT NOT NULL,
      document_version INTEGER NOT NULL,
      act TEXT NOT NULL,
      subject TEXT NOT NULL,
      request TEXT NOT NULL,
      file_digest TEXT,
      state TEXT NOT NULL
        CHECK (state IN ('waiting', 'sending', 'outcomeUnknown', 'confirmed', 'needsAttention')),
      attempts INTEGER NOT NULL DEFAULT 0,
      failure TEXT,
      created_at TEXT NOT NULL,
      confirmed_at TEXT,
      CHECK ((state = 'confirmed') = (confirmed_at IS NOT NULL))
    ) STRICT;
    CREATE INDEX outbox_open ON outbox (person_id, document_id, sequence) WHERE state <> 'confirmed';
    CREATE INDEX outbox_document ON outbox (document_id, sequence);
    CREATE TRIGGER outbox_keeps_rows BEFORE DELETE ON outbox
      BEGIN SELECT RAISE(ABORT, 'an act is never dropped'); END;
    CREATE TRIGGER outbox_keeps_requests BEFORE UPDATE OF key, person_id, document_id, request, file_digest ON outbox
      BEGIN SELECT RAISE(ABORT, 'a queued request never changes'); END;
    CREATE TRIGGER outbox_confirmed_is_final BEFORE UPDATE OF state ON outbox
      WHEN OLD.state = 'confirmed' AND NEW.state <> 'confirmed'
      BEGIN SELECT RAISE(ABORT, 'a confirmed act stays confirmed'); END;

    CREATE TABLE audit (
      sequence INTEGER PRIMARY KEY AUTOINCREMENT,
      at TEXT NOT NULL,
      person_id TEXT,
      event TEXT NOT NULL,
      document_id TEXT,
      detail TEXT NOT NULL
    ) STRICT;
    CREATE TRIGGER audit_keeps_rows BEFORE DELETE ON audit
      BEGIN SELECT RAISE(ABORT, 'the audit is only added to'); END;
    CREATE TRIGGER audit_keeps_text BEFORE UPDATE ON audit
      BEGIN SELECT RAISE(ABORT, 'the audit is only added to'); END;
  `,
};
