import { AppError } from '../../../contract/failure.ts';
import { PdfDict, type PdfObject, PdfRef } from '../../pdf/object.ts';
import { Exhausted } from '../../pdf/work-budget.ts';
import { hidesOthers } from '../appearance/cover.ts';
import { hasDrawing, shownText } from '../appearance/shown-text.ts';
import { isSoundLook } from '../appearance/sound-look.ts';
import { appearanceFault, normalAppearance, paintedBy } from '../appearance/widget-appearance.ts';
import { saidBy } from '../glyphs/letters.ts';
import { listedLines } from './choice-lines.ts';
import type { Difference } from './difference.ts';
import { comboBit } from './field-flags.ts';
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
 * Why what a widget shows now may not be shown; null where it may. Readers must agree on how it looks, it must look
 * the same when the pointer is over it, and it may not hide words of the page that could be read before, nor uncover
 * hidden ones.
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
export function isSignedLook(widget: Widget, context: FormContext): boolean {
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
 * Whether a field without a value showed something all the same when it was signed: then filling it replaces what was
 * seen. What a list offers goes on being seen.
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
    return !isList || listedLines(widget, context).every((one) => saidBy(one) !== saidBy(shown));
  } catch (error) {
    if (error instanceof AppError) return true;
    throw error;
  }
}

/** The appearance that a widget has now, as it is written down. */
export function normalOf(widget: PdfDict, { difference }: FormContext): PdfObject {
  return difference.after.dict(widget.get('AP'))?.get('N') ?? null;
}
