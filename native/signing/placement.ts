import type { BoxMm } from '../pdf/page-geometry.ts';
import { ascent, descent } from '../pdf/text/letter-extent.ts';
import { rowsOf, type TextLine } from '../pdf/text/text-line.ts';
import { millimetres } from './text-block.ts';

/**
 * Where number, date and signatures belong, by NĐ 30/2020 Phụ lục I: found from the page's own text, else by the
 * decree's diagram. All lengths in millimetres from the visible page's top left corner.
 */

/** Where a document's number is to stand: the blank between "Số:" and "/". */
export interface NumberPlace {
  readonly box: BoxMm;
  readonly baseline: number;
  /** Font size of the words around it. */
  readonly size: number;
}

/** A blank to be written into. */
export interface Blank {
  readonly left: number;
  readonly right: number;
}

/** The blanks of "…, ngày … tháng … năm …"; a number where the page has one printed already. */
export interface DatePlace extends NumberPlace {
  readonly day: Blank;
  readonly month: Blank | number;
  readonly year: Blank | number;
}

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

/** All of a line, its tallest and lowest letters included. */
export function wholeLineBox(line: TextLine): BoxMm {
  return lineBox(line, line.left, line.right);
}

/** Blanks are spaces of any width, or dots and strokes that hands would write on. */
const blank = String.raw`[\s.…_]`;
const numberPattern = new RegExp(String.raw`(?:^|\s)Số\s?:${blank}*(?=/)`, 'u');
const datePattern = new RegExp(
  String.raw`(ngày)${blank}+(tháng)(${blank}+|\s*\d{1,2}\s+)(năm)(?:${blank}*(\d{4}))?`,
  'du',
);

/** Ô số 3 (PL I, II.3): "Số:" and, behind a blank, "/" with the symbol. */
export function findNumberPlace(lines: readonly TextLine[]): NumberPlace | null {
  for (const line of rowsOf(lines)) {
    const match = numberPattern.exec(line.text);
    if (!match) continue;
    const colon = line.text.indexOf(':', match.index);
    const end = match.index + match[0].length;
    const [{ right: before }, { left: after }] = [line.span(colon, colon + 1), line.span(end, end + 1)];
    return { box: lineBox(line, before, after), baseline: line.baseline, size: line.size };
  }
  return null;
}

const yearWidth = 10;

/**
 * Ô số 4 (PL I, II.4): the words of the date with a blank for the day, and for month and year where they aren't
 * printed.
 */
export function findDatePlace(lines: readonly TextLine[]): DatePlace | null {
  for (const line of rowsOf(lines)) {
    const match = datePattern.exec(line.text);
    if (!match) continue;
    const place = (group: number) => {
      const [from, to] = match.indices?.[group] ?? [match.index, match.index];
      return line.span(from, to);
    };
    const [day, month, year] = [place(1), place(2), place(4)];
    const printedMonth = Number.parseInt(match[3] ?? '', 10);
    const afterYear = { left: year.right + 1, right: year.right + yearWidth };
    return {
      box: lineBox(line, day.right, match[5] === undefined ? afterYear.right : year.left),
      baseline: line.baseline,
      size: line.size,
      day: { left: day.right, right: month.left },
      month: Number.isNaN(printedMonth) ? { left: month.right, right: year.left } : printedMonth,
      year: match[5] === undefined ? afterYear : Number(match[5]),
    };
  }
  return null;
}

/** The decree's size for number and date. */
export const prescribedSize = millimetres(13);

/** Ô số 3 and 4 of the decree's diagram on A4 with its usual margins, for pages without those words. */
export const defaultNumberBox: BoxMm = { x: 42, y: 31, width: 45, height: 6 };
export const defaultDateBox: BoxMm = { x: 115, y: 31, width: 62, height: 6 };

/** Ô số 7c of the diagram, low on the right half: for pages whose text shows no place. */
export function defaultApprovalBox({ width, height }: PageSize): BoxMm {
  const own = { width: Math.min(55, width / 3), height: Math.min(25, height / 8) };
  return { x: width * 0.72 - own.width / 2, y: height * 0.76, ...own };
}

/** A page as shown, in millimetres. */
export interface PageSize {
  readonly width: number;
  readonly height: number;
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

/**
 * The box moved, and where that isn't enough shrunk, so that it lies on the page: small pages, and places near an
 * edge.
 */
export function withinPage(box: BoxMm, page: PageSize): BoxMm {
  const width = Math.min(box.width, page.width);
  const height = Math.min(box.height, page.height);
  return {
    x: Math.max(0, Math.min(box.x, page.width - width)),
    y: Math.max(0, Math.min(box.y, page.height - height)),
    width,
    height,
  };
}
