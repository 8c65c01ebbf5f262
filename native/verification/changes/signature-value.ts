import type { PdfDocument } from '../../pdf/document.ts';
import { isArray, isName, PdfDict, type PdfObject, PdfRef, PdfString } from '../../pdf/object.ts';
import type { Difference } from './difference.ts';

/** What a signature field may gain: a whole signature, which is then verified for itself. */
export function isSignatureValue(document: PdfDocument, value: PdfObject | undefined): boolean {
  const dict = document.resolve(value);
  return (
    dict instanceof PdfDict && isArray(dict.get('ByteRange')) && dict.get('Contents') instanceof PdfString
  );
}

/** Whether a field gained a signature of its own: one that was signed before already belongs to another field. */
export function isNewSignature(
  difference: Difference,
  value: PdfObject | undefined,
): 'new' | 'shared' | 'none' {
  if (!isSignatureValue(difference.after, value)) return 'none';
  return value instanceof PdfRef && difference.existed(value.number) ? 'shared' : 'new';
}

export function isDocumentTimeStamp(document: PdfDocument, value: PdfObject | undefined): boolean {
  const dict = document.resolve(value);
  return dict instanceof PdfDict && isName(dict.get('SubFilter'), 'ETSI.RFC3161');
}
