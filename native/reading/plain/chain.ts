import { AppError } from '../../../contract/failure.ts';
import type { PdfDocument } from '../../pdf/document.ts';
import { type PdfObject, PdfRef } from '../../pdf/object.ts';

/**
 * Whether no object is a mere reference to another (7.3.10 has none): poppler doesn't follow it, and shows a page
 * without its box or its words. Objects that can't be read are nobody's.
 */
export function isWithoutChains(document: PdfDocument): boolean {
  return document.revisions.every((revision) =>
    [...revision.numbers()].every((number) => !isChained(document, new PdfRef(number, 0))),
  );
}

function isChained(document: PdfDocument, value: PdfObject): boolean {
  try {
    return value instanceof PdfRef && document.object(value) instanceof PdfRef;
  } catch (error) {
    if (error instanceof AppError && error.code !== 'pdf-too-complex') return false;
    throw error;
  }
}
