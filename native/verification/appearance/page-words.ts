import { AppError } from '../../../contract/failure.ts';
import type { PdfDocument } from '../../pdf/document.ts';
import type { Page, Rectangle } from '../../pdf/page.ts';
import { toUserSpace } from '../../pdf/page-geometry.ts';
import { pageMarks } from '../../pdf/text/text-position.ts';
import { WorkBudget } from '../../pdf/work-budget.ts';

/** Where characters stand in user space. Null where the text can't be followed to its end. */
export type PageWords = readonly Rectangle[] | null;

/** More than the search for a place to sign may cost: a verdict depends on it. */
const contentBudget = 10_000_000;
/** Dots, lines and blanks mark the place where something is to be written; that it is written over them hides nothing. */
const placeholder = /^[\s.…·•_\-–—‒―|□☐]*$/u;
/** The part of a font's size that letters rise above their line. */
const ascent = 0.7;

/** The characters of a page's content, or of anything that is laid out like a page's; leaning ones by the box around them. */
export function wordsOf(document: PdfDocument, page: Page): PageWords {
  try {
    const { characters, turned } = pageMarks(document, page, new WorkBudget(contentBudget));
    const upright = characters
      .filter(({ left, right, size }) => right > left && size > 0)
      .map(({ text, left, right, baseline, size }) => ({
        text,
        box: { x: left, y: baseline - ascent * size, width: right - left, height: ascent * size },
      }));
    return [...upright, ...turned]
      .filter(({ text }) => !placeholder.test(text))
      .map(({ box }) => toUserSpace(page, box));
  } catch (error) {
    if (error instanceof AppError) return null;
    throw error;
  }
}
