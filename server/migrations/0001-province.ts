/**
 * The first form of the province's database. Documents are kept whole, as the contract's JSON, beside the few columns
 * that are searched; numbers, receipts and the order of commits are tables with constraints of their own, because a
 * duplicate there would be a legal fault and not just a wrong display.
 */
export const province = `
CREATE TABLE epoch (
  value TEXT NOT NULL
) STRICT;

CREATE TABLE agencies (
  code TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  level TEXT NOT NULL
) STRICT;

CREATE TABLE people (
  id TEXT PRIMARY KEY,
  agency TEXT NOT NULL REFERENCES agencies (code),
  position TEXT NOT NULL,
  role TEXT NOT NULL
) STRICT;

CREATE TABLE certificates (
  fingerprint TEXT PRIMARY KEY,
  person_id TEXT REFERENCES people (id),
  agency TEXT REFERENCES agencies (code),
  der BLOB NOT NULL,
  CHECK ((person_id IS NULL) <> (agency IS NULL))
) STRICT;
CREATE INDEX certificates_person ON certificates (person_id);
CREATE INDEX certificates_agency ON certificates (agency);

CREATE TABLE sessions (
  bearer_hash TEXT PRIMARY KEY,
  person_id TEXT NOT NULL REFERENCES people (id),
  created_at TEXT NOT NULL,
  expires_at TEXT NOT NULL
) STRICT;
CREATE INDEX sessions_person ON sessions (person_id, created_at);

CREATE TABLE files (
  digest TEXT PRIMARY KEY,
  bytes INTEGER NOT NULL,
  stored_at TEXT NOT NULL
) STRICT;

CREATE TABLE uploads (
  digest TEXT NOT NULL REFERENCES files (digest) ON DELETE CASCADE,
  person_id TEXT NOT NULL REFERENCES people (id),
  PRIMARY KEY (digest, person_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX uploads_person ON uploads (person_id);

CREATE TABLE documents (
  id TEXT PRIMARY KEY,
  kind TEXT NOT NULL CHECK (kind IN ('outgoing', 'incoming')),
  agency TEXT NOT NULL REFERENCES agencies (code),
  version INTEGER NOT NULL,
  change_sequence INTEGER NOT NULL UNIQUE,
  source_id TEXT REFERENCES documents (id),
  approver_id TEXT REFERENCES people (id),
  body TEXT NOT NULL
) STRICT;
CREATE INDEX documents_changes ON documents (agency, change_sequence);

CREATE TABLE document_files (
  digest TEXT NOT NULL REFERENCES files (digest),
  document_id TEXT NOT NULL REFERENCES documents (id),
  PRIMARY KEY (digest, document_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE changes (
  sequence INTEGER PRIMARY KEY AUTOINCREMENT,
  document_id TEXT NOT NULL,
  version INTEGER NOT NULL,
  at TEXT NOT NULL
) STRICT;

CREATE TABLE register_numbers (
  agency TEXT NOT NULL REFERENCES agencies (code),
  register TEXT NOT NULL CHECK (register IN ('outgoing', 'incoming')),
  series TEXT NOT NULL,
  year INTEGER NOT NULL,
  number INTEGER NOT NULL,
  date TEXT NOT NULL,
  document_id TEXT NOT NULL UNIQUE REFERENCES documents (id),
  PRIMARY KEY (agency, register, series, year, number)
) STRICT, WITHOUT ROWID;
CREATE INDEX register_dates ON register_numbers (agency, register, date);

CREATE TABLE receipts (
  key TEXT PRIMARY KEY,
  person_id TEXT NOT NULL REFERENCES people (id),
  act TEXT NOT NULL,
  request_digest TEXT NOT NULL,
  answer TEXT NOT NULL,
  at TEXT NOT NULL
) STRICT;
`;
