import { contains } from './body-name.ts';
import { plainWords } from './plain-words.ts';

/** Degrees, ranks and forms of address before a name, which the decree forbids and people print. */
const titles = new Set(
  [
    'gs pgs ts ths thạc tiến sĩ sỹ ks cn bs bác dược kỹ cử nhân luật nhà giáo ưu tú nhân dân ck1 ck2 cki ckii bsckii bscki',
    'đại thượng trung thiếu tá tướng úy ông bà đồng chí đc',
  ]
    .join(' ')
    .split(' ')
    .flatMap(plainWords),
);
/** Family names that are titles' words, too, stay: a name of two words has nothing to lose. */
const leastWords = 2;

/**
 * A person's name as it is compared; empty where the text is none, such as a position in brackets where a name would
 * stand.
 */
export function personWords(text: string): string[] {
  if (/^\s*[([]/.test(text)) return [];
  const words = plainWords(text.replace(/[([].*$/s, ''));
  while (words.length > leastWords && titles.has(words[0] ?? '')) words.shift();
  return words.length < leastWords && (words[0]?.length ?? 0) < leastLetters ? [] : words;
}

/** A name that is set in spaced letters has become one word. */
const leastLetters = 6;

/**
 * Whether two names may be one person's: one has all the other's words in a row, as where a certificate adds a
 * position.
 */
export function isSamePerson(left: readonly string[], right: readonly string[]): boolean {
  if (left.length === 0 || right.length === 0) return false;
  const [short, long] = left.length <= right.length ? [left, right] : [right, left];
  if (contains(long, short)) return true;
  return short.length === 1 && contains([long.join('')], short);
}
