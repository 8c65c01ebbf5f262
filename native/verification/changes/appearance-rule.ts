import { AppError } from '../../../contract/failure.ts';
import type { PdfDocument } from '../../pdf/document.ts';
import { isArray, PdfDict, type PdfObject, PdfRef, PdfStream, PdfString } from '../../pdf/object.ts';
import type { Page } from '../../pdf/page.ts';
import { hidesOthers } from '../appearance/cover.ts';
import { isDateInBlanks } from '../appearance/date-in-blanks.ts';
import { isPlainDefaultLook } from '../appearance/default-look.ts';
import { isPlainlyWritten } from '../appearance/filled-look.ts';
import { hasDrawing, hasOnlySymbols, shownText } from '../appearance/shown-text.ts';
import { isSoundLook } from '../appearance/sound-look.ts';
import { appearanceFault, normalAppearance, paintedBy } from '../appearance/widget-appearance.ts';
import { beginsWith, lettersOf, saidBy, writtenText } from '../appearance/written-text.ts';
import type { Difference } from './difference.ts';
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
    const now = paintedBy(difference.after, after);
    if (form && !isSignedLook(widget, context) && !isSoundLook(difference.after, form))
      return sentences.appearanceOdd(name, 'AP');
    const old = before ? paintedBy(difference.before, before) : null;
    const fault = form && now ? appearanceFault(difference.after, form) : null;
    if (fault !== null || now?.isOdd) return sentences.appearanceOdd(name, fault ?? 'AP');
    if ((now?.paints.length ?? 0) + (old?.paints.length ?? 0) === 0) return null;
    const isHiding = pageMap.pagesOf(number).some((one) => hidesOthers(old, now, pageMap.words(one, number)));
    return isHiding ? sentences.wordsCovered(name) : null;
  } catch (error) {
    // What can't be read can't be shown to be harmless.
    if (error instanceof AppError) return sentences.appearanceOdd(name, 'AP');
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

/** Whether a field without a value showed something all the same when it was signed: then filling it replaces what was seen. */
export function showedSomething({ number, before }: Widget, { difference, pageMap }: FormContext): boolean {
  const form = before ? normalAppearance(difference.before, before) : null;
  const page = pageMap.pageOf(number);
  if (!form || !page) return false;
  try {
    return shownText(difference.before, form, page).trim() !== '' || hasDrawing(difference.before, form);
  } catch (error) {
    if (error instanceof AppError) return true;
    throw error;
  }
}

const passwordBit = 1 << 13;
const comboBit = 1 << 17;
const editBit = 1 << 18;
const combBit = 1 << 24;

/** Why a filled field doesn't show what it says; null where it does, as far as that can be told. */
export function sayingRefusal(
  widget: Widget,
  type: string,
  flags: number,
  value: PdfObject,
  context: FormContext,
): string | null {
  const { difference, pageMap } = context;
  const { number, name, before, after } = widget;
  const form = normalAppearance(difference.after, after);
  const page = pageMap.pageOf(number);
  if (type === 'Ch' && !isOffered(before ?? after, flags, value, context))
    return sentences.fieldChanged(name, 'V');
  const own = value instanceof PdfStream ? textOfStream(difference, value) : textOf(value);
  if (after.has('RV') && !saysRichly(difference, after.get('RV'), own))
    return sentences.fieldChanged(name, 'RV');
  if (!page) return null;
  const isLook = difference.after.resolve(normalOf(after, context)) instanceof PdfStream;
  const isMadeUp = type !== 'Btn' && (!isLook || needsAppearances(difference.after));
  if (isMadeUp && !isPlainDefaultLook(difference.after, after)) return sentences.appearanceOdd(name, 'DA');
  if (!form) return null;
  if (type === 'Btn') return isMark(form, page, context) ? null : sentences.fieldShowsOther(name);
  if (type === 'Tx' && (flags & passwordBit) !== 0) return null;
  // A format script may turn a value into anything.
  const isFormatted = difference.after.dict(after.get('AA'))?.has('F') ?? false;
  if (type === 'Sig' || isFormatted) return null;
  const isList = type === 'Ch' && (flags & comboBit) === 0;
  const cells = (flags & combBit) === 0 ? 0 : (difference.after.number((before ?? after).get('MaxLen')) ?? 0);
  if (!isSignedLook(widget, context)) {
    if (!isPlainlyWritten(difference.after, form, { cells: Math.min(cells, maxCells), isList }))
      return sentences.fieldShowsOther(name);
  }
  const shown = writtenText(difference.after, form, page);
  // A list shows everything that it offers, a closed one its choice.
  const said = type === 'Ch' ? [own, ...shownFor(before ?? after, own, isList, context)] : [own];
  const isSaid =
    shown !== null && said.some((one) => beginsWith(one, shown) || isDateInBlanks(one, lettersOf(shown)));
  return isSaid ? null : sentences.fieldShowsOther(name);
}

/** Whether readers are asked to make all appearances up (table 224). */
function needsAppearances(document: PdfDocument): boolean {
  return document.resolve(document.dict(document.catalog.get('AcroForm'))?.get('NeedAppearances')) === true;
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

/** More cells than a line of a form has. */
const maxCells = 100;

/** What may be shown for a choice: its own words, and for a list all that is offered. */
function shownFor(field: PdfDict, value: string, isList: boolean, context: FormContext): string[] {
  const { after } = context.difference;
  const options = (after.array(field.get('Opt')) ?? []).map((option) =>
    (after.array(option) ?? [option]).map((part) => textOf(after.resolve(part))),
  );
  if (isList) return [options.map((parts) => parts.at(-1) ?? '').join('')];
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

/** Export values and what is shown for them (12.7.5.4, table 234). */
function offers(field: PdfDict, { difference }: FormContext): PdfObject[] {
  const options = difference.after.array(field.get('Opt')) ?? [];
  return options.flatMap((option) => difference.after.array(option) ?? [difference.after.resolve(option)]);
}

function isOffered(field: PdfDict, flags: number, value: PdfObject, context: FormContext): boolean {
  const offered = offers(field, context).map(textOf);
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
