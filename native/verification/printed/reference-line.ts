import { unknownCharacter } from '../../pdf/text/font-reader.ts';
import { linesOf, type TextLine } from '../../pdf/text/text-line.ts';
import { besideLine, type HeadColumns, isNumberLine, textOf } from './head-columns.ts';
import type { SeenCharacter } from './seen-text.ts';

/** Dots and strokes that mark a blank. */
const blanks = /[.…_]{2,}|…/g;
/** "Số: 05/QĐ-UBND", "Số 05-QĐ/TU": the number, if there is one, and the symbol. */
const code =
  /^S[ốỐ]\s*[:.]?\s*((?:\d\s?)*[a-zđ]?)\s*([/-]\s*\p{L}[\p{L}\p{N}&.,]*(?:\s*[-–/]\s*[\p{L}\p{N}&.,]+)*)/u;

/**
 * All numbers at the place of the number (ô số 3), each as it is printed and without blanks. What was written into
 * the blank by a field or a signature counts like what the page itself prints; where both give a number, both count.
 */
export function referencesIn({ left }: HeadColumns): string[] {
  const found = new Set<string>();
  for (const source of [true, false]) {
    for (const line of linesOf(left.filter(({ isContent }) => isContent === source))) {
      if (!isNumberLine(line)) continue;
      for (const reference of referencesAt(line, left)) found.add(reference);
    }
  }
  const all = [...found];
  // A blank is no second number beside the one that stands in it.
  return all.some((one) => /^\d/.test(one)) ? all.filter((one) => /^\d/.test(one)) : all;
}

function referencesAt(line: TextLine, column: readonly SeenCharacter[]): string[] {
  const beside = besideLine(line, column);
  const printed = codeIn(beside.filter(({ isContent }) => isContent));
  const filledIn = beside.filter(({ isContent }) => !isContent);
  if (filledIn.length === 0 || printed === null)
    return [codeIn(beside) ?? printed].filter((one) => one !== null);
  const text = textOf(filledIn).replaceAll(' ', '');
  const symbol = printed.replace(/^\d*[a-zđ]?/, '');
  const written = codeIn(filledIn) ?? (/^\d+[a-zđ]?$/.test(text) ? `${text}${symbol}` : null);
  if (written === null) return /^\d/.test(printed) ? [printed] : [codeIn(beside) ?? printed];
  return /^\d/.test(printed) ? [printed, written] : [written];
}

function codeIn(characters: readonly SeenCharacter[]): string | null {
  const text = textOf(characters).replace(blanks, ' ').replace(/\s+/g, ' ').trim();
  const match = code.exec(text);
  if (!match || text.includes(unknownCharacter)) return null;
  const [, number = '', symbol = ''] = match;
  return `${number}${symbol}`.replace(/\s/g, '').replace(/[.,;\-–/]+$/, '');
}
