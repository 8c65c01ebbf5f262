import { basename } from 'node:path';
import { AppError } from '../../contract/failure.ts';
import { FileSource } from '../pdf/byte-source.ts';
import { PdfDocument } from '../pdf/document.ts';
import { locate } from './examined.ts';
import { findClaims } from './integrity/signature-claim.ts';
import { shown } from './shown.ts';

/**
 * How many of a file's first bytes are the document exactly as a signature saw it: up to the end of its /ByteRange, which is a
 * whole revision (ISO 32000-2, 12.8.1). Says nothing about whether the signature is good. `field`: its name as `verifyPdf`
 * reports it.
 *
 * Throws `pdf-revision-missing` where there is no or more than one signature of that name, or its range is no whole revision,
 * and the reader's failures (`pdf-…`, `file-…`).
 */
export function signedExtent(
  path: string,
  field: string,
  options: { password?: string | undefined } = {},
): number {
  const source = new FileSource(path);
  try {
    const document = PdfDocument.read(source, { ...options, lenient: true });
    const claims = findClaims(document).filter(
      (claim) => claim.field === field || shown(claim.field) === field,
    );
    const [claim] = claims;
    const located = claim && claims.length === 1 ? locate(document, claim) : null;
    if (!located?.range || !located.signed)
      throw new AppError('pdf-revision-missing', { field: shown(field), file: basename(path) });
    return located.range.end;
  } finally {
    source.close();
  }
}
