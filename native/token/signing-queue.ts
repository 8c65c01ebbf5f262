import { AppError } from '../../contract/failure.ts';
import { mostTogether } from './contract.ts';

interface Waiting {
  readonly data: Uint8Array;
  readonly settle: PromiseWithResolvers<Uint8Array>;
}

/**
 * How long a call may keep the token at work, in milliseconds, as measured by the call before: a card that takes a tenth of a second
 * gets one at a time, so that a deadline or a cancellation never waits for a whole batch.
 */
const callMs = 50;

/** Has some signed together; answers in their order, each by itself. */
type Send = (data: readonly Uint8Array[]) => Promise<(Uint8Array | AppError)[]>;

/**
 * What is to be signed by one key. What is asked for while the token is at work waits here and goes to it together: between processes
 * a message costs about as long as a soft token takes to sign, so that one by one much of the time would be waiting.
 */
export class SigningQueue {
  readonly #send: Send;
  readonly #onGivenUp: () => void;
  #waiting: Waiting[] = [];
  #running = false;
  #together = 1;

  /** @param onGivenUp called where those behind a fall of the process have been told of it */
  constructor(send: Send, onGivenUp: () => void = () => undefined) {
    this.#send = send;
    this.#onGivenUp = onGivenUp;
  }

  add(data: Uint8Array): Promise<Uint8Array> {
    const settle = Promise.withResolvers<Uint8Array>();
    this.#waiting.push({ data, settle });
    if (!this.#running) void this.#run();
    return settle.promise;
  }

  async #run(): Promise<void> {
    this.#running = true;
    while (this.#waiting.length > 0) {
      const batch = this.#waiting.splice(0, this.#together);
      try {
        const started = performance.now();
        const answers = await this.#send(batch.map(({ data }) => data));
        const each = (performance.now() - started) / batch.length;
        this.#together = Math.max(1, Math.min(mostTogether, Math.floor(callMs / each)));
        for (const [index, { settle }] of batch.entries()) {
          const answer = answers[index] ?? new AppError('signature-mismatch');
          if (answer instanceof AppError) settle.reject(answer);
          else settle.resolve(answer);
        }
      } catch (thrown) {
        for (const { settle } of batch) settle.reject(thrown);
        this.#giveUp(thrown);
      }
    }
    this.#running = false;
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
