import type { PdfDocument } from '../document.ts';
import type { Page } from '../page.ts';
import { unknownCharacter } from './font-reader.ts';
import { type PlacedCharacter, pageMarks } from './text-position.ts';

/** A line of text as a person reads it, left to right, in millimetres from the visible page's top left corner. */
export interface TextLine {
  /** NFC; a blank of any width is one space. */
  readonly text: string;
  readonly baseline: number;
  readonly size: number;
  readonly left: number;
  readonly right: number;
  /** Where the characters `from` to `to` (exclusive) of `text` begin and end. */
  span(from: number, to: number): { left: number; right: number };
}

/** Whether none of a text's characters could be told. */
export function isUnknown(text: string): boolean {
  return text.includes(unknownCharacter) && text.replaceAll(unknownCharacter, '').trim() === '';
}

/** Characters whose baselines differ by less than this belong to one line: half a millimetre. */
const sameLine = 0.5;

/** The page's lines from top to bottom. Columns at one height are split where a gap of over four ems parts them. */
export function textLines(document: PdfDocument, page: Page): TextLine[] {
  return linesOf(pageMarks(document, page).characters);
}

/** As `textLines`, of characters that were read already. */
export function linesOf(characters: readonly PlacedCharacter[]): TextLine[] {
  const rows: PlacedCharacter[][] = [];
  for (const character of characters.toSorted((a, b) => a.baseline - b.baseline)) {
    const row = rows.at(-1);
    const previous = row?.at(-1);
    if (row && previous && character.baseline - previous.baseline < sameLine) row.push(character);
    else rows.push([character]);
  }
  return rows.flatMap((row) => splitColumns(row.toSorted((a, b) => a.left - b.left)).flatMap(toLine));
}

/** Lines of one height as one line each: blanks in it may be wider than what parts columns. */
export function rowsOf(lines: readonly TextLine[]): TextLine[] {
  const rows: TextLine[][] = [];
  for (const line of lines) {
    const row = rows.at(-1);
    const previous = row?.at(-1);
    const isBeside =
      previous && Math.abs(previous.baseline - line.baseline) < sameLine && previous.right <= line.left;
    if (row && isBeside) row.push(line);
    else rows.push([line]);
  }
  return rows.map(([first, ...others]) => others.reduce(joined, first as TextLine));
}

function joined(left: TextLine, right: TextLine): TextLine {
  const from = left.text.length + 1;
  const blank = { left: left.right, right: right.left };
  const at = (index: number) => {
    if (index < left.text.length) return left.span(index, index + 1);
    return index < from ? blank : right.span(index - from, index - from + 1);
  };
  return {
    text: `${left.text} ${right.text}`,
    baseline: left.baseline,
    size: Math.max(left.size, right.size),
    left: left.left,
    right: right.right,
    span: (start, end) => ({ left: at(start).left, right: at(Math.max(start, end - 1)).right }),
  };
}

function splitColumns(row: readonly PlacedCharacter[]): PlacedCharacter[][] {
  const columns: PlacedCharacter[][] = [];
  for (const character of row) {
    const column = columns.at(-1);
    const previous = column?.at(-1);
    if (column && previous && character.left - previous.right < 4 * character.size) column.push(character);
    else columns.push([character]);
  }
  return columns;
}

interface Unit {
  readonly text: string;
  readonly left: number;
  readonly right: number;
}

function toLine(characters: readonly PlacedCharacter[]): TextLine[] {
  const units: Unit[] = [];
  let size = 0;
  for (const character of characters) {
    const { text, left, right } = character;
    const previous = units.at(-1);
    size = Math.max(size, character.size);
    const isBlank = text.trim() === '';
    const isGap = previous !== undefined && left - previous.right > 0.2 * character.size;
    if ((isBlank || isGap) && previous && previous.text !== ' ')
      units.push({ text: ' ', left: previous.right, right: left });
    if (isBlank) continue;
    // Most codes stand for one letter, which costs nothing to compose; ligatures and decomposed letters are taken apart.
    if (text.length === 1) units.push(character);
    else for (const part of text.normalize('NFC')) units.push({ text: part, left, right });
  }
  const [first, last, sample] = [units[0], units.at(-1), characters[0]];
  if (!first || !last || !sample) return [];
  const { text, unitAt } = composedText(units);
  return [
    {
      text,
      baseline: sample.baseline,
      size,
      left: first.left,
      right: last.right,
      span: (from, to) => ({
        left: unitAt(from)?.left ?? last.right,
        right: unitAt(Math.max(from, to - 1))?.right ?? last.right,
      }),
    },
  ];
}

/** The units' text in NFC, and which unit stands at each of its code units: told only where somebody asks. */
function composedText(units: readonly Unit[]): { text: string; unitAt(index: number): Unit | undefined } {
  const plain = units.map((unit) => unit.text).join('');
  // A combining mark drawn by itself becomes one with its letter, so that a search in NFC finds it.
  const composed = plain === plain.normalize('NFC') ? units : compose(units);
  const text = composed === units ? plain : composed.map((unit) => unit.text).join('');
  // Nearly always each unit is one code unit; letters of the supplementary planes are two.
  let starts = text.length === composed.length ? composed : undefined;
  return {
    text,
    unitAt(index) {
      starts ??= composed.flatMap((unit) => Array.from({ length: unit.text.length }, () => unit));
      return starts[index];
    },
  };
}

function compose(units: readonly Unit[]): Unit[] {
  const result: Unit[] = [];
  for (const unit of units) {
    const previous = result.at(-1);
    if (previous && /^\p{M}/u.test(unit.text)) {
      result[result.length - 1] = { ...previous, text: (previous.text + unit.text).normalize('NFC') };
    } else result.push(unit);
  }
  return result;
}
