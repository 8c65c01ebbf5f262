import { AppError, type FailureCode } from '../../contract/failure.ts';
import type { SignatureReport, VerificationReport } from '../../contract/verdict.ts';
import { FileSource } from '../pdf/byte-source.ts';
import { PdfDocument } from '../pdf/document.ts';
import { readTrust, type Trust, type TrustOptions } from './certificate/trust.ts';
import { Recorder, type ValidationData } from './evidence-recorder.ts';
import type { Examined } from './examined.ts';
import { fileFindings } from './findings/file-findings.ts';
import { withFindings } from './findings/with-findings.ts';
import { hidesSignature } from './integrity/raw-claim.ts';
import { readPrinted } from './printed/printed-facts.ts';
import { producerOf } from './producer.ts';
import { proofsOf } from './proof-of-time.ts';
import { shownPlaces } from './shown-place.ts';
import { report as reportOn } from './signature-report.ts';
import { signatureRole } from './signature-role.ts';
import { type Survey, survey } from './survey.ts';
import { worstVerdict } from './verdict.ts';

export interface VerificationOptions extends TrustOptions {
  /** Opens a protected file. */
  readonly password?: string | undefined;
  /** Reads what the page says of itself, to be compared with a document's data. */
  readonly readsPage?: boolean | undefined;
  /**
   * Is given what was fetched and what trust rested on, so that it can be kept beside the verdict (TT 15/2025 Đ6 K2).
   */
  readonly onEvidence?: ((evidence: ValidationData) => void) | undefined;
}

/**
 * Answers "is this file what its signers signed, and who are they?" (TT 15/2025, Điều 6 and PL II; ISO 32000-2, 12.8).
 * What the file says never throws: a file that can't be read is `unreadable`, since it may hide a signature. Throws
 * `file-missing` and `file-unreadable`.
 */
export async function verifyPdf(path: string, options: VerificationOptions): Promise<VerificationReport> {
  const source = new FileSource(path);
  try {
    return await verify(PdfDocument.read(source, { password: options.password, lenient: true }), options);
  } catch (error) {
    const failure = aboutTheFile(error);
    if (failure) return { verdict: 'unreadable', failure, signatures: [] };
    throw error;
  } finally {
    source.close();
  }
}

/** What parsing hostile bytes fails with, the stack's end included; all else is our own fault and must show. */
function aboutTheFile(error: unknown): FailureCode | null {
  if (error instanceof AppError) return error.code.startsWith('pdf-') ? error.code : null;
  return error instanceof RangeError ? 'pdf-too-complex' : null;
}

async function verify(document: PdfDocument, options: VerificationOptions): Promise<VerificationReport> {
  const recorder = new Recorder();
  const trust = { ...readTrust(options), ...(options.onEvidence && { recorder }) };
  const judged = await judge(document, await survey(document, trust), trust);
  const report = withFindings(judged, fileFindings(document));
  options.onEvidence?.(recorder.data);
  return options.readsPage ? { ...report, printed: readPrinted(document) } : report;
}

/** The verdict on what a survey has found. Asks the network as far as `trust` allows. */
export async function judge(
  document: PdfDocument,
  { examined, store }: Survey,
  trust: Trust,
): Promise<VerificationReport> {
  if (examined.length === 0) {
    return { verdict: hidesSignature(document) ? 'unreadable' : 'unsigned', signatures: [] };
  }
  const proofs = await proofsOf(examined, store, trust);
  const producer = producerOf(document);
  const context = { trust, store, proofs, archiveEnds: archiveEnds(examined), producer };
  const signatures: SignatureReport[] = [];
  const places = shownPlaces(
    document,
    examined.map(({ claim }) => claim),
  );
  for (const one of examined) {
    const reported = await reportOn(one, context);
    const { place = null, text = '' } = places.get(one.claim) ?? {};
    const role = signatureRole(reported, place, text);
    signatures.push({ ...reported, place, ...(role && { role }) });
  }
  return { verdict: worstVerdict(signatures), signatures };
}

/** Where the document time stamps end whose revision has validation data. */
function archiveEnds(examined: readonly Examined[]): number[] {
  return examined.flatMap(({ checked, signed, range }) => {
    const isStamp = checked.kind === 'timeStamp' && checked.check.intact;
    return isStamp && range && signed?.document.catalog.has('DSS') ? [range.end] : [];
  });
}
