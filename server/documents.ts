import type { OfficialDocument } from '../contract/document.ts';
import { AppError } from '../contract/failure.ts';
import type { AgencyCode, DocumentId, PersonId } from '../contract/identity.ts';
import type { ChangeLog } from './change-log.ts';
import type { Database } from './database.ts';

/** A document with what the server knows of it beyond the contract. */
export interface HeldDocument {
  document: OfficialDocument;
  /** Whose desk it lies on: the issuer of an outgoing, the recipient of an incoming document. */
  agency: AgencyCode;
  /** Of an incoming document: the outgoing one that it came from. */
  sourceId: DocumentId | null;
  /** Who has approved it, so that the issuing check knows whose signature must still stand. */
  approverId: PersonId | null;
}

interface DocumentRow {
  body: string;
  agency: AgencyCode;
  source_id: DocumentId | null;
  approver_id: PersonId | null;
}

interface Changes {
  documents: OfficialDocument[];
  /** Sequence of the last one in `documents`, or the one that was asked from. */
  last: number;
  more: boolean;
}

const columns = 'body, agency, source_id, approver_id';

/** All documents of the province, each at its newest version. Written only inside `ChangeLog.transaction`. */
export class Documents {
  readonly #database: Database;
  readonly #log: ChangeLog;

  constructor(database: Database, log: ChangeLog) {
    this.#database = database;
    this.#log = log;
  }

  find(id: DocumentId): HeldDocument | null {
    const row = this.#database
      .prepare<[string], DocumentRow>(`SELECT ${columns} FROM documents WHERE id = ?`)
      .get(id);
    if (!row) return null;
    return {
      document: JSON.parse(row.body) as OfficialDocument,
      agency: row.agency,
      sourceId: row.source_id,
      approverId: row.approver_id,
    };
  }

  insert(held: HeldDocument): void {
    const { document, agency, sourceId, approverId } = held;
    this.#database
      .prepare(
        `INSERT INTO documents (id, kind, agency, version, change_sequence, source_id, approver_id, body)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
      )
      .run(
        document.id,
        document.kind,
        agency,
        document.version,
        this.#record(held),
        sourceId,
        approverId,
        JSON.stringify(document),
      );
    this.#nameFiles(document);
  }

  /** Replaces a document by its next version. */
  update(held: HeldDocument): void {
    const { document, approverId } = held;
    const { changes } = this.#database
      .prepare(
        `UPDATE documents SET version = ?, change_sequence = ?, approver_id = ?, body = ?
         WHERE id = ? AND version = ?`,
      )
      .run(
        document.version,
        this.#record(held),
        approverId,
        JSON.stringify(document),
        document.id,
        document.version - 1,
      );
    if (changes !== 1) {
      throw new AppError('internal', {}, { cause: `document ${document.id} is not at version - 1` });
    }
    this.#nameFiles(document);
  }

  /** The newest state of each of an agency's documents changed since a sequence, in commit order. */
  changedSince(agency: AgencyCode, sequence: number, limit: number): Changes {
    const rows = this.#database
      .prepare<[string, number, number], { body: string; change_sequence: number }>(
        `SELECT body, change_sequence FROM documents
         WHERE agency = ? AND change_sequence > ? ORDER BY change_sequence LIMIT ?`,
      )
      .all(agency, sequence, limit + 1);
    const page = rows.slice(0, limit);
    return {
      documents: page.map(({ body }) => JSON.parse(body) as OfficialDocument),
      last: page.at(-1)?.change_sequence ?? sequence,
      more: rows.length > limit,
    };
  }

  #record({ document, agency }: HeldDocument): number {
    const { id, version, updatedAt } = document;
    return this.#log.record({ documentId: id, version, agency, at: updatedAt });
  }

  /** Files of earlier versions stay named: someone may just be reading the version before. */
  #nameFiles(document: OfficialDocument): void {
    const insert = this.#database.prepare(
      'INSERT OR IGNORE INTO document_files (digest, document_id) VALUES (?, ?)',
    );
    for (const { digest } of document.files) insert.run(digest, document.id);
  }
}
