import { textWidth } from '../pdf/font/shown-text.ts';
import { ascent } from '../pdf/text/letter-extent.ts';
import { type Face, faces, type Mark, type TextMark } from './appearance.ts';
import type { Ink } from './ink.ts';
import { fitText, leading, type TextBlock } from './text-block.ts';

/** How the lines of a block stand in their box. */
export interface TextSetting {
  readonly align: TextMark['align'];
  readonly face: Face;
  readonly ink: Ink;
}

/** The decree's setting for signatures without a picture: upright and black (NĐ 30/2020 PL I, II.8.b). */
export const prescribedSetting: TextSetting = { align: 'left', face: 'regular', ink: 'black' };

/** A block's lines from `top` down; `left` and `width` in millimetres say between what they are aligned. */
export function blockMarks(
  { lines, fontSize }: TextBlock,
  { left, top, width }: { readonly left: number; readonly top: number; readonly width: number },
  { align, face, ink }: TextSetting,
): TextMark[] {
  const x = left + { left: 0, centre: width / 2, right: width }[align];
  return lines.map((text, index) => ({
    kind: 'text',
    text,
    x,
    baseline: top + (ascent + index * leading) * fontSize,
    size: fontSize,
    align,
    face,
    ink,
  }));
}

/** A name is rather set on one line in somewhat smaller letters than broken. */
const oneLineShare = 0.6;

/** A name in the middle of a box, in the size or as large as fits. */
export function centredText(
  size: { readonly width: number; readonly height: number },
  text: string,
  fontSize: number,
  setting: Omit<TextSetting, 'align'>,
): Mark[] {
  const font = faces[setting.face]();
  const onOneLine = size.width / Math.max(textWidth(font, text), 1);
  const wanted = onOneLine >= oneLineShare * fontSize ? Math.min(fontSize, onOneLine) : fontSize;
  const block = fitText(font, [text], { ...size, size: wanted });
  const top = (size.height - block.height) / 2;
  return blockMarks(block, { left: 0, top, width: size.width }, { ...setting, align: 'centre' });
}
