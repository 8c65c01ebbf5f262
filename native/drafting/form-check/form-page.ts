import type { Page } from '../../pdf/page.ts';
import type { BoxMm } from '../../pdf/page-geometry.ts';
import { shownSize } from '../../pdf/page-geometry.ts';
import { linesOf } from '../../pdf/text/text-line.ts';
import type { SeenCharacter } from '../../verification/printed/seen-text.ts';

/** A line as it is printed, with the style of most of its letters. */
export interface FormLine {
  readonly text: string;
  /** From 1. */
  readonly page: number;
  readonly box: BoxMm;
  readonly baseline: number;
  /** Points. */
  readonly size: number;
  readonly isBold: boolean;
  readonly isItalic: boolean;
  readonly isCapitals: boolean;
  readonly letters: readonly SeenCharacter[];
}

export interface FormPage {
  readonly number: number;
  readonly width: number;
  readonly height: number;
  readonly characters: readonly SeenCharacter[];
  readonly lines: readonly FormLine[];
}

/** Parts of the letters' size: how far they reach above and below their line. */
const above = 0.9;
const below = 0.22;
const pointsPerMm = 72 / 25.4;

export function formPage(page: Page, number: number, characters: readonly SeenCharacter[]): FormPage {
  // Fields and stamps aren't of the page's form.
  const own = characters.filter(({ isContent }) => isContent);
  return { number, ...shownSize(page), characters: own, lines: formLines(own, number) };
}

/** Characters of a page, or of a column, as lines from top to bottom. */
export function formLines(characters: readonly SeenCharacter[], page: number): FormLine[] {
  return linesOf(characters).map(({ text, left, right, baseline }) => {
    const letters = characters.filter(
      (one) =>
        Math.abs(one.baseline - baseline) < 0.5 &&
        one.left >= left - 0.1 &&
        one.right <= right + 0.1 &&
        one.text.trim(),
    );
    const size = middle(letters.map((letter) => letter.size));
    return {
      ...{ text: text.replace(/\s+/g, ' ').trim(), page, baseline, letters },
      box: { x: left, y: baseline - above * size, width: right - left, height: (above + below) * size },
      size: Math.round(size * pointsPerMm * 10) / 10,
      isBold: most(letters, ({ isBold }) => isBold),
      isItalic: most(letters, ({ isItalic }) => isItalic),
      isCapitals: /\p{Lu}{2}/u.test(text) && text === text.toLocaleUpperCase('vi'),
    };
  });
}

function most(letters: readonly SeenCharacter[], is: (letter: SeenCharacter) => boolean): boolean {
  return letters.filter(is).length > 0.7 * letters.length;
}

function middle(sizes: readonly number[]): number {
  return sizes.toSorted((a, b) => a - b)[Math.floor(sizes.length / 2)] ?? 0;
}
