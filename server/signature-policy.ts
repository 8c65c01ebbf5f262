import { formFieldNames, isInitialField } from '../contract/document.ts';
import { blockingFinding } from '../contract/file-finding.ts';
import type { ReasonCode, SignatureReport, VerificationReport } from '../contract/verdict.ts';
import { fingerprintOf, hollowReason } from '../native/verification/index.ts';
import type { RequiredSigner } from './signed-file-check.ts';

/**
 * Why a signed file may not take the next step; the `reason` of `signed-file-rejected`. Where the verdict has a
 * reason of its own, that one, since it has words for people already.
 */
export type Rejection =
  | ReasonCode
  | 'file-missing'
  | 'not-a-continuation'
  | 'unreadable'
  | 'signature-invalid'
  | 'approval-signature-missing'
  | 'agency-signature-missing'
  | 'changed-after-approval'
  | 'reference-mismatch';

const missing = {
  approver: 'approval-signature-missing',
  agency: 'agency-signature-missing',
} as const satisfies Record<RequiredSigner['who'], Rejection>;

/** Revisions that may follow the signature that closes a step: none, or only what helps to check it later. */
const harmless: ReadonlySet<SignatureReport['changesAfter']> = new Set(['none', 'validationData']);

/**
 * What the province asks of a signed file, from its verification report: no signature in it is invalid, each required
 * signer has signed it, intact and trusted, with a certificate registered here, nothing was added after the last of
 * them, and between the approval and the seal nothing was filled but number and date, whether or not the approval
 * locks the rest. A verdict of "not enough information" passes: whether a certificate was revoked may only be known
 * later. A weak algorithm doesn't: it stays weak.
 */
export function rejectionOf(
  report: VerificationReport,
  signers: readonly RequiredSigner[],
): Rejection | null {
  if (report.verdict === 'unreadable') return 'unreadable';
  const invalid = report.signatures.find(({ verdict }) => verdict === 'invalid');
  if (invalid || report.verdict === 'invalid') return invalid?.reasons[0] ?? 'signature-invalid';
  // Not enough information passes, but not where programs show different things.
  if (blockingFinding(report.findings)) return 'file-deceptive';
  const last = signers.at(-1);
  const open = new Set<string>([formFieldNames.number, formFieldNames.date]);
  if (last) for (const { field } of report.signatures.filter((one) => isBy(one, last))) open.add(field);
  let isOverfilled = false;
  for (const signer of signers) {
    const own = report.signatures.filter((signature) => isBy(signature, signer));
    if (own.length === 0) return missing[signer.who];
    const standing = own.filter(
      (signature) =>
        signature.intact &&
        signature.trusted &&
        signature.revocation !== 'revoked' &&
        hollowReason(signature) === null,
    );
    const [first] = own;
    if (standing.length === 0)
      return (first && hollowReason(first)) ?? first?.reasons[0] ?? 'chain-untrusted';
    if (signer === last && !standing.some(({ changesAfter }) => harmless.has(changesAfter))) {
      return 'changed-after-signing';
    }
    const isAsFilled = ({ changedFields = [] }: SignatureReport) =>
      changedFields.every((name) => open.has(name));
    isOverfilled ||= !standing.some(isAsFilled);
  }
  return isOverfilled ? 'changed-after-approval' : null;
}

/** Whose signature one is, where the signers' certificates are registered here: then names don't count. */
export function roleAmong(signers: readonly RequiredSigner[]) {
  return (signature: SignatureReport) => {
    const who = signers.find((signer) => isBy(signature, signer))?.who;
    return who === 'approver' ? 'person' : (who ?? null);
  };
}

/** Initials are no approval, whoever's they are. */
function isBy({ field, type, signer }: SignatureReport, { who, certificates }: RequiredSigner): boolean {
  return (
    type === 'signature' &&
    !(who === 'approver' && isInitialField(field)) &&
    certificates.some((certificate) => signer?.certificateDigest === fingerprintOf(certificate))
  );
}
