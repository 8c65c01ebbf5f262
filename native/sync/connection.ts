import type { ConnectionState } from '../../contract/desktop.ts';
import type { AppError, FailureCode } from '../../contract/failure.ts';
import type { ContactObserver } from './bounded-fetch.ts';

/** Failures that say something about the line rather than about one call. */
const offlineCodes: ReadonlySet<FailureCode> = new Set([
  'server-unreachable',
  'server-timeout',
  'server-failed',
  'server-nonsense',
]);

type Line = Pick<ConnectionState, 'failure' | 'lastContactAt' | 'clockOffsetMs'> & { online: boolean };

export interface LineWatcher {
  /** There is a line where there was none, or none was known of. Before `onChange`. */
  onBack(): void;
  onChange(): void;
}

/**
 * Whether the server can be reached, as seen from the calls that are made anyway. Also keeps how far this computer's
 * clock is off: for showing, and for reading a certificate's dates; nothing is ordered by it.
 */
export class Connection implements ContactObserver {
  readonly #now: () => Date;
  readonly #watcher: LineWatcher;
  #line: Line = { online: false, failure: null, lastContactAt: null, clockOffsetMs: null };

  constructor(now: () => Date, watcher: LineWatcher) {
    this.#now = now;
    this.#watcher = watcher;
  }

  get line(): Line {
    return this.#line;
  }

  /** This computer's time put right by the server's, as far as it is known. */
  serverNow(): Date {
    return new Date(this.#now().getTime() + (this.#line.clockOffsetMs ?? 0));
  }

  answered(date: Date | null): void {
    const now = this.#now();
    const before = this.#line;
    // Date has whole seconds, cut off: its middle is the best guess.
    const measured = date === null ? null : date.getTime() + 500 - now.getTime();
    // A second of trembling is no news.
    const steady =
      measured === null ||
      (before.clockOffsetMs !== null && Math.abs(measured - before.clockOffsetMs) < 1500);
    this.#line = {
      online: true,
      failure: null,
      lastContactAt: now.toISOString(),
      clockOffsetMs: steady ? before.clockOffsetMs : measured,
    };
    if (!before.online) this.#watcher.onBack();
    if (!before.online || before.failure !== null || !steady) this.#watcher.onChange();
  }

  failed(error: AppError): void {
    if (!offlineCodes.has(error.code)) return;
    const before = this.#line;
    this.#line = { ...before, online: false, failure: error.toFailure() };
    if (before.online || before.failure?.code !== error.code) this.#watcher.onChange();
  }

  /** The session has ended; why, if not by the person's wish. */
  closed(reason: AppError | null): void {
    this.#line = { ...this.#line, online: false, failure: reason?.toFailure() ?? null };
    this.#watcher.onChange();
  }
}
