import type { PdfDocument } from '../pdf/document.ts';
import type { FormField } from '../pdf/form.ts';
import { isName, PdfDict, PdfRef } from '../pdf/object.ts';

/** Where a field shows on a page: often the field's own dictionary, else a kid's (ISO 32000-2, 12.7.4.1). */
export interface Widget {
  readonly ref: PdfRef;
  readonly dict: PdfDict;
  /** True where field and widget are one dictionary. */
  readonly isField: boolean;
}

/** The field's first widget; null where it has none or stands directly in another object. */
export function widgetOf(document: PdfDocument, { ref, dict }: FormField): Widget | null {
  const isWidget = (candidate: PdfDict) =>
    isName(document.resolve(candidate.get('Subtype')), 'Widget') || candidate.has('Rect');
  if (isWidget(dict)) return ref && { ref, dict, isField: true };
  for (const kid of document.array(dict.get('Kids')) ?? []) {
    const value = document.resolve(kid);
    if (kid instanceof PdfRef && value instanceof PdfDict && isWidget(value))
      return { ref: kid, dict: value, isField: false };
  }
  return null;
}
