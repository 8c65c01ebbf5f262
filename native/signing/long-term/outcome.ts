import { AppError } from '../../../contract/failure.ts';
import type { SignatureReport, SignatureVerdict, VerificationReport } from '../../../contract/verdict.ts';
import type { ExtendedLevel } from './extend-pdf.ts';

const worth: Record<SignatureVerdict, number> = { invalid: 0, indeterminate: 1, valid: 2 };
const height: Record<SignatureReport['level'], number> = { none: 0, b: 1, t: 2, lt: 3, lta: 4 };

/** Every signature that was there is there, and no worse. Throws `write-failed`: it would be our own doing. */
export function requireNotWorse(before: VerificationReport, after: VerificationReport): void {
  for (const [index, old] of before.signatures.entries()) {
    const now = after.signatures[index];
    if (now?.field !== old.field || worth[now.verdict] < worth[old.verdict] || !now.intact)
      throw new AppError('write-failed', { reason: 'revision' });
  }
}

/**
 * The file keeps what its level promises, from its own data alone: T, that a stamp is there; LT and LTA, that all of it is
 * valid. Signatures of older forms than PAdES have no level, but are valid all the same. Throws `validation-data-missing`.
 */
export function requireLevel({ signatures }: VerificationReport, level: ExtendedLevel): void {
  for (const { field, verdict, reasons, level: own, type } of signatures) {
    const isLow = type === 'signature' && own !== 'none' && height[own] < height[level];
    if (level !== 't' && (verdict !== 'valid' || isLow))
      throw new AppError('validation-data-missing', { field, ...(reasons[0] && { reason: reasons[0] }) });
  }
  const stamped = signatures.some(({ type, level: own }) => type === 'timestamp' || height[own] >= height.t);
  if (!stamped && signatures.some(({ level: own }) => own !== 'none'))
    throw new AppError('write-failed', { reason: 'revision' });
}
