import { setTimeout as pause } from 'node:timers/promises';
import type { Refused } from '../../contract/consent.ts';

/** What was turned down longer ago than this is forgotten, in milliseconds. */
const forgottenAfterMs = 120_000;
/** Who presses a button again right after a no is made to wait this long, hardly to be noticed, and isn't refused. */
const longestWaitMs = 1000;

/**
 * One question to the person at a time, and a pause behind each that they turned down: a page that was taken over
 * can't wear anybody down with windows. The pause doubles with each no, and a yes ends it. All times in milliseconds.
 */
export class QuestionGate {
  readonly #first: number;
  readonly #longest: number;
  readonly #now: () => number;
  #isOpen = false;
  #refusals = 0;
  #refusedAt = 0;

  constructor({ first = 500, longest = 60_000, now = () => performance.now() } = {}) {
    this.#first = first;
    this.#longest = longest;
    this.#now = now;
  }

  /** Null: the question may be put, and `leave` must follow. Else why not; nobody waits behind another. */
  async enter(): Promise<Refused | null> {
    if (this.#isOpen) return { answer: 'refused', why: 'busy', seconds: 0 };
    const left = this.#refusals === 0 ? 0 : this.#refusedAt + this.#pause() - this.#now();
    if (left > longestWaitMs) return { answer: 'refused', why: 'paused', seconds: Math.ceil(left / 1000) };
    this.#isOpen = true;
    if (left > 0) await pause(left);
    return null;
  }

  /** The question is over; `agreed`: with a yes. */
  leave(agreed: boolean): void {
    this.#isOpen = false;
    const now = this.#now();
    if (agreed || now - this.#refusedAt > forgottenAfterMs) this.#refusals = 0;
    if (agreed) return;
    this.#refusals += 1;
    this.#refusedAt = now;
  }

  #pause(): number {
    return Math.min(this.#longest, this.#first * 2 ** Math.min(this.#refusals - 1, 30));
  }
}
