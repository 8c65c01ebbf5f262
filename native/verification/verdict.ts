import type { FileVerdict, ReasonCode, SignatureReport, SignatureVerdict } from '../../contract/verdict.ts';

/** Reasons that prove something wrong; the others say that something couldn't be shown. */
const damning: ReadonlySet<ReasonCode> = new Set([
  'digest-mismatch',
  'signature-mismatch',
  'hash-collision',
  'byte-range-malformed',
  'byte-range-overlap',
  'signed-larger-file',
  'file-rewritten',
  'data-prefix',
  'contents-malformed',
  'cms-malformed',
  'signing-certificate-mismatch',
  'chain-invalid',
  'certificate-revoked',
  'key-usage-unsuitable',
  'changed-after-signing',
  'change-not-permitted',
  'not-whole-revision',
  'unexplained-bytes',
]);

/** Outside of its certificate's time: wrong where that is sure, unknown where only the signing time is unproven. */
const datedReasons: readonly ReasonCode[] = ['certificate-expired', 'certificate-not-yet-valid'];

/**
 * What no later answer mends: a hash for which other contents can be made (TT 15/2025, PL I), a form that nobody
 * defined.
 */
const hollow: ReadonlySet<ReasonCode> = new Set(['algorithm-weak', 'hash-obsolete', 'algorithm-unsupported']);

/**
 * The reason for which a signature will never prove anything, whatever is found out of its signer; null where there
 * is none.
 */
export function hollowReason({ reasons }: Pick<SignatureReport, 'reasons'>): ReasonCode | null {
  return hollowReasons(reasons)[0] ?? null;
}

/** All of them. */
export function hollowReasons(reasons: readonly ReasonCode[]): ReasonCode[] {
  return reasons.filter((reason) => hollow.has(reason));
}

/** Three values, never two (law 7 of the house): only the absence of every reason makes a signature valid. */
export function verdictOf(reasons: ReadonlySet<ReasonCode>): SignatureVerdict {
  if (reasons.size === 0) return 'valid';
  if ([...reasons].some((reason) => damning.has(reason))) return 'invalid';
  const isDated = datedReasons.some((reason) => reasons.has(reason));
  return isDated && !reasons.has('signing-time-unproven') ? 'invalid' : 'indeterminate';
}

/** A file's verdict is its worst signature's. */
export function worstVerdict(signatures: readonly SignatureReport[]): FileVerdict {
  const verdicts = new Set(signatures.map(({ verdict }) => verdict));
  if (verdicts.has('invalid')) return 'invalid';
  return verdicts.has('indeterminate') ? 'indeterminate' : 'valid';
}
