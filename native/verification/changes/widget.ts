import type { PdfDocument } from '../../pdf/document.ts';
import { PdfDict, type PdfObject, PdfRef } from '../../pdf/object.ts';
import type { Difference } from './difference.ts';
import type { PageMap } from './page-map.ts';

/** Annotation flags (ISO 32000-2, 12.5.3) that signing and filling may add: shown in print, not to be moved or edited. */
const harmlessFlags = (1 << 2) | (1 << 7) | (1 << 9);

const noZoom = 1 << 3;
const noRotate = 1 << 4;
const toggleNoView = 1 << 8;

/**
 * Whether a widget stays where it is and as large as it is: NoZoom lets it grow over the page, NoRotate turns it out of its
 * rectangle on a turned page, ToggleNoView shows it under the pointer only.
 */
export function hasSteadyFlags(flags: number | null, rotation: number): boolean {
  const fickle = noZoom | toggleNoView | (rotation === 0 ? 0 : noRotate);
  return ((flags ?? 0) & fickle) === 0;
}

/** Whether flags changed only by becoming stricter: nothing hidden appears, nothing shown disappears. */
export function mayChangeFlags(before: number | null, after: number | null): boolean {
  const [old, now] = [before ?? 0, after ?? 0];
  return (old & ~now) === 0 && (now & ~old & ~harmlessFlags) === 0;
}

/** The share of its page that a widget covers, 0 to 1; 1 where that can't be told though it isn't empty. */
export function coveredShare(document: PdfDocument, number: number, dict: PdfDict, map: PageMap): number {
  const corners =
    document.array(dict.get('Rect'))?.map((value) => document.number(value) ?? Number.NaN) ?? [];
  const [left = 0, bottom = 0, right = 0, top = 0] = corners;
  const area = Math.abs(right - left) * Math.abs(top - bottom);
  if (area === 0) return 0;
  const page = map.pageOf(number);
  // A widget that no page shows covers nothing.
  if (!page) return Number.isNaN(area) ? 1 : 0;
  const [pageLeft, pageBottom, pageRight, pageTop] = page.box;
  const share = area / Math.abs((pageRight - pageLeft) * (pageTop - pageBottom));
  return Number.isFinite(share) ? share : 1;
}

/** Whether an appearance draws anything, as far as can be told from there being one. */
export function hasAppearance(document: PdfDocument, dict: PdfDict): boolean {
  return document.dict(dict.get('AP')) instanceof PdfDict;
}

/** Whether an appearance was replaced in place, so that the widget around it didn't have to change. */
export function isRedrawn(widget: PdfDict, difference: Difference): boolean {
  const isReplaced = (value: PdfObject | undefined): boolean => {
    if (!(value instanceof PdfRef) || !difference.changed.has(value.number)) return false;
    const { number } = value;
    return !difference.isSame(difference.old(number), difference.new(number), { holder: number, path: '' });
  };
  const faces = widget.get('AP');
  return isReplaced(faces) || [...(difference.after.dict(faces)?.entries.values() ?? [])].some(isReplaced);
}
