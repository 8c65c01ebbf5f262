import { setTimeout } from 'node:timers/promises';
import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/message-port';
import type { ContractRouterClient } from '@orpc/contract';
import { ResponseValidationPlugin } from '@orpc/contract/plugins';
import { AppError, failure } from '../../contract/failure.ts';
import type { PinKey } from '../../contract/sealed-pin.ts';
import { tokenContract } from './contract.ts';
import { procedureLane, type SigningAnswer, SigningLane, type SigningOrder } from './signing-lane.ts';
import type { TokenConnection, TokenHost } from './token-host.ts';

type TokenCalls = ContractRouterClient<typeof tokenContract>;

/** A failure that the seam declares, as the AppError it was; anything else is a fault in our own code. */
function fromSeam(thrown: unknown): AppError {
  const declared = failure.safeParse((thrown as { data?: unknown } | null)?.data);
  return declared.success ? AppError.fromFailure(declared.data) : AppError.from(thrown);
}

/** A call among the others, in the order in which they were made. */
interface Turn {
  /** All calls before it are answered; never rejects. */
  readonly begun: Promise<unknown>;
  /** It is answered, too; never rejects. */
  readonly done: Promise<unknown>;
  readonly isSigning: boolean;
}

/**
 * The core's view of one start of the token process. Calls go one at a time, since a token works on one thing at a time
 * and a deadline must measure the driver, not the queue; only the next signatures are sent ahead, so that the token finds them when
 * it has made the last, and their deadline begins when their turn does. When the process ends, every call under way or waiting fails with
 * `token-stopped` {sent}; `sent` is false where the process never began it.
 */
export class TokenProcess {
  readonly #connection: TokenConnection;
  readonly #calls: TokenCalls;
  readonly #signing: SigningLane;
  readonly #end = Promise.withResolvers<never>();
  #last: Turn = { begun: Promise.resolve(), done: Promise.resolve(), isSigning: false };
  #pinKey: PinKey | null = null;
  #ended = false;

  private constructor(connection: TokenConnection) {
    this.#connection = connection;
    const ended = () => {
      this.#ended = true;
      this.#end.reject(new AppError('token-stopped', { sent: true }));
    };
    this.#end.promise.catch(() => undefined);
    // Before the link's own listener, which fails its calls with an error that says less.
    connection.channel.on('close', ended);
    connection.exited.then(ended);
    const plugins = [new ResponseValidationPlugin(tokenContract)];
    this.#calls = createORPCClient(new RPCLink({ port: procedureLane(connection.channel), plugins }));
    this.#signing = new SigningLane(connection.channel);
  }

  /**
   * Starts the process and waits until it answers, so that later deadlines measure drivers and not the start of a program.
   * @throws AppError `token-stopped` where it doesn't start, `token-timeout` where that takes more than `deadline` ms.
   */
  static async start(host: Pick<TokenHost, 'start'>, deadline: number): Promise<TokenProcess> {
    const begun = performance.now();
    const starting = host.start();
    const overdue = Promise.withResolvers<never>();
    const timer = globalThis.setTimeout(() => {
      overdue.reject(new AppError('token-timeout'));
      // It may still come up, with nobody to end it.
      starting.then((late) => late.kill()).catch(() => undefined);
    }, deadline);
    const connection = await Promise.race([starting, overdue.promise]).finally(() => clearTimeout(timer));
    const process = new TokenProcess(connection);
    const left = Math.max(deadline - (performance.now() - begun), 0);
    process.#pinKey = await process.call(left, (calls) => calls.pinKey({}));
    return process;
  }

  /** What PINs for this start are sealed with. */
  get pinKey(): PinKey {
    if (!this.#pinKey) throw new AppError('token-stopped', { sent: false });
    return this.#pinKey;
  }

  get ended(): boolean {
    return this.#ended;
  }

  /**
   * Calls once the calls before it are answered. Kills the process `deadline` ms after it was sent.
   * @throws AppError `token-timeout`, `token-stopped`, or what the token process answered.
   */
  call<Result>(deadline: number, act: (calls: TokenCalls) => Promise<Result>): Promise<Result> {
    return this.#inTurn(deadline, () => act(this.#calls), false);
  }

  /** Has some signed, in turn with the calls and failing like them; sent while the signatures before are under way. */
  sign(deadline: number, order: SigningOrder): Promise<SigningAnswer[]> {
    return this.#inTurn(deadline, () => this.#signing.ask(order), true);
  }

  /** Ends the process at once and waits until it is gone; not for ever, since a broken device can hold even a killed one. */
  async kill(): Promise<void> {
    this.#ended = true;
    this.#connection.kill();
    await Promise.race([this.#connection.exited, setTimeout(2_000, undefined, { ref: false })]);
  }

  #inTurn<Result>(deadline: number, act: () => Promise<Result>, isSigning: boolean): Promise<Result> {
    const before = this.#last;
    const begun = before.done;
    // Never more than one ahead: what the one before waits for is what this one may be sent after.
    const mayGo = isSigning && before.isSigning ? before.begun : begun;
    const result = mayGo.then(() => this.#send(deadline, act, begun));
    this.#last = { begun, done: result.catch(() => undefined), isSigning };
    return result;
  }

  async #send<Result>(
    deadline: number,
    act: () => Promise<Result>,
    begun: Promise<unknown>,
  ): Promise<Result> {
    if (this.#ended) throw new AppError('token-stopped', { sent: false });
    const answer = act();
    answer.catch(() => undefined);
    await begun;
    // Sent ahead of its turn, which never came.
    if (this.#ended) throw new AppError('token-stopped', { sent: false });
    const overdue = Promise.withResolvers<never>();
    const timer = globalThis.setTimeout(() => {
      overdue.reject(new AppError('token-timeout', { seconds: Math.round(deadline / 1000) }));
      this.#ended = true;
      this.#connection.kill();
    }, deadline);
    try {
      return await Promise.race([answer, overdue.promise, this.#end.promise]);
    } catch (thrown) {
      const failed = fromSeam(thrown);
      // A call that the link gave up because the channel closed: the process ended under it.
      if (failed.code === 'internal' && this.#ended) throw new AppError('token-stopped', { sent: true });
      throw failed;
    } finally {
      clearTimeout(timer);
    }
  }
}
