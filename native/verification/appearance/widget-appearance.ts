import type { PdfDocument } from '../../pdf/document.ts';
import { isArray, type PdfDict, PdfName, type PdfObject, PdfStream } from '../../pdf/object.ts';
import { type Rectangle, rectangle } from '../../pdf/page.ts';
import type { Matrix } from '../../pdf/page-geometry.ts';
import { concatenate, identity, matrixOf, transform } from '../../pdf/text/matrix.ts';
import { Outline, type Point } from './outline.ts';
import { oddKeys, type Paint, Painter } from './painter.ts';

/** The stream that a widget shows in its present state (ISO 32000-2, 12.5.5); null where it shows none. */
export function normalAppearance(document: PdfDocument, widget: PdfDict): PdfStream | null {
  const normal = document.resolve(document.dict(widget.get('AP'))?.get('N'));
  if (normal instanceof PdfStream) return normal;
  const state = document.resolve(widget.get('AS'));
  // Where no state is named some readers show this one.
  const name = state instanceof PdfName ? state.value : 'Off';
  const shown = document.resolve(document.dict(normal)?.get(name));
  return shown instanceof PdfStream ? shown : null;
}

/** Beyond any page (Annex C); with larger numbers every viewer computes something else. */
const coordinateLimit = 1e6;

/** What of an appearance isn't the same to every reader; null where it is sound. */
export function appearanceFault(document: PdfDocument, form: PdfStream): string | null {
  const subtype = document.resolve(form.dict.get('Subtype'));
  if (subtype !== null && !(subtype instanceof PdfName && subtype.value === 'Form')) return 'Subtype';
  const odd = oddKeys.find((key) => form.dict.has(key));
  if (odd !== undefined) return odd;
  const corners = (document.array(form.dict.get('BBox')) ?? []).map((value) => document.number(value));
  const areNumbers = corners.every((value) => value !== null && Math.abs(value) <= coordinateLimit);
  if (corners.length !== 4 || !areNumbers) return 'BBox';
  const isEmpty = rectangle(document, form.dict.get('BBox')) === null;
  // A box without an area hides its content from some readers only; without content it is just empty.
  if (isEmpty && document.decodedBytes(form).some((byte) => byte > 0x20)) return 'BBox';
  const [a, b, c, d] = matrixOf(document, form.dict.get('Matrix'));
  return Math.abs(a * d - b * c) < 1e-9 ? 'Matrix' : null;
}

/** What a widget paints on its page. */
export interface Painted {
  readonly rect: Rectangle;
  readonly paints: readonly Paint[];
  /** It shows itself differently to different readers. */
  readonly isOdd: boolean;
}

/**
 * What a widget paints, taken to its page by the algorithm of 12.5.5. A widget without an appearance paints its background, as
 * far as viewers draw one. Null where it has no extent. Throws `pdf-too-complex`.
 */
export function paintedBy(document: PdfDocument, widget: PdfDict): Painted | null {
  const rect = rectangle(document, widget.get('Rect'));
  if (!rect) return isNowhere(document, widget) ? null : { rect: nowhere, paints: [], isOdd: true };
  const form = normalAppearance(document, widget);
  if (!form) return { rect, paints: background(document, widget, rect), isOdd: false };
  const box = rectangle(document, form.dict.get('BBox'));
  if (!box) return { rect, paints: [], isOdd: false };
  const painter = new Painter(document);
  painter.form(form, fitting(rect, box, matrixOf(document, form.dict.get('Matrix'))));
  return { rect, paints: painter.paints, isOdd: painter.isOdd };
}

const nowhere: Rectangle = [0, 0, 0, 0];

/** Whether a widget without a rectangle that we can read shows itself nowhere: it has none, or one without any extent. */
function isNowhere(document: PdfDocument, widget: PdfDict): boolean {
  if (document.resolve(widget.get('Rect')) === null) return normalAppearance(document, widget) === null;
  const corners = (document.array(widget.get('Rect')) ?? []).map((value) => document.number(value));
  const [left, bottom, right, top] = corners;
  return corners.length === 4 && !corners.includes(null) && (left === right || bottom === top);
}

/** The matrix that fits the appearance's box, as its own matrix turns it, into the widget's rectangle. */
export function fitting(rect: Rectangle, [left, bottom, right, top]: Rectangle, own: Matrix): Matrix {
  const corners = [
    [left, bottom],
    [right, bottom],
    [right, top],
    [left, top],
  ].map(([x = 0, y = 0]) => transform(own, x, y));
  const xs = corners.map(([x]) => x);
  const ys = corners.map(([, y]) => y);
  const [x, y, width, height] = [
    Math.min(...xs),
    Math.min(...ys),
    Math.max(...xs) - Math.min(...xs),
    Math.max(...ys) - Math.min(...ys),
  ];
  if (width === 0 || height === 0) return identity;
  const [scaleX, scaleY] = [(rect[2] - rect[0]) / width, (rect[3] - rect[1]) / height];
  return concatenate([1, 0, 0, 1, -x, -y], [scaleX, 0, 0, scaleY, rect[0], rect[1]]);
}

/** Points; what is broader may fill the whole of a line's height. */
const broadFrame = 3;

/** By /BS, or /Border where there is none (12.5.2, 12.5.4); one point where neither says. */
function frameWidth(document: PdfDocument, widget: PdfDict): number {
  const style = document.dict(widget.get('BS'));
  const border = document.array(widget.get('Border'));
  const widths = [document.number(style?.get('W')), document.number(border?.[2])];
  return Math.max(1, ...widths.map((width) => Math.abs(width ?? 1)));
}

/** The ground, or a frame so broad that it is as good as one. */
function background(document: PdfDocument, widget: PdfDict, bounds: Rectangle): Paint[] {
  const looks = document.dict(widget.get('MK'));
  const isPainted = (value: PdfObject) => isArray(value) && value.length > 0;
  const hasGround = isPainted(document.resolve(looks?.get('BG')));
  const hasFrame = isPainted(document.resolve(looks?.get('BC'))) && frameWidth(document, widget) > broadFrame;
  if (!hasGround && !hasFrame) return [];
  return [solid(bounds)];
}

/** Something that lets nothing shine through. */
export function solid(bounds: Rectangle): Paint {
  const [left, bottom, right, top] = bounds;
  const outline = new Outline();
  outline.rectangle(identity, left, bottom, right - left, top - bottom);
  const opacityAt = (point: Point) => (outline.contains(point, false) ? 1 : 0);
  return { cost: 4, bounds, density: 1, opacityAt };
}
