/**
 * Waiting times that double from one second to two minutes, each spread by half so that a thousand desks don't return
 * at once.
 */
export class BackOff {
  readonly #firstMs: number;
  readonly #longestMs: number;
  #failures = 0;

  constructor(options: { firstMs?: number; longestMs?: number } = {}) {
    this.#firstMs = options.firstMs ?? 1000;
    this.#longestMs = options.longestMs ?? 120_000;
  }

  /** How long to wait after one more failure, in milliseconds. */
  next(): number {
    const full = Math.min(this.#longestMs, this.#firstMs * 2 ** Math.min(this.#failures, 30));
    this.#failures += 1;
    return full / 2 + (Math.random() * full) / 2;
  }

  reset(): void {
    this.#failures = 0;
  }
}
