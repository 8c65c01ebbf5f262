import { unknownCharacter } from '../../pdf/text/font-reader.ts';
import { linesOf } from '../../pdf/text/text-line.ts';
import { type HeadColumns, isNumberLine } from './head-columns.ts';

const mostLines = 8;
const isCapitals = (text: string) => /\p{Lu}{2}/u.test(text) && text === text.toLocaleUpperCase('vi');

/**
 * The lines of capitals over the number at the top left (ô số 2): the agency above, then the issuing one, several
 * lines each if they are long. Empty where some of it can't be read.
 */
export function issuerLines({ left }: HeadColumns): string[] {
  const lines = linesOf(left.filter(({ isContent }) => isContent));
  const number = lines.findIndex(isNumberLine);
  const above =
    number < 0 ? upToFirstGap(lines.map(({ text }) => text)) : lines.slice(0, number).map(({ text }) => text);
  const names = above.filter(isCapitals).slice(0, mostLines);
  return names.some((name) => name.includes(unknownCharacter)) ? [] : names;
}

/** Without a number below them the names end where the capitals do. */
function upToFirstGap(texts: readonly string[]): readonly string[] {
  const end = texts.findIndex((text) => !isCapitals(text));
  return end < 0 ? texts : texts.slice(0, end);
}
