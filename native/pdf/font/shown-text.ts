import type { TrueType } from './true-type.ts';

/** Shown for what a font lacks: PDF/A forbids the empty box that a font has for it (ISO 19005-2, 6.2.11.8). */
const replacement = '\ufffd';

/** The text as a font shows it: composed, without control characters, and with a mark for each character that it lacks. */
export function shownText(font: TrueType, text: string): string {
  const composed = text.normalize('NFC').replaceAll(/\p{Cc}+/gu, ' ');
  return Array.from(composed, (character) =>
    font.glyphOf(character.codePointAt(0) ?? 0) === 0 ? replacement : character,
  ).join('');
}

/** Width of a text at one unit of font size. */
export function textWidth(font: TrueType, text: string): number {
  let units = 0;
  for (const character of shownText(font, text))
    units += font.advanceOf(font.glyphOf(character.codePointAt(0) ?? 0));
  return units / font.unitsPerEm;
}
