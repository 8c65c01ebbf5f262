import { AppError } from '../../../contract/failure.ts';
import type { ByteSource } from '../../pdf/byte-source.ts';
import type { PdfDocument } from '../../pdf/document.ts';
import { isWhite } from '../../pdf/lexer.ts';
import type { SignedRange } from './byte-range.ts';
import { PrefixSource } from './prefix-source.ts';
import { claimsOf, type SignatureClaim } from './signature-claim.ts';

/** The document exactly as a signature saw it. */
export interface SignedRevision {
  readonly document: PdfDocument;
  /** The claim as that revision shows it. */
  readonly claim: SignatureClaim;
}

/**
 * Opens the signed bytes as a document of their own. Null where they aren't one whole revision that itself shows the signature:
 * a range that ends anywhere else leaves it to whoever appends what the signed bytes mean.
 */
export function openSigned(whole: PdfDocument, range: SignedRange): SignedRevision | null {
  const prefix = new PrefixSource(whole.source, range.end);
  try {
    // Nothing behind it: the file itself is what the signature saw.
    const document = prefix.length === whole.source.length ? whole : whole.readAlike(prefix);
    if (!endsHere(prefix, document.revision.end)) return null;
    const claim = claimsOf(document).find(
      (candidate) => candidate.places?.get('Contents')?.[0]?.start === range.gapStart,
    );
    return claim ? { document, claim } : null;
  } catch (error) {
    if (error instanceof AppError) return null;
    throw error;
  }
}

/** `%%EOF` right before `end`, and nothing but white space behind it. */
function endsHere(source: ByteSource, end: number): boolean {
  const from = Math.max(0, end - 16);
  const closing = Buffer.from(source.read(from, end - from)).toString('latin1');
  return /%%EOF\s*$/.test(closing) && isBlank(source, end, source.length);
}

/** Whether only white space stands between two offsets. */
export function isBlank(source: ByteSource, from: number, to: number): boolean {
  for (let offset = from; offset < to; offset += 4096) {
    if (!source.read(offset, Math.min(4096, to - offset)).every(isWhite)) return false;
  }
  return true;
}
