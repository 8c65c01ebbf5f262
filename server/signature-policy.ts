import type { X509Certificate } from 'node:crypto';
import type { SignatureReport, VerificationReport } from '../contract/verdict.ts';
import { fingerprintOf } from './directory.ts';
import type { RequiredSigner } from './signed-file-check.ts';

/** Why a signed file may not take the next step; the `reason` of `signed-file-rejected`. */
export type Rejection =
  | 'file-missing'
  | 'not-a-continuation'
  | 'unreadable'
  | 'signature-invalid'
  | 'approval-signature-missing'
  | 'agency-signature-missing'
  | 'changed-after-signing';

const missing = {
  approver: 'approval-signature-missing',
  agency: 'agency-signature-missing',
} as const satisfies Record<RequiredSigner['who'], Rejection>;

/** Revisions that may follow the signature that closes a step: none, or only what helps to check it later. */
const harmless: ReadonlySet<SignatureReport['changesAfter']> = new Set(['none', 'validationData']);

/**
 * What the province asks of a signed file, from its verification report: no signature in it is invalid, each required signer
 * has signed it, intact and trusted, with a certificate registered here, and nothing was added after the last
 * of them. A verdict of "not enough information" passes: whether a certificate was revoked may only be known later.
 */
export function rejectionOf(
  report: VerificationReport,
  signers: readonly RequiredSigner[],
): Rejection | null {
  if (report.verdict === 'unreadable') return 'unreadable';
  if (report.verdict === 'invalid' || report.signatures.some(({ verdict }) => verdict === 'invalid')) {
    return 'signature-invalid';
  }
  const last = signers.at(-1);
  for (const signer of signers) {
    const own = report.signatures.filter((signature) => isBy(signature, signer));
    if (own.length === 0) return missing[signer.who];
    if (signer === last && !own.some(({ changesAfter }) => harmless.has(changesAfter))) {
      return 'changed-after-signing';
    }
  }
  return null;
}

function isBy(signature: SignatureReport, { certificates }: RequiredSigner): boolean {
  const { type, intact, trusted, revocation, signer } = signature;
  if (type !== 'signature' || !intact || !trusted || revocation === 'revoked' || !signer) return false;
  return certificates.some((certificate) => isCertificate(signer, certificate));
}

function isCertificate(
  signer: NonNullable<SignatureReport['signer']>,
  certificate: X509Certificate,
): boolean {
  return signer.certificateDigest === fingerprintOf(certificate);
}
