/** Ten times what a document with hundreds of signatures needs; a second or two of work. */
const maxTries = 5000;
/** A slow office's line brings an issuer's certificate in less. */
const maxWaitMs = 20_000;

/**
 * What one verification may spend on what the file brings along: certificates, lists, answers and addresses. Each of a few hundred
 * authorities of one name could be tried for each of as many lists, for each signature, and each address could let its time limit
 * pass. What has been tried isn't again. Once all is spent, nothing more is learnt about trust, which is never enough to be valid.
 */
export class Effort {
  #tries = maxTries;
  #waitMs = maxWaitMs;
  readonly #known = new WeakMap<object, WeakMap<object, unknown>>();

  /** Whether `signer` signed `statement`, by `check`; false unasked once everything is spent. */
  holds(statement: object, signer: object, check: () => boolean): boolean {
    return this.#once(statement, signer, () => this.mayTry() && check());
  }

  /** The first of `candidates` that passes, for this statement and this asker; undefined unasked once everything is spent. */
  find<T>(
    statement: object,
    asker: object,
    candidates: () => readonly T[],
    passes: (each: T) => boolean,
  ): T | undefined {
    return this.#once(statement, asker, () =>
      this.mayTry() ? candidates().find((each) => this.mayTry() && passes(each)) : undefined,
    );
  }

  /** Takes one try; false where none is left. */
  mayTry(): boolean {
    return this.#tries-- > 0;
  }

  /** What `ask` brings from an address that only the file vouches for; null unasked once too long was waited for such. */
  async wait<T>(ask: () => Promise<T | null>): Promise<T | null> {
    if (this.#waitMs <= 0) return null;
    const start = performance.now();
    const answer = await ask();
    this.#waitMs -= performance.now() - start;
    return answer;
  }

  #once<T>(statement: object, other: object, learn: () => T): T {
    const known = this.#known.get(statement) ?? new WeakMap<object, unknown>();
    this.#known.set(statement, known);
    if (known.has(other)) return known.get(other) as T;
    const found = learn();
    known.set(other, found);
    return found;
  }
}
