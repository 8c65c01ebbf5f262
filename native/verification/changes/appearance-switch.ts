import { AppError } from '../../../contract/failure.ts';
import type { PdfDocument } from '../../pdf/document.ts';
import {
  isArray,
  isName,
  PdfDict,
  PdfName,
  type PdfObject,
  PdfRef,
  type PdfStream,
  PdfString,
} from '../../pdf/object.ts';
import { type Page, pages, rectangle } from '../../pdf/page.ts';
import { hidesOthers } from '../appearance/cover.ts';
import { defaultLook, isMadeOfStandardParts } from '../appearance/default-look.ts';
import { writtenPlace } from '../appearance/filled-look.ts';
import { inheritedEntry } from '../appearance/inherited-entry.ts';
import type { Paint } from '../appearance/painter.ts';
import { hasDrawing, shownText } from '../appearance/shown-text.ts';
import { isSoundLook } from '../appearance/sound-look.ts';
import { normalAppearance, paintedBy } from '../appearance/widget-appearance.ts';
import { writtenText } from '../appearance/written-text.ts';
import { saidBy } from '../glyphs/letters.ts';
import { isMarkCode, isPlainMark } from './button-look.ts';
import { combBit, comboBit, maxCells, pushButtonBit } from './field-flags.ts';
import { isBlankValue } from './filled-entry.ts';
import type { FormContext } from './form-rule.ts';

/** More widgets than anyone fills in; each is read and held against its page. */
const maxWidgets = 1000;

/** Whether readers are asked to make all appearances up (ISO 32000-2, table 224). */
export function needsAppearances(document: PdfDocument): boolean {
  return document.resolve(document.dict(document.catalog.get('AcroForm'))?.get('NeedAppearances')) === true;
}

/**
 * Whether every field that was signed looks the same whether readers make its appearance up from what it says
 * (/NeedAppearances) or show the one that it has. pdf.js asks them to where a text has letters that the field's font
 * lacks, PDFBox asks them to stop. Looks at the widgets on pages, listed in the form or not: readers draw both.
 */
export function looksAlikeMadeUp(context: FormContext): boolean {
  const { before } = context.difference;
  let count = 0;
  try {
    for (const page of pages(before)) {
      for (const item of before.array(page.dict.get('Annots')) ?? []) {
        const widget = before.dict(item);
        if (!widget || !isWidget(before, widget)) continue;
        if (++count > maxWidgets || !isAlike(widget, item instanceof PdfRef ? item.number : 0, page, context))
          return false;
      }
    }
    return true;
  } catch (error) {
    if (error instanceof AppError) return false;
    throw error;
  }
}

function isWidget(document: PdfDocument, annotation: PdfDict): boolean {
  return (
    isName(document.resolve(annotation.get('Subtype')), 'Widget') ||
    inheritedEntry(document, annotation, 'FT') !== null
  );
}

function isAlike(widget: PdfDict, number: number, page: Page, context: FormContext): boolean {
  const { difference, pageMap } = context;
  const { before } = difference;
  const type = inheritedEntry(before, widget, 'FT');
  if (isName(type, 'Sig')) return true;
  const value = inheritedEntry(before, widget, 'V');
  const form = normalAppearance(before, widget);
  const undressed = new PdfDict([...widget.entries].filter(([key]) => key !== 'AP'));
  const shown = pageMap.pageOf(number);
  if (!shown) return false;
  // A ground that the appearance didn't have, or one that it had over words.
  const words = pageMap.words(shown, number);
  if (hidesOthers(paintedBy(before, widget), paintedBy(before, undressed), words, pageMap.covering))
    return false;
  // What some readers show in place of a value, or where there is none.
  const standIns = [inheritedEntry(before, widget, 'RV'), inheritedEntry(before, widget, 'DV')];
  if (!standIns.every((one) => isBlankValue(one) || saysSame(one, value))) return false;
  if (isName(type, 'Btn')) return isAlikeButton(widget, form, value, page, before);
  if (!isName(type, 'Tx') && !isName(type, 'Ch')) return false;
  // Drawn by readers before and after, as long as somebody asks them to.
  if (!form)
    return isBlankValue(value) || (needsAppearances(difference.after) && !before.dict(widget.get('AP')));
  if (isBlankValue(value)) return showsNothing(before, form, page) || isAlikeList(widget, form, page, before);
  return isAlikeText(widget, form, value, page, before);
}

function saysSame(one: PdfObject, other: PdfObject): boolean {
  if (one instanceof PdfName) return other instanceof PdfName && one.value === other.value;
  return (
    one instanceof PdfString && other instanceof PdfString && Buffer.compare(one.bytes, other.bytes) === 0
  );
}

function showsNothing(document: PdfDocument, form: PdfStream, page: Page): boolean {
  return shownText(document, form, page).trim() === '' && !hasDrawing(document, form);
}

/** Points; a bar behind a chosen line is higher, an edge isn't. Letters are no paint that lets nothing through. */
const edge = 3;

/**
 * A list of which nothing is chosen: all that it offers from its first line on, none of it marked by a bar or a
 * colour.
 */
function isAlikeList(widget: PdfDict, form: PdfStream, page: Page, document: PdfDocument): boolean {
  const flags = Number(inheritedEntry(document, widget, 'Ff') ?? 0);
  const isList = isName(inheritedEntry(document, widget, 'FT'), 'Ch') && (flags & comboBit) === 0;
  if (!isList) return false;
  const [, bottom, , top] = rectangle(document, widget.get('Rect')) ?? [0, 0, 0, 0];
  const height = top - bottom;
  const isBar = ({ bounds, density }: Paint) => {
    const own = bounds === null ? edge * 2 : bounds[3] - bounds[1];
    return density === 1 && own > edge && own < most * height;
  };
  if (paintedBy(document, widget)?.paints.some(isBar)) return false;
  const options = inheritedEntry(document, widget, 'Opt');
  const lines = (isArray(options) ? options : []).map((option) => {
    const line = document.resolve(document.array(option)?.at(-1) ?? option);
    return line instanceof PdfString ? line.toText() : '';
  });
  return plainText(widget, form, 0, page, document) === saidBy(lines.join(''));
}

/** The share of a field's height over which a ground reaches. */
const most = 0.9;

/** What a look says whose letters are all plain, and those that readers make up, too; null for any other. */
function plainText(
  widget: PdfDict,
  form: PdfStream,
  cells: number,
  page: Page,
  document: PdfDocument,
): string | null {
  const isPlain =
    defaultLook(document, widget) === 'plain' &&
    isMadeOfStandardParts(document, widget) &&
    isSoundLook(document, form);
  const options = { cells: Math.min(cells, maxCells), isList: false };
  const place = isPlain ? writtenPlace(document, form, options) : null;
  const written = place?.isSteady ? writtenText(document, form, page, place.box) : null;
  return written === null || written.proof === 'none' ? null : written.text;
}

/** A text, or a choice from a list that is closed: an open one shows more than its value. */
function isAlikeText(
  widget: PdfDict,
  form: PdfStream,
  value: PdfObject,
  page: Page,
  document: PdfDocument,
): boolean {
  const flags = Number(inheritedEntry(document, widget, 'Ff') ?? 0);
  const isChoice = isName(inheritedEntry(document, widget, 'FT'), 'Ch');
  if (!(value instanceof PdfString) || (isChoice && (flags & comboBit) === 0)) return false;
  const cells = (flags & combBit) === 0 ? 0 : Number(inheritedEntry(document, widget, 'MaxLen') ?? 0);
  return plainText(widget, form, cells, page, document) === saidBy(value.toText());
}

/**
 * A box or a round button: nothing or a single mark, which is what readers draw. A button to press says what they
 * like.
 */
function isAlikeButton(
  widget: PdfDict,
  form: PdfStream | null,
  value: PdfObject,
  page: Page,
  document: PdfDocument,
): boolean {
  const flags = Number(inheritedEntry(document, widget, 'Ff') ?? 0);
  if ((flags & pushButtonBit) !== 0) return false;
  const caption = document.resolve(document.dict(widget.get('MK'))?.get('CA'));
  if (caption !== null && !(caption instanceof PdfString && isMarkCode(caption.toText()))) return false;
  const state = document.resolve(widget.get('AS'));
  const isOff = !(state instanceof PdfName) || state.value === 'Off';
  if (isOff) {
    // Some go by the value alone.
    const states = document.dict(document.dict(widget.get('AP'))?.get('N'));
    const isChosen = value instanceof PdfName && !isBlankValue(value) && (!states || states.has(value.value));
    return !isChosen && (!form || showsNothing(document, form, page));
  }
  return saysSame(state, value) && form !== null && isPlainMark(document, form, false, page);
}
