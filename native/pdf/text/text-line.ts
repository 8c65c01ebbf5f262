import type { PdfDocument } from '../document.ts';
import type { Page } from '../page.ts';
import { type PlacedCharacter, placedCharacters, textBudget } from './text-position.ts';

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

/** Characters whose baselines differ by less than this belong to one line: half a millimetre. */
const sameLine = 0.5;

/** The page's lines from top to bottom. Columns at one height are split where a gap of over four ems parts them. */
export function textLines(document: PdfDocument, page: Page, budget = textBudget()): TextLine[] {
  const rows: PlacedCharacter[][] = [];
  const characters = placedCharacters(document, page, budget).toSorted((a, b) => a.baseline - b.baseline);
  for (const character of characters) {
    const row = rows.at(-1);
    const previous = row?.at(-1);
    if (row && previous && character.baseline - previous.baseline < sameLine) row.push(character);
    else rows.push([character]);
  }
  return rows.flatMap((row) => splitColumns(row.toSorted((a, b) => a.left - b.left)).flatMap(toLine));
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
  for (const { text, left, right, size } of characters) {
    const previous = units.at(-1);
    const isBlank = text.trim() === '';
    const isGap = previous !== undefined && left - previous.right > 0.2 * size;
    if ((isBlank || isGap) && previous && previous.text !== ' ')
      units.push({ text: ' ', left: previous.right, right: left });
    if (!isBlank) for (const part of text.normalize('NFC')) units.push({ text: part, left, right });
  }
  const [first, last] = [units[0], units.at(-1)];
  const sample = characters[0];
  if (!first || !last || !sample) return [];
  // A combining mark drawn by itself becomes one with its letter, so that a search in NFC finds it.
  const composed = compose(units);
  const text = composed.map((unit) => unit.text).join('');
  const starts = composed.flatMap((unit) => Array.from({ length: unit.text.length }, () => unit));
  return [
    {
      text,
      baseline: sample.baseline,
      size: Math.max(...characters.slice(0, 1000).map(({ size }) => size)),
      left: first.left,
      right: last.right,
      span: (from, to) => ({
        left: starts[from]?.left ?? last.right,
        right: starts[Math.max(from, to - 1)]?.right ?? last.right,
      }),
    },
  ];
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
