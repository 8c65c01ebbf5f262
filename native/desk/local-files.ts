import { randomUUID } from 'node:crypto';
import { basename, dirname } from 'node:path';
import type { DocumentFile } from '../../contract/document.ts';
import { AppError, type Failure } from '../../contract/failure.ts';
import { type DocumentId, documentId, type FileDigest } from '../../contract/identity.ts';
import type {
  LocalFile,
  LocalFileCard,
  LocalFiles as LocalFileList,
  RecentFile,
} from '../../contract/local-file.ts';
import { plainLine } from '../../contract/plain-text.ts';
import type { VerificationReport } from '../../contract/verdict.ts';
import type { Events } from '../core/events.ts';
import type { Log } from '../core/log.ts';
import type { FilePicker } from '../core/ports.ts';
import type { Verifier } from '../core/verifier.ts';
import type { CacheStore } from '../store/cache-store.ts';
import type { FileStore } from '../store/file-store.ts';
import type { WorkStore } from '../store/work-store.ts';
import { copyIntoStore } from './copied-file.ts';
import { grantedFiles } from './granted-path.ts';
import { lookAt } from './named-file.ts';

export interface LocalFilesParts {
  readonly files: FileStore;
  readonly work: WorkStore;
  readonly cache: Pick<CacheStore, 'documents'>;
  readonly verifier: Pick<Verifier, 'find' | 'glance' | 'hasFailed' | 'again'>;
  readonly events: Pick<Events, 'publish'>;
  readonly picker: () => Pick<FilePicker, 'pickDocuments' | 'reveal'> | null;
  readonly log: Log;
  readonly now: () => Date;
}

/** A file on the list. */
export interface OpenedFile {
  readonly id: DocumentId;
  /** Composed (NFC) and without tricks, for people and for the names of what is made of it. */
  readonly name: string;
  /** As the system names it; null for what was signed here and lies nowhere yet. */
  readonly path: string | null;
  /** Where it lies, or belongs. */
  readonly folder: string;
  readonly copy: { readonly digest: FileDigest; readonly bytes: number } | null;
  readonly failure: Failure | null;
  readonly openedAt: string;
  readonly signedFrom: DocumentId | null;
}

/** Longer lists aren't read by anybody; the oldest go. */
const mostListed = 2000;

/**
 * The files on this computer that a person has opened since the start. Each is copied into the store by its digest, so
 * that what is shown is what is signed; the copies are taken away at the next start. Only what a person handed over is
 * opened: the page names a file by the id that it was given, never by a path.
 */
export class LocalFiles {
  readonly #parts: LocalFilesParts;
  /** The oldest first. */
  readonly #opened = new Map<DocumentId, OpenedFile>();
  #arrival: LocalFileList['arrival'] = { number: 0, ids: [] };
  #copying: Promise<void> = Promise.resolve();
  #closed = false;

  constructor(parts: LocalFilesParts) {
    this.#parts = parts;
  }

  /** Takes away the copies of the last run, and lists what was signed in it and isn't saved. */
  async begin(): Promise<void> {
    const { work, cache, files } = this.#parts;
    if (!this.#isWritable) return;
    const unsaved = work.localFiles.unsaved();
    const kept = new Set(unsaved.map(({ digest }) => digest));
    for (const digest of work.localFiles.copies()) {
      const isNeeded =
        kept.has(digest) || cache.documents.names(digest) || work.signedFiles.documentsOf(digest).length > 0;
      if (!isNeeded) await files.remove(digest);
      if (!kept.has(digest)) work.transaction(() => work.localFiles.removeCopy(digest));
    }
    for (const { digest, bytes, name, folder, signedAt } of unsaved) {
      const copy = { digest, bytes };
      this.add({ name, folder, copy, path: null, failure: null, openedAt: signedAt, signedFrom: null });
    }
  }

  list(): LocalFileList {
    const files = [...this.#opened.values()].reverse().map((file) => this.#card(file));
    return { files, recent: this.#recent(), arrival: this.#arrival };
  }

  /** Fails with `file-missing`. */
  get(id: DocumentId): LocalFile {
    const opened = this.require(id);
    const { copy } = opened;
    const verification = copy && this.#parts.verifier.find(copy.digest);
    return {
      ...commonOf(opened),
      file: fileOf(opened),
      verification,
      checkFailed: copy !== null && verification === null && this.#parts.verifier.hasFailed(copy.digest),
      evidence: copy && this.#parts.work.evidence.find(copy.digest),
    };
  }

  find(id: DocumentId): OpenedFile | null {
    return this.#opened.get(id) ?? null;
  }

  /** Fails with `file-missing` where it isn't on the list. */
  require(id: DocumentId): OpenedFile {
    const opened = this.#opened.get(id);
    if (!opened) throw new AppError('file-missing');
    return opened;
  }

  /** Whether somebody opened this file in this run: then whoever sits here may see it. */
  holds(digest: FileDigest): boolean {
    return [...this.#opened.values()].some(({ copy }) => copy?.digest === digest);
  }

  /** A person has handed these over; they are copied one after the other, and the list tells how far that is. */
  async open(paths: readonly string[]): Promise<readonly DocumentId[]> {
    const granted = await grantedFiles(paths);
    const ids = granted.map((path) => this.#listed(path));
    this.#arrival = { number: this.#arrival.number + 1, ids };
    this.#parts.events.publish('files');
    for (const id of ids) this.#copying = this.#copying.then(() => this.#copy(id));
    return ids;
  }

  /** Asks the person; false where they think better of it, or there is no shell. */
  async pick(what: 'files' | 'folder'): Promise<{ picked: boolean }> {
    const paths = (await this.#parts.picker()?.pickDocuments(what)) ?? [];
    if (paths.length > 0) await this.open(paths);
    return { picked: paths.length > 0 };
  }

  /** Fails with `file-missing` where there is none of that id. */
  async reopen(id: DocumentId): Promise<{ id: DocumentId }> {
    const row = this.#parts.work.localFiles.recent().find((each) => each.id === id);
    if (!row) throw new AppError('file-missing');
    const [opened] = await this.open([row.path]);
    if (opened === undefined) throw new AppError('file-missing', { file: basename(row.path) });
    return { id: opened };
  }

  close(ids: readonly DocumentId[]): LocalFileList {
    for (const id of ids) if (this.#opened.get(id)?.path !== null) this.#opened.delete(id);
    this.#parts.events.publish('files');
    return this.list();
  }

  forget(id: DocumentId): LocalFileList {
    const { work, events } = this.#parts;
    if (this.#isWritable) work.transaction(() => work.localFiles.forget(id));
    events.publish('files');
    return this.list();
  }

  checkAgain(id: DocumentId): LocalFile {
    const { copy } = this.require(id);
    if (copy) this.#parts.verifier.again(copy.digest);
    return this.get(id);
  }

  /** Fails with `file-missing` where it lies nowhere, or no longer does. */
  async reveal(id: DocumentId): Promise<void> {
    const { path, name } = this.require(id);
    if (path === null || !isThere(path)) throw new AppError('file-missing', { file: name });
    await this.#parts.picker()?.reveal(path);
  }

  /** Puts a file on the list. */
  add(file: Omit<OpenedFile, 'id'>): OpenedFile {
    const opened = { id: documentId.parse(randomUUID()), ...file };
    this.#opened.set(opened.id, opened);
    for (const { id, path } of this.#opened.values()) {
      if (this.#opened.size <= mostListed) break;
      if (path !== null) this.#opened.delete(id);
    }
    return opened;
  }

  /** The file lies there now; what is remembered of it follows. */
  saved(id: DocumentId, path: string): void {
    const { work, events, now } = this.#parts;
    const opened = this.require(id);
    const place = { path, folder: dirname(path), name: shownName(path), failure: null };
    this.#opened.set(id, { ...opened, ...place });
    if (this.#isWritable) {
      work.transaction(() => {
        work.localFiles.remember(path, now());
        if (opened.copy) work.localFiles.removeUnsaved(opened.copy.digest);
      });
    }
    events.publish('files');
  }

  /** It stays in the store alone, for this reason. */
  notSaved(id: DocumentId, failure: Failure): void {
    this.#opened.set(id, { ...this.require(id), failure });
    this.#parts.events.publish('files');
  }

  /** Resolves once all that was handed over is copied. */
  async settled(): Promise<void> {
    await this.#copying;
  }

  async stop(): Promise<void> {
    this.#closed = true;
    await this.#copying;
  }

  get #isWritable(): boolean {
    return this.#parts.work.finding.kind !== 'newer';
  }

  /** The same file handed over again is the same line of the list, and read anew. */
  #listed(path: string): DocumentId {
    const before = [...this.#opened.values()].find((each) => each.path === path);
    const fresh = { copy: null, failure: null, openedAt: this.#parts.now().toISOString() };
    if (!before) {
      const place = { path, name: shownName(path), folder: dirname(path) };
      return this.add({ ...place, ...fresh, signedFrom: null }).id;
    }
    this.#opened.delete(before.id);
    this.#opened.set(before.id, { ...before, ...fresh });
    return before.id;
  }

  async #copy(id: DocumentId): Promise<void> {
    const { files, work, events, log, now } = this.#parts;
    const path = this.#opened.get(id)?.path;
    if (this.#closed || path === undefined || path === null) return;
    let found: Pick<OpenedFile, 'copy' | 'failure'>;
    try {
      const copy = await copyIntoStore(path, files);
      if (this.#isWritable) {
        work.transaction(() => {
          work.localFiles.addCopy(copy.digest);
          work.localFiles.remember(path, now());
        });
      }
      found = { copy, failure: null };
    } catch (thrown) {
      const failure = AppError.from(thrown);
      if (failure.code === 'internal') log.failure('file.open', thrown);
      found = { copy: null, failure: failure.toFailure() };
    }
    // Taken off the list meanwhile, perhaps.
    const opened = this.#opened.get(id);
    if (opened) this.#opened.set(id, { ...opened, ...found });
    events.publish('files');
  }

  #card(opened: OpenedFile): LocalFileCard {
    const { copy } = opened;
    const report = copy && this.#parts.verifier.glance(copy.digest);
    const common = commonOf(opened);
    return {
      ...common,
      failure: common.failure ?? (report && unreadableFailure(report, opened.name)),
      digest: copy?.digest ?? null,
      verdict: report?.verdict ?? null,
      ...(report?.findings && { findings: report.findings }),
    };
  }

  #recent(): RecentFile[] {
    return this.#parts.work.localFiles.recent().map(({ id, path, openedAt }) => ({
      ...{ id, name: shownName(path), folder: dirname(path), openedAt },
      isMissing: !isThere(path),
    }));
  }
}

function commonOf({ id, name, path, folder, copy, failure, openedAt, signedFrom }: OpenedFile) {
  const state =
    copy === null ? (failure === null ? 'opening' : 'refused') : path === null ? 'unsaved' : 'open';
  return { id, name, folder: path === null ? null : folder, state, failure, openedAt, signedFrom } as const;
}

/** Why a file that was copied can't be read all the same: damaged, protected by a password. */
function unreadableFailure(report: VerificationReport, file: string): Failure | null {
  if (report.verdict !== 'unreadable') return null;
  return new AppError(report.failure ?? 'pdf-damaged', { file }).toFailure();
}

function fileOf({ copy, name }: OpenedFile): DocumentFile | null {
  return copy && { ...copy, name, part: 'main' };
}

/** File systems hand over letters and their marks apart, and any character at all. */
function shownName(path: string): string {
  return plainLine(basename(path).normalize('NFC'), 200);
}

function isThere(path: string): boolean {
  return lookAt(path)?.isFile() ?? false;
}
