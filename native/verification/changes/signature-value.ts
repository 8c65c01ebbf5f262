import type { PdfDocument } from '../../pdf/document.ts';
import { isArray, isName, PdfDict, type PdfObject, PdfString } from '../../pdf/object.ts';

/** What a signature field may gain: a whole signature, which is then verified for itself. */
export function isSignatureValue(document: PdfDocument, value: PdfObject | undefined): boolean {
  const dict = document.resolve(value);
  return (
    dict instanceof PdfDict && isArray(dict.get('ByteRange')) && dict.get('Contents') instanceof PdfString
  );
}

export function isDocumentTimeStamp(document: PdfDocument, value: PdfObject | undefined): boolean {
  const dict = document.resolve(value);
  return dict instanceof PdfDict && isName(dict.get('SubFilter'), 'ETSI.RFC3161');
}
