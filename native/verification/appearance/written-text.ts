import type { PdfDocument } from '../../pdf/document.ts';
import type { PdfStream } from '../../pdf/object.ts';
import { type Page, type Rectangle, rectangle } from '../../pdf/page.ts';
import { shownMatrix } from '../../pdf/page-geometry.ts';
import { unknownCharacter } from '../../pdf/text/font-reader.ts';
import { transform } from '../../pdf/text/matrix.ts';
import { type PlacedCharacter, pageMarks } from '../../pdf/text/text-position.ts';
import { sheetOf } from './shown-text.ts';

/** Letters of one text are of about one size; those of less than this share of the largest are there to be overlooked. */
const sizeShare = 0.5;
/** The narrowest letter, and the least way from one to the next, as shares of the size. */
const narrowest = 0.1;
/** Parts of the size by which the letters of one line may stand higher or lower. */
const sameLine = 0.4;

/**
 * What a person reads in an appearance, from left to right and from top to bottom, in whatever order it is drawn, as `saidBy` has
 * it. Null where some of it is there for machines alone: tiny, squeezed, over one another, beyond `place` in its box. Throws
 * `pdf-too-complex`.
 */
export function writtenText(
  document: PdfDocument,
  form: PdfStream,
  page: Page,
  place: Rectangle | null = null,
): string | null {
  const sheet = sheetOf(document, form, page);
  const box = rectangle(document, form.dict.get('BBox'));
  if (!box) return '';
  const [left, bottom] = transform(shownMatrix(sheet), box[0], box[1]);
  const [right, top] = transform(shownMatrix(sheet), box[2], box[3]);
  const isNarrow = place !== null && place[2] < box[2];
  const [end] = isNarrow ? transform(shownMatrix(sheet), place[2], box[1]) : [Number.POSITIVE_INFINITY];
  const { characters, isGuessed } = pageMarks(document, sheet);
  if (isGuessed) return null;
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
  return saidBy(rows.flatMap((row) => row.map(({ text }) => text)).join(''));
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

/**
 * Letters without their marks, and digits. Of the Latin ones only those of ASCII, on which every encoding agrees; of other scripts
 * all, since many look like Latin letters and digits. What can't be told stays as `unknownCharacter`.
 */
export function lettersOf(text: string): string {
  return lettersAndSigns(text).replace(sign, '');
}

/** What makes another number, date or sum of the digits beside it. */
const sign = /[-.,:;/+*=%#()]/g;
const dash = /[\u00ad\u2010-\u2015\u2212]/g;
const loneSign = /(?<!\p{N})[-.,:;/+*=%#()](?!\p{N})/gu;

function lettersAndSigns(text: string): string {
  return text
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll('đ', 'd')
    .replace(dash, '-')
    .replace(/[^\p{L}\p{N}\ufffd\-.,:;/+*=%#()]|\p{Lm}/gu, '')
    .replace(/[\u0080-\u024f]/g, '');
}

/** What a text says: `lettersOf` it, and the signs that stand at a digit. 1.5 isn't 15, nor is -5 the same as 5. */
export function saidBy(text: string): string {
  return lettersAndSigns(text).replace(loneSign, '');
}

/**
 * Whether a text says `shown`, which is `saidBy` something, from its beginning on. A field may show less than it says, where it
 * is too small or the year is printed beside it, but no part of a number. A letter that can't be told may be any, but no digit.
 */
export function beginsWith(text: string, shown: string): boolean {
  const said = saidBy(text);
  const isUnknown = shown.includes(unknownCharacter);
  if (shown.length > said.length || (isUnknown && /\p{N}/u.test(said))) return false;
  const isSame = [...shown].every((letter, index) => letter === said[index] || letter === unknownCharacter);
  return isSame && !cutsNumber(said, shown.length);
}

/** Whether a number goes on behind so many letters: at once, or behind what parts thousands and fractions. */
function cutsNumber(said: string, count: number): boolean {
  return /\p{N}[.,]*$/u.test(said.slice(0, count)) && /^[.,]*\p{N}/u.test(said.slice(count));
}
