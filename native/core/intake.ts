import type { DocumentFile, OfficialDocument, Person } from '../../contract/document.ts';
import { AppError } from '../../contract/failure.ts';
import type { FileDigest } from '../../contract/identity.ts';
import type { CacheStore } from '../store/cache-store.ts';
import type { FileStore } from '../store/file-store.ts';
import type { WorkStore } from '../store/work-store.ts';
import { BackOff } from '../sync/back-off.ts';
import { downloadFile } from '../sync/download.ts';
import { newIdempotencyKey } from '../sync/idempotency-key.ts';
import type { FileChannel } from '../sync/upload.ts';
import { mainFile } from '../workflow/desk-facts.ts';
import { taskOf } from '../workflow/task.ts';
import type { Log } from './log.ts';
import { Turnstile } from './turnstile.ts';

export interface IntakeParts {
  readonly cache: CacheStore;
  readonly work: WorkStore;
  readonly files: FileStore;
  readonly channel: FileChannel;
  readonly person: Person;
  readonly now: () => Date;
  /** An acknowledgement has been queued. */
  readonly onQueued: () => void;
  /** A file has arrived. */
  readonly onFile: (file: DocumentFile) => void;
  readonly log: Log;
}

/**
 * Brings in what the person will need: the files of documents that ask for something or have just come. An incoming
 * document is acknowledged (status 01, on the day it comes: NĐ 30/2020 Đ21) by itself, once its files lie here and
 * have the digests that the server named; not before, since a receipt for a file that never arrived would be a false
 * one.
 */
export class Intake {
  readonly #parts: IntakeParts;
  readonly #stop = new AbortController();
  readonly #turnstile = new Turnstile();
  readonly #fetching = new Map<FileDigest, Promise<void>>();
  readonly #backOff = new BackOff({ firstMs: 2000 });
  #reviewing: Promise<void> | null = null;
  #again = false;
  #timer: NodeJS.Timeout | undefined;

  constructor(parts: IntakeParts) {
    this.#parts = parts;
  }

  /** Looks through the documents for what is missing. Called again while it looks, it looks once more afterwards. */
  review(): void {
    clearTimeout(this.#timer);
    this.#again = true;
    this.#reviewing ??= this.#reviewAll().finally(() => {
      this.#reviewing = null;
    });
  }

  /** Fetches one file now, unless it is here. Fails as a download does. */
  async fetch(file: DocumentFile): Promise<void> {
    const { files, channel, onFile } = this.#parts;
    if (await files.has(file.digest)) return;
    const known = this.#fetching.get(file.digest);
    if (known) return known;
    const fetching = this.#turnstile
      .pass(async () => {
        await downloadFile(files, file, channel, this.#stop.signal);
        onFile(file);
      })
      .finally(() => this.#fetching.delete(file.digest));
    this.#fetching.set(file.digest, fetching);
    return fetching;
  }

  async stop(): Promise<void> {
    this.#stop.abort();
    clearTimeout(this.#timer);
    await this.#reviewing;
  }

  async #reviewAll(): Promise<void> {
    while (this.#again && !this.#stop.signal.aborted) {
      this.#again = false;
      try {
        for (const document of this.#parts.cache.documents.all()) {
          if (this.#stop.signal.aborted) return;
          await this.#bringIn(document);
        }
        this.#backOff.reset();
      } catch (error) {
        if (this.#stop.signal.aborted) return;
        this.#parts.log.failure('intake', error);
        // Disk full, line gone: nothing is marked, so that the next look finds it undone.
        this.#timer = setTimeout(() => this.review(), this.#backOff.next());
        this.#timer.unref();
      }
    }
  }

  async #bringIn(document: OfficialDocument): Promise<void> {
    const { person } = this.#parts;
    if (document.kind === 'incoming' && document.state === 'sent') {
      if (!(await this.#fetchAll(document.files))) return;
      if (person.role === 'clerk') this.#acknowledge(document);
      return;
    }
    const main = mainFile(document);
    const asked = taskOf(document, person.role, { open: [], signed: [] }) !== 'none';
    if (main && asked) await this.#fetchAll([main]);
  }

  /** Whether all are here. A file that the server can't give whole holds up its own document only. */
  async #fetchAll(wanted: readonly DocumentFile[]): Promise<boolean> {
    try {
      for (const file of wanted) await this.fetch(file);
      return true;
    } catch (error) {
      if (!(error instanceof AppError) || error.retryable || error.code === 'disk-full') throw error;
      this.#parts.log.failure('intake.file', error);
      return false;
    }
  }

  #acknowledge(document: OfficialDocument): void {
    const { work, person, now, onQueued } = this.#parts;
    const { id, version, subject } = document;
    if (work.outbox.has(person.id, id, 'acknowledge', version)) return;
    const input = { id, version, key: newIdempotencyKey(now()) };
    work.transaction(() =>
      work.outbox.add({ personId: person.id, subject, request: { act: 'acknowledge', input } }, now()),
    );
    onQueued();
  }
}
