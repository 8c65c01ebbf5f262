import { AppError } from '../../../contract/failure.ts';
import type { PdfDocument } from '../../pdf/document.ts';
import { PdfDict, PdfName, type PdfObject, type PdfRef } from '../../pdf/object.ts';
import { type Page, rectangle } from '../../pdf/page.ts';
import { Exhausted, type WorkBudget } from '../../pdf/work-budget.ts';
import { hiddenWords } from '../appearance/cover.ts';
import { hasDrawing, shownText } from '../appearance/shown-text.ts';
import {
  appearanceFault,
  normalAppearance,
  type Painted,
  paintedBy,
  solid,
} from '../appearance/widget-appearance.ts';
import type { FormContext } from './form-rule.ts';

/**
 * Annotations that comment on a text without being able to pass for it: notes behind an icon, and lines of a highlighter. All
 * others can show words of their own or hide the page's ("Breaking the Specification", S&P 2021).
 */
const comments = new Set(['Text', 'Popup', 'Highlight', 'Underline', 'Squiggly']);

/** Tables 166, 172, 175, 182 and 186 of ISO 32000-2, without actions, layers and what other annotations need. */
const keys = new Set(
  'Type Subtype Rect Contents P NM M F AP AS C CA ca BM T Popup RC CreationDate IRT Subj RT IT Open Name State StateModel Parent QuadPoints Lang StructParent'.split(
    ' ',
  ),
);

/** A note's icon in points; a larger one could be a page. Its window isn't part of the page. */
const maxIcon = 40;

/** Whether an added annotation is a comment as such: it shows no words of its own, and the page's stay readable. */
export function isComment(item: PdfRef, page: Page, { difference, pageMap }: FormContext): boolean {
  const document = difference.after;
  const annotation = difference.new(item.number);
  if (!(annotation instanceof PdfDict)) return false;
  const subtype = document.resolve(annotation.get('Subtype'));
  if (!(subtype instanceof PdfName) || !comments.has(subtype.value)) return false;
  if ([...annotation.entries.keys()].some((key) => !keys.has(key))) return false;
  // Viewers draw a window for a pop-up, over the page but as a window.
  if (subtype.value === 'Popup') return !annotation.has('AP');
  if (subtype.value === 'Text' && !isIcon(document, annotation)) return false;
  try {
    return (
      isModest(document, annotation, page) &&
      hidesNothing(document, annotation, pageMap.words(page, item.number), pageMap.covering)
    );
  } catch (error) {
    if (error instanceof AppError && !(error instanceof Exhausted)) return false;
    throw error;
  }
}

function isIcon(document: PdfDocument, annotation: PdfDict): boolean {
  const box = rectangle(document, annotation.get('Rect'));
  return box === null || (box[2] - box[0] <= maxIcon && box[3] - box[1] <= maxIcon);
}

/** Drawn by viewers themselves in a colour that words shine through, or by an appearance without words and pictures. */
function isModest(document: PdfDocument, annotation: PdfDict, page: Page): boolean {
  const faces = document.dict(annotation.get('AP'));
  if (faces && ['R', 'D'].some((key) => faces.has(key))) return false;
  const form = normalAppearance(document, annotation);
  if (form) {
    const isDrawn = hasDrawing(document, form) && !isNamed(document, annotation, 'Squiggly', 'Text');
    return (
      !isDrawn && appearanceFault(document, form) === null && shownText(document, form, page).trim() === ''
    );
  }
  const light = lightness(document, annotation.get('C'));
  if (isNamed(document, annotation, 'Highlight')) return light > brightShare;
  return isNamed(document, annotation, 'Text') || (light < paperShare && hasThinLines(document, annotation));
}

function isNamed(document: PdfDocument, annotation: PdfDict, ...names: readonly string[]): boolean {
  const subtype = document.resolve(annotation.get('Subtype'));
  return subtype instanceof PdfName && names.includes(subtype.value);
}

function hidesNothing(
  document: PdfDocument,
  annotation: PdfDict,
  words: ReturnType<FormContext['pageMap']['words']>,
  work: WorkBudget,
): boolean {
  const isMadeUp = isNamed(document, annotation, 'Text') && !normalAppearance(document, annotation);
  const painted = isMadeUp ? iconOf(document, annotation) : paintedBy(document, annotation);
  if (painted?.isOdd) return false;
  if (!painted || painted.paints.length === 0) return true;
  return words !== null && hiddenWords(painted, words, work).size === 0;
}

/** Points: what viewers draw for a note without an appearance, from its upper left corner or around its middle, however small its rectangle is. */
const usualIcon = 24;

function iconOf(document: PdfDocument, annotation: PdfDict): Painted | null {
  const box = rectangle(document, annotation.get('Rect'));
  if (!box) return paintedBy(document, annotation);
  const [left, bottom, right, top] = box;
  const [x, y, half] = [(left + right) / 2, (bottom + top) / 2, usualIcon / 2];
  const rect = [
    Math.min(left, x - half),
    Math.min(bottom, top - usualIcon, y - half),
    Math.max(right, left + usualIcon, x + half),
    Math.max(top, y + half),
  ] as const;
  return { rect, paints: [solid(rect)], isOdd: false };
}

const brightShare = 0.5;
/** From here on a line wipes words out rather than marking them. */
const paperShare = 0.8;

/** How light a colour in grey, RGB or CMYK is, 0 to 1; none is black. */
function lightness(document: PdfDocument, colour: PdfObject | undefined): number {
  const parts = (document.array(colour) ?? []).map((part) => document.number(part) ?? 0);
  if (parts.length === 4) {
    const [cyan = 1, magenta = 1, yellow = 1, black = 1] = parts;
    return (0.3 * (1 - cyan) + 0.59 * (1 - magenta) + 0.11 * (1 - yellow)) * (1 - black);
  }
  const [red = 0, green = red, blue = red] = parts;
  return 0.3 * red + 0.59 * green + 0.11 * blue;
}

/** Points. Viewers draw a line as thick as a share of the height that it underlines. */
const tallestLine = 60;

function hasThinLines(document: PdfDocument, annotation: PdfDict): boolean {
  const places = (document.array(annotation.get('QuadPoints')) ?? []).map(
    (one) => document.number(one) ?? Number.NaN,
  );
  const span = (values: readonly number[]) => Math.max(...values) - Math.min(...values);
  for (let at = 0; at + 8 <= places.length; at += 8) {
    const [across, up] = [0, 1].map((which) =>
      span(places.slice(at, at + 8).filter((_, index) => index % 2 === which)),
    );
    if (!(Math.min(across ?? 0, up ?? 0) <= tallestLine)) return false;
  }
  return true;
}
