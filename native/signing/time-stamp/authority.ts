import { setTimeout as pause } from 'node:timers/promises';
import { AppError } from '../../../contract/failure.ts';
import { judgeCertificate, readTrust, type TrustOptions } from '../../verification/certificate/trust.ts';
import type { TimeStampCheck } from '../../verification/cms/time-stamp.ts';
import { type Fetcher, FetchFailure } from '../../verification/revocation/fetcher.ts';
import { HttpFetcher } from '../../verification/revocation/http-fetcher.ts';
import { type Imprint, writeRequest } from './request.ts';
import { invalid, readResponse, type StampToken } from './response.ts';

/** The government's service was measured at 2 to 131 seconds for one stamp. */
export const stampDeadlineMs = 180_000;
const maxAnswerBytes = 256 * 1024;
const firstPauseMs = 2000;
const mostTries = 3;

export interface AuthorityOptions {
  /** http or https. */
  readonly url: string;
  /**
   * Whom a stamp must come from. Without anchors (none given) its signature, purpose and answer are checked all the same,
   * and whoever verifies the document decides about trust.
   */
  readonly trust: TrustOptions;
  /** For all tries together, in milliseconds. */
  readonly deadlineMs?: number;
  /** Before the second try; doubled before the third. */
  readonly pauseMs?: number;
  readonly fetcher?: Fetcher;
}

/** A time-stamp authority (RFC 3161 over HTTP, 3.4). */
export class TimeStampAuthority {
  readonly #options: AuthorityOptions;
  readonly #fetcher: Fetcher;

  constructor(options: AuthorityOptions) {
    if (!/^https?:\/\//.test(options.url)) throw new AppError('input-invalid', { field: '--tsa' });
    this.#options = options;
    // The office itself named this address, unlike those in certificates: it may lie in its own network.
    this.#fetcher = options.fetcher ?? new HttpFetcher({ allowPrivate: true });
  }

  /**
   * A stamp on a digest, checked in full: answer, signature, purpose and, where anchors are given, path and status.
   * Throws `timestamp-unreachable` after three tries or at the deadline, `timestamp-refused`, `timestamp-invalid`, `cancelled`.
   */
  async stamp(imprint: Imprint, signal?: AbortSignal): Promise<StampToken> {
    const { url, trust, deadlineMs = stampDeadlineMs } = this.#options;
    const deadline = AbortSignal.timeout(deadlineMs);
    const end = performance.now() + deadlineMs;
    const either = signal ? AbortSignal.any([deadline, signal]) : deadline;
    try {
      const request = writeRequest(imprint);
      const bytes = await this.#ask(request.bytes, end, either);
      const token = await readResponse(bytes, request);
      await requireTrusted(token.check, trust);
      return token;
    } catch (error) {
      if (signal?.aborted) throw new AppError('cancelled', {}, { cause: error });
      if (error instanceof FetchFailure || either.aborted) {
        const status = error instanceof FetchFailure ? error.status : null;
        const params = { url: hostOf(url), ...(status === null ? {} : { status }) };
        throw new AppError('timestamp-unreachable', params, { cause: error });
      }
      if (error instanceof AppError && error.code.startsWith('timestamp-'))
        throw new AppError(
          error.code,
          { ...error.params, url: hostOf(url) },
          { cause: error, retryable: error.retryable },
        );
      throw error;
    }
  }

  /** Asks, and asks again where the line or the server failed. A request that the server calls wrong isn't repeated. */
  async #ask(body: Uint8Array, end: number, signal: AbortSignal): Promise<Uint8Array> {
    const { url, pauseMs = firstPauseMs } = this.#options;
    for (let tries = 1; ; tries++) {
      const left = Math.max(1, Math.ceil(end - performance.now()));
      const limits = { timeoutMs: left, maxBytes: maxAnswerBytes, signal };
      try {
        return await this.#fetcher.post(url, body, 'application/timestamp-query', limits);
      } catch (error) {
        const isFinal = error instanceof FetchFailure && error.status !== null && error.status < 500;
        if (isFinal || tries >= mostTries || signal.aborted) throw error;
        await pause(pauseMs * 2 ** (tries - 1), undefined, { signal });
      }
    }
  }
}

/** What a person may see of the address: no path with a key in it. */
function hostOf(url: string): string {
  return URL.parse(url)?.host ?? '';
}

/**
 * Whether the stamp's authority is one to trust, as of the time that it states. A status that can't be had isn't held
 * against it here: whoever verifies asks again, and adding validation data (LT) demands it.
 */
async function requireTrusted(check: TimeStampCheck, options: TrustOptions): Promise<void> {
  if (!check.authority) throw invalid('tsa-certificate');
  if (options.anchors.length === 0) return;
  const judgement = await judgeCertificate(
    {
      certificate: check.authority,
      purpose: 'timeStamping',
      at: check.time,
      proven: false,
      certificates: check.certificates,
      revocation: check.revocation,
    },
    readTrust({ ...options, time: check.time }),
  );
  const reason = judgement.reasons.find((one) => one !== 'revocation-unknown');
  if (reason !== undefined) throw invalid(reason === 'chain-untrusted' ? 'tsa-untrusted' : reason);
}
