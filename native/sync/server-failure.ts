import { ORPCError } from '@orpc/client';
import { ValidationError } from '@orpc/contract';
import { AppError, type Failure, failure } from '../../contract/failure.ts';
import { systemErrorCode } from '../store/file-failure.ts';

/** System errors that happen before a connection stands, so that no request can have reached the server. */
const beforeConnecting: ReadonlySet<string> = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'ENETUNREACH',
  'EHOSTUNREACH',
  'ENETDOWN',
  'EHOSTDOWN',
]);

/** What is wrong with the certificate of whoever answers, by the system's name for it; nothing has been sent then. */
const certificateFaults: Readonly<Record<string, string>> = {
  CERT_HAS_EXPIRED: 'tls-expired',
  CERT_NOT_YET_VALID: 'tls-expired',
  ERR_TLS_CERT_ALTNAME_INVALID: 'tls-other-name',
  CERT_REVOKED: 'tls-revoked',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'tls-unknown-authority',
  SELF_SIGNED_CERT_IN_CHAIN: 'tls-unknown-authority',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'tls-unknown-authority',
  UNABLE_TO_GET_ISSUER_CERT: 'tls-unknown-authority',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'tls-unknown-authority',
  CERT_UNTRUSTED: 'tls-unknown-authority',
  CERT_SIGNATURE_FAILURE: 'tls-unknown-authority',
  INVALID_CA: 'tls-unknown-authority',
  INVALID_PURPOSE: 'tls-unknown-authority',
  CERT_CHAIN_TOO_LONG: 'tls-unknown-authority',
  PATH_LENGTH_EXCEEDED: 'tls-unknown-authority',
};

function certificateFault(codes: readonly (string | undefined)[]): string | undefined {
  for (const code of codes) {
    if (code === undefined) continue;
    const known = Object.hasOwn(certificateFaults, code) ? certificateFaults[code] : undefined;
    // A server that speaks no TLS at all, or only what is broken.
    if (known || code === 'EPROTO' || code.startsWith('ERR_SSL_')) return known ?? 'tls-handshake';
  }
  return undefined;
}

/**
 * Whether a request may have taken effect although it failed:
 * `no` it never got there, or the server has plainly refused it; `unknown` it may have.
 */
export type Effect = 'no' | 'unknown';

/** A failed call to the province, with what is known of its effect. */
export class ProvinceFailure {
  readonly error: AppError;
  readonly effect: Effect;

  constructor(error: AppError, effect: Effect) {
    this.error = error;
    this.effect = effect;
  }
}

function causes(error: unknown): unknown[] {
  const found: unknown[] = [];
  for (let each = error; each instanceof Error && found.length < 8; each = each.cause) {
    found.push(each);
    if (each instanceof AggregateError) found.push(...each.errors.slice(0, 8));
  }
  return found;
}

/** What the network said, where no whole answer came. */
export function networkFailure(error: unknown, deadline: AbortSignal): ProvinceFailure {
  if (error instanceof AppError && error.code === 'server-insecure') return new ProvinceFailure(error, 'no');
  const codes = causes(error).map(systemErrorCode);
  const reason = certificateFault(codes);
  if (reason !== undefined) {
    // What ends a connection that stood may come after the request went out.
    const effect = reason === 'tls-handshake' ? 'unknown' : 'no';
    return new ProvinceFailure(new AppError('server-certificate', { reason }, { cause: error }), effect);
  }
  if (codes.some((code) => code !== undefined && beforeConnecting.has(code))) {
    return new ProvinceFailure(new AppError('server-unreachable', {}, { cause: error }), 'no');
  }
  if (deadline.aborted) {
    return new ProvinceFailure(new AppError('server-timeout', {}, { cause: error }), 'unknown');
  }
  return new ProvinceFailure(new AppError('server-unreachable', {}, { cause: error }), 'unknown');
}

/** The failure in an answer's body, if it is one by the contract. */
function statedFailure(data: unknown): Failure | undefined {
  const parsed = failure.safeParse(data);
  return parsed.success ? parsed.data : undefined;
}

/**
 * What a status outside 2xx says. A refusal in the contract's own words is believed; anything else in front of the
 * server (a proxy, a hotel's sign-in page) may have answered while the server did its work.
 */
export function statusFailure(status: number, data: unknown, cause: unknown): ProvinceFailure {
  const stated = statedFailure(data);
  if (status === 401) {
    const own = stated && AppError.fromFailure(stated);
    return new ProvinceFailure(own ?? new AppError('session-expired', {}, { cause }), 'no');
  }
  // "Not now", in the server's own words: too much was sent, or it has no room. It has changed nothing.
  if ((status === 429 || status === 507) && stated?.code === 'upload-limit') {
    return new ProvinceFailure(new AppError('upload-limit', stated.params, { cause, retryable: true }), 'no');
  }
  if (status >= 500) {
    return new ProvinceFailure(new AppError('server-failed', { status }, { cause }), 'unknown');
  }
  if (status === 429) {
    return new ProvinceFailure(new AppError('server-failed', { status }, { cause, retryable: true }), 'no');
  }
  if (stated) return new ProvinceFailure(AppError.fromFailure(stated), 'no');
  return new ProvinceFailure(new AppError('server-nonsense', { status }, { cause }), 'unknown');
}

/** Everything that a contract call can throw, sorted. */
export function callFailure(error: unknown, deadline: AbortSignal): ProvinceFailure {
  if (error instanceof ProvinceFailure) return error;
  for (const each of causes(error)) {
    if (each instanceof AppError && each.code === 'server-insecure') return new ProvinceFailure(each, 'no');
    if (each instanceof ValidationError) {
      return new ProvinceFailure(new AppError('server-nonsense', {}, { cause: error }), 'unknown');
    }
    if (each instanceof AppError) return new ProvinceFailure(each, 'unknown');
  }
  if (error instanceof ORPCError) return statusFailure(error.status, error.data, error);
  const codes = causes(error).map(systemErrorCode);
  // Every failure of the wire has a code.
  if (deadline.aborted || codes.some((code) => code !== undefined)) return networkFailure(error, deadline);
  // An answer came and couldn't be read as the contract's: cut off, not JSON, of another type.
  return new ProvinceFailure(new AppError('server-nonsense', {}, { cause: error }), 'unknown');
}
