import { AppError } from '../../contract/failure.ts';
import type { CacheStore } from '../store/cache-store.ts';
import { Alarm } from './alarm.ts';
import { BackOff } from './back-off.ts';
import type { ProvinceClient } from './province-client.ts';

/** The least time from one question without news to the next, in milliseconds. */
const leastPollMs = 2000;

export interface PullerParts {
  readonly cache: CacheStore;
  readonly client: ProvinceClient;
  /** How long the server may hold an answer back, in seconds. */
  readonly waitSeconds: number;
  /** Documents have changed; also called once after the first page, so that work left over gets taken up. */
  readonly onDocuments: () => void;
  /** The line is back after a failure. */
  readonly onOnline: () => void;
  readonly onSessionLost: (error: AppError) => void;
  readonly onUnexpected: (error: unknown) => void;
}

/**
 * Follows the server's changes for as long as a session lasts: one page after the other, then a long poll. A cursor
 * that the server doesn't know any more means that the cache is filled anew.
 */
export class Puller {
  readonly #parts: PullerParts;
  readonly #stop = new AbortController();
  readonly #alarm = new Alarm();
  readonly #backOff = new BackOff();
  #failing = false;
  #caughtUp = false;
  #running: Promise<void> = Promise.resolve();

  constructor(parts: PullerParts) {
    this.#parts = parts;
  }

  start(): void {
    this.#running = this.#run();
  }

  async stop(): Promise<void> {
    this.#stop.abort();
    await this.#running;
  }

  /** Tries again at once if it is waiting after a failure. */
  wake(): void {
    if (this.#failing) this.#alarm.ring();
  }

  async #run(): Promise<void> {
    const { signal } = this.#stop;
    while (!signal.aborted) {
      try {
        const pauseMs = await this.#page(signal);
        this.#backOff.reset();
        if (this.#failing) this.#parts.onOnline();
        this.#failing = false;
        if (pauseMs > 0) await this.#alarm.wait(pauseMs, signal);
      } catch (error) {
        if (signal.aborted) return;
        this.#failing = true;
        this.#report(AppError.from(error));
        await this.#alarm.wait(this.#backOff.next(), signal);
      }
    }
  }

  /** Takes one page; returns how long to wait before the next, in milliseconds. */
  async #page(signal: AbortSignal): Promise<number> {
    const { cache, client } = this.#parts;
    const cursor = cache.documents.cursor();
    const waitSeconds = this.#caughtUp && !this.#failing ? this.#parts.waitSeconds : 0;
    const polled = this.#caughtUp && !this.#failing;
    const started = performance.now();
    const page = await this.#changes(client, cursor, waitSeconds, signal);
    if (signal.aborted) return 0;
    const startOver = page.from === null;
    // A server that says "more" without moving would keep us busy for ever.
    if (page.more && page.cursor === page.from) throw new AppError('server-nonsense');
    const changed = cache.documents.applyPage(page, { startOver });
    const first = !this.#caughtUp && !page.more;
    this.#caughtUp = !page.more;
    if (changed > 0 || first || startOver) this.#parts.onDocuments();
    // A server that doesn't hold its answers back must not be asked without end.
    const tooSoon = polled && page.documents.length === 0 && !page.more;
    return tooSoon ? Math.max(0, leastPollMs - (performance.now() - started)) : 0;
  }

  async #changes(client: ProvinceClient, cursor: string | null, waitSeconds: number, signal: AbortSignal) {
    try {
      return { ...(await client.changes(cursor, waitSeconds, signal)), from: cursor };
    } catch (error) {
      const rejected = error instanceof AppError && error.code === 'input-invalid' && cursor !== null;
      if (!rejected) throw error;
      // From the beginning; what is shown stays until the first page replaces it.
      return { ...(await client.changes(null, 0, signal)), from: null };
    }
  }

  #report(error: AppError): void {
    if (error.code === 'session-expired' || error.code === 'session-missing') {
      this.#parts.onSessionLost(error);
    } else if (!error.retryable) {
      this.#parts.onUnexpected(error);
    }
  }
}
