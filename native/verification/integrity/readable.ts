import { AppError } from '../../../contract/failure.ts';
import type { PdfDocument } from '../../pdf/document.ts';
import { type PdfObject, PdfRef } from '../../pdf/object.ts';
import { Exhausted } from '../../pdf/work-budget.ts';

/** An object's value; null for one that can't be read, as every viewer treats it. Throws `pdf-too-complex` once all work is spent. */
export function readable(document: PdfDocument, number: number): PdfObject {
  try {
    return document.object(new PdfRef(number, 0));
  } catch (error) {
    if (error instanceof AppError && !(error instanceof Exhausted)) return null;
    throw error;
  }
}
