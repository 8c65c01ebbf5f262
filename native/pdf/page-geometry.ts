import type { Page, Rectangle } from './page.ts';

/** A box as a person sees it: millimetres from the visible page's top left corner, whatever the page's rotation. */
export interface BoxMm {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

const pointsPerMm = 72 / 25.4;

/** Width and height of the page as shown, in millimetres. */
export function shownSize(page: Page): { width: number; height: number } {
  const unit = page.userUnit / pointsPerMm;
  const width = (page.box[2] - page.box[0]) * unit;
  const height = (page.box[3] - page.box[1]) * unit;
  return page.rotation % 180 === 0 ? { width, height } : { width: height, height: width };
}

/** A length in millimetres as units of the page's user space. */
export function toUnits(page: Page, mm: number): number {
  return (mm * pointsPerMm) / page.userUnit;
}

/** The box's rectangle in the page's user space. */
export function toUserSpace(page: Page, { x, y, width, height }: BoxMm): Rectangle {
  const [left, bottom, right, top] = page.box;
  const [x0, y0, x1, y1] = [x, y, x + width, y + height].map((mm) => toUnits(page, mm)) as [
    number,
    number,
    number,
    number,
  ];
  switch (page.rotation) {
    case 90:
      return [left + y0, bottom + x0, left + y1, bottom + x1];
    case 180:
      return [right - x1, bottom + y0, right - x0, bottom + y1];
    case 270:
      return [right - y1, top - x1, right - y0, top - x0];
    default:
      return [left + x0, top - y1, left + x1, top - y0];
  }
}

/** The other way: where a rectangle of user space is seen on the page. */
export function toShown(page: Page, [x0, y0, x1, y1]: Rectangle): BoxMm {
  const [left, bottom, right, top] = page.box;
  const mm = (units: number) => (units * page.userUnit) / pointsPerMm;
  const size = { width: mm(x1 - x0), height: mm(y1 - y0) };
  const turned = { width: size.height, height: size.width };
  switch (page.rotation) {
    case 90:
      return { x: mm(y0 - bottom), y: mm(x0 - left), ...turned };
    case 180:
      return { x: mm(right - x1), y: mm(y0 - bottom), ...size };
    case 270:
      return { x: mm(top - y1), y: mm(right - x1), ...turned };
    default:
      return { x: mm(x0 - left), y: mm(top - y1), ...size };
  }
}

/** From user space to where a person sees it: millimetres to the right and down from the visible page's top left corner. */
export function shownMatrix(page: Page): Matrix {
  const [left, bottom, right, top] = page.box;
  const mm = page.userUnit / pointsPerMm;
  switch (page.rotation) {
    case 90:
      return [0, mm, mm, 0, -mm * bottom, -mm * left];
    case 180:
      return [-mm, 0, 0, mm, mm * right, -mm * bottom];
    case 270:
      return [0, -mm, -mm, 0, mm * top, mm * right];
    default:
      return [mm, 0, 0, -mm, -mm * left, mm * top];
  }
}

export type Matrix = readonly [number, number, number, number, number, number];

/**
 * The /Matrix of an appearance whose content was drawn upright in `width` × `height` units, so that it stands upright on
 * a rotated page too (ISO 32000-2, 12.5.5: the matrix' box is fitted to the annotation's rectangle).
 */
export function uprightMatrix(page: Page): Matrix {
  switch (page.rotation) {
    case 90:
      return [0, 1, -1, 0, 0, 0];
    case 180:
      return [-1, 0, 0, -1, 0, 0];
    case 270:
      return [0, -1, 1, 0, 0, 0];
    default:
      return [1, 0, 0, 1, 0, 0];
  }
}
