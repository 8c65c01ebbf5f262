import { type DocumentType, documentTypes } from '../../../contract/document-type.ts';
import { unknownCharacter } from '../../pdf/text/font-reader.ts';
import { linesOf, type TextLine } from '../../pdf/text/text-line.ts';
import type { HeadColumns } from './head-columns.ts';
import type { SeenCharacter } from './seen-text.ts';

/** Tên loại và trích yếu (ô số 5). */
export interface Heading {
  readonly type: DocumentType | null;
  readonly subject: string | null;
}

/** The part of the page's height in which a heading can stand. */
const headingShare = 0.5;
/** Lines that belong together are no farther apart than these many sizes of their letters. */
const closeLines = 1.9;
/** The same of the type and what follows it. */
const closeToType = 3.4;
/** Millimetres by which the middle of a line may lie beside the one above. */
const sameMiddle = 14;
const mostLines = 10;

const letters = (text: string) => text.normalize('NFC').replace(/[^\p{L}\ufffd]/gu, '');
const types = new Map(
  Object.entries(documentTypes).map(([key, { name }]) => [
    letters(name.toLocaleUpperCase('vi')),
    key as DocumentType,
  ]),
);

/** The upper half of page 1, in which the document says what it is. */
export class HeadingReader {
  readonly #upper: readonly SeenCharacter[];
  readonly #lines: readonly TextLine[];
  readonly #own: TextLine | null;

  constructor(
    characters: readonly SeenCharacter[],
    size: { readonly width: number; readonly height: number },
  ) {
    this.#upper = characters.filter(
      ({ baseline, isContent }) => isContent && baseline < headingShare * size.height,
    );
    this.#lines = linesOf(this.#upper);
    this.#own = this.#lines.find((line) => isCentred(line, size.width) && typeOf(line) !== null) ?? null;
  }

  /** Where the type stands, in millimetres from the top; null where there is none. */
  get baseline(): number | null {
    return this.#own?.baseline ?? null;
  }

  /** What page 1 says it is, and about what. */
  read(columns: HeadColumns | null): Heading {
    const own = this.#own;
    if (own) {
      const bold = linesOf(this.#upper.filter(({ isBold }) => isBold));
      const isBold = bold.some(({ baseline }) => Math.abs(baseline - own.baseline) < 1);
      const below = linesBelow(own, isBold ? bold : this.#lines);
      return { type: typeOf(own), subject: joined(below) };
    }
    // Whole lines: beside the subject there is nothing, and a long one may reach below the other column.
    const aside = columns && subjectAside(this.#lines);
    if (!aside) return { type: null, subject: null };
    // "V/v" under the number is what a công văn has instead of its type; "Về việc" alone others have, too.
    return { type: /^V\s?\//iu.test(aside) ? 'cong-van' : null, subject: aside };
  }
}

function typeOf({ text }: TextLine): DocumentType | null {
  return types.get(letters(text.toLocaleUpperCase('vi'))) ?? null;
}

function isCentred({ left, right }: TextLine, width: number): boolean {
  const middle = (left + right) / 2;
  return middle > 0.36 * width && middle < 0.68 * width;
}

function linesBelow(type: TextLine, lines: readonly TextLine[]): TextLine[] {
  const found: TextLine[] = [];
  let above = type;
  for (const line of lines) {
    if (line.baseline <= type.baseline + 1) continue;
    const limit = above === type ? closeToType : closeLines;
    const isClose = line.baseline - above.baseline <= limit * Math.max(above.size, line.size);
    const isBelow = Math.abs((line.left + line.right) / 2 - (type.left + type.right) / 2) <= sameMiddle;
    if (!isClose || !isBelow || endsSubject(line.text, found) || found.length === mostLines) break;
    found.push(line);
    above = line;
  }
  return found;
}

/** Whom the document is addressed to, what it rests on, or who decides: the subject has ended. */
function endsSubject(text: string, before: readonly TextLine[]): boolean {
  if (/^(?:Kính gửi|Căn cứ|Thực hiện|Điều \d|\(Kèm theo)/iu.test(text)) return true;
  const isCapitals = text === text.toLocaleUpperCase('vi') && /\p{Lu}{2}/u.test(text);
  return (
    isCapitals && before.length > 0 && before.some(({ text: own }) => own !== own.toLocaleUpperCase('vi'))
  );
}

/** "V/v …" under the number (ô số 5b). */
function subjectAside(lines: readonly TextLine[]): string | null {
  const first = lines.findIndex(({ text }) => /^(?:V\s?\/\s?v|Về việc)(?=\s|:|$)/iu.test(text));
  const start = lines[first];
  if (!start) return null;
  const found = [start];
  for (const line of lines.slice(first + 1)) {
    const above = found.at(-1) as TextLine;
    const isClose = line.baseline - above.baseline <= closeLines * above.size;
    const isBelow = line.left < start.right && line.right > start.left;
    if (!isClose || !isBelow || endsSubject(line.text, found) || found.length === mostLines) break;
    found.push(line);
  }
  return joined(found);
}

function joined(lines: readonly TextLine[]): string | null {
  const text = lines.map((line) => line.text).join(' ');
  return text === '' || text.includes(unknownCharacter) ? null : text;
}
