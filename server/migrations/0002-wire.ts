/**
 * Sessions are bound to the certificate that opened them, and say why they ended; those from before are gone, since
 * nobody knows whose they were. What a person sends is counted by the day. The security log is only added to, each
 * entry linked to the one before.
 */
export const wire = `
DROP TABLE sessions;
CREATE TABLE sessions (
  bearer_hash TEXT PRIMARY KEY,
  person_id TEXT NOT NULL REFERENCES people (id),
  certificate TEXT NOT NULL,
  address TEXT NOT NULL,
  created_at TEXT NOT NULL,
  expires_at TEXT NOT NULL,
  used_at TEXT NOT NULL,
  checked_at TEXT NOT NULL,
  ended TEXT
) STRICT;
CREATE INDEX sessions_person ON sessions (person_id, created_at);
CREATE INDEX sessions_certificate ON sessions (certificate);

CREATE TABLE upload_use (
  person_id TEXT NOT NULL REFERENCES people (id),
  day TEXT NOT NULL,
  files INTEGER NOT NULL,
  bytes INTEGER NOT NULL,
  PRIMARY KEY (person_id, day)
) STRICT, WITHOUT ROWID;

CREATE TABLE security_log (
  sequence INTEGER PRIMARY KEY,
  at TEXT NOT NULL,
  who TEXT,
  event TEXT NOT NULL,
  about TEXT,
  detail TEXT NOT NULL,
  digest TEXT NOT NULL
) STRICT;
CREATE TRIGGER security_log_keeps_rows BEFORE DELETE ON security_log
  BEGIN SELECT RAISE(ABORT, 'the security log is only added to'); END;
CREATE TRIGGER security_log_keeps_text BEFORE UPDATE ON security_log
  BEGIN SELECT RAISE(ABORT, 'the security log is only added to'); END;
`;
