interface Waiting {
  readonly amount: number;
  readonly enter: () => void;
}

/** So much of something (turns, bytes on a disk) at a time; who waits gets it in the order of asking. */
export class Allowance {
  readonly #total: number;
  #free: number;
  #waiting: Waiting[] = [];

  constructor(total: number) {
    this.#total = total;
    this.#free = total;
  }

  /** Waits for its share; more than there is at all counts as all. @returns gives it back; calling it again does nothing */
  async take(wanted: number): Promise<() => void> {
    const amount = Math.min(wanted, this.#total);
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#waiting.push({ amount, enter: resolve });
    this.#admit();
    await promise;
    let isOut = true;
    return () => {
      if (!isOut) return;
      isOut = false;
      this.#free += amount;
      this.#admit();
    };
  }

  #admit(): void {
    for (let [first] = this.#waiting; first && first.amount <= this.#free; [first] = this.#waiting) {
      this.#waiting.shift();
      this.#free -= first.amount;
      first.enter();
    }
  }
}
