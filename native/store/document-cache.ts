import type { Database } from 'better-sqlite3';
import * as z from 'zod';
import { type OfficialDocument, officialDocument } from '../../contract/document.ts';
import type { DocumentId, FileDigest, PersonId } from '../../contract/identity.ts';

/** One page of the server's changes, with the cursor that stands after it. */
export interface DocumentPage {
  readonly documents: readonly OfficialDocument[];
  readonly cursor: string;
}

/** Documents as the server last showed them to one person, and how far that person's changes have been read. */
export class DocumentCache {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** Empties the cache unless it is this person's: two people at one computer never see each other's documents. */
  claim(personId: PersonId): void {
    const owner = this.#database.prepare('SELECT person_id FROM cursor').pluck().get();
    if (owner === personId) return;
    this.#database
      .transaction(() => {
        this.#clear();
        this.#database
          .prepare('INSERT INTO cursor (one, person_id, value) VALUES (1, ?, NULL)')
          .run(personId);
      })
      .immediate();
  }

  /** Where to go on reading; null at the very beginning. */
  cursor(): string | null {
    const value = this.#database.prepare('SELECT value FROM cursor').pluck().get();
    return typeof value === 'string' ? value : null;
  }

  /**
   * Applies a page and moves the cursor in one transaction, or neither: a cursor ahead of its rows would lose
   * documents for good. With `startOver` the page replaces all there is. Returns how many documents have changed.
   */
  applyPage(page: DocumentPage, options: { startOver: boolean }): number {
    return this.#database
      .transaction(() => {
        if (options.startOver) this.#database.prepare('DELETE FROM document').run();
        let changed = 0;
        for (const document of page.documents) changed += this.put(document) ? 1 : 0;
        this.#database.prepare('UPDATE cursor SET value = ?').run(page.cursor);
        return changed;
      })
      .immediate();
  }

  /**
   * Takes a document over unless a newer version is known: an act's answer may overtake a page that was under way.
   * Returns whether anything has changed.
   */
  put(document: OfficialDocument): boolean {
    const { changes } = this.#database
      .prepare(
        `INSERT INTO document (id, version, kind, state, updated_at, content) VALUES (?, ?, ?, ?, ?, ?)
         ON CONFLICT (id) DO UPDATE SET version = excluded.version, kind = excluded.kind, state = excluded.state,
           updated_at = excluded.updated_at, content = excluded.content
         WHERE excluded.version > document.version
           OR (excluded.version = document.version AND excluded.content <> document.content)`,
      )
      .run(
        document.id,
        document.version,
        document.kind,
        document.state,
        document.updatedAt,
        JSON.stringify(document),
      );
    return changes > 0;
  }

  get(id: DocumentId): OfficialDocument | null {
    const text = this.#database.prepare('SELECT content FROM document WHERE id = ?').pluck().get(id);
    return typeof text === 'string' ? parse(text) : null;
  }

  /** All documents, the last changed first. */
  all(): OfficialDocument[] {
    return this.#database
      .prepare('SELECT content FROM document ORDER BY updated_at DESC, id')
      .pluck()
      .all()
      .map((text) => parse(z.string().parse(text)));
  }

  /** Whether any document here has a file of this digest. */
  names(digest: FileDigest): boolean {
    const found = this.#database.prepare('SELECT 1 FROM document WHERE instr(content, ?) > 0').get(digest);
    return found !== undefined;
  }

  #clear(): void {
    this.#database.exec('DELETE FROM document; DELETE FROM cursor;');
  }
}

function parse(text: string): OfficialDocument {
  return officialDocument.parse(JSON.parse(text));
}
