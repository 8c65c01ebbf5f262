import type { HiddenKind } from '../../../contract/file-finding.ts';
import type { PdfDocument } from '../../pdf/document.ts';
import { type PdfDict, PdfName } from '../../pdf/object.ts';
import { rectangle } from '../../pdf/page.ts';

/** ISO 32000-2, table 167. */
const flags = { hidden: 1 << 1, print: 1 << 2, noView: 1 << 5, toggleNoView: 1 << 8 } as const;

/** Annotations that show something without an appearance of their own. */
const drawnByReaders: ReadonlySet<string> = new Set([
  ...['Text', 'FreeText', 'Line', 'Square', 'Circle', 'Polygon', 'PolyLine', 'Highlight', 'Underline'],
  ...['Squiggly', 'StrikeOut', 'Stamp', 'Caret', 'Ink', 'FileAttachment', 'Redact', 'Watermark'],
]);

/** Annotations that run or play something. */
export const mediaAnnotations: ReadonlySet<string> = new Set(['RichMedia', '3D', 'Movie', 'Sound', 'Screen']);

export function subtypeOf(document: PdfDocument, annotation: PdfDict): string {
  const subtype = document.resolve(annotation.get('Subtype'));
  return subtype instanceof PdfName ? subtype.value : '';
}

/**
 * Why an annotation isn't seen alike on the screen and on paper; null where it is, or where there is nothing to be
 * seen.
 */
export function visibilityKind(document: PdfDocument, annotation: PdfDict): HiddenKind | null {
  if (!isDrawn(document, annotation)) return null;
  const value = document.number(annotation.get('F')) ?? 0;
  const has = (flag: number) => (value & flag) !== 0;
  if (has(flags.hidden)) return 'hidden-annotation';
  if (has(flags.toggleNoView)) return 'on-pointing';
  if (has(flags.noView)) return has(flags.print) ? 'paper-only' : 'hidden-annotation';
  if (!has(flags.print)) return 'screen-only';
  return document.dict(annotation.get('AP'))?.has('R') ? 'on-pointing' : null;
}

function isDrawn(document: PdfDocument, annotation: PdfDict): boolean {
  if (rectangle(document, annotation.get('Rect')) === null) return false;
  if (document.dict(annotation.get('AP'))?.has('N')) return true;
  const subtype = subtypeOf(document, annotation);
  return (
    drawnByReaders.has(subtype) || (subtype === 'Widget' && document.resolve(annotation.get('V')) !== null)
  );
}
