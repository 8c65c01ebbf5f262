import { AppError } from '../../contract/failure.ts';
import { mostTogether, type SigningAnswer } from './signing-lane.ts';

interface Waiting {
  readonly data: Uint8Array;
  readonly settle: PromiseWithResolvers<Uint8Array>;
}

/**
 * How long a call may keep the token at work, in milliseconds, as measured by the call before: a card that takes a tenth of a second
 * gets one at a time, so that a deadline or a cancellation never waits for a whole batch.
 */
const callMs = 50;

/** One call that the token works on, and one that it finds when it has answered. */
const mostUnderWay = 2;

/** What came back, in the order of what was sent, each by itself. */
export interface Returned {
  readonly answers: readonly SigningAnswer[];
  /** Whether a signature may be believed. Asked while the token is at work on the next ones. */
  matches(data: Uint8Array, signature: Uint8Array): boolean;
}

/** Has some signed together. */
type Send = (data: readonly Uint8Array[]) => Promise<Returned>;

/**
 * What is to be signed by one key. What is asked for while the token is at work waits here and goes to it together: between processes
 * a message costs about as long as a soft token takes to sign, so that one by one much of the time would be waiting.
 */
export class SigningQueue {
  readonly #send: Send;
  readonly #onGivenUp: () => void;
  #waiting: Waiting[] = [];
  #underWay = 0;
  #lastAnswer = 0;
  #together = 1;

  /** @param onGivenUp called where those behind a fall of the process have been told of it */
  constructor(send: Send, onGivenUp: () => void = () => undefined) {
    this.#send = send;
    this.#onGivenUp = onGivenUp;
  }

  add(data: Uint8Array): Promise<Uint8Array> {
    const settle = Promise.withResolvers<Uint8Array>();
    this.#waiting.push({ data, settle });
    this.#sendMore();
    return settle.promise;
  }

  #sendMore(): void {
    while (this.#underWay < mostUnderWay && this.#waiting.length > 0) {
      this.#underWay += 1;
      void this.#sign(this.#waiting.splice(0, this.#together));
    }
  }

  async #sign(some: readonly Waiting[]): Promise<void> {
    const sent = performance.now();
    try {
      const returned = await this.#send(some.map(({ data }) => data));
      const now = performance.now();
      // What was sent while another was under way has waited for that one first.
      const each = (now - Math.max(sent, this.#lastAnswer)) / some.length;
      this.#lastAnswer = now;
      this.#together = Math.max(1, Math.min(mostTogether, Math.floor(callMs / each)));
      // Once the next ones are on their way: the token needn't wait while the core does its sums.
      if (this.#waiting.length > 0) setImmediate(() => settleAll(some, returned));
      else settleAll(some, returned);
    } catch (thrown) {
      for (const { settle } of some) settle.reject(thrown);
      this.#giveUp(thrown);
    }
    this.#underWay -= 1;
    this.#sendMore();
  }

  /** Those behind a call that cost the process its life would only find a new one without their login. */
  #giveUp(thrown: unknown): void {
    const { code } = AppError.from(thrown);
    if (code !== 'token-timeout' && code !== 'token-stopped') return;
    const behind = this.#waiting;
    if (behind.length > 0) this.#onGivenUp();
    this.#waiting = [];
    for (const { settle } of behind) settle.reject(new AppError('token-stopped', { sent: false }));
  }
}

function settleAll(some: readonly Waiting[], { answers, matches }: Returned): void {
  for (const [index, { data, settle }] of some.entries()) {
    const answer = answers[index] ?? new AppError('signature-mismatch');
    if (answer instanceof AppError) settle.reject(answer);
    else if (matches(data, answer)) settle.resolve(answer);
    else settle.reject(new AppError('signature-mismatch'));
  }
}
