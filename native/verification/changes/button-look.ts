import { AppError } from '../../../contract/failure.ts';
import type { PdfDocument } from '../../pdf/document.ts';
import { isName, PdfDict, PdfName, type PdfObject, PdfRef, PdfStream } from '../../pdf/object.ts';
import type { Page } from '../../pdf/page.ts';
import { hasDrawing, hasOnlySymbols, shownText } from '../appearance/shown-text.ts';
import { isEmbedded } from '../glyphs/embedded.ts';
import { lettersOf } from '../glyphs/letters.ts';
import type { Widget } from './appearance-rule.ts';
import { type Difference, keysOf } from './difference.ts';
import type { FormContext } from './form-rule.ts';

/**
 * Whether a button's looks were drawn anew as iText and mupdf do it when they tick a box: the states that it had,
 * each as it was signed or as one tick, cross or bullet of the font that every reader has itself. A font or a picture
 * that came along could draw a digit.
 */
export function isMarkedAnew(
  { number, before, after }: Widget,
  { difference, pageMap }: FormContext,
): boolean {
  const page = pageMap.pageOf(number);
  const signed = looks(difference.before, before);
  const drawn = looks(difference.after, after);
  if (!page || !signed || !drawn) return false;
  return [...keysOf(signed, drawn)].every((state) => {
    const [old, now] = [signed.get(state), drawn.get(state)];
    if (now === undefined || (old === undefined && state !== 'Off')) return false;
    return isUntouched(old, now, difference) || isPlainMark(difference.after, now, state === 'Off', page);
  });
}

/** A button's looks by state (ISO 32000-2, 12.7.5.2.3). */
function looks(document: PdfDocument, widget: PdfDict | null): PdfDict | null {
  const normal = document.resolve(document.dict(widget?.get('AP'))?.get('N'));
  return normal instanceof PdfDict ? normal : null;
}

function isUntouched(before: PdfObject | undefined, after: PdfObject, { changed }: Difference): boolean {
  return (
    before instanceof PdfRef &&
    after instanceof PdfRef &&
    before.number === after.number &&
    !changed.has(after.number)
  );
}

/** Ticks, crosses, bullets, squares, diamonds and stars among ZapfDingbats' codes; others are digits in circles. */
const mark = /^[3-8Hlnu]$/;

/** Whether a caption (table 192, /CA) is one of them. */
export function isMarkCode(caption: string): boolean {
  return mark.test(caption);
}

/** Whether a look is one symbol in a frame, or the frame alone. */
export function isPlainMark(document: PdfDocument, value: PdfObject, isOff: boolean, page: Page): boolean {
  const form = document.resolve(value);
  if (!(form instanceof PdfStream) || !isPlain(document, form)) return false;
  try {
    if (hasDrawing(document, form)) return false;
    const shown = shownText(document, form, page).trim();
    return shown === '' || (!isOff && mark.test(shown));
  } catch (error) {
    if (error instanceof AppError) return false;
    throw error;
  }
}

function isPlain(document: PdfDocument, form: PdfStream): boolean {
  const resources = document.dict(form.dict.get('Resources'));
  return [...(resources?.entries ?? [])].every(([key, entry]) => {
    if (key === 'ProcSet') return true;
    const fonts = key === 'Font' ? document.dict(entry) : null;
    return fonts !== null && [...fonts.entries.values()].every((font) => isDingbats(document, font));
  });
}

/**
 * Whether a button's look is one that was signed with it: a tick, a cross, a bullet, no digit and no word. `unproven`
 * where a font of the file or a drawing could be any; null where it says something.
 */
export function markSaying(document: PdfDocument, form: PdfStream, page: Page): 'shown' | 'unproven' | null {
  const shown = lettersOf(shownText(document, form, page));
  if (shown.length > 1 || (/\d/.test(shown) && !hasOnlySymbols(document, form))) return null;
  const resources = document.dict(form.dict.get('Resources'));
  const fonts = document.dict(resources?.get('Font'))?.entries.values() ?? [];
  const isReaders = [...fonts].every((value) => {
    const font = document.resolve(value);
    const isOne = font instanceof PdfDict && isName(document.resolve(font.get('Subtype')), 'Type1');
    return isOne && !isEmbedded(document, font);
  });
  return isReaders && !hasDrawing(document, form) ? 'shown' : 'unproven';
}

/** What a font may say that brings nothing of its own along. */
const fontKeys = new Set(['Type', 'Subtype', 'BaseFont', 'Name', 'Encoding']);

function isDingbats(document: PdfDocument, font: PdfObject): boolean {
  const dict = document.dict(font);
  if (!dict || [...dict.entries.keys()].some((key) => !fontKeys.has(key))) return false;
  const encoding = dict.get('Encoding');
  return (
    isName(dict.get('Subtype'), 'Type1') &&
    isName(dict.get('BaseFont'), 'ZapfDingbats') &&
    (encoding === undefined || encoding instanceof PdfName)
  );
}
