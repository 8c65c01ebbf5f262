import type { Failure, FailureCode } from '../../contract/failure.ts';

/** Codes that the help about tokens has an answer to. A wrong PIN isn't among them: its own words say what to do. */
const helped: ReadonlySet<FailureCode> = new Set([
  'reader-missing',
  'token-missing',
  'token-uninitialised',
  'token-empty',
  'token-removed',
  'token-locked',
  'token-timeout',
  'token-stopped',
  'token-failed',
  'pin-must-change',
  'certificate-missing',
  'certificate-expired',
  'certificate-not-yet-valid',
  'certificate-not-for-signing',
  'key-missing',
  'mechanism-unsupported',
]);

/** Whether to offer the help about tokens beside a failure. */
export function isTokenFailure({ code }: Failure): boolean {
  return helped.has(code) || code.startsWith('module-');
}

/** Failures after which nobody can say whether the token has taken what was asked of it. */
const silent: ReadonlySet<FailureCode> = new Set([
  'token-timeout',
  'token-stopped',
  'token-removed',
  'core-stopped',
]);

/** Whether a change of PIN that failed so may have come about all the same. `sent: false`: it never reached the token. */
export function mayHaveHappened({ code, params }: Failure): boolean {
  return silent.has(code) && params['sent'] !== false;
}
