import { shownText, textWidth } from '../pdf/font/shown-text.ts';
import type { TrueType } from '../pdf/font/true-type.ts';
import { ascent, descent } from '../pdf/text/letter-extent.ts';

/** Distance of baselines, by the font size. */
export const leading = 1.18;

/**
 * 10 points, in which the decree sets the text of signatures without a picture (NĐ 30/2020 PL I, II.8.b), in
 * millimetres.
 */
export const stampTextSize = millimetres(10);

/** A length in points, in millimetres. */
export function millimetres(points: number): number {
  return (points * 25.4) / 72;
}

/** Lines that were broken to fit; all lengths in millimetres. */
export interface TextBlock {
  readonly lines: readonly string[];
  readonly fontSize: number;
  /** Of the widest line. */
  readonly width: number;
  readonly height: number;
}

/** What a text has to keep to, in millimetres. */
export interface TextRoom {
  readonly width: number;
  readonly height?: number;
  readonly size: number;
  /** Below this nobody can read it; the text is then broken wherever it must be. */
  readonly leastSize?: number;
}

/** Height of so many lines, diacritics and tails included. */
function heightOf(count: number, fontSize: number): number {
  return count === 0 ? 0 : ((count - 1) * leading + ascent + descent) * fontSize;
}

const sizeStep = 0.93;
/** 5 points: print of this size is still read with glasses. */
const readable = millimetres(5);

/**
 * Breaks paragraphs into lines that fit, in the wanted size or the largest smaller one. Nothing is ever left out: in
 * a box that is too small for the least size the letters get smaller still.
 */
export function fitText(font: TrueType, paragraphs: readonly string[], room: TextRoom): TextBlock {
  const { width, height = Number.POSITIVE_INFINITY, size, leastSize = readable } = room;
  for (let fontSize = size; ; fontSize *= sizeStep) {
    const block = breakText(font, paragraphs, width, fontSize);
    // A word that must be broken makes the letters smaller first, since a broken name reads badly.
    const isWhole = fontSize <= leastSize || !block.hasBrokenWord;
    if ((isWhole && block.height <= height) || fontSize < hopeless) return block;
  }
}

/** A twentieth of a millimetre: dots. What room there was can't have been meant for text. */
const hopeless = 0.05;

function breakText(
  font: TrueType,
  paragraphs: readonly string[],
  width: number,
  fontSize: number,
): TextBlock & { hasBrokenWord: boolean } {
  const limit = width / fontSize;
  const pieces = paragraphs.map((paragraph) => breakParagraph(font, shownText(font, paragraph), limit));
  const lines = pieces.flatMap((piece) => piece.lines);
  return {
    lines,
    fontSize,
    width: Math.max(0, ...lines.map((line) => textWidth(font, line) * fontSize)),
    height: heightOf(lines.length, fontSize),
    hasBrokenWord: pieces.some((piece) => piece.hasBrokenWord),
  };
}

/** Rounding must not break a line that was measured to fit exactly. */
const slack = 1e-6;

function breakParagraph(font: TrueType, text: string, limit: number) {
  const lines: string[] = [];
  let current = '';
  let hasBrokenWord = false;
  const fits = (candidate: string) => textWidth(font, candidate) <= limit + slack;
  for (const word of text.split(' ').filter((part) => part !== '')) {
    const joined = current === '' ? word : `${current} ${word}`;
    if (fits(joined)) {
      current = joined;
      continue;
    }
    if (current !== '') lines.push(current);
    current = '';
    for (const character of word) {
      if (current !== '' && !fits(current + character)) {
        hasBrokenWord = true;
        lines.push(current);
        current = '';
      }
      current += character;
    }
  }
  if (current !== '') lines.push(current);
  return { lines, hasBrokenWord };
}
