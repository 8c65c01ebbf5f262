import type { PdfDocument } from '../../pdf/document.ts';
import type { PdfDict, PdfObject } from '../../pdf/object.ts';

const maxAncestors = 32;

/** A field's or widget's entry, else its nearest ancestor's that has one (ISO 32000-2, 12.7.4.1); null for none. */
export function inheritedEntry(document: PdfDocument, widget: PdfDict, key: string): PdfObject {
  let holder: PdfDict | null = widget;
  for (let depth = 0; holder && depth < maxAncestors; depth++) {
    if (holder.has(key)) return document.resolve(holder.get(key));
    holder = document.dict(holder.get('Parent'));
  }
  return null;
}
