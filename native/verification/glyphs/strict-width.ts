import type { PdfDocument } from '../../pdf/document.ts';
import { isArray, type PdfDict } from '../../pdf/object.ts';

/** Characters for which a font may give widths. */
const widthLimit = 1 << 16;

/**
 * The widths of a descendant font's characters (ISO 32000-2, 9.7.4.3) where all readers find the same: null for a
 * list that isn't written as it should be, speaks of a character twice, or of too many.
 */
export function strictWidths(document: PdfDocument, font: PdfDict): ((cid: number) => number) | null {
  const byDefault = document.resolve(font.get('DW')) ?? 1000;
  const list = document.resolve(font.get('W')) ?? [];
  if (typeof byDefault !== 'number' || !isArray(list)) return null;
  const widths = new Map<number, number>();
  const put = (cid: number, width: unknown) => {
    const isFine = typeof width === 'number' && Number.isInteger(cid) && cid >= 0 && !widths.has(cid);
    if (isFine) widths.set(cid, width);
    return isFine && widths.size <= widthLimit;
  };
  const items = list.map((item) => document.resolve(item));
  for (let index = 0; index < items.length; ) {
    const [first, second, third] = items.slice(index, index + 3);
    if (typeof first !== 'number') return null;
    if (isArray(second)) {
      if (!second.every((width, step) => put(first + step, document.resolve(width)))) return null;
      index += 2;
    } else {
      if (typeof second !== 'number' || second < first || second - first > widthLimit) return null;
      for (let cid = first; cid <= second; cid++) if (!put(cid, third)) return null;
      index += 3;
    }
  }
  return (cid) => widths.get(cid) ?? byDefault;
}
