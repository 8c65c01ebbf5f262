import { linesOf, type TextLine } from '../../pdf/text/text-line.ts';
import { withoutAccents } from '../gate/plain-words.ts';
import type { SeenCharacter } from './seen-text.ts';

/**
 * The head of page 1 (NĐ 30/2020 PL I): agency and number on the left, the State's name, place and date on the right.
 */
export interface HeadColumns {
  readonly left: readonly SeenCharacter[];
  readonly right: readonly SeenCharacter[];
}

/** The part of the page's height that the head can take. */
const headShare = 0.42;
/** Millimetres below the type's line in which a number still stands in the head, if at an odd place. */
const besideHeading = 15;
/** Where the columns part on pages that don't bear the State's name. */
const usualParting = 0.47;
/** Millimetres that keep the columns apart even where one line of text runs through both. */
const gap = 0.5;

/** Cộng hòa xã hội chủ nghĩa Việt Nam; on the Party's documents, Đảng Cộng sản Việt Nam. */
const title = /cong\s*hoa\s*xa\s*hoi\s*chu|dang\s*cong\s*san\s*viet/;
const number = /^S[ốỐ]\s*(?:[:.]|\d|\/|$)/u;
/** What comes behind the head: whom the document is addressed to, what it rests on. */
const behind = /^(?:Kính gửi|Căn cứ)/iu;

/** Whether a line is the one of the number (ô số 3): "Số: …". */
export function isNumberLine({ text }: TextLine): boolean {
  return number.test(text);
}

/**
 * The two columns of the head; agencies' names and the State's stand so close that they may be one line to a reader
 * of text. Null where page 1 has neither the State's name nor a number: it is laid out in some other way.
 *
 * @param heading where the document's type stands, in millimetres from the top; null where it has none
 */
export function headColumns(
  characters: readonly SeenCharacter[],
  size: { readonly width: number; readonly height: number },
  heading: number | null,
): HeadColumns | null {
  const upper = characters.filter(({ baseline }) => baseline < headShare * size.height);
  const lines = linesOf(upper.filter(({ isContent }) => isContent));
  const ends = lines.flatMap(({ text, baseline }) => (behind.test(text) ? [baseline] : []));
  const end = Math.min(...ends, (heading ?? Number.POSITIVE_INFINITY) + besideHeading) - 1;
  const head = upper.filter(({ baseline }) => baseline < end);
  const own = lines.filter(({ baseline }) => baseline < end);
  const [parting] = own.flatMap((line) => titleLeft(line) ?? []);
  if (parting !== undefined) {
    const isLeft = ({ left, right }: SeenCharacter) => (left + right) / 2 < parting - gap;
    return { left: head.filter(isLeft), right: head.filter((character) => !isLeft(character)) };
  }
  if (!linesOf(head).some(isNumberLine)) return null;
  // Nothing shows where the columns part: a line is whole on the side on which it begins.
  const begins = own.toSorted((a, b) => a.left - b.left);
  const isRight = ({ baseline, left, right }: SeenCharacter) => {
    const line = begins.findLast(
      (one) => Math.abs(one.baseline - baseline) < 1 && one.left <= (left + right) / 2,
    );
    return (line?.left ?? left) > usualParting * size.width;
  };
  return { left: head.filter((character) => !isRight(character)), right: head.filter(isRight) };
}

function titleLeft(line: TextLine): number | null {
  // Letter for letter, so that a place in the one is a place in the other.
  const plain = Array.from(
    line.text,
    (letter) => withoutAccents(letter.toLocaleLowerCase('vi')).charAt(0) || ' ',
  );
  const match = title.exec(plain.join(''));
  return match ? line.span(match.index, match.index + 1).left : null;
}

/**
 * Characters that stand in one line with `line`, however far away and a little higher or lower: what was written into
 * its blanks.
 */
export function besideLine(line: TextLine, characters: readonly SeenCharacter[]): SeenCharacter[] {
  return characters
    .filter(({ baseline }) => Math.abs(baseline - line.baseline) < sameLine * line.size)
    .toSorted((a, b) => a.left - b.left);
}

/** Parts of a font's size by which what is filled in may stand higher or lower. */
const sameLine = 0.55;

/** Characters of one line as text, with a blank where there is a gap. */
export function textOf(characters: readonly SeenCharacter[]): string {
  let text = '';
  let end = Number.POSITIVE_INFINITY;
  for (const { text: letter, left, right, size } of characters) {
    if (left - end > 0.2 * size) text += ' ';
    text += letter;
    end = right;
  }
  return text.normalize('NFC').replace(/\s+/g, ' ').trim();
}
