import { AppError } from '../../contract/failure.ts';
import type { DocumentId, FileDigest } from '../../contract/identity.ts';
import type { LocalFiles } from '../desk/local-files.ts';
import type { CacheStore } from '../store/cache-store.ts';
import type { FileStore } from '../store/file-store.ts';
import type { WorkStore } from '../store/work-store.ts';
import type { Documents } from './documents.ts';
import type { Online } from './online.ts';
import type { CheckedFile } from './reports.ts';
import type { Session } from './session.ts';

export interface HeldFilesParts {
  readonly work: WorkStore;
  readonly cache: CacheStore;
  readonly files: FileStore;
  readonly session: Session;
  readonly documents: Documents;
  readonly localFiles: LocalFiles;
  /** Null while there is no line. */
  readonly online: () => Pick<Online, 'fetch'> | null;
}

/** What lies in this desk's store, for whoever may see it: files of the server's documents, and of this computer. */
export class HeldFiles {
  readonly #parts: HeldFilesParts;

  constructor(parts: HeldFilesParts) {
    this.#parts = parts;
  }

  /** Where a file lies, for somebody who may see it. Fails with `session-missing` or `file-missing`. */
  async locate(digest: FileDigest): Promise<{ path: string; bytes: number }> {
    const { work, cache, files, session, localFiles } = this.#parts;
    // Whoever opened a file on this computer sits here.
    if (localFiles.holds(digest)) return files.locate(digest);
    session.require();
    // The cache holds this person's documents alone, so that what it doesn't know isn't theirs to see.
    const signedFor = work.signedFiles.documentsOf(digest);
    const known = cache.documents.names(digest) || signedFor.some((id) => cache.documents.get(id) !== null);
    if (!known) throw new AppError('file-missing');
    return files.locate(digest);
  }

  /** Has one of a document's files here. Fails with `document-missing`, `file-missing`, and as a download does. */
  async hold(id: DocumentId, digest: FileDigest): Promise<void> {
    const { documents, files, online } = this.#parts;
    const file = documents.read(id).document.files.find((each) => each.digest === digest);
    if (file === undefined) throw new AppError('file-missing');
    if (await files.has(digest)) return;
    const line = online();
    if (line === null) throw new AppError('server-unreachable');
    await line.fetch(file);
  }

  /**
   * The file, verdict and evidence of what has that id, a document or a file on this computer. Fails with
   * `document-missing`, and where nobody may see it.
   */
  async checked(id: DocumentId): Promise<CheckedFile> {
    const { documents, localFiles } = this.#parts;
    const local = localFiles.find(id) && localFiles.get(id);
    if (local) return { ...local, subject: local.name, documentId: null };
    const { document, file, verification, evidence } = await documents.get(id);
    return { subject: document.subject, documentId: id, file, verification, evidence };
  }
}
