import type { OfficialDocument, Person } from '../contract/document.ts';
import type { IdempotencyKey } from '../contract/identity.ts';
import type { ActName } from './act-rules.ts';
import type { ChangeLog } from './change-log.ts';
import type { Clock } from './clock.ts';
import type { ActRequest, Receipts } from './receipts.ts';

/** One act as a client asked for it. `request` is all that it says besides the key. */
export interface ActCall {
  act: ActName;
  by: Person;
  key: IdempotencyKey;
  request: ActRequest;
}

/** Carries acts out: once per idempotency key, whole or not at all, answer and receipt in the same commit. */
export class ActRunner {
  readonly #log: ChangeLog;
  readonly #receipts: Receipts;
  readonly #clock: Clock;

  constructor(log: ChangeLog, receipts: Receipts, clock: Clock) {
    this.#log = log;
    this.#receipts = receipts;
    this.#clock = clock;
  }

  /** The answer already given to this call, so that slow checks are skipped on a repeat. */
  answered<T extends OfficialDocument>({ act, by, key, request }: ActCall): T | null {
    return this.#receipts.answer(key, by.id, act, request) as T | null;
  }

  /**
   * One immediate transaction: the receipt is looked up, the change made and the receipt written under the same lock, so
   * of any number of equal calls at once, one acts and the others read its answer.
   */
  run<T extends OfficialDocument>(call: ActCall, apply: (now: Date) => T): T {
    return this.#log.transaction(() => {
      const known = this.answered<T>(call);
      if (known) return known;
      const now = this.#clock();
      const answer = apply(now);
      const { act, by, key, request } = call;
      this.#receipts.store({ key, person: by.id, act, request, at: now.toISOString() }, answer);
      return answer;
    });
  }
}
