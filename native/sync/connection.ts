import type { ConnectionState } from '../../contract/connection.ts';
import { AppError, type FailureCode } from '../../contract/failure.ts';
import type { ContactObserver } from './bounded-fetch.ts';

/** Failures that say something about the line rather than about one call. */
const offlineCodes: ReadonlySet<FailureCode> = new Set([
  'server-certificate',
  'server-unreachable',
  'server-timeout',
  'server-failed',
  'server-nonsense',
]);

/** The most by which the server's clock moves this computer's: what a clock loses that nobody has set for months. */
const correctedMs = 60_000;

type Line = Pick<ConnectionState, 'failure' | 'lastContactAt' | 'clockOffsetMs'> & { online: boolean };

export interface LineWatcher {
  /** There is a line where there was none, or none was known of. Before `onChange`. */
  onBack(): void;
  onChange(): void;
}

/**
 * Whether the server can be reached, as seen from the calls that are made anyway. Also keeps how far this computer's
 * clock is off: for showing, and for comparing; nothing is ordered by it, and no claimed time is moved by more than a
 * minute.
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

  /**
   * This computer's time, put right by the server's as far as a minute goes. A server, or whoever poses as one, can't
   * move what is done here into another day; a computer whose clock is off by more is its person's to set
   * (`clockFault`).
   */
  now(): Date {
    const offset = this.#line.clockOffsetMs ?? 0;
    return new Date(this.#now().getTime() + (Math.abs(offset) <= correctedMs ? offset : 0));
  }

  /** What the server's clock says, however far off: to be compared with, never to be relied on alone. */
  serverNow(): Date {
    return new Date(this.#now().getTime() + (this.#line.clockOffsetMs ?? 0));
  }

  /**
   * `clock-differs` {minutes} where the two clocks are further apart than is put right; null where they aren't, or
   * nobody knows.
   */
  clockFault(): AppError | null {
    const offset = Math.abs(this.#line.clockOffsetMs ?? 0);
    return offset <= correctedMs
      ? null
      : new AppError('clock-differs', { minutes: Math.round(offset / 60_000) });
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
