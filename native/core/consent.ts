import { randomUUID } from 'node:crypto';
import type { ConsentQuestion } from '../../contract/consent.ts';
import { AppError, type Failure, type FailureCode } from '../../contract/failure.ts';
import type { KeyReference } from '../../contract/token.ts';
import { type ConsentWish, consentQuestion, type QuestionParts, refusalOf } from './consent-question.ts';
import type { TokenUse } from './key-use.ts';
import type { PersonPort } from './ports.ts';

export interface ConsentParts extends QuestionParts {
  /** Null where there is no shell to ask the person. */
  readonly person: () => PersonPort | null;
}

/** After these the window that is open asks again: the person is still there, and nothing has been signed. */
const askedAgain: ReadonlySet<FailureCode> = new Set([
  'pin-incorrect',
  'pin-last-try',
  'pin-missing',
  'pin-key-stale',
]);

/**
 * A signature needs a person. No key signs a document before somebody has said yes to it in the shell's own window,
 * with the PIN unless the office's policy lets a login stand for a while. One question at a time: whoever asks
 * meanwhile is turned away, so that a page that was taken over can put none behind another.
 */
export class Consent {
  readonly #parts: ConsentParts;
  /** The question that stands open. */
  #open: string | null = null;

  constructor(parts: ConsentParts) {
    this.#parts = parts;
  }

  /**
   * Asks, and tries what the person gave; a PIN that was wrong is asked for again in the same window. `attempt` calls
   * `accepted` as soon as the token has taken the PIN: the window closes then, and what fails later is told
   * elsewhere. Fails with `cancelled`, `consent-…`, `token-locked`, and as `attempt` does.
   */
  async ask<T>(wish: ConsentWish, attempt: (use: TokenUse, accepted: () => void) => Promise<T>): Promise<T> {
    const person = this.#parts.person();
    if (person === null) throw new AppError('consent-missing');
    if (this.#open !== null) throw new AppError('consent-busy');
    const id = randomUUID();
    this.#open = id;
    const end = () => {
      if (this.#open !== id) return;
      this.#open = null;
      // A shell that has gone has taken its window along.
      person.endConsent(id).catch(() => undefined);
    };
    try {
      for (let failure: Failure | null = null; ; ) {
        const question = await consentQuestion(id, wish, failure, this.#parts);
        const use = await answered(person, question, wish.key);
        try {
          return await attempt(use, end);
        } catch (thrown) {
          const failed = AppError.from(thrown);
          if (this.#open !== id || !askedAgain.has(failed.code)) throw failed;
          failure = failed.toFailure();
        }
      }
    } finally {
      end();
    }
  }
}

async function answered(person: PersonPort, question: ConsentQuestion, key: KeyReference): Promise<TokenUse> {
  const answer = await person.askConsent(question).catch((cause: unknown) => {
    throw new AppError('consent-failed', {}, { cause });
  });
  if (answer.answer === 'refused') throw refusalOf(answer);
  const { pin, lastTryConfirmed } = answer;
  // A yes without the PIN that was asked for must not fall back on a login that stands.
  if (question.pin.asks === 'field' && pin === null) throw new AppError('consent-failed');
  return { key, lastTryConfirmed, anew: question.pin.asks !== 'nothing', ...(pin && { pin }) };
}
