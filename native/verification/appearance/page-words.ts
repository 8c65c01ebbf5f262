import { AppError } from '../../../contract/failure.ts';
import type { PdfDocument } from '../../pdf/document.ts';
import type { Page, Rectangle } from '../../pdf/page.ts';
import { toUserSpace } from '../../pdf/page-geometry.ts';
import { pageMarks } from '../../pdf/text/text-position.ts';
import { WorkBudget } from '../../pdf/work-budget.ts';

/** Where characters stand in user space. Null where the text can't be followed to its end, or stands elsewhere for some readers. */
export type PageWords = readonly Rectangle[] | null;

/** More than the search for a place to sign may cost: a verdict depends on it. */
const contentBudget = 10_000_000;
/** Dots, lines and blanks mark the place where something is to be written; that it is written over them hides nothing. */
const placeholder = /^[\s.…·•_\-–—‒―|□☐]*$/u;
/** The part of a font's size that letters rise above their line. */
const ascent = 0.7;
/** A font may say nothing of its glyphs' width, or lie; hardly any is narrower than this. */
const narrowest = 0.3;

/** The characters of a page's content, or of anything that is laid out like a page's; leaning ones by the box around them. */
export function wordsOf(document: PdfDocument, page: Page): PageWords {
  try {
    const { characters, turned, isGuessed } = pageMarks(document, page, new WorkBudget(contentBudget));
    if (isGuessed) return null;
    const upright = characters
      // A mark over a letter has no width, and goes with its letter.
      .filter(({ text, left, right, size }) => size > 0 && (right > left || !/^\p{M}*$/u.test(text)))
      .map(({ text, left, right, baseline, size }) => {
        const width = Math.max(right - left, narrowest * size);
        return { text, box: { x: left, y: baseline - ascent * size, width, height: ascent * size } };
      });
    return [...upright, ...turned]
      .filter(({ text }) => !placeholder.test(text))
      .map(({ box }) => toUserSpace(page, box));
  } catch (error) {
    if (error instanceof AppError) return null;
    throw error;
  }
}
