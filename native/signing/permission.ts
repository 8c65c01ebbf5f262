import { AppError } from '../../contract/failure.ts';
import type { PdfDocument } from '../pdf/document.ts';

/**
 * Refuses to sign where an author's certification forbids every change (DocMDP with P = 1; ISO 32000-2, 12.8.2.2): a
 * further signature would make the first one invalid. Throws `pdf-signing-forbidden`.
 */
export function requireSigningAllowed(document: PdfDocument): void {
  const permissions = document.dict(document.catalog.get('Perms'));
  const certification = document.dict(permissions?.get('DocMDP'));
  for (const item of document.array(certification?.get('Reference')) ?? []) {
    const parameters = document.dict(document.dict(item)?.get('TransformParams'));
    // /P is 2 where it is left out.
    if (parameters && document.number(parameters.get('P')) === 1) throw new AppError('pdf-signing-forbidden');
  }
}
