import { isArray, PdfDict, type PdfObject } from '../../pdf/object.ts';
import { needsAppearances } from './appearance-switch.ts';
import { type Difference, keysOf, type Place } from './difference.ts';
import { join } from './reach.ts';

/** pdf.js keeps a colour's components as bytes. */
const oneByte = 1 / 255;

/**
 * Whether a widget's appearance characteristics (ISO 32000-2, table 192) say what they said. pdf.js writes them anew with each
 * field that it fills: colours as RGB, no rotation of 0, in older versions nothing else. What a button says when nobody looks at its
 * appearance may get lost only where its appearances are there to be looked at.
 */
export function saysSameCharacteristics(
  before: PdfDict,
  after: PdfDict,
  type: string,
  place: Place,
  difference: Difference,
): boolean {
  const old = difference.before.dict(before.get('MK')) ?? new PdfDict();
  const now = after.has('MK') ? difference.after.resolve(after.get('MK')) : new PdfDict();
  if (!(now instanceof PdfDict)) return false;
  const hasStates =
    difference.after.resolve(difference.after.dict(after.get('AP'))?.get('N')) instanceof PdfDict;
  const mayLose = type !== 'Btn' || (hasStates && !needsAppearances(difference.after));
  return [...keysOf(old, now)].every((key) => {
    const [was, is] = [difference.before.resolve(old.get(key)), difference.after.resolve(now.get(key))];
    if (key === 'R') return (was ?? 0) === (is ?? 0);
    if (key === 'BC' || key === 'BG') return isSameColour(colour(was, difference), colour(is, difference));
    if (!now.has(key)) return mayLose;
    return difference.isSame(old.get(key), now.get(key), { ...place, path: join(place.path, key) });
  });
}

/** Red, green and blue; an empty list for none; null for what isn't known. */
function colour(value: PdfObject, { after }: Difference): readonly number[] | null {
  if (value === null) return [];
  if (!isArray(value)) return null;
  const parts = value.map((part) => after.number(part));
  if (!parts.every((part) => part !== null)) return null;
  const [grey] = parts;
  if (parts.length === 1 && grey !== undefined) return [grey, grey, grey];
  return parts.length === 0 || parts.length === 3 ? parts : null;
}

function isSameColour(before: readonly number[] | null, after: readonly number[] | null): boolean {
  return (
    before !== null &&
    after !== null &&
    before.length === after.length &&
    before.every((part, index) => Math.abs(part - (after[index] ?? 0)) <= oneByte)
  );
}
