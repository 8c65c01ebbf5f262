import type { CoreEvent } from '../../contract/desktop.ts';
import { AppError } from '../../contract/failure.ts';
import { type DesktopClient, desktopClient } from './desktop-client.ts';
import { failureOf } from './failure-of.ts';
import { Observable } from './observable.ts';

export type CoreStatus = 'connecting' | 'connected' | 'stopped';

interface Line {
  client: DesktopClient;
  port: MessagePort;
  ended: AbortController;
}

/** How long an answer from this computer's own core may take; acts wait for tokens and people's fingers. */
export const readDeadlineMs = 20_000;
export const actDeadlineMs = 15 * 60_000;
const rewatchMs = 1000;

/**
 * The page's one connection to the core. The shell brings a port; when the core was started again it brings another, and
 * calls that were under way on the old one fail with `core-stopped` instead of waiting for ever.
 */
export class CoreConnection {
  readonly status = new Observable<CoreStatus>('connecting');
  readonly #onEvent: (event: CoreEvent) => void;
  readonly #onConnected: () => void;
  #line: Line | null = null;
  #awaitingLine: ((line: Line) => void)[] = [];

  /** `onConnected` is called for each new port: whatever was known before may be out of date. */
  constructor(onEvent: (event: CoreEvent) => void, onConnected: () => void) {
    this.#onEvent = onEvent;
    this.#onConnected = onConnected;
  }

  /** Takes a new port in place of any before. */
  attach(port: MessagePort): void {
    this.#end();
    const line: Line = { client: desktopClient(port), port, ended: new AbortController() };
    port.addEventListener('close', () => {
      if (this.#line === line) this.lost();
    });
    this.#line = line;
    this.status.set('connected');
    for (const resolve of this.#awaitingLine.splice(0)) resolve(line);
    this.#onConnected();
    void this.#watch(line);
  }

  /** The core is gone; another port will come by itself. */
  lost(): void {
    this.#end();
    this.status.set('stopped');
  }

  /**
   * Calls the core, waiting for its port where it has none yet.
   * @throws AppError with the core's failure; `core-stopped` where no answer came in time or its process ended.
   */
  async call<T>(
    run: (client: DesktopClient, options: { signal: AbortSignal }) => Promise<T>,
    deadlineMs = readDeadlineMs,
  ): Promise<T> {
    const deadline = AbortSignal.timeout(deadlineMs);
    const line = await this.#nextLine(deadline);
    const signal = AbortSignal.any([deadline, line.ended.signal]);
    try {
      return await run(line.client, { signal });
    } catch (thrown) {
      if (signal.aborted) throw new AppError('core-stopped');
      throw AppError.fromFailure(failureOf(thrown));
    }
  }

  #end(): void {
    const line = this.#line;
    this.#line = null;
    line?.ended.abort();
    line?.port.close();
  }

  #nextLine(deadline: AbortSignal): Promise<Line> {
    if (this.#line) return Promise.resolve(this.#line);
    return new Promise((resolve, reject) => {
      this.#awaitingLine.push(resolve);
      deadline.addEventListener('abort', () => reject(new AppError('core-stopped')), { once: true });
    });
  }

  async #watch(line: Line): Promise<void> {
    const { signal } = line.ended;
    while (!signal.aborted) {
      try {
        for await (const event of await line.client.events.watch({}, { signal })) this.#onEvent(event);
      } catch {
        // The line has ended, or the core dropped the watcher; the second case is mended below.
      }
      if (signal.aborted) return;
      await new Promise((resolve) => setTimeout(resolve, rewatchMs));
      // Events between the two watchers are lost: ask for everything again.
      if (!signal.aborted) this.#onConnected();
    }
  }
}
