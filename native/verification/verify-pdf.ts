import { AppError } from '../../contract/failure.ts';
import type { VerificationReport } from '../../contract/verdict.ts';
import { FileSource } from '../pdf/byte-source.ts';
import { PdfDocument } from '../pdf/document.ts';
import { readTrust, type TrustOptions } from './certificate/trust.ts';
import { Comparison } from './changes/comparison.ts';
import { type Examined, examine, locate } from './examined.ts';
import { hidesSignature } from './integrity/raw-claim.ts';
import { findClaims } from './integrity/signature-claim.ts';
import { SignedBytes } from './integrity/signed-bytes.ts';
import { unexplainedBytes } from './integrity/unexplained.ts';
import { proofsOf } from './proof-of-time.ts';
import { readSecurityStore } from './security-store.ts';
import { report } from './signature-report.ts';
import { worstVerdict } from './verdict.ts';

export interface VerificationOptions extends TrustOptions {
  /** For an encrypted file. */
  readonly password?: string;
}

/**
 * Answers "is this file what its signers signed, and who are they?" (TT 15/2025, Điều 6 and PL II; ISO 32000-2, 12.8).
 * What the file says never throws: a file that can't be read is `unreadable`, since it may hide a signature. Throws
 * `file-missing` and `file-unreadable`.
 */
export async function verifyPdf(path: string, options: VerificationOptions): Promise<VerificationReport> {
  const source = new FileSource(path);
  try {
    return await verify(PdfDocument.read(source), options);
  } catch (error) {
    if (isAboutTheFile(error)) return { verdict: 'unreadable', signatures: [] };
    throw error;
  } finally {
    source.close();
  }
}

/** What parsing hostile bytes fails with, the stack's end included; all else is our own fault and must show. */
function isAboutTheFile(error: unknown): boolean {
  return error instanceof AppError ? error.code.startsWith('pdf-') : error instanceof RangeError;
}

async function verify(document: PdfDocument, options: VerificationOptions): Promise<VerificationReport> {
  const claims = findClaims(document);
  if (claims.length === 0) {
    return { verdict: hidesSignature(document) ? 'unreadable' : 'unsigned', signatures: [] };
  }
  const trust = readTrust(options);
  const store = readSecurityStore(document);
  const located = claims.map((claim) => locate(document, claim));
  const ranges = located.flatMap(({ range, signed }) => (range && signed ? [range] : []));
  const signed = located.flatMap((one) => (one.signed ? [one.signed.document] : []));
  const oldestEnd = Math.min(document.source.length, ...ranges.map(({ end }) => end));
  const facts = {
    document,
    bytes: new SignedBytes(document.source, ranges),
    comparison: new Comparison(document, signed),
    unexplained: unexplainedBytes(document, oldestEnd),
    candidates: [...store.certificates, ...trust.intermediates],
  };
  const examined: Examined[] = [];
  for (const one of located) examined.push(await examine(one, facts));
  const proofs = await proofsOf(examined, store, trust);
  const context = { trust, store, proofs, hasArchiveStamp: examined.some(coversStore) };
  const signatures = [];
  for (const one of examined) signatures.push(await report(one, context));
  return { verdict: worstVerdict(signatures), signatures };
}

/** A document time stamp over a revision that has validation data. */
function coversStore({ checked, signed }: Examined): boolean {
  return checked.kind === 'timeStamp' && checked.check.intact && signed?.document.catalog.has('DSS') === true;
}
