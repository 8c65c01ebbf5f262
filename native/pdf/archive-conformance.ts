import { AppError } from '../../contract/failure.ts';
import type { PdfDocument } from './document.ts';
import { PdfName, type PdfObject, PdfStream } from './object.ts';
import type { Page } from './page.ts';

/** XMP packets of honest files have some kilobytes. */
const metadataLimit = 1 << 20;

/** The part of ISO 19005 that a file claims to keep to (PDF/A-1 to -4); null where it claims none. */
export function archivePart(document: PdfDocument): number | null {
  const metadata = document.resolve(document.catalog.get('Metadata'));
  if (!(metadata instanceof PdfStream)) return null;
  try {
    const packet = Buffer.from(document.decodedBytes(metadata).subarray(0, metadataLimit)).toString('utf8');
    // As an element or as an attribute; both are RDF (ISO 19005-2, 6.6.4).
    const part = /pdfaid:part(?:\s*=\s*["']|\s*>\s*)(\d)/.exec(packet)?.[1];
    return part === undefined ? null : Number(part);
  } catch (error) {
    if (error instanceof AppError) return null;
    throw error;
  }
}

/**
 * Whether something transparent may be put on the page without breaking what the file claims: never in PDF/A-1 (ISO
 * 19005-1, 6.4); later only where an output intent or the page's own group says in which colours to blend (ISO 19005-2,
 * 6.2.10). Adding that group would change the page, which no signature may.
 */
export function allowsTransparency(document: PdfDocument, page: Page): boolean {
  const part = archivePart(document);
  if (part === null) return true;
  if (part === 1) return false;
  const intents = document.array(document.catalog.get('OutputIntents')) ?? [];
  const hasIntent = intents.some((intent) =>
    isArchiveIntent(document.resolve(document.dict(intent)?.get('S'))),
  );
  return hasIntent || document.dict(page.dict.get('Group'))?.has('CS') === true;
}

function isArchiveIntent(subtype: PdfObject): boolean {
  return subtype instanceof PdfName && subtype.value === 'GTS_PDFA1';
}
