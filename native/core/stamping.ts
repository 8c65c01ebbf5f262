import { rm } from 'node:fs/promises';
import { AppError, type FailureCode } from '../../contract/failure.ts';
import type { DocumentId, FileDigest } from '../../contract/identity.ts';
import type { FileStore } from '../store/file-store.ts';
import type { StampJob } from '../store/stamp-job.ts';
import type { WorkStore } from '../store/work-store.ts';
import { Alarm } from '../sync/alarm.ts';
import { BackOff } from '../sync/back-off.ts';
import type { Log } from './log.ts';
import type { StampPdf } from './ports.ts';
import type { TrustStore } from './trust-store.ts';

/** What the government's service bears at a time. */
const atOnce = 4;
const longestPauseMs = 10 * 60_000;

/** Failures that may pass. A wrong answer is one of them: a hotel's sign-in page answers for everybody. */
const passing: ReadonlySet<FailureCode> = new Set<FailureCode>([
  'timestamp-unreachable',
  'timestamp-refused',
  'timestamp-invalid',
  'disk-full',
  'write-failed',
]);

export interface StampingParts {
  readonly work: WorkStore;
  readonly files: FileStore;
  /** Null where the office has named no time-stamp service: then nothing is queued. */
  readonly stampPdf: StampPdf | null;
  readonly trust: Pick<TrustStore, 'anchors'>;
  readonly now: () => Date;
  /** A try has ended: the file has its stamp, goes without, or waits for the next try. */
  readonly onDone: () => void;
  readonly log: Log;
  /** Before the second try of a file, in milliseconds; doubled up to ten minutes. */
  readonly firstPauseMs?: number;
}

interface Wait {
  readonly backOff: BackOff;
  notBefore: number;
}

/**
 * Time stamps for sealed files, between the seal and the issue. Signing never waits: a file is sealed at baseline B and
 * stored with its job in one transaction; the stamp makes a new file of it, which takes its place unless it has been queued to
 * be sent meanwhile. What was queued is never changed: then it goes without, and the job says so.
 */
export class Stamping {
  readonly #parts: StampingParts;
  readonly #stop = new AbortController();
  readonly #alarm = new Alarm();
  readonly #waits = new Map<FileDigest, Wait>();
  readonly #underway = new Map<FileDigest, Promise<void>>();
  #running: Promise<void> = Promise.resolve();

  constructor(parts: StampingParts) {
    this.#parts = parts;
  }

  start(): void {
    if (this.#parts.stampPdf) this.#running = this.#run(this.#parts.stampPdf);
  }

  /** Ends what is under way; its jobs stay, for the next start. */
  async close(): Promise<void> {
    this.#stop.abort();
    await this.#running;
    await Promise.all(this.#underway.values());
  }

  /** Queues a sealed file. To be called in the transaction that stores it; begun with once that has been committed. */
  add(documentId: DocumentId, digest: FileDigest): void {
    if (!this.#parts.stampPdf) return;
    this.#parts.work.stampJobs.add({ documentId, digest }, this.#parts.now());
    // Transactions are synchronous: by then this one has ended, or taken the row back.
    setImmediate(() => this.#alarm.ring());
  }

  /**
   * Resolves when the try that is under way for this file has ended, or after `timeoutMs`; at once where there is none: one
   * that has just failed isn't waited for.
   */
  async settled(digest: FileDigest, timeoutMs: number): Promise<void> {
    const attempt = this.#underway.get(digest);
    if (!attempt) return;
    const { promise, resolve } = Promise.withResolvers<void>();
    const timer = setTimeout(resolve, timeoutMs);
    await Promise.race([attempt, promise]);
    clearTimeout(timer);
  }

  async #run(stampPdf: StampPdf): Promise<void> {
    const { signal } = this.#stop;
    while (!signal.aborted) {
      let untilNext: number | null = null;
      try {
        untilNext = this.#begin(stampPdf);
      } catch (error) {
        // The store itself failed; the rows are as they were.
        this.#parts.log.failure('stamping', error);
        untilNext = 30_000;
      }
      await this.#alarm.wait(untilNext, signal);
    }
  }

  /** Begins what is due; returns how long until the next is, in milliseconds, or null where nothing waits. */
  #begin(stampPdf: StampPdf): number | null {
    const idle = this.#parts.work.stampJobs.waiting().filter(({ digest }) => !this.#underway.has(digest));
    const later: number[] = [];
    for (const job of idle) {
      const left = (this.#waits.get(job.digest)?.notBefore ?? 0) - performance.now();
      if (left > 0) later.push(left);
      else if (this.#underway.size < atOnce) this.#underway.set(job.digest, this.#attempt(job, stampPdf));
    }
    return later.length === 0 ? null : Math.min(...later);
  }

  async #attempt(job: StampJob, stampPdf: StampPdf): Promise<void> {
    const { files, log, trust } = this.#parts;
    const { digest } = job;
    const target = files.workPath();
    try {
      this.#requireUnsent(digest);
      const { path } = await files.check(digest);
      const { anchors } = trust;
      await stampPdf({ source: path, target, signal: this.#stop.signal, anchors });
      const stamped = await files.adopt(target);
      this.#store(job, stamped);
    } catch (error) {
      if (!this.#stop.signal.aborted) this.#failed(job, AppError.from(error));
    } finally {
      await rm(target, { force: true }).catch((error) => log.failure('stamping', error));
      this.#underway.delete(digest);
      this.#alarm.ring();
    }
  }

  /** The stamped file in the sealed one's place, or the reason why not; all in one transaction. */
  #store({ digest, documentId }: StampJob, stamped: { digest: FileDigest; bytes: number }): void {
    const { work, now } = this.#parts;
    work.transaction(() => {
      this.#requireUnsent(digest);
      if (!work.signedFiles.supersede(digest, stamped, now())) throw new AppError('timestamp-too-late');
      work.stampJobs.markStamped(digest, stamped.digest, now());
      const detail = { digest: stamped.digest, source: digest };
      work.audit.add({ event: 'timeStamp', personId: null, documentId, detail }, now());
    });
    this.#ended(digest);
  }

  #requireUnsent(digest: FileDigest): void {
    if (this.#parts.work.outbox.speaksOf(digest)) throw new AppError('timestamp-too-late');
  }

  #failed({ digest, documentId }: StampJob, error: AppError): void {
    const { work, now, log } = this.#parts;
    log.failure('stamping', error, { digest });
    try {
      if (passing.has(error.code)) {
        work.stampJobs.markTried(digest, error.toFailure());
        this.#later(digest);
        this.#parts.onDone();
        return;
      }
      work.transaction(() => {
        work.stampJobs.markGivenUp(digest, error.toFailure(), now());
        const detail = { source: digest, code: error.code };
        work.audit.add({ event: 'timeStamp', personId: null, documentId, detail }, now());
      });
      this.#ended(digest);
    } catch (storing) {
      // Not even the failure could be written down: the row still waits, and must not be tried in a busy loop.
      log.failure('stamping', storing);
      this.#later(digest);
    }
  }

  #later(digest: FileDigest): void {
    const { firstPauseMs = 2000 } = this.#parts;
    const known = this.#waits.get(digest);
    const wait = known ?? {
      backOff: new BackOff({ firstMs: firstPauseMs, longestMs: longestPauseMs }),
      notBefore: 0,
    };
    wait.notBefore = performance.now() + wait.backOff.next();
    this.#waits.set(digest, wait);
  }

  #ended(digest: FileDigest): void {
    this.#waits.delete(digest);
    this.#parts.onDone();
  }
}
