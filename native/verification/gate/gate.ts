import type { OfficialDocument } from '../../../contract/document.ts';
import { type GateFinding, obsoleteHashUntil } from '../../../contract/gate.ts';
import type { VerificationReport } from '../../../contract/verdict.ts';
import { pageFindings } from './page-comparison.ts';
import { sealFinding } from './seal-comparison.ts';
import { byName, isTrusted, type SignatureRole, signatureFindingsOf } from './signature-findings.ts';

/** What is known of a document beside its file. */
export interface GateQuestion {
  /** Its data, which are compared with what the page and the certificates say. */
  readonly document?: OfficialDocument;
  /** Whose signature one is, where somebody knows the signers; by the certificates' names otherwise. */
  readonly roleOf?: SignatureRole | undefined;
  /**
   * The last day, in Viet Nam, on which SHA-1 is put up with (YYYY-MM-DD); `obsoleteHashUntil` where it is left out.
   */
  readonly obsoleteUntil?: string | undefined;
  /** The instant of asking; now, where it is left out. */
  readonly at?: Date | undefined;
}

/**
 * What is to be known of a document that has arrived before it is registered (NĐ 30/2020 Đ5, Đ21.1): what its
 * signatures lack, and where its data, its page and its certificates say different things. `gateWeight` says which of
 * it closes the gate.
 */
export function gateFindingsOf(report: VerificationReport, question: GateQuestion = {}): GateFinding[] {
  const { document, roleOf = byName, obsoleteUntil = obsoleteHashUntil, at = new Date() } = question;
  const acceptsObsolete = at < new Date(`${obsoleteUntil}T24:00:00+07:00`);
  const signatures = signatureFindingsOf(report, roleOf, acceptsObsolete).map(
    (code): GateFinding => ({ code, params: {} }),
  );
  if (!document || report.verdict === 'unreadable') return signatures;
  // Who is known by a registered certificate needs no name.
  const seals = question.roleOf ? [] : trustedBy('agency', report, roleOf);
  const seal = sealFinding(seals, document.issuer);
  return [...signatures, ...(seal ? [seal] : []), ...differencesOf(report, document, roleOf)];
}

/**
 * Where a document's page says something else than its data or its signers' certificates. Empty before the page has
 * been read.
 */
export function differencesOf(
  report: VerificationReport,
  document: OfficialDocument,
  roleOf: SignatureRole = byName,
): GateFinding[] {
  if (!report.printed) return [];
  const signers = trustedBy('person', report, roleOf).flatMap(({ signer }) => signer?.subject ?? []);
  return pageFindings(report.printed, document, signers);
}

function trustedBy(role: 'person' | 'agency', report: VerificationReport, roleOf: SignatureRole) {
  return report.signatures.filter(
    (signature) => signature.type === 'signature' && isTrusted(signature) && roleOf(signature) === role,
  );
}
