import { isArray, type PdfObject, PdfString } from '../../pdf/object.ts';
import { inheritedEntry } from '../appearance/inherited-entry.ts';
import type { Widget } from './appearance-rule.ts';
import { comboBit, editBit } from './field-flags.ts';
import type { FormContext } from './form-rule.ts';

/** A list is moved on line by line, and one that is longer than a page not at all. */
const maxLines = 100;
const maxOffered = 10_000;

/** What may be shown for a choice from a closed list: the words that stand for its value. */
export function linesFor(widget: Widget, value: string, context: FormContext): string[] {
  return optionsOf(widget, context)
    .filter((parts) => parts.includes(value))
    .map((parts) => parts.at(-1) ?? '');
}

/** What an open list shows: all that it offers, from one of its first lines on. */
export function listedLines(widget: Widget, context: FormContext): string[] {
  const lines = optionsOf(widget, context).map((parts) => parts.at(-1) ?? '');
  const count = lines.join('').length > maxOffered ? 1 : Math.min(lines.length, maxLines);
  return Array.from({ length: count }, (_, first) => lines.slice(first).join(''));
}

/** Whether a value is among those that a field offers, or may be any. */
export function isOffered(widget: Widget, flags: number, value: PdfObject, context: FormContext): boolean {
  const offered = optionsOf(widget, context).flat();
  const isFree = (flags & comboBit) !== 0 && (flags & editBit) !== 0;
  if (isFree || offered.length === 0) return true;
  const chosen = isArray(value) ? value : [value];
  return chosen.every((one) => offered.includes(textOf(context.difference.after.resolve(one))));
}

/** What a field offers: export values and what is shown for them (12.7.5.4, table 234). */
function optionsOf(widget: Widget, context: FormContext): string[][] {
  const { after } = context.difference;
  const options = signedEntry(widget, 'Opt', context);
  return (isArray(options) ? options : []).map((option) =>
    (after.array(option) ?? [option]).map((part) => textOf(after.resolve(part))),
  );
}

/** A widget's or its field's entry, as it was signed where it was. */
export function signedEntry({ before, after }: Widget, key: string, { difference }: FormContext): PdfObject {
  return before
    ? inheritedEntry(difference.before, before, key)
    : inheritedEntry(difference.after, after, key);
}

export function textOf(value: PdfObject): string {
  return value instanceof PdfString ? value.toText() : '';
}
