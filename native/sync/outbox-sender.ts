import type { OfficialDocument } from '../../contract/document.ts';
import { AppError, type Failure, type FailureCode } from '../../contract/failure.ts';
import type { IdempotencyKey, PersonId } from '../../contract/identity.ts';
import type { CacheStore } from '../store/cache-store.ts';
import type { FileStore } from '../store/file-store.ts';
import { requestFile } from '../store/outbox-request.ts';
import type { WorkStore } from '../store/work-store.ts';
import { Alarm } from './alarm.ts';
import { BackOff } from './back-off.ts';
import type { ProvinceClient } from './province-client.ts';
import { type FileChannel, uploadFile } from './upload.ts';

/** How often an act is offered to a server that neither does it nor says why not, before a person must look at it. */
const patienceWithNonsense = 5;

/** Why an outcome is unknown where this program itself let go of the line. */
const lostAnswer: Failure = { code: 'outcome-unknown', params: {}, retryable: true };

/** Failures after which a signed file of ours is of no use any more: the document may be signed anew. */
const fileIsLost: ReadonlySet<FailureCode> = new Set([
  'signed-file-rejected',
  'file-digest-mismatch',
  'file-missing',
]);

export interface SenderParts {
  readonly work: WorkStore;
  readonly cache: CacheStore;
  readonly files: FileStore;
  readonly client: ProvinceClient;
  readonly channel: FileChannel;
  readonly personId: PersonId;
  readonly now: () => Date;
  /** An act's state has changed. */
  readonly onOutbox: () => void;
  /** A document has changed by an act's answer. */
  readonly onDocument: (document: OfficialDocument) => void;
  readonly onSessionLost: (failure: Failure) => void;
  readonly onUnexpected: (error: unknown) => void;
}

interface Wait {
  readonly backOff: BackOff;
  notBefore: number;
}

/**
 * Sends one person's queued acts, one at a time, for as long as a session lasts. Each step is written down before it
 * is taken, so that the program may be killed anywhere: before `sending` nothing has left; from `sending` on the
 * outcome is unknown and gets asked for by key; only an answer that knows the key confirms.
 */
export class OutboxSender {
  readonly #parts: SenderParts;
  readonly #stop = new AbortController();
  readonly #alarm = new Alarm();
  readonly #waits = new Map<IdempotencyKey, Wait>();
  readonly #watchers = new Map<IdempotencyKey, Set<() => void>>();
  #running: Promise<void> = Promise.resolve();

  constructor(parts: SenderParts) {
    this.#parts = parts;
  }

  start(): void {
    this.#running = this.#run();
  }

  /** Ends after the step under way; what was being sent stays `outcomeUnknown`. */
  async stop(): Promise<void> {
    this.#stop.abort();
    await this.#running;
  }

  /** Tries everything that waits at once: the line is back, or a person has asked for it. */
  wake(): void {
    for (const wait of this.#waits.values()) wait.notBefore = 0;
    this.#alarm.ring();
  }

  /**
   * Tries now, and resolves when this act has been tried or `timeoutMs` have passed, whichever is first. Never fails.
   */
  async tryNow(key: IdempotencyKey, timeoutMs: number): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    const watchers = this.#watchers.get(key) ?? new Set();
    this.#watchers.set(key, watchers.add(resolve));
    const timer = setTimeout(resolve, timeoutMs);
    this.wake();
    await promise;
    clearTimeout(timer);
    watchers.delete(resolve);
    if (watchers.size === 0) this.#watchers.delete(key);
  }

  async #run(): Promise<void> {
    const { signal } = this.#stop;
    while (!signal.aborted) {
      let untilNext: number | null = null;
      try {
        untilNext = await this.#round(signal);
      } catch (error) {
        // The store itself failed, such as a full disk; the rows are as they were.
        this.#parts.onUnexpected(error);
        untilNext = 30_000;
      }
      await this.#alarm.wait(untilNext, signal);
    }
  }

  /** Sends what is due; returns how long until the next is, in milliseconds, or null where nothing waits. */
  async #round(signal: AbortSignal): Promise<number | null> {
    for (;;) {
      const sendable = this.#parts.work.outbox.sendable(this.#parts.personId);
      const due = sendable.find((key) => (this.#waits.get(key)?.notBefore ?? 0) <= performance.now());
      if (due === undefined || signal.aborted) {
        const times = sendable.map((key) => this.#waits.get(key)?.notBefore ?? 0);
        return times.length === 0 ? null : Math.max(0, Math.min(...times) - performance.now());
      }
      await this.#attempt(due, signal);
      for (const watcher of this.#watchers.get(due) ?? []) watcher();
    }
  }

  async #attempt(key: IdempotencyKey, signal: AbortSignal): Promise<void> {
    const { outbox } = this.#parts.work;
    try {
      if (outbox.entry(key).state === 'outcomeUnknown' && !(await this.#resolve(key, signal))) return;
      const request = outbox.request(key);
      const file = requestFile(request);
      if (file !== null) await uploadFile(this.#parts.files, file, this.#parts.channel, signal);
      if (signal.aborted) return;
      outbox.markSending(key);
      this.#parts.onOutbox();
      const outcome = await this.#parts.client.act(request, signal);
      switch (outcome.kind) {
        case 'done':
          this.#confirm(key, outcome.document);
          break;
        case 'refused':
          if (request.act === 'acknowledge' && outcome.failure.code === 'document-state')
            this.#overtaken(key);
          else this.#needsAttention(key, outcome.failure);
          break;
        case 'notSent':
          outbox.markWaiting(key, signal.aborted ? null : outcome.failure);
          this.#later(key, outcome.failure);
          break;
        case 'unknown':
          outbox.markOutcomeUnknown(key, signal.aborted ? lostAnswer : outcome.failure);
          this.#later(key, outcome.failure);
          break;
      }
    } catch (error) {
      this.#failedBeforeSending(key, AppError.from(error), signal);
    }
    this.#parts.onOutbox();
  }

  /**
   * Asks what became of an act. Returns true where the server surely has not done it, so that it may be sent again.
   */
  async #resolve(key: IdempotencyKey, signal: AbortSignal): Promise<boolean> {
    const { outbox } = this.#parts.work;
    const document = await this.#parts.client.outcome(key, signal);
    if (document !== null) {
      this.#confirm(key, document);
      this.#parts.onOutbox();
      return false;
    }
    const entry = outbox.entry(key);
    if (entry.failure?.code === 'server-nonsense' && entry.attempts >= patienceWithNonsense) {
      this.#needsAttention(key, entry.failure);
      this.#parts.onOutbox();
      return false;
    }
    return true;
  }

  #confirm(key: IdempotencyKey, document: OfficialDocument): void {
    const { work, cache, now, personId } = this.#parts;
    // The cache first: it may be repeated without harm, while a confirmed act is never looked at again.
    cache.documents.put(document);
    work.transaction(() => {
      work.outbox.markConfirmed(key, now());
      work.audit.add({ event: 'confirm', personId, documentId: document.id, detail: { key } }, now());
    });
    this.#waits.delete(key);
    this.#parts.onDocument(document);
  }

  /**
   * The program acknowledges by itself, and so does a colleague's: whoever comes second finds the document
   * acknowledged, which is all that was wanted. Nobody need look at that.
   */
  #overtaken(key: IdempotencyKey): void {
    const { work, now, personId } = this.#parts;
    const { documentId } = work.outbox.entry(key);
    work.transaction(() => {
      work.outbox.markConfirmed(key, now());
      work.audit.add({ event: 'confirm', personId, documentId, detail: { key, overtaken: true } }, now());
    });
    this.#waits.delete(key);
  }

  #needsAttention(key: IdempotencyKey, failure: Failure): void {
    const { work, now, personId } = this.#parts;
    const { documentId } = work.outbox.entry(key);
    const file = requestFile(work.outbox.request(key));
    work.transaction(() => {
      work.outbox.markNeedsAttention(key, failure);
      // The document may then be signed anew; the row, and the file if there is one, are kept all the same.
      if (fileIsLost.has(failure.code) && file !== null) work.signedFiles.setAside(file, now());
      const detail = { key, code: failure.code };
      work.audit.add({ event: 'refused', personId, documentId, detail }, now());
    });
    this.#waits.delete(key);
  }

  #failedBeforeSending(key: IdempotencyKey, error: AppError, signal: AbortSignal): void {
    if (signal.aborted) return;
    const { outbox } = this.#parts.work;
    const { state } = outbox.entry(key);
    const failure = error.toFailure();
    const passing = error.retryable || error.code === 'session-expired' || error.code === 'session-missing';
    if (passing || state !== 'waiting') {
      // While an outcome is unknown no failure to ask for it makes it known.
      if (state === 'waiting') outbox.markWaiting(key, failure);
      this.#later(key, failure);
      return;
    }
    if (error.code === 'internal') this.#parts.onUnexpected(error);
    this.#needsAttention(key, failure);
  }

  #later(key: IdempotencyKey, failure: Failure): void {
    const wait = this.#waits.get(key) ?? { backOff: new BackOff(), notBefore: 0 };
    wait.notBefore = performance.now() + wait.backOff.next();
    this.#waits.set(key, wait);
    if (failure.code === 'session-expired' || failure.code === 'session-missing') {
      this.#parts.onSessionLost(failure);
    }
  }
}
