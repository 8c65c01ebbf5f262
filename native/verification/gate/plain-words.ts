import { abbreviations, placeAbbreviations } from './abbreviation.ts';

/**
 * Texts as they are compared: without what people write in one way or another and mean the same. Case, punctuation,
 * spacing, composed and decomposed letters, where the mark of a tone stands (hòa, hoà), i and y, short forms. Accents
 * count, unless one side has none at all, as old certificates.
 */

/** A text's words as they are compared, short forms written out. */
export function plainWords(text: string): string[] {
  const tokens = rawWords(text);
  // Words that are set with blanks between their letters have none of their own left.
  if (isSpacedOut(tokens)) return [tokens.join('')];
  return expand(tokens);
}

function isSpacedOut(tokens: readonly string[]): boolean {
  const single = tokens.filter((token) => token.length === 1).length;
  return tokens.length >= 4 && single > 0.6 * tokens.length;
}

function rawWords(text: string): string[] {
  const letters = text
    .slice(0, longestCompared)
    .normalize('NFKC')
    .replace(/[\p{Cf}\p{Default_Ignorable_Code_Point}]/gu, '')
    .toLocaleLowerCase('vi')
    // Eth and the African D, which older programs have in the place of the Vietnamese letter.
    .replace(/[ðɖ]/g, 'đ')
    .normalize('NFD')
    .replace(misplacedTone, '$1$3$2')
    .replace(finalY, 'i$1')
    .normalize('NFC');
  return letters
    .replace(/\s*&\s*/g, '&')
    .split(/[^\p{L}\p{N}\p{M}&\ufffd]+/u)
    .filter((token) => token !== '');
}

/** As long as data, and what is read of a page, can be. */
const longestCompared = 2000;
/** In an open syllable: hòa and hoà, ủy and uỷ. */
const misplacedTone = /([ou])([\u0300\u0301\u0303\u0309\u0323])([aey])(?![\p{L}\p{M}])/gu;
/** Kỹ and kĩ, lý and lí; not in uy and ay, which are other sounds. */
const finalY = /(?<=[bcdđghklmnprstvx])y([\u0300\u0301\u0303\u0309\u0323]?)(?![\p{L}\p{M}])/gu;

/** The table's words in the form in which they are compared. */
const written = new Map(Object.entries(abbreviations).map(([short, long]) => [short, rawWords(long)]));
const places = new Map(Object.entries(placeAbbreviations).map(([short, long]) => [short, rawWords(long)]));

function expand(tokens: readonly string[]): string[] {
  const words: string[] = [];
  for (let index = 0; index < tokens.length; index++) {
    const token = tokens[index] as string;
    const next = tokens[index + 1];
    const pair = next === undefined ? undefined : written.get(`${token} ${next}`);
    if (pair) {
      words.push(...pair);
      index++;
      continue;
    }
    const known = written.get(token) ?? (next === undefined ? undefined : places.get(token));
    words.push(...(known ?? token.split('&').flatMap((part, at) => (at === 0 ? [part] : ['và', part]))));
  }
  return words.filter((word) => word !== '');
}

/** Letters alone, without the marks that make Vietnamese ones of them. */
export function withoutAccents(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').replaceAll('đ', 'd');
}

/** Whether words are the same to a reader; those of a text without any accents may stand for accented ones. */
export function areSame(left: readonly string[], right: readonly string[]): boolean {
  return areSameLetters(left.join(''), right.join(''));
}

/** As `areSame`, of words that were joined already. */
export function areSameLetters(left: string, right: string): boolean {
  if (left === right) return true;
  const [bareLeft, bareRight] = [withoutAccents(left), withoutAccents(right)];
  return bareLeft === bareRight && (bareLeft === left || bareRight === right);
}

/** Letters of other scripts in the shape of Latin ones, as far as capitals or small letters look alike. */
const lookAlikes = new Map(
  [
    ...['аa', 'вb', 'еe', 'кk', 'мm', 'нh', 'оo', 'рp', 'сc', 'тt', 'уy', 'хx', 'іi', 'јj', 'ѕs', 'ԁd', 'ӏl'],
    ...['αa', 'βb', 'εe', 'ζz', 'ηh', 'ιi', 'κk', 'μm', 'νn', 'οo', 'ρp', 'τt', 'υy', 'χx'],
  ].map((pair) => [pair.charAt(0), pair.charAt(1)] as const),
);

/** Whether a text has letters of another script than Vietnamese is written in. */
export function hasForeignLetters(text: string): boolean {
  return /(?!\p{Script=Latin})\p{L}/u.test(text.normalize('NFKC'));
}

/** The text with foreign letters replaced by the Latin ones that they look like. */
export function asItLooks(text: string): string {
  const letters = Array.from(text.normalize('NFKD'), (letter) => {
    const small = letter.toLocaleLowerCase('vi');
    return lookAlikes.get(small) ?? letter;
  });
  return letters.join('').normalize('NFC');
}

/** How alike two texts are, 0 to 1: the share of letters that can stay when one is made of the other. */
export function likeness(left: string, right: string): number {
  const longest = Math.max(left.length, right.length);
  if (longest === 0) return 1;
  let row = Array.from({ length: right.length + 1 }, (_, index) => index);
  for (let at = 1; at <= left.length; at++) {
    const next = [at];
    for (let index = 1; index <= right.length; index++) {
      const change = (row[index - 1] ?? 0) + (left[at - 1] === right[index - 1] ? 0 : 1);
      next.push(Math.min(change, (row[index] ?? 0) + 1, (next[index - 1] ?? 0) + 1));
    }
    row = next;
  }
  return 1 - (row[right.length] ?? longest) / longest;
}
