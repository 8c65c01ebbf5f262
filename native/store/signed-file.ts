import type { Database } from 'better-sqlite3';
import * as z from 'zod';
import {
  type DocumentId,
  documentId,
  type FileDigest,
  fileDigest,
  type PersonId,
} from '../../contract/identity.ts';

/** The leader's approval signature or the agency's seal. */
export type SigningPurpose = 'approval' | 'seal';

/** A file that came to be at this desk: `digest` is `sourceDigest`'s file with one signature more. */
export interface SignedFile {
  readonly documentId: DocumentId;
  readonly purpose: SigningPurpose;
  readonly sourceDigest: FileDigest;
  readonly digest: FileDigest;
  readonly bytes: number;
  readonly name: string;
}

const row = z
  .object({
    document_id: documentId,
    purpose: z.enum(['approval', 'seal']),
    source_digest: fileDigest,
    digest: fileDigest,
    bytes: z.int().nonnegative(),
    name: z.string(),
  })
  .transform(
    (stored): SignedFile => ({
      documentId: stored.document_id,
      purpose: stored.purpose,
      sourceDigest: stored.source_digest,
      digest: stored.digest,
      bytes: stored.bytes,
      name: stored.name,
    }),
  );

const columns = 'document_id, purpose, source_digest, digest, bytes, name';

/**
 * Files signed here. At most one for the same content and purpose: the unique index makes a second signature on the
 * same file impossible, however often somebody presses the button, until the server has rejected the first.
 */
export class SignedFiles {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  add(file: SignedFile, personId: PersonId, now: Date): void {
    this.#database
      .prepare(
        `INSERT INTO signed_file (document_id, purpose, source_digest, digest, bytes, name, person_id, signed_at)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
      )
      .run(
        file.documentId,
        file.purpose,
        file.sourceDigest,
        file.digest,
        file.bytes,
        file.name,
        personId,
        now.toISOString(),
      );
  }

  /** What was signed of this very content for this purpose; null where nothing was. */
  find(id: DocumentId, purpose: SigningPurpose, source: FileDigest): SignedFile | null {
    const found = this.#database
      .prepare(
        `SELECT ${columns} FROM signed_file
         WHERE document_id = ? AND purpose = ? AND source_digest = ? AND set_aside_at IS NULL`,
      )
      .get(id, purpose, source);
    return found === undefined ? null : row.parse(found);
  }

  /** All that stand, for all documents: few, since each is one person's act. */
  standing(): SignedFile[] {
    return this.#database
      .prepare(`SELECT ${columns} FROM signed_file WHERE set_aside_at IS NULL ORDER BY id`)
      .all()
      .map((stored) => row.parse(stored));
  }

  /**
   * The documents for which a file of this digest was signed here, or made by signing: a page that still shows the
   * one before goes on.
   */
  documentsOf(digest: FileDigest): DocumentId[] {
    return this.#database
      .prepare('SELECT DISTINCT document_id FROM signed_file WHERE ? IN (digest, source_digest)')
      .pluck()
      .all(digest)
      .map((id) => documentId.parse(id));
  }

  /**
   * Puts a file in the place of one that stands: the same signature, with a time stamp in it. The old row is set aside. False
   * where none of that digest stands any more.
   */
  supersede(digest: FileDigest, by: Pick<SignedFile, 'digest' | 'bytes'>, now: Date): boolean {
    const old = this.#database
      .prepare('SELECT id FROM signed_file WHERE digest = ? AND set_aside_at IS NULL')
      .pluck()
      .get(digest);
    if (old === undefined) return false;
    this.setAside(digest, now);
    this.#database
      .prepare(
        `INSERT INTO signed_file (document_id, purpose, source_digest, digest, bytes, name, person_id, signed_at)
         SELECT document_id, purpose, source_digest, ?, ?, name, person_id, signed_at FROM signed_file WHERE id = ?`,
      )
      .run(by.digest, by.bytes, old);
    return true;
  }

  /** After the server has rejected a file: it is kept, but the document may be signed anew. */
  setAside(digest: FileDigest, now: Date): void {
    this.#database
      .prepare('UPDATE signed_file SET set_aside_at = ? WHERE digest = ? AND set_aside_at IS NULL')
      .run(now.toISOString(), digest);
  }
}
