import type { VerificationReport } from '../../contract/verdict.ts';
import type { PdfDocument } from '../pdf/document.ts';
import { readTrust, type TrustOptions } from './certificate/trust.ts';
import type { TimeStampCheck } from './cms/time-stamp.ts';
import { Recorder, type ValidationData } from './evidence-recorder.ts';
import { judgeAuthority } from './proof-of-time.ts';
import { readSecurityStore } from './security-store.ts';
import { survey } from './survey.ts';
import { judge } from './verify-pdf.ts';

/**
 * Verifies a document and keeps what the verdict rested on. Evidence that the document carries already isn't kept again, but
 * for what only speaks of the past: a newest stamp's authority is asked about anew. Worth storing only where the verdict
 * is `valid`: then nothing is missing.
 */
export async function gatherValidationData(
  document: PdfDocument,
  options: TrustOptions,
): Promise<{ report: VerificationReport; data: ValidationData }> {
  const recorder = new Recorder();
  const trust = { ...readTrust(options), recorder, isGathering: true };
  const report = await judge(document, await survey(document, trust), trust);
  return { report, data: recorder.data };
}

/**
 * What is still missing for a stamp that is about to be put around `document`: null where its authority can be judged from
 * the document's own data alone; else the data, with the reason where even they don't suffice.
 */
export async function missingFor(
  document: PdfDocument,
  stamp: TimeStampCheck,
  options: TrustOptions,
): Promise<{ data: ValidationData; reason: string | null } | null> {
  const store = readSecurityStore(document);
  const own = await judgeAuthority(stamp, null, store, readTrust({ ...options, offline: true }));
  if (own?.reasons.length === 0) return null;
  const recorder = new Recorder();
  const fresh = await judgeAuthority(stamp, null, store, {
    ...readTrust(options),
    recorder,
    isGathering: true,
  });
  return { data: recorder.data, reason: fresh ? (fresh.reasons[0] ?? null) : 'chain-untrusted' };
}
