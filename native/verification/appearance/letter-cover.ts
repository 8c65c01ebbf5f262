import type { Glyph } from '../../pdf/text/content-walker.ts';
import type { Ink } from './ink.ts';
import { Outline } from './outline.ts';

/** What letters are drawn with. */
export interface Lettering {
  /** Glyphs that are drawings of any size and shape (Type 3). */
  readonly isDrawing: boolean;
  /** ISO 32000-2, table 104. */
  readonly rendering: number;
  readonly fill: Ink;
  readonly stroke: Ink;
  /** In the page's units. */
  readonly penWidth: number;
}

/** How much a letter hides, and where; null: it may be anywhere. */
export interface LetterCover {
  readonly outline: Outline | null;
  readonly density: number;
}

/** Points; a letter of this size is a thing of its own: the dot of a larger one is as large as a word's letter. */
export const largestWriting = 30;
/** Points; a wider pen makes blots of letters. */
const widestPen = 2;
/** Two letters over a word leave it legible, the third doesn't: whole lines can be blackened with letters. */
const inkOfLetter = 0.3;
/** The part of a font's size that letters rise above their line. */
const ascent = 0.7;
/** A font may lie about the width of its glyphs, but hardly any is narrower than this. */
const narrowest = 0.3;

/**
 * What a letter hides of what lies below it: nothing to speak of by itself, since words over words leave both legible, but
 * in the colour of paper, drawn with a broad pen or very large it is as good as a box. Null: nothing at all.
 */
export function letterCover(
  { toShown, left, right, bottom, top }: Glyph,
  style: Lettering,
): LetterCover | null {
  const { isFilled, isStroked } = paintedParts(style.rendering);
  if (!isFilled && !isStroked) return null;
  const inks = [...(isFilled ? [style.fill] : []), ...(isStroked ? [style.stroke] : [])];
  const wipes = inks.some(({ tone }) => tone !== 'dark');
  if (style.isDrawing || wipes || (isStroked && style.penWidth > widestPen)) {
    return { outline: null, density: 1 };
  }
  const [a, b, c, d] = toShown;
  const size = top - bottom;
  const height = size * Math.hypot(c, d);
  const em = Math.max(right - left, size);
  const outline = new Outline();
  if (Math.max(height, em * Math.hypot(a, b)) > largestWriting) {
    outline.rectangle(toShown, left, bottom - size / 4, em, size * 1.25);
    return { outline, density: 1 };
  }
  outline.rectangle(toShown, left, bottom, Math.max(right - left, narrowest * size), ascent * size);
  return { outline, density: inkOfLetter };
}

/** Modes 4 to 7 add to the clip as well (9.3.6), which is left out: more is painted then. */
function paintedParts(rendering: number): { isFilled: boolean; isStroked: boolean } {
  const mode = rendering % 4;
  return { isFilled: mode === 0 || mode === 2, isStroked: mode === 1 || mode === 2 };
}
