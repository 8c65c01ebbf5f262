import type { GateFinding } from '../../../contract/gate.ts';
import type { VerificationReport } from '../../../contract/verdict.ts';
import { byName, type SignatureRole, signatureFindingsOf } from './signature-findings.ts';

/**
 * What is to be known of a document that has arrived before it is registered (NĐ 30/2020 Đ5, Đ21.1); `gateWeight` says which of it
 * closes the gate.
 */
export function gateFindingsOf(report: VerificationReport, roleOf: SignatureRole = byName): GateFinding[] {
  return signatureFindingsOf(report, roleOf).map((code) => ({ code, params: {} }));
}
