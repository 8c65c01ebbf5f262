import { AppError } from '../../contract/failure.ts';
import type { SignaturePlace } from '../../contract/verdict.ts';
import type { PdfDocument } from '../pdf/document.ts';
import { PdfDict, type PdfObject, PdfRef } from '../pdf/object.ts';
import { type Page, pages, rectangle } from '../pdf/page.ts';
import { shownSize, toShown } from '../pdf/page-geometry.ts';
import { WorkBudget } from '../pdf/work-budget.ts';
import { readable } from './integrity/readable.ts';
import type { SignatureClaim } from './integrity/signature-claim.ts';
import { lookText } from './signature-role.ts';

/** Widgets times signatures; honest files have a few hundred. */
const mostComparisons = 200_000;

/** Where a signature shows itself, and the words of its look. */
export interface ShownSignature {
  readonly place: SignaturePlace;
  readonly text: string;
}

/**
 * Where each signature shows itself, by its claim; one that shows on no page has none. A field with several widgets
 * is taken where it is met first. Only a help to find them: no verdict rests on it, so that pages that can't be read
 * give no places.
 */
export function shownPlaces(
  document: PdfDocument,
  claims: readonly SignatureClaim[],
): Map<SignatureClaim, ShownSignature> {
  const places = new Map<SignatureClaim, ShownSignature>();
  const comparisons = new WorkBudget(mostComparisons);
  try {
    for (const page of pages(document)) {
      if (places.size === claims.length) break;
      for (const annotation of document.array(page.dict.get('Annots')) ?? []) {
        comparisons.spend(claims.length);
        const widget = annotation instanceof PdfRef ? readable(document, annotation.number) : annotation;
        if (!(widget instanceof PdfDict)) continue;
        const claim = claims.find((one) => !places.has(one) && shows(document, widget, one));
        const place = claim && placeOn(document, page, widget);
        if (claim && place) places.set(claim, { place, text: lookText(document, widget, page) });
      }
    }
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
  }
  return places;
}

/** A widget merged with its field carries the signature; one apart from it has the field as its parent (12.7.4.1). */
function shows(document: PdfDocument, widget: PdfDict, { valueRef, fieldDict }: SignatureClaim): boolean {
  const isOwn = (dict: PdfDict | null, value: PdfObject | undefined): boolean =>
    dict === fieldDict || (valueRef !== null && value instanceof PdfRef && value.equals(valueRef));
  if (isOwn(widget, widget.get('V'))) return true;
  const parent = document.dict(widget.get('Parent'));
  return parent !== null && isOwn(parent, parent.get('V'));
}

function placeOn(document: PdfDocument, page: Page, widget: PdfDict): SignaturePlace | null {
  const box = rectangle(document, widget.get('Rect'));
  return box && { page: page.index + 1, pageSize: shownSize(page), box: toShown(page, box) };
}
