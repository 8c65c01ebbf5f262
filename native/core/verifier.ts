import type { FileFinding } from '../../contract/file-finding.ts';
import type { FileDigest } from '../../contract/identity.ts';
import type { VerificationReport } from '../../contract/verdict.ts';
import type { CacheStore } from '../store/cache-store.ts';
import type { EvidencePieces } from '../store/evidence.ts';
import type { FileStore } from '../store/file-store.ts';
import type { WorkStore } from '../store/work-store.ts';
import { type KeptEvidence, withFindings } from '../verification/index.ts';
import type { Log } from './log.ts';
import type { ReadPdf, VerifyPdf } from './ports.ts';
import type { TrustStore } from './trust-store.ts';

/** A verdict without the responders' word isn't the day's last: it is kept under a name of its own. */
function offlineDay(day: string): string {
  return `${day} offline`;
}

/** How soon a verdict is wanted: `now` where a person or a signature waits for it. */
type Haste = 'now' | 'sometime';

/** How often verdicts that nobody waits for are told, in milliseconds: each makes the window read its list again. */
const tellEveryMs = 1000;

/** A day in Viet Nam (UTC+7), YYYY-MM-DD. */
export function vietnameseDay(now: Date): string {
  return new Date(now.getTime() + 7 * 3600 * 1000).toISOString().slice(0, 10);
}

export interface VerifierParts {
  readonly files: FileStore;
  readonly cache: CacheStore;
  readonly work: Pick<WorkStore, 'evidence' | 'transaction' | 'finding'>;
  readonly verifyPdf: VerifyPdf;
  readonly readPdf: ReadPdf;
  readonly trust: Pick<TrustStore, 'anchors'>;
  readonly kept: KeptEvidence;
  readonly isOnline: () => boolean;
  readonly now: () => Date;
  readonly onDone: () => void;
  readonly log: Log;
}

/**
 * Verifies files in the background, one after the other, each once a day: certificates get revoked meanwhile. A
 * verdict found without a line is found anew once there is one.
 */
export class Verifier {
  readonly #parts: VerifierParts;
  /** What waits or is being verified, and when it will have been. */
  readonly #queue = new Map<FileDigest, PromiseWithResolvers<void>>();
  /** What waits, in its order: somebody opens one document while a list of hundreds is looked through. */
  readonly #order: Record<Haste, Set<FileDigest>> = { now: new Set(), sometime: new Set() };
  /** What couldn't be verified at all in this run: trying again at each glance would be a busy loop. */
  readonly #failed = new Set<FileDigest>();
  /** Judged without a responder's word although there seemed to be a line. */
  readonly #doubtful = new Set<FileDigest>();
  #work: Promise<void> | null = null;
  /** Somebody waits for what is being verified, or has been since verdicts were last told. */
  #isAwaited = false;
  #closed = false;
  readonly #closing = new AbortController();

  constructor(parts: VerifierParts) {
    this.#parts = parts;
  }

  /**
   * The day's verdict; null while there is none, and then it is worked out if the file is held, before all that was
   * glanced at.
   */
  find(digest: FileDigest): VerificationReport | null {
    return this.#find(digest, 'now');
  }

  /** The same for a list: worked out when nobody waits for another. */
  glance(digest: FileDigest): VerificationReport | null {
    return this.#find(digest, 'sometime');
  }

  #find(digest: FileDigest, haste: Haste): VerificationReport | null {
    const { verifications } = this.#parts.cache;
    const day = vietnameseDay(this.#parts.now());
    const whole = verifications.find(digest, day);
    if (whole) return whole;
    const offline = verifications.find(digest, offlineDay(day));
    if (offline === null || this.#parts.isOnline()) this.#request(digest, haste);
    return offline;
  }

  /**
   * The verdict that `find` gives, waited for where there is none yet; null where the file isn't held or can't be
   * verified at all. Never rejects.
   */
  async settle(digest: FileDigest): Promise<VerificationReport | null> {
    const known = this.find(digest);
    if (known) return known;
    await this.#queue.get(digest)?.promise;
    return this.find(digest);
  }

  /** Checking this file has failed in this run, so that no verdict is to be waited for. */
  hasFailed(digest: FileDigest): boolean {
    return this.#failed.has(digest);
  }

  /** What is trusted has changed: every verdict is worked out anew when it is asked for. */
  forget(): void {
    this.#failed.clear();
    this.#parts.cache.verifications.clear();
  }

  /** Somebody wants this one's verdict anew. */
  again(digest: FileDigest): void {
    this.#failed.delete(digest);
    this.#parts.cache.verifications.remove(digest);
    this.#request(digest, 'now');
  }

  /** There is a line again: what no responder has answered for is verified anew; until then the old verdict stands. */
  askAgain(): void {
    const doubtful = [...this.#doubtful];
    this.#doubtful.clear();
    for (const digest of doubtful) this.#request(digest, 'sometime');
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.#closing.abort();
    await this.#work;
  }

  #request(digest: FileDigest, haste: Haste): void {
    if (this.#closed || this.#failed.has(digest)) return;
    const { now, sometime } = this.#order;
    if (!this.#queue.has(digest)) {
      this.#queue.set(digest, Promise.withResolvers());
      this.#order[haste].add(digest);
    } else if (haste === 'now') {
      if (sometime.delete(digest)) now.add(digest);
      else if (!now.has(digest)) this.#isAwaited = true;
    }
    this.#work ??= this.#workThrough();
  }

  async #workThrough(): Promise<void> {
    // Not before whoever asked has gone on.
    await null;
    let [isUntold, toldAt] = [false, Number.NEGATIVE_INFINITY];
    for (let digest = this.#next(); digest !== undefined; digest = this.#next()) {
      if (await this.#verify(digest)) isUntold = true;
      this.#queue.get(digest)?.resolve();
      this.#queue.delete(digest);
      const { now, sometime } = this.#order;
      const isDue =
        this.#isAwaited || now.size + sometime.size === 0 || performance.now() - toldAt > tellEveryMs;
      if (!isUntold || !isDue) continue;
      [isUntold, toldAt, this.#isAwaited] = [false, performance.now(), false];
      this.#parts.onDone();
    }
    // In the same breath as the look that found nothing: what is asked for later begins anew.
    this.#work = null;
  }

  #next(): FileDigest | undefined {
    const { now, sometime } = this.#order;
    const waiting = now.size > 0 ? now : sometime;
    const [digest] = waiting;
    if (digest === undefined) return undefined;
    waiting.delete(digest);
    if (waiting === now) this.#isAwaited = true;
    return digest;
  }

  /** Whether there is something to tell: a verdict that there wasn't before, or that there won't be one. */
  async #verify(digest: FileDigest): Promise<boolean> {
    const { files, cache, verifyPdf, trust, kept, isOnline, now, log } = this.#parts;
    if (this.#closed) return false;
    const { anchors } = trust;
    const offline = !isOnline();
    try {
      if (!(await files.has(digest))) return false;
      const { path } = await files.locate(digest);
      let pieces: EvidencePieces | null = null;
      const onEvidence = (evidence: EvidencePieces) => {
        pieces = evidence;
      };
      const [judged, findings] = await Promise.all([
        verifyPdf(path, { anchors, offline, kept, onEvidence, readsPage: true }),
        this.#read(digest, path),
      ]);
      const verdict = withFindings(judged, findings);
      // Found for other anchors than today's: nobody must read it.
      if (this.#closed || anchors !== trust.anchors) return false;
      const report = { ...verdict, checkedAt: now().toISOString() };
      this.#keep(digest, report, pieces);
      if (report.signatures.some(({ revocation }) => revocation === 'unknown')) this.#doubtful.add(digest);
      const day = vietnameseDay(now());
      cache.verifications.put(digest, offline ? offlineDay(day) : day, report);
      return true;
    } catch (error) {
      if (this.#closed) return false;
      this.#failed.add(digest);
      log.failure('verification', error, { digest });
      return true;
    }
  }

  /**
   * Once a file: what was found doesn't depend on the day. What couldn't be finished is tried again with the next
   * verdict.
   */
  async #read(digest: FileDigest, path: string): Promise<readonly FileFinding[]> {
    const { cache, readPdf } = this.#parts;
    const known = cache.readings.find(digest);
    if (known) return known;
    const { findings, isFinished } = await readPdf(path, { signal: this.#closing.signal });
    if (isFinished && !this.#closed) cache.readings.put(digest, findings);
    return findings;
  }

  /** What the verdict rested on stays with the file (TT 15/2025 Đ5 K6), as long as there is anything signed in it. */
  #keep(digest: FileDigest, report: VerificationReport, pieces: EvidencePieces | null): void {
    const { work, now } = this.#parts;
    if (pieces === null || report.signatures.length === 0 || work.finding.kind === 'newer') return;
    work.transaction(() => work.evidence.keep(digest, report, pieces, now()));
  }
}
