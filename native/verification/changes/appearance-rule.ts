import { AppError } from '../../../contract/failure.ts';
import { isArray, PdfDict, type PdfObject, PdfRef, PdfStream, PdfString } from '../../pdf/object.ts';
import type { Page } from '../../pdf/page.ts';
import { hidesOthers } from '../appearance/cover.ts';
import { hasDrawing, hasOnlySymbols, isLegible, shownText } from '../appearance/shown-text.ts';
import { appearanceFault, normalAppearance, paintedBy } from '../appearance/widget-appearance.ts';
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
    const old = before ? paintedBy(difference.before, before) : null;
    const fault = form && now ? appearanceFault(difference.after, form) : null;
    if (fault !== null || now?.isOdd) return sentences.appearanceOdd(name, fault ?? 'AP');
    if ((now?.paints.length ?? 0) + (old?.paints.length ?? 0) === 0) return null;
    return hidesOthers(old, now, pageMap.words(page, number)) ? sentences.wordsCovered(name) : null;
  } catch (error) {
    // What can't be read can't be shown to be harmless.
    if (error instanceof AppError) return sentences.appearanceOdd(name, 'AP');
    throw error;
  }
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
  if (!form || !page) return null;
  if (type === 'Btn') return isMark(form, page, context) ? null : sentences.fieldShowsOther(name);
  if (type === 'Tx' && (flags & passwordBit) !== 0) return null;
  // A format script may turn a value into anything.
  if (type === 'Sig' || after.has('AA') || !isLegible(difference.after, form)) return null;
  const shown = letters(shownText(difference.after, form, page));
  const offered = type === 'Ch' ? offers(before ?? after, context).map(textOf) : [];
  // A list shows everything that it offers, a closed one its choice.
  const own = value instanceof PdfStream ? textOfStream(difference, value) : textOf(value);
  const said = (flags & comboBit) === 0 ? [own, offered.join('')] : [own, ...offered];
  return said.some((one) => isPart(shown, letters(one))) ? null : sentences.fieldShowsOther(name);
}

/** A tick, a cross, a bullet: no digit and no word. */
function isMark(form: PdfStream, page: Page, { difference }: FormContext): boolean {
  const shown = letters(shownText(difference.after, form, page));
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

/** Latin letters without their marks, and digits: what every encoding agrees on. */
function letters(text: string): string {
  return text
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]/g, '');
}

/** Whether all of `part` stands in `whole`, in order: a field may show less than it says, never more. */
function isPart(part: string, whole: string): boolean {
  let at = 0;
  for (const letter of part) {
    at = whole.indexOf(letter, at) + 1;
    if (at === 0) return false;
  }
  return true;
}
