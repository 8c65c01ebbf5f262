/** Numbers that look random and follow from their seed alone, so that an input can be made again from what a report names. */
export class Random {
  #state: number;

  /** @param seed any integers; each tuple of them gives numbers of its own */
  constructor(...seed: readonly number[]) {
    this.#state = 0x9e3779b9;
    for (const part of seed) {
      this.#state = mixed((this.#state ^ part) >>> 0);
      this.#state = mixed((this.#state ^ Math.floor(part / 2 ** 32)) >>> 0);
    }
  }

  /** A whole number from 0 to below `end`; 0 where `end` is none. */
  below(end: number): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    return Math.floor((mixed(this.#state) / 2 ** 32) * end);
  }

  /** True once in `times`. */
  oneIn(times: number): boolean {
    return this.below(times) === 0;
  }

  /** One of the choices. Throws where there is none. */
  pick<T>(choices: readonly T[]): T {
    const choice = choices[this.below(choices.length)];
    if (choice === undefined) throw new RangeError('nothing to choose from');
    return choice;
  }

  bytes(length: number): Buffer {
    return Buffer.from(Array.from({ length }, () => this.below(256)));
  }
}

/** The finisher of MurmurHash3: every bit of the result depends on every bit given. */
function mixed(value: number): number {
  let bits = value;
  bits = Math.imul(bits ^ (bits >>> 16), 0x85ebca6b);
  bits = Math.imul(bits ^ (bits >>> 13), 0xc2b2ae35);
  return (bits ^ (bits >>> 16)) >>> 0;
}
