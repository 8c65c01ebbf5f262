import type { PdfDocument } from '../../pdf/document.ts';
import { isArray, isName, PdfDict, PdfName, type PdfObject, PdfStream } from '../../pdf/object.ts';
import { isPlainLayer } from './layer.ts';

/** Annotations (ISO 32000-2, table 171) that show nothing by themselves, or a mark that says nothing. */
const quietKinds = [
  'Link',
  'Popup',
  'Widget',
  'Text',
  'FileAttachment',
  'Sound',
  'Movie',
  'Screen',
  'TrapNet',
];
const markingKinds = ['Highlight', 'Underline', 'Squiggly', 'StrikeOut'];
const withoutAppearance: ReadonlySet<string> = new Set([...quietKinds, ...markingKinds]);
const drawnKinds = ['FreeText', 'Line', 'Square', 'Circle', 'Polygon', 'PolyLine', 'Stamp', 'Caret', 'Ink'];
const kinds: ReadonlySet<string> = new Set([
  ...withoutAppearance,
  ...drawnKinds,
  'Watermark',
  'Redact',
  '3D',
  'RichMedia',
  'PrinterMark',
]);
const hidden = 2;

/** What an annotation shows. */
export type Shown = { readonly isPlain: false } | { readonly isPlain: true; readonly form: PdfStream | null };

/**
 * Which appearance all programs show of an annotation, if they do agree: one form of a sound box and matrix in a
 * sound place; none where the kind needs none. What some draw by themselves and others don't, a line or a stamp
 * without an appearance, isn't plain.
 */
export function shownOf(document: PdfDocument, annotation: PdfDict): Shown {
  const kind = document.resolve(annotation.get('Subtype'));
  const flags = document.resolve(annotation.get('F'));
  // A field that isn't a widget stands in some lists; nobody draws it.
  if (kind === null && !annotation.has('AP')) return { isPlain: true, form: null };
  if (!(kind instanceof PdfName) || !kinds.has(kind.value) || (flags !== null && !isWhole(flags)))
    return { isPlain: false };
  if (kind.value === 'Popup' || (typeof flags === 'number' && (flags & hidden) !== 0))
    return { isPlain: true, form: null };
  if (annotation.has('OC') && !isPlainLayer(document, annotation.get('OC'))) return { isPlain: false };
  const faces = document.resolve(annotation.get('AP'));
  if (faces !== null && !(faces instanceof PdfDict)) return { isPlain: false };
  const normal = document.resolve(faces?.get('N'));
  if (normal === null)
    return withoutAppearance.has(kind.value) ? { isPlain: true, form: null } : { isPlain: false };
  const form = normal instanceof PdfDict ? stateOf(document, annotation, normal) : normal;
  if (form === null || isWithoutSize(document, annotation.get('Rect'))) return { isPlain: true, form: null };
  const isSound =
    form instanceof PdfStream && isSoundForm(document, form) && isRectangle(document, annotation.get('Rect'));
  return isSound ? { isPlain: true, form } : { isPlain: false };
}

/** Null where no state is shown; undefined where programs choose one for themselves. */
function stateOf(document: PdfDocument, annotation: PdfDict, states: PdfDict): PdfObject | undefined {
  const state = document.resolve(annotation.get('AS'));
  if (state instanceof PdfName) return document.resolve(states.get(state.value));
  return states.entries.size === 0 ? null : undefined;
}

function isWhole(value: PdfObject): boolean {
  return typeof value === 'number' && Number.isInteger(value);
}

function isSoundForm(document: PdfDocument, form: PdfStream): boolean {
  const matrix = document.resolve(form.dict.get('Matrix'));
  const isForm = isName(document.resolve(form.dict.get('Subtype')), 'Form');
  return isForm && isBox(document, form.dict.get('BBox')) && (matrix === null || isMatrix(document, matrix));
}

function numbersOf(document: PdfDocument, value: PdfObject | undefined): (number | null)[] {
  return (document.array(value) ?? []).map((one) => document.number(one));
}

/** Where a signature that is to be seen nowhere has its place. */
function isWithoutSize(document: PdfDocument, value: PdfObject | undefined): boolean {
  const [left, bottom, right, top] = numbersOf(document, value);
  return isRectangle(document, value) && (left === right || bottom === top);
}

/** Four numbers. */
function isRectangle(document: PdfDocument, value: PdfObject | undefined): boolean {
  const numbers = numbersOf(document, value);
  return numbers.length === 4 && numbers.every((one) => one !== null);
}

/** A box with something in it, from bottom left to top right. */
function isBox(document: PdfDocument, value: PdfObject | undefined): boolean {
  if (!isRectangle(document, value)) return false;
  const [left = 0, bottom = 0, right = 0, top = 0] = numbersOf(document, value).map(Number);
  return left < right && bottom < top;
}

function isMatrix(document: PdfDocument, value: PdfObject): boolean {
  const numbers = numbersOf(document, value);
  if (!isArray(value) || numbers.length !== 6 || !numbers.every((one) => one !== null)) return false;
  const [a = 0, b = 0, c = 0, d = 0] = numbers.map(Number);
  return a * d !== b * c;
}
