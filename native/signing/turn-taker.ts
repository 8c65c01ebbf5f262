import { AppError } from '../../contract/failure.ts';
import type { DigestAlgorithm, SignatureScheme, Signer } from './signer.ts';

export interface TurnOptions {
  /** Waits for the turn; gives it back. */
  take(): Promise<() => void>;
  /** The token has failed; called before the next one has its turn. */
  onFailure(failure: AppError): void;
  readonly signal: AbortSignal;
}

/** A signer that signs when it has the turn, and knows whether the token has failed. */
export class TurnTaker implements Signer {
  readonly certificate: Signer['certificate'];
  readonly chain: Signer['chain'];
  readonly scheme: SignatureScheme;
  hasFailed = false;
  readonly #signer: Signer;
  readonly #options: TurnOptions;

  constructor(signer: Signer, options: TurnOptions) {
    this.certificate = signer.certificate;
    this.chain = signer.chain;
    this.scheme = signer.scheme ?? 'pkcs1';
    this.#signer = signer;
    this.#options = options;
  }

  async sign(algorithm: DigestAlgorithm, data: Uint8Array): Promise<Uint8Array> {
    const { take, onFailure, signal } = this.#options;
    const leave = await take();
    try {
      // A driver may hang until its deadline: whoever cancels needn't wait for it.
      return await unlessAborted(this.#signer.sign(algorithm, data), signal);
    } catch (thrown) {
      this.hasFailed = true;
      onFailure(AppError.from(thrown));
      throw thrown;
    } finally {
      leave();
    }
  }
}

/** What was asked for, or `cancelled` as soon as the signal says so. */
export async function unlessAborted<Result>(asked: Promise<Result>, signal: AbortSignal): Promise<Result> {
  const aborted = Promise.withResolvers<never>();
  const abort = () => aborted.reject(new AppError('cancelled'));
  signal.addEventListener('abort', abort, { once: true });
  if (signal.aborted) abort();
  try {
    return await Promise.race([asked, aborted.promise]);
  } finally {
    signal.removeEventListener('abort', abort);
  }
}
