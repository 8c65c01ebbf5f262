import { isInitialField } from '../../contract/document.ts';
import { AppError } from '../../contract/failure.ts';
import type { SignatureReport, VerificationReport } from '../../contract/verdict.ts';
import { hollowReason } from './verdict.ts';

/** What may follow an approval before the seal does: only what helps to check it later. */
const harmless: ReadonlySet<SignatureReport['changesAfter']> = new Set(['none', 'validationData']);

/**
 * Why an agency's seal doesn't go on a file (NĐ 30/2020 Đ32.2: only after the authorised person's signature); null
 * where it may. `registered`: SHA-256 of the certificates of whoever has approved it, as the province knows them. A
 * status that nobody could ask for stops nothing.
 *
 * `approval-missing` where nobody signed, {reason: 'initial-only'} where somebody only initialled;
 * `approval-unregistered` {signer, organisation} where others signed; `approval-unsound` {reason} where the approval
 * can't be relied on.
 */
export function approvalFault(
  report: VerificationReport | null,
  registered: readonly string[],
): AppError | null {
  if (report === null) return new AppError('approval-unsound', { reason: 'approval-unchecked' });
  const signed = report.signatures.filter(
    ({ type, signer }) => type === 'signature' && signer?.holder === 'person',
  );
  if (signed.length === 0) return new AppError('approval-missing');
  const approvals = signed.filter(({ field }) => !isInitialField(field));
  const [other] = approvals;
  if (!other) return new AppError('approval-missing', { reason: 'initial-only' });
  const own = approvals.filter(({ signer }) => registered.includes(signer?.certificateDigest ?? ''));
  if (own.length === 0) return stranger(other);
  if (own.some(isWhole)) return null;
  const [reason = 'signature-invalid'] = own.flatMap((signature) => faultOf(signature) ?? []);
  return new AppError('approval-unsound', { reason });
}

function isWhole(signature: SignatureReport): boolean {
  return faultOf(signature) === null;
}

function stranger({ signer }: SignatureReport): AppError {
  return new AppError('approval-unregistered', {
    signer: signer?.subject ?? '',
    organisation: signer?.organisation ?? '',
  });
}

function faultOf(signature: SignatureReport): string | null {
  const { intact, trusted, verdict, reasons, coverage, changesAfter } = signature;
  const [reason] = reasons;
  if (!intact || verdict === 'invalid') return reason ?? 'signature-invalid';
  if (!trusted) return 'chain-untrusted';
  if (coverage === 'partial') return 'approval-partial';
  if (!harmless.has(changesAfter)) return 'approval-outdated';
  return hollowReason(signature);
}
