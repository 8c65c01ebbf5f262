/**
 * Pauses between restarts: short after the first death, doubling up to a limit, short again once a start has held for
 * a while. All times in milliseconds.
 */
export class BackOff {
  readonly #first: number;
  readonly #longest: number;
  readonly #heldAfter: number;
  readonly #now: () => number;
  #failures = 0;
  #startedAt = 0;

  constructor({ first = 250, longest = 30_000, heldAfter = 60_000, now = Date.now } = {}) {
    this.#first = first;
    this.#longest = longest;
    this.#heldAfter = heldAfter;
    this.#now = now;
  }

  started(): void {
    this.#startedAt = this.#now();
  }

  /** The pause before the next start. */
  next(): number {
    if (this.#now() - this.#startedAt >= this.#heldAfter) this.#failures = 0;
    const pause = Math.min(this.#longest, this.#first * 2 ** this.#failures);
    this.#failures = Math.min(this.#failures + 1, 30);
    return pause;
  }
}
