import type { PdfDocument } from '../../pdf/document.ts';
import type { PdfStream } from '../../pdf/object.ts';
import { type Page, type Rectangle, rectangle } from '../../pdf/page.ts';
import { shownMatrix } from '../../pdf/page-geometry.ts';
import { transform } from '../../pdf/text/matrix.ts';
import { type PlacedCharacter, pageMarks, textBudget } from '../../pdf/text/text-position.ts';
import { beginsWith, lettersAndSigns, lettersOf, saidBy } from '../glyphs/letters.ts';
import { GlyphReading } from '../glyphs/reading.ts';
import type { Proof } from '../glyphs/told.ts';
import { isDateInBlanks } from './date-in-blanks.ts';
import { sheetOf } from './shown-text.ts';

/**
 * Letters of one text are of about one size; those of less than this share of the largest are there to be overlooked.
 */
const sizeShare = 0.5;
/** The narrowest letter, and the least way from one to the next, as shares of the size. */
const narrowest = 0.1;
/** Parts of the size by which the letters of one line may stand higher or lower. */
const sameLine = 0.4;

export interface Written {
  /** As `saidBy` has it. */
  readonly text: string;
  /** By what it is known that people see these letters. */
  readonly proof: Proof;
}

/**
 * What a person reads in an appearance, from left to right and from top to bottom, in whatever order it is drawn.
 * Null where some of it is there for machines alone: tiny, squeezed, turned, over one another, beyond `place` in its
 * box, in what is no font to all readers or by letters of which the file says two things. Throws `pdf-too-complex`.
 */
export function writtenText(
  document: PdfDocument,
  form: PdfStream,
  page: Page,
  place: Rectangle | null = null,
): Written | null {
  const sheet = sheetOf(document, form, page);
  const box = rectangle(document, form.dict.get('BBox'));
  if (!box) return { text: '', proof: 'none' };
  const [left, bottom] = transform(shownMatrix(sheet), box[0], box[1]);
  const [right, top] = transform(shownMatrix(sheet), box[2], box[3]);
  const isNarrow = place !== null && place[2] < box[2];
  const [end] = isNarrow ? transform(shownMatrix(sheet), place[2], box[1]) : [Number.POSITIVE_INFINITY];
  const glyphs = new GlyphReading(document);
  const { characters, turned, isGuessed } = pageMarks(document, sheet, textBudget(), glyphs.open);
  // By a width of less than nothing a letter counts as turned.
  if (isGuessed || !glyphs.isSound || turned.some(({ text }) => lettersAndSigns(text) !== '')) return null;
  const seen = characters
    .map((character) => ({ ...character, text: lettersAndSigns(character.text) }))
    .filter(({ text }) => text !== '')
    .filter((character) => {
      const middle = (character.left + character.right) / 2;
      const height = character.baseline - character.size / 3;
      return middle > left && middle < right && height > top && height < bottom;
    });
  const largest = seen.reduce((size, character) => Math.max(size, character.size), 0);
  const rows = rowsOf(seen);
  const isOverlooked = (character: PlacedCharacter) =>
    character.size < sizeShare * largest || character.right - character.left < narrowest * character.size;
  if (seen.some((one) => isOverlooked(one) || one.right > end) || rows.some(overlaps)) return null;
  const read = rows.flat();
  // Where a letter stands beside the one before follows from its width, of which programs think differently.
  const isInOrder = read.every((character, index) => character === seen[index]);
  return { text: saidBy(read.map(({ text }) => text).join('')), proof: isInOrder ? glyphs.proof : 'none' };
}

/** Whether a value says what is written, from its beginning on, or as the date that blanks are filled with. */
export function says(value: string, { text }: Written): boolean {
  return beginsWith(value, text) || isDateInBlanks(value, lettersOf(text));
}

function rowsOf(characters: readonly PlacedCharacter[]): PlacedCharacter[][] {
  const rows: PlacedCharacter[][] = [];
  for (const character of characters.toSorted((a, b) => a.baseline - b.baseline)) {
    const row = rows.at(-1);
    const [first] = row ?? [];
    if (row && first && character.baseline - first.baseline < sameLine * first.size) row.push(character);
    else rows.push([character]);
  }
  return rows.map((row) => row.toSorted((a, b) => a.left - b.left));
}

function overlaps(row: readonly PlacedCharacter[]): boolean {
  return row.some((character, index) => {
    const next = row[index + 1];
    return next !== undefined && next.left - character.left < narrowest * character.size;
  });
}
