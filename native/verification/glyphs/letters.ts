import { unknownCharacter } from '../../pdf/text/font-reader.ts';

/**
 * Letters without their marks, and digits. Of the Latin ones only those of ASCII, on which every encoding agrees; of
 * other scripts all, since many look like Latin letters and digits. What can't be told stays as `unknownCharacter`.
 */
export function lettersOf(text: string): string {
  return lettersAndSigns(text).replace(sign, '');
}

const signs = '\\-.,:;/+*=%#()\u2044\u2215\u00b1\u00b7\u00d7\u00f7\u2030';
/** What makes another number, date or sum of the digits beside it. */
const sign = new RegExp(`[${signs}]`, 'g');
const loneSign = new RegExp(`(?<!\\p{N})[${signs}](?!\\p{N})`, 'gu');
const silent = new RegExp(`[^\\p{L}\\p{N}\ufffd${signs}]|\\p{Lm}`, 'gu');
const dash = /[\u00ad\u2010-\u2015\u2212]/g;
/** A half isn't 12, nor a square 2: numbers that are one character stay what they are. */
const otherNumber = /(?![0-9])\p{N}/u;
const otherLatin = /(?=\p{L})[\u0080-\u024f]/gu;

/** `lettersOf` a text, and its signs. */
export function lettersAndSigns(text: string): string {
  return Array.from(text, (character) =>
    otherNumber.test(character) ? character : character.normalize('NFKD'),
  )
    .join('')
    .toLowerCase()
    .replaceAll('đ', 'd')
    .replace(dash, '-')
    .replace(silent, '')
    .replace(otherLatin, '');
}

/** What a text says: `lettersOf` it, and the signs that stand at a digit. 1.5 isn't 15, nor is -5 the same as 5. */
export function saidBy(text: string): string {
  return lettersAndSigns(text).replace(loneSign, '');
}

/**
 * Whether a text says `shown`, which is `saidBy` something, from its beginning on. A field may show less than it
 * says, where it is too small or the year is printed beside it, but no part of a number. A letter that can't be told
 * may be any.
 */
export function beginsWith(text: string, shown: string): boolean {
  const said = saidBy(text);
  if (shown.length > said.length) return false;
  const isSame = [...shown].every((letter, index) => letter === said[index] || letter === unknownCharacter);
  return isSame && !cutsNumber(said, shown.length);
}

/** Whether a number goes on behind so many letters: at once, or behind what parts thousands and fractions. */
function cutsNumber(said: string, count: number): boolean {
  return /\p{N}[.,]*$/u.test(said.slice(0, count)) && /^[.,]*\p{N}/u.test(said.slice(count));
}
