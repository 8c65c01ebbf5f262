import type { Certificate } from './certificate/certificate.ts';

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
  readonly #held: Memory<boolean> = new WeakMap();
  readonly #signers: Memory<Certificate | undefined> = new WeakMap();

  /** Whether `signer` signed `statement`, by `check`; false unasked once everything is spent. */
  holds(statement: object, signer: object, check: () => boolean): boolean {
    return once(this.#held, statement, signer, () => this.mayTry() && check());
  }

  /** The first of `candidates` that passes, for this statement and this asker; undefined unasked once everything is spent. */
  find(
    statement: object,
    asker: object,
    candidates: () => readonly Certificate[],
    passes: (each: Certificate) => boolean,
  ): Certificate | undefined {
    return once(this.#signers, statement, asker, () =>
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
}

/** What was learnt of two things, for as long as both are there. */
type Memory<T> = WeakMap<object, WeakMap<object, { readonly learnt: T }>>;

function once<T>(memory: Memory<T>, statement: object, other: object, learn: () => T): T {
  const own = memory.get(statement) ?? new WeakMap<object, { readonly learnt: T }>();
  memory.set(statement, own);
  const known = own.get(other) ?? { learnt: learn() };
  own.set(other, known);
  return known.learnt;
}
