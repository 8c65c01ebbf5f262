import type { AppError, FailureCode } from '../../contract/failure.ts';

/** The token or its login is gone; once it is back, what couldn't be signed can. */
const lost: ReadonlySet<FailureCode> = new Set<FailureCode>([
  'token-removed',
  'token-missing',
  'token-stopped',
  'token-timeout',
  'login-required',
]);

/** The next file would fail alike, and where a PIN is concerned it would cost another try. */
const final: ReadonlySet<FailureCode> = new Set<FailureCode>([
  'pin-incorrect',
  'pin-last-try',
  'pin-missing',
  'pin-key-stale',
  'pin-must-change',
  'pin-pad-unsupported',
  'token-locked',
  'token-ambiguous',
  'token-uninitialised',
  'certificate-missing',
  'key-missing',
  'mechanism-unsupported',
  // On the token's own keys: the person doesn't want to.
  'cancelled',
]);

/** What a failure at the token means for the other files of a batch: nothing, wait for the token, or the end. */
export function scopeOf({ code }: AppError): 'file' | 'token' | 'batch' {
  if (lost.has(code)) return 'token';
  return final.has(code) ? 'batch' : 'file';
}
