import { blockingFinding } from '../../../contract/file-finding.ts';
import type { GateCode } from '../../../contract/gate.ts';
import type { SignatureReport, VerificationReport } from '../../../contract/verdict.ts';
import { hollowReason, hollowReasons } from '../verdict.ts';

/** Whose signature one is to the gate: the authorised person's, the issuing agency's, or neither's. */
export type SignatureRole = (signature: SignatureReport) => 'person' | 'agency' | null;

/** By the certificate's name, where nobody knows the signers better. */
export const byName: SignatureRole = ({ signer }) => signer?.holder ?? null;

/**
 * What a document's signatures lack for it to be registered (NĐ 30/2020 Đ5, Đ21.1): an original has the signatures of
 * the person with the authority to sign and of the issuing agency, and all of its signatures hold. Empty where
 * nothing does; a certificate whose status nobody could tell is the clerk's to weigh, and no finding.
 * `acceptsObsolete`: SHA-1 is put up with, and told (`signature-obsolete`).
 */
export function signatureFindingsOf(
  report: VerificationReport,
  roleOf: SignatureRole,
  acceptsObsolete: boolean,
): GateCode[] {
  if (report.verdict === 'unreadable') return ['file-unreadable'];
  const findings: GateCode[] = [];
  const signatures = report.signatures.filter(({ type }) => type === 'signature');
  if (report.verdict === 'invalid') findings.push('signature-invalid');
  if (blockingFinding(report.findings)) findings.push('file-deceptive');
  const required = [
    ['person', 'approval-signature-missing'],
    ['agency', 'agency-signature-missing'],
  ] as const;
  for (const [role, missing] of required) {
    const own = signatures.filter((signature) => roleOf(signature) === role);
    if (own.length === 0) findings.push(missing);
    // Whoever makes a certificate of their own can write any office's name into it.
    else if (!own.some(isTrusted) && !own.some(({ verdict }) => verdict === 'invalid')) {
      findings.push('signer-untrusted');
    } else {
      const trusted = own.filter(isTrusted);
      if (trusted.length === 0 || trusted.some((one) => hollowReason(one) === null)) continue;
      const isObsolete = trusted.some(({ reasons }) =>
        hollowReasons(reasons).every((one) => one === 'hash-obsolete'),
      );
      findings.push(isObsolete && acceptsObsolete ? 'signature-obsolete' : 'signature-weak');
    }
  }
  return [...new Set(findings)];
}

/**
 * Whether a name in its certificate counts: the bytes are what was signed, and somebody whom this office trusts
 * vouches for the name.
 */
export function isTrusted({ intact, trusted }: SignatureReport): boolean {
  return intact && trusted;
}
