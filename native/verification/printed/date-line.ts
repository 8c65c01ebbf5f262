import { linesOf } from '../../pdf/text/text-line.ts';
import { besideLine, type HeadColumns, textOf } from './head-columns.ts';
import type { SeenCharacter } from './seen-text.ts';

const blanks = /[.…_]/g;
const written = /ng[àa]y\s*(\d\s?\d?)\s*th[áa]ng\s*(\d\s?\d?)\s*n[ăa]m\s*(\d\s?\d\s?\d\s?\d)/iu;
const inFigures = /(?<!\d)(\d{1,2})\s?[/.-]\s?(\d{1,2})\s?[/.-]\s?(\d{4})(?!\d)/u;

/**
 * All whole dates at the place of the date (ô số 4), YYYY-MM-DD, whether the page prints them or its blanks were
 * filled.
 *
 * @param heading where the document's type stands, in millimetres from the top
 */
export function datesIn(columns: HeadColumns, heading: number | null): string[] {
  // Below the type's line the subject may name a day.
  const right = columns.right.filter(({ baseline }) => heading === null || baseline < heading - 1);
  const found = new Set<string>();
  for (const source of [true, false]) {
    for (const line of linesOf(right.filter(({ isContent }) => isContent === source))) {
      if (!/(?:^|,)\s*ng[àa]y/iu.test(line.text)) continue;
      const beside = besideLine(line, right);
      const parts = [
        beside.filter(({ isContent }) => isContent),
        beside.filter(({ isContent }) => !isContent),
      ];
      const dates = parts.flatMap((part) => dateIn(part) ?? []);
      for (const date of dates.length > 0 ? dates : [dateIn(beside)]) if (date) found.add(date);
    }
  }
  return [...found];
}

function dateIn(characters: readonly SeenCharacter[]): string | null {
  const text = textOf(characters);
  const match = written.exec(text.replace(blanks, ' ').replace(/\s+/g, ' ')) ?? inFigures.exec(text);
  if (!match) return null;
  const [day = '', month = '', year = ''] = match.slice(1).map((part) => part.replace(/\s/g, ''));
  const date = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  const instant = new Date(`${date}T00:00:00Z`);
  // The thirty-first of February is no date.
  return !Number.isNaN(instant.getTime()) && instant.toISOString().startsWith(date) ? date : null;
}
