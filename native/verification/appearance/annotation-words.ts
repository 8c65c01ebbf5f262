import { AppError } from '../../../contract/failure.ts';
import type { PdfDocument } from '../../pdf/document.ts';
import { isName, PdfDict, type PdfObject } from '../../pdf/object.ts';
import { type Page, type Rectangle, rectangle } from '../../pdf/page.ts';
import { concatenate, matrixOf, transform } from '../../pdf/text/matrix.ts';
import { wordsOf } from './page-words.ts';
import { sheetOf } from './shown-text.ts';
import { fitting, normalAppearance } from './widget-appearance.ts';

/**
 * The characters that an annotation shows, where they stand on its page. None for signatures: a seal lies over the signature beside
 * it by rule (NĐ 30/2020 PL I, II.8). None either where the appearance can't be read.
 */
export function annotationWords(
  document: PdfDocument,
  page: Page,
  annotation: PdfObject,
): readonly Rectangle[] {
  if (!(annotation instanceof PdfDict) || isName(document.resolve(annotation.get('FT')), 'Sig')) return [];
  const rect = rectangle(document, annotation.get('Rect'));
  try {
    const form = normalAppearance(document, annotation);
    const box = form && rectangle(document, form.dict.get('BBox'));
    if (!form || !rect || !box) return [];
    const own = matrixOf(document, form.dict.get('Matrix'));
    const toPage = concatenate(own, fitting(rect, box, own));
    // Words that can't be placed may stand anywhere in it.
    return (wordsOf(document, sheetOf(document, form, page)) ?? [box]).map(([left, bottom, right, top]) => {
      const [[x0, y0], [x1, y1]] = [transform(toPage, left, bottom), transform(toPage, right, top)];
      return [Math.min(x0, x1), Math.min(y0, y1), Math.max(x0, x1), Math.max(y0, y1)];
    });
  } catch (error) {
    if (error instanceof AppError) return [];
    throw error;
  }
}
