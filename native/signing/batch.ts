import { stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { AppError } from '../../contract/failure.ts';
import { Allowance } from './allowance.ts';
import { scopeOf } from './failure-scope.ts';
import { sweepLeftovers } from './leftovers.ts';
import { PreparedPdf } from './prepared-pdf.ts';
import { finishSigning, type SignedPdf, type SigningStep, type SignRequest } from './sign-pdf.ts';
import type { Signer } from './signer.ts';
import { TurnTaker, unlessAborted } from './turn-taker.ts';

/** One file of a batch: what to sign, where to, and how. */
export type BatchFile = Omit<SignRequest, 'signer' | 'signal' | 'onStep'>;

export type BatchOutcome =
  | { readonly state: 'signed'; readonly signed: SignedPdf }
  | { readonly state: 'failed'; readonly failure: AppError }
  /** The batch ended before its turn, for this reason; nothing was written. */
  | { readonly state: 'untouched'; readonly failure: AppError };

/** What happens, as it happens; `index` is the file's place in the batch. */
export type BatchEvent =
  /** A file that goes back to wait (paused, token pulled out) begins again with `reading`. */
  | { readonly kind: 'step'; readonly index: number; readonly step: SigningStep }
  | { readonly kind: 'outcome'; readonly index: number; readonly outcome: BatchOutcome }
  /** Every file without an outcome waits for the token. */
  | { readonly kind: 'waiting-for-token'; readonly failure: AppError }
  | { readonly kind: 'going-on' };

/**
 * Resolves with the same key once its token is back and logged in again, by a person. Rejects with why the batch ends:
 * `cancelled`, `pin-incorrect`, …
 */
export type AwaitToken = (lost: AppError, signal: AbortSignal) => Promise<Signer>;

export interface BatchOptions {
  /** Logged in: one login serves the whole batch. */
  readonly signer: Signer;
  /** Left out: a token that is pulled out ends the batch. */
  readonly awaitToken?: AwaitToken;
  readonly onEvent?: (event: BatchEvent) => void;
  /** Cancels: what is at the token is thrown away, what is being written is finished. */
  readonly signal?: AbortSignal;
}

/**
 * At the token at a time: one that it works on and one at hand, so that it never waits for this process; no more, or pausing
 * would wait for a slow token. Files under way: the two, what is being written, and what is prepared meanwhile.
 */
const atToken = 2;
const underWay = 6;

/** Bytes that lie prepared beside their targets; a larger file goes by itself. */
const preparedBytes = 256 * 1024 * 1024;

/**
 * Signs any number of files with one login. The next ones are read, laid out and hashed while the token works; memory and disk
 * space for that are bounded, however many and large the files are. Each file fails for itself; a key that fails ends the
 * batch at once, so that it costs one try of the PIN; a token that is pulled out makes it wait.
 */
export class SigningBatch {
  readonly #files: readonly BatchFile[];
  readonly #options: BatchOptions;
  readonly #outcomes: (BatchOutcome | undefined)[];
  readonly #queue: number[];
  readonly #turns = new Allowance(atToken);
  readonly #bytes = new Allowance(preparedBytes);
  readonly #stop = new AbortController();
  #signer: Signer;
  #underWay = 0;
  #idle = Promise.withResolvers<void>();
  #pause: PromiseWithResolvers<void> | null = null;
  #lost: Promise<void> | null = null;
  #ending: AppError | null = null;

  constructor(files: readonly BatchFile[], options: BatchOptions) {
    this.#files = files;
    this.#options = options;
    this.#signer = options.signer;
    this.#outcomes = files.map(() => undefined);
    this.#queue = files.map((_, index) => index);
  }

  /** Runs to the end, once. Each file's outcome, in the order of the files. Never rejects. */
  async run(): Promise<BatchOutcome[]> {
    const { signal } = this.#options;
    const cancel = () => this.cancel();
    signal?.addEventListener('abort', cancel, { once: true });
    if (signal?.aborted) this.cancel();
    for (const folder of new Set(this.#files.map(({ target }) => dirname(target))))
      await sweepLeftovers(folder);
    await Promise.all(Array.from({ length: underWay }, () => this.#work()));
    signal?.removeEventListener('abort', cancel);
    return this.#files.map((_, index) => this.#outcomes[index] ?? this.#leave(index));
  }

  /** Nothing new is begun; resolves once what is at the token or being written is finished. */
  async pause(): Promise<void> {
    this.#pause ??= Promise.withResolvers();
    while (this.#underWay > 0) await this.#idle.promise;
  }

  resume(): void {
    this.#pause?.resolve();
    this.#pause = null;
  }

  /** Ends the batch: see `BatchOptions.signal`. */
  cancel(): void {
    this.#end(new AppError('cancelled'));
  }

  async #work(): Promise<void> {
    while (true) {
      while (!this.#ending && (this.#pause ?? this.#lost)) await (this.#pause?.promise ?? this.#lost);
      const index = this.#ending ? undefined : this.#queue.shift();
      if (index === undefined) return;
      this.#underWay += 1;
      try {
        await this.#sign(index);
      } finally {
        this.#underWay -= 1;
        if (this.#underWay === 0) {
          this.#idle.resolve();
          this.#idle = Promise.withResolvers();
        }
      }
    }
  }

  async #sign(index: number): Promise<void> {
    const file = this.#files[index];
    if (!file) return;
    const giveBack = await this.#bytes.take(await sizeOf(file.source));
    const signer = new TurnTaker(this.#signer, {
      take: () => this.#takeTurn(index),
      onFailure: (failure) => this.#onTokenFailure(failure),
      signal: this.#stop.signal,
    });
    const onStep = (step: SigningStep) => {
      // At the token is who has the turn, not who waits for it.
      if (step !== 'token') this.#tell({ kind: 'step', index, step });
    };
    try {
      this.#assertGoingOn();
      onStep('reading');
      const request = { ...file, signer, signal: this.#stop.signal, onStep };
      const signed = await finishSigning(await PreparedPdf.prepare(request), request);
      this.#settle(index, { state: 'signed', signed });
    } catch (thrown) {
      if (thrown instanceof HeldUp) this.#putBack(index);
      else this.#fail(index, AppError.from(thrown), signer.hasFailed);
    } finally {
      giveBack();
    }
  }

  async #takeTurn(index: number): Promise<() => void> {
    const leave = await this.#turns.take(1);
    try {
      this.#assertGoingOn();
      this.#tell({ kind: 'step', index, step: 'token' });
      return leave;
    } catch (held) {
      leave();
      throw held;
    }
  }

  /** What is prepared by now is given up: whenever this goes on, the time that the signature claims would be long past. */
  #assertGoingOn(): void {
    if (this.#ending ?? this.#pause ?? this.#lost) throw new HeldUp();
  }

  /** Called while the file still has its turn: nobody else may be at the token before it is known what this means for them. */
  #onTokenFailure(failure: AppError): void {
    const { awaitToken } = this.#options;
    const scope = scopeOf(failure);
    if (scope === 'token' && awaitToken) this.#lost ??= this.#awaitToken(failure, awaitToken);
    else if (scope !== 'file') this.#end(failure);
  }

  #fail(index: number, failure: AppError, isOfToken: boolean): void {
    const waits = isOfToken && scopeOf(failure) === 'token';
    // Thrown away by the end of the batch, whatever ended it.
    const isThrownAway = this.#ending !== null && failure.code === 'cancelled';
    if (waits || isThrownAway) this.#putBack(index);
    else this.#settle(index, { state: 'failed', failure });
  }

  /** One that was begun and isn't finished goes first. */
  #putBack(index: number): void {
    this.#queue.push(index);
    this.#queue.sort((one, other) => one - other);
  }

  async #awaitToken(lost: AppError, awaitToken: AwaitToken): Promise<void> {
    try {
      this.#tell({ kind: 'waiting-for-token', failure: lost });
      // The others that were at the token hear of it, too, and go back to wait.
      while (this.#underWay > 0) await this.#idle.promise;
      const { signal } = this.#stop;
      const signer = await unlessAborted(awaitToken(lost, signal), signal);
      // Another key's signature in half of the files is nothing that anybody asked for.
      if (signer.certificate.fingerprint256 !== this.#signer.certificate.fingerprint256)
        throw new AppError('token-missing');
      this.#signer = signer;
      this.#tell({ kind: 'going-on' });
    } catch (thrown) {
      this.#end(AppError.from(thrown));
    } finally {
      this.#lost = null;
    }
  }

  #end(failure: AppError): void {
    if (this.#ending) return;
    this.#ending = failure;
    this.#stop.abort();
    this.resume();
  }

  #leave(index: number): BatchOutcome {
    const failure = this.#ending ?? new AppError('cancelled');
    return this.#settle(index, { state: 'untouched', failure });
  }

  #settle(index: number, outcome: BatchOutcome): BatchOutcome {
    this.#outcomes[index] = outcome;
    this.#tell({ kind: 'outcome', index, outcome });
    return outcome;
  }

  #tell(event: BatchEvent): void {
    this.#options.onEvent?.(event);
  }
}

/** Why a file goes back to wait; nobody outside hears of it. */
class HeldUp extends Error {}

/** Bytes; nothing where that can't be told, since reading it will say why. */
async function sizeOf(path: string): Promise<number> {
  return stat(path).then(
    ({ size }) => size,
    () => 0,
  );
}
