import type { BoxMm } from '../pdf/page-geometry.ts';
import type { TextLine } from '../pdf/text/text-line.ts';

/**
 * Where signatures, number and date belong, by NĐ 30/2020 Phụ lục I: found from the page's own text, else by the
 * decree's diagram. All lengths in millimetres from the visible page's top left corner.
 */

/** Where a document's number is to stand: the blank between "Số:" and "/". */
export interface NumberPlace {
  readonly box: BoxMm;
  readonly baseline: number;
  /** Font size of the words around it. */
  readonly size: number;
}

/** The blanks of "…, ngày … tháng … năm …". */
export interface DatePlace extends NumberPlace {
  readonly dayCentre: number;
  readonly monthCentre: number;
  /** Null where the year is already printed. */
  readonly yearLeft: number | null;
}

/** Part of a line's height above its baseline, and below it, by its font size. */
const ascent = 0.9;
const descent = 0.25;
/** A blank narrower than this can't take a number; the printed words then leave no room to write into. */
const narrowestBlank = 3;

function lineBox(line: TextLine, left: number, right: number): BoxMm {
  return {
    x: left,
    y: line.baseline - ascent * line.size,
    width: Math.max(right - left, narrowestBlank),
    height: (ascent + descent) * line.size,
  };
}

/** Ô số 3 (PL I, II.3): "Số:" and, behind a blank, "/" with the symbol. */
export function findNumberPlace(lines: readonly TextLine[]): NumberPlace | null {
  for (const line of lines) {
    const match = /(?:^|\s)Số\s?:\s?(?=\/)/u.exec(line.text);
    if (!match) continue;
    const end = match.index + match[0].length;
    const before = line.span(match.index, match.index + match[0].trimEnd().length).right;
    const after = line.span(end, end + 1).left;
    return { box: lineBox(line, before, after), baseline: line.baseline, size: line.size };
  }
  return null;
}

const yearWidth = 10;

/** Ô số 4 (PL I, II.4): the words of the date with blanks for day and month, and for the year where it isn't printed. */
export function findDatePlace(lines: readonly TextLine[]): DatePlace | null {
  for (const line of lines) {
    const match = /ngày\s+tháng\s+năm(\s?\d{4})?/u.exec(line.text);
    if (!match) continue;
    const start = match.index;
    const monthWord = line.text.indexOf('tháng', start);
    const yearWord = line.text.indexOf('năm', monthWord);
    const day = { left: line.span(start, start + 4).right, right: line.span(monthWord, monthWord + 1).left };
    const month = {
      left: line.span(monthWord, monthWord + 5).right,
      right: line.span(yearWord, yearWord + 1).left,
    };
    const behindYear = line.span(yearWord, yearWord + 3).right;
    const isYearPrinted = match[1] !== undefined;
    return {
      box: lineBox(line, day.left, isYearPrinted ? month.right : behindYear + yearWidth),
      baseline: line.baseline,
      size: line.size,
      dayCentre: (day.left + day.right) / 2,
      monthCentre: (month.left + month.right) / 2,
      yearLeft: isYearPrinted ? null : behindYear + 1,
    };
  }
  return null;
}

/** 13 points, the decree's size for number and date, in millimetres. */
const prescribedSize = 4.586;

/** Ô số 3 and 4 of the decree's diagram on A4 with its usual margins, for pages without those words. */
export const defaultNumberBox: BoxMm = { x: 42, y: 31, width: 45, height: 6 };
export const defaultDateBox: BoxMm = { x: 115, y: 31, width: 62, height: 6 };
export { prescribedSize };

/** Least and greatest room that a handwritten signature is given between position and name. */
const leastGap = 14;
const greatestHeight = 28;
const signatureWidth = 55;

/**
 * Ô số 7c: the gap between the signer's position, in capitals, and the name below it, on the right half of the page.
 * The last such gap on the page is taken: above it there may be other blocks.
 */
export function findApprovalBox(lines: readonly TextLine[], pageWidth: number): BoxMm | null {
  const right = lines
    .filter((line) => (line.left + line.right) / 2 > pageWidth / 2)
    .toSorted((a, b) => a.baseline - b.baseline);
  for (let index = right.length - 2; index >= 0; index--) {
    const [position, name] = [right[index], right[index + 1]];
    if (!position || !name || !isCapitals(position.text)) continue;
    const top = position.baseline + descent * position.size + 1;
    const bottom = name.baseline - ascent * name.size - 1;
    if (bottom - top < leastGap) continue;
    const centre = (position.left + position.right) / 2;
    const height = Math.min(bottom - top, greatestHeight);
    return { x: centre - signatureWidth / 2, y: (top + bottom - height) / 2, width: signatureWidth, height };
  }
  return null;
}

function isCapitals(text: string): boolean {
  return /\p{Lu}{2}/u.test(text) && text === text.toLocaleUpperCase('vi');
}

/** Ô số 7c of the diagram, low on the right half: for pages whose text shows no place. */
export function defaultApprovalBox(pageWidth: number, pageHeight: number): BoxMm {
  const width = Math.min(signatureWidth, pageWidth / 3);
  return {
    x: pageWidth * 0.72 - width / 2,
    y: pageHeight * 0.76,
    width,
    height: Math.min(25, pageHeight / 8),
  };
}

/** Ô số 8 (PL I, II.8.a): the seal at its real size over the left third of the signature, level with it. */
export function sealBox(approval: BoxMm, diameter: number): BoxMm {
  const right = approval.x + approval.width / 3;
  return {
    x: Math.max(0, right - diameter),
    y: Math.max(0, approval.y + approval.height / 2 - diameter / 2),
    width: diameter,
    height: diameter,
  };
}

/** The box moved, and where that isn't enough shrunk, so that it lies on the page: small pages, and places near an edge. */
export function withinPage(box: BoxMm, page: { readonly width: number; readonly height: number }): BoxMm {
  const width = Math.min(box.width, page.width);
  const height = Math.min(box.height, page.height);
  return {
    x: Math.max(0, Math.min(box.x, page.width - width)),
    y: Math.max(0, Math.min(box.y, page.height - height)),
    width,
    height,
  };
}
