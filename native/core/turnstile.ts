/** Lets one in at a time, in the order of coming. */
export class Turnstile {
  #last: Promise<unknown> = Promise.resolve();
  #inside = 0;

  /** Whether somebody is inside or waits. */
  get busy(): boolean {
    return this.#inside > 0;
  }

  /** Runs `action` when all that came before have left; what it returns or throws is passed on. */
  async pass<T>(action: () => Promise<T>): Promise<T> {
    this.#inside += 1;
    const before = this.#last;
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#last = promise;
    try {
      await before;
      return await action();
    } finally {
      this.#inside -= 1;
      resolve();
    }
  }
}
