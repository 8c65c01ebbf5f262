import { AppError } from '../../../contract/failure.ts';
import { isArray, PdfDict, type PdfObject, PdfRef, PdfStream, PdfString } from '../../pdf/object.ts';
import { type Page, type Rectangle, rectangle } from '../../pdf/page.ts';
import { Exhausted } from '../../pdf/work-budget.ts';
import { hidesOthers } from '../appearance/cover.ts';
import { isDateInBlanks } from '../appearance/date-in-blanks.ts';
import { isPlainDefaultLook } from '../appearance/default-look.ts';
import { writtenPlace } from '../appearance/filled-look.ts';
import { inheritedEntry } from '../appearance/inherited-entry.ts';
import { hasDrawing, hasOnlySymbols, shownText } from '../appearance/shown-text.ts';
import { isSoundLook } from '../appearance/sound-look.ts';
import { appearanceFault, normalAppearance, paintedBy } from '../appearance/widget-appearance.ts';
import { beginsWith, lettersOf, saidBy, writtenText } from '../appearance/written-text.ts';
import { needsAppearances } from './appearance-switch.ts';
import type { Difference } from './difference.ts';
import { combBit, comboBit, editBit, maxCells, passwordBit } from './field-flags.ts';
import type { FormContext } from './form-rule.ts';
import { sentences } from './sentences.ts';

/** A widget before and after a change; `before` is null for one that is new. */
export interface Widget {
  readonly number: number;
  readonly name: string;
  readonly before: PdfDict | null;
  readonly after: PdfDict;
}

/**
 * Why what a widget shows now may not be shown; null where it may. Readers must agree on how it looks, it must look the same when
 * the pointer is over it, and it may not hide words of the page that could be read before, nor uncover hidden ones.
 */
export function appearanceRefusal(widget: Widget, context: FormContext): string | null {
  const { difference, pageMap } = context;
  const { number, name, before, after } = widget;
  const page = pageMap.pageOf(number);
  if (!page) return null;
  if (!hasOneFace(widget, context)) return sentences.fieldChanged(name, 'AP');
  try {
    const form = normalAppearance(difference.after, after);
    if (form) pageMap.looks.spend(1);
    const now = paintedBy(difference.after, after);
    if (form && !isSignedLook(widget, context) && !isSoundLook(difference.after, form))
      return sentences.appearanceOdd(name, 'AP');
    const old = before ? paintedBy(difference.before, before) : null;
    const fault = form && now ? appearanceFault(difference.after, form) : null;
    if (fault !== null || now?.isOdd) return sentences.appearanceOdd(name, fault ?? 'AP');
    if ((now?.paints.length ?? 0) + (old?.paints.length ?? 0) === 0) return null;
    const isHiding = pageMap
      .pagesOf(number)
      .some((one) => hidesOthers(old, now, pageMap.words(one, number), pageMap.covering));
    return isHiding ? sentences.wordsCovered(name) : null;
  } catch (error) {
    // What can't be read can't be shown to be harmless.
    if (error instanceof AppError && !(error instanceof Exhausted))
      return sentences.appearanceOdd(name, 'AP');
    throw error;
  }
}

/** Whether the look is the one that was signed, in which readers may have agreed to be lenient. */
function isSignedLook(widget: Widget, context: FormContext): boolean {
  const { number, before, after } = widget;
  const { difference } = context;
  const now = normalOf(after, context);
  const old = before ? difference.before.dict(before.get('AP'))?.get('N') : undefined;
  const place = { holder: number, path: 'AP.N' };
  return old !== undefined && isUntouched(now, difference) && difference.isSame(old, now, place);
}

/** Appearances for a pointer over the field or a pressed button: the same as the normal one, or as they were signed. */
function hasOneFace({ number, before, after }: Widget, { difference }: FormContext): boolean {
  const old = before ? difference.before.dict(before.get('AP')) : null;
  const now = difference.after.dict(after.get('AP'));
  return ['R', 'D'].every((key) => {
    const face = now?.get(key);
    if (face === undefined || isSameRef(face, now?.get('N'))) return true;
    const place = { holder: number, path: `AP.${key}` };
    return old !== null && isUntouched(face, difference) && difference.isSame(old.get(key), face, place);
  });
}

/** Whether an appearance, or those of all states, are the objects that were signed. */
function isUntouched(face: PdfObject, difference: Difference): boolean {
  if (face instanceof PdfRef) return !difference.changed.has(face.number);
  return (
    !(face instanceof PdfDict) || [...face.entries.values()].every((one) => isUntouched(one, difference))
  );
}

function isSameRef(a: PdfObject | undefined, b: PdfObject | undefined): boolean {
  return a instanceof PdfRef && b instanceof PdfRef && a.number === b.number;
}

/**
 * Whether a field without a value showed something all the same when it was signed: then filling it replaces what was seen. What a list
 * offers goes on being seen.
 */
export function showedSomething(widget: Widget, type: string, flags: number, context: FormContext): boolean {
  const { number, before } = widget;
  const { difference, pageMap } = context;
  const form = before ? normalAppearance(difference.before, before) : null;
  const page = pageMap.pageOf(number);
  if (!form || !page) return false;
  try {
    if (hasDrawing(difference.before, form)) return true;
    const shown = shownText(difference.before, form, page);
    if (shown.trim() === '') return false;
    const isList = type === 'Ch' && (flags & comboBit) === 0;
    return !isList || shownFor(widget, '', true, context).every((one) => saidBy(one) !== saidBy(shown));
  } catch (error) {
    if (error instanceof AppError) return true;
    throw error;
  }
}

/** Why a filled field doesn't show what it says; null where it does, as far as that can be told. */
export function sayingRefusal(
  widget: Widget,
  type: string,
  flags: number,
  value: PdfObject,
  context: FormContext,
): string | null {
  const { difference, pageMap } = context;
  const { number, name, after } = widget;
  const form = normalAppearance(difference.after, after);
  const page = pageMap.pageOf(number);
  if (type === 'Ch' && !isOffered(widget, flags, value, context)) return sentences.fieldChanged(name, 'V');
  const own = value instanceof PdfStream ? textOfStream(difference, value) : textOf(value);
  if (after.has('RV') && !saysRichly(difference, after.get('RV'), own))
    return sentences.fieldChanged(name, 'RV');
  if (!page) return null;
  const isLook = difference.after.resolve(normalOf(after, context)) instanceof PdfStream;
  const isMadeUp = type !== 'Btn' && (!isLook || needsAppearances(difference.after));
  if (isMadeUp && !isPlainDefaultLook(difference.after, after) && !isLargeInItsPlace(widget, page, context))
    return sentences.appearanceOdd(name, 'DA');
  if (!form) return null;
  if (type === 'Btn') return isMark(form, page, context) ? null : sentences.fieldShowsOther(name);
  if (type === 'Tx' && (flags & passwordBit) !== 0) return null;
  // A format script may turn a value into anything.
  const isFormatted = difference.after.dict(after.get('AA'))?.has('F') ?? false;
  if (type === 'Sig' || isFormatted) return null;
  const isList = type === 'Ch' && (flags & comboBit) === 0;
  const cells = (flags & combBit) === 0 ? 0 : Number(signedEntry(widget, 'MaxLen', context) ?? 0);
  const options = { cells: Math.min(cells, maxCells), isList };
  const place = isSignedLook(widget, context) ? null : writtenPlace(difference.after, form, options);
  if (!place && !isSignedLook(widget, context)) return sentences.fieldShowsOther(name);
  const shown = writtenText(difference.after, form, page, place);
  // A list shows everything that it offers, a closed one its choice.
  const said = type === 'Ch' ? [own, ...shownFor(widget, own, isList, context)] : [own];
  const isSaid =
    shown !== null && said.some((one) => beginsWith(one, shown) || isDateInBlanks(one, lettersOf(shown)));
  return isSaid ? null : sentences.fieldShowsOther(name);
}

/**
 * Whether made-up letters are larger than writing only as it was signed, which pdf-lib does to fields of several lines, in a place where
 * the page says nothing: readers clip them to the field.
 */
function isLargeInItsPlace(widget: Widget, page: Page, context: FormContext): boolean {
  const { difference, pageMap } = context;
  const { number, before, after } = widget;
  const rect = rectangle(difference.after, after.get('Rect'));
  const [old, now] = [signedEntry(widget, 'DA', context), inheritedEntry(difference.after, after, 'DA')];
  if (!before || !rect || textOf(old) === '' || textOf(old) !== textOf(now)) return false;
  if (!isPlainDefaultLook(difference.after, after, Number.POSITIVE_INFINITY)) return false;
  const isBelow = (word: Rectangle) =>
    word[0] < rect[2] && word[2] > rect[0] && word[1] < rect[3] && word[3] > rect[1];
  return pageMap.words(page, number)?.some(isBelow) === false;
}

/** Whether rich text (12.7.4.4), which some readers show in place of the value, has the value's letters. */
function saysRichly({ after }: Difference, entry: PdfObject | undefined, value: string): boolean {
  const rich = after.resolve(entry);
  const xml = rich instanceof PdfStream ? new PdfString(after.decodedBytes(rich)).toText() : textOf(rich);
  // Letters in a CDATA section look like a tag's.
  if (xml.includes('<!')) return false;
  const text = xml
    .replace(/<[^<>]*>/g, '')
    .replace(/&#(x?)([0-9a-f]{1,6});/gi, (_, hex: string, digits: string) => {
      const code = Number.parseInt(digits, hex === '' ? 10 : 16);
      return code <= 0x10ffff ? String.fromCodePoint(code) : '';
    })
    .replace(/&(?:lt|gt|amp|quot|apos);/g, '');
  return saidBy(text) === saidBy(value);
}

/** What may be shown for a choice: its own words, and for a list all that is offered. */
function shownFor(widget: Widget, value: string, isList: boolean, context: FormContext): string[] {
  const options = optionsOf(widget, context);
  if (isList) return fromAnyLine(options.map((parts) => parts.at(-1) ?? ''));
  return options.filter((parts) => parts.includes(value)).map((parts) => parts.at(-1) ?? '');
}

function normalOf(widget: PdfDict, { difference }: FormContext): PdfObject {
  return difference.after.dict(widget.get('AP'))?.get('N') ?? null;
}

/** A tick, a cross, a bullet: no digit and no word. */
function isMark(form: PdfStream, page: Page, { difference }: FormContext): boolean {
  const shown = lettersOf(shownText(difference.after, form, page));
  return shown.length <= 1 && (!/\d/.test(shown) || hasOnlySymbols(difference.after, form));
}

/** What a list shows that was moved on to one of its first lines. */
function fromAnyLine(lines: readonly string[]): string[] {
  const count = lines.join('').length > maxOffered ? 1 : Math.min(lines.length, maxLines);
  return Array.from({ length: count }, (_, first) => lines.slice(first).join(''));
}

/** A list is moved on line by line, and one that is longer than a page not at all. */
const maxLines = 100;
const maxOffered = 10_000;

/** What a field offers: export values and what is shown for them (12.7.5.4, table 234). */
function optionsOf(widget: Widget, context: FormContext): string[][] {
  const { after } = context.difference;
  const options = signedEntry(widget, 'Opt', context);
  return (isArray(options) ? options : []).map((option) =>
    (after.array(option) ?? [option]).map((part) => textOf(after.resolve(part))),
  );
}

/** A widget's or its field's entry, as it was signed where it was. */
function signedEntry({ before, after }: Widget, key: string, { difference }: FormContext): PdfObject {
  return before
    ? inheritedEntry(difference.before, before, key)
    : inheritedEntry(difference.after, after, key);
}

function isOffered(widget: Widget, flags: number, value: PdfObject, context: FormContext): boolean {
  const offered = optionsOf(widget, context).flat();
  const isFree = (flags & comboBit) !== 0 && (flags & editBit) !== 0;
  if (isFree || offered.length === 0) return true;
  const chosen = isArray(value) ? value : [value];
  return chosen.every((one) => offered.includes(textOf(context.difference.after.resolve(one))));
}

function textOf(value: PdfObject): string {
  return value instanceof PdfString ? value.toText() : '';
}

/** A long text may stand in a stream (12.7.5.3, table 231). */
function textOfStream({ after }: Difference, value: PdfStream): string {
  return new PdfString(after.decodedBytes(value)).toText();
}
