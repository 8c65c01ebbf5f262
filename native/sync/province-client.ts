import { createORPCClient } from '@orpc/client';
import type { ContractRouterClient } from '@orpc/contract';
import { RequestValidationPlugin, ResponseValidationPlugin } from '@orpc/contract/plugins';
import { OpenAPILink } from '@orpc/openapi-client/fetch';
import type { OfficialDocument } from '../../contract/document.ts';
import { AppError, assertNever, type Failure } from '../../contract/failure.ts';
import type { IdempotencyKey } from '../../contract/identity.ts';
import {
  type Challenge,
  type ChangePage,
  type OpenedSession,
  provinceContract,
} from '../../contract/province.ts';
import type { OutboxRequest } from '../store/outbox-request.ts';
import { answerDate, answerLimitBytes, boundedExchange, type ContactObserver } from './bounded-fetch.ts';
import { callFailure, ProvinceFailure } from './server-failure.ts';
import type { ServerPlace } from './server-line.ts';

/** What became of an act that was sent. */
export type ActOutcome =
  | { readonly kind: 'done'; readonly document: OfficialDocument }
  /** The server has said no; it has changed nothing. */
  | { readonly kind: 'refused'; readonly failure: Failure }
  /** It has surely not taken effect and may be sent again. */
  | { readonly kind: 'notSent'; readonly failure: Failure }
  /** It may have taken effect: to be asked for with the same key. */
  | { readonly kind: 'unknown'; readonly failure: Failure };

export interface ProvinceClientOptions extends ServerPlace {
  /** The session's bearer token; null before signing in. */
  readonly bearer: string | null;
  readonly observer?: ContactObserver;
  /** How long a call may take, in milliseconds; a long poll gets its waiting time on top. */
  readonly deadlineMs?: number;
}

type Result<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly failure: ProvinceFailure };

const silent: ContactObserver = { answered: () => undefined, failed: () => undefined };

/**
 * The province contract over HTTP. What goes out and what comes in is checked against the contract's schemas, every
 * call ends by its deadline, redirects aren't followed (the bearer token is for one server alone), and what fails is
 * an AppError: `server-insecure`, `server-certificate`, `server-unreachable`, `server-timeout`, `server-failed`,
 * `server-nonsense`, `session-expired`, or what the server states.
 */
export class ProvinceClient {
  readonly #client: ContractRouterClient<typeof provinceContract>;
  readonly #observer: ContactObserver;
  readonly #deadlineMs: number;

  constructor(options: ProvinceClientOptions) {
    this.#observer = options.observer ?? silent;
    this.#deadlineMs = options.deadlineMs ?? 20_000;
    const { bearer } = options;
    this.#client = createORPCClient(
      new OpenAPILink(provinceContract, {
        url: options.serverUrl,
        headers: () => (bearer === null ? {} : { authorization: `Bearer ${bearer}` }),
        fetch: async (request) => {
          const response = await boundedExchange(options, request, answerLimitBytes);
          const { status } = response;
          // Whoever answers so, in whatever form: a proxy's page, or the server's own trouble.
          if (status >= 500) throw new AppError('server-failed', { status });
          this.#observer.answered(answerDate(response.headers));
          return response;
        },
        plugins: [
          new RequestValidationPlugin(provinceContract),
          new ResponseValidationPlugin(provinceContract),
        ],
      }),
    );
  }

  async challenge(certificate: Uint8Array): Promise<Challenge> {
    const input = { certificate: Buffer.from(certificate).toString('base64') };
    return this.#call((signal) => this.#client.auth.challenge(input, { signal }));
  }

  async openSession(
    challengeId: string,
    certificate: Uint8Array,
    signature: Uint8Array,
  ): Promise<OpenedSession> {
    const input = {
      challengeId,
      certificate: Buffer.from(certificate).toString('base64'),
      signature: Buffer.from(signature).toString('base64'),
    };
    return this.#call((signal) => this.#client.auth.open(input, { signal }));
  }

  async closeSession(): Promise<void> {
    await this.#call((signal) => this.#client.auth.close({}, { signal }), { deadlineMs: 3000 });
  }

  /** The next page of changes; the server may hold the answer back for `waitSeconds` while there is nothing new. */
  async changes(cursor: string | null, waitSeconds: number, signal: AbortSignal): Promise<ChangePage> {
    const input = cursor === null ? { waitSeconds } : { cursor, waitSeconds };
    const deadlineMs = this.#deadlineMs + waitSeconds * 1000;
    return this.#call((each) => this.#client.sync.changes(input, { signal: each }), { deadlineMs, signal });
  }

  /** Sends an act as it was queued. Never throws: each way in which it can end asks for something else. */
  async act(request: OutboxRequest, signal: AbortSignal): Promise<ActOutcome> {
    const result = await this.#try((each) => this.#send(request, each), { signal });
    if (result.ok) return { kind: 'done', document: result.value };
    const { error, effect } = result.failure;
    const failure = error.toFailure();
    if (effect === 'unknown') return { kind: 'unknown', failure };
    const again = error.retryable || error.code === 'session-expired' || error.code === 'session-missing';
    return { kind: again ? 'notSent' : 'refused', failure };
  }

  /** What became of an act: the document as it left it, or null where the server has never done it. */
  async outcome(key: IdempotencyKey, signal: AbortSignal): Promise<OfficialDocument | null> {
    const found = await this.#call((each) => this.#client.outcomes.find({ key }, { signal: each }), {
      signal,
    });
    return found.known ? found.document : null;
  }

  #send(request: OutboxRequest, signal: AbortSignal): Promise<OfficialDocument> {
    const { documents, incoming } = this.#client;
    switch (request.act) {
      case 'approve':
        return documents.approve(request.input, { signal });
      case 'return':
        return documents.return(request.input, { signal });
      case 'assignNumber':
        return documents.assignNumber(request.input, { signal });
      case 'issue':
        return documents.issue(request.input, { signal });
      case 'acknowledge':
        return incoming.acknowledge(request.input, { signal });
      case 'register':
        return incoming.register(request.input, { signal });
      case 'refuse':
        return incoming.refuse(request.input, { signal });
      default:
        return assertNever(request);
    }
  }

  async #call<T>(
    call: (signal: AbortSignal) => Promise<T>,
    options: { deadlineMs?: number; signal?: AbortSignal } = {},
  ): Promise<T> {
    const result = await this.#try(call, options);
    if (result.ok) return result.value;
    throw result.failure.error;
  }

  async #try<T>(
    call: (signal: AbortSignal) => Promise<T>,
    options: { deadlineMs?: number; signal?: AbortSignal },
  ): Promise<Result<T>> {
    const deadline = AbortSignal.timeout(options.deadlineMs ?? this.#deadlineMs);
    const signal = options.signal ? AbortSignal.any([options.signal, deadline]) : deadline;
    try {
      return { ok: true, value: await call(signal) };
    } catch (error) {
      const failure = callFailure(error, deadline);
      if (options.signal?.aborted) {
        const cancelled = new AppError('cancelled', {}, { cause: error, retryable: true });
        return { ok: false, failure: new ProvinceFailure(cancelled, failure.effect) };
      }
      this.#observer.failed(failure.error);
      return { ok: false, failure };
    }
  }
}
