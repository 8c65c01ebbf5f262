import type { Clock } from './clock.ts';

const maxKeys = 10_000;

interface Window {
  startedAt: number;
  count: number;
}

/** So many times per key in so many milliseconds, in bounded memory: of too many keys, the longest known is forgotten. */
export class RateLimit {
  readonly #most: number;
  readonly #windowMs: number;
  readonly #clock: Clock;
  readonly #windows = new Map<string, Window>();

  constructor(most: number, windowMs: number, clock: Clock) {
    this.#most = most;
    this.#windowMs = windowMs;
    this.#clock = clock;
  }

  admits(key: string): boolean {
    const now = this.#clock().getTime();
    const known = this.#windows.get(key);
    if (!known || now - known.startedAt >= this.#windowMs) {
      // Deleted first, so that the map stays in order of age.
      this.#windows.delete(key);
      this.#windows.set(key, { startedAt: now, count: 1 });
      const [oldest] = this.#windows.keys();
      if (this.#windows.size > maxKeys && oldest !== undefined) this.#windows.delete(oldest);
      return true;
    }
    known.count += 1;
    return known.count <= this.#most;
  }
}
