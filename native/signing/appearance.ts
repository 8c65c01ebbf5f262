import { type AddObject, compressed, embedFont } from '../pdf/font/embedded-font.ts';
import { tinosItalic, tinosRegular } from '../pdf/font/tinos.ts';
import { embedPng } from '../pdf/image/png-image.ts';
import { PdfDict, PdfName, type PdfObject, type PdfRef } from '../pdf/object.ts';
import type { Page } from '../pdf/page.ts';
import { uprightMatrix } from '../pdf/page-geometry.ts';
import { formatNumber } from '../pdf/serializer.ts';

/** Width and height in the page's user-space units, before the page's rotation. */
export interface Size {
  readonly width: number;
  readonly height: number;
}

function form(
  add: AddObject,
  page: Page,
  size: Size,
  content: string,
  resources: Record<string, PdfObject>,
): PdfRef {
  return add(
    compressed(Buffer.from(content, 'latin1'), {
      Type: new PdfName('XObject'),
      Subtype: new PdfName('Form'),
      BBox: [0, 0, size.width, size.height],
      Matrix: [...uprightMatrix(page)],
      Resources: PdfDict.of(resources),
    }),
  );
}

/** An appearance without marks: for fields that are yet to be filled. */
export function emptyAppearance(add: AddObject, page: Page, size: Size): PdfRef {
  return form(add, page, size, '', {});
}

/** The picture as large as fits into the box with its proportions kept, centred. */
export function imageAppearance(add: AddObject, page: Page, size: Size, png: Uint8Array): PdfRef {
  const image = embedPng(add, png);
  const scale = Math.min(size.width / image.width, size.height / image.height);
  const [width, height] = [image.width * scale, image.height * scale];
  const matrix = [width, 0, 0, height, (size.width - width) / 2, (size.height - height) / 2].map(
    formatNumber,
  );
  return form(add, page, size, `q ${matrix.join(' ')} cm /Image Do Q`, {
    XObject: PdfDict.of({ Image: image.ref }),
  });
}

/** A piece of text at a place in the box: `x` from its left, `y` of the baseline from its bottom. */
export interface PlacedText {
  readonly text: string;
  readonly x: number;
  readonly y: number;
  /** Where `x` is on the text. */
  readonly align: 'left' | 'centre';
}

export interface TextStyle {
  /** In the page's units. */
  readonly fontSize: number;
  readonly italic?: boolean;
}

/** Black text in Tinos. */
export function textAppearance(
  add: AddObject,
  page: Page,
  size: Size,
  texts: readonly PlacedText[],
  { fontSize, italic = false }: TextStyle,
): PdfRef {
  const shown = texts.map(({ text }) => text).join('');
  const font = italic
    ? embedFont(add, tinosItalic(), 'Tinos-Italic', shown)
    : embedFont(add, tinosRegular(), 'Tinos', shown);
  const lines = texts.map(({ text, x, y, align }) => {
    const left = align === 'left' ? x : x - (font.width(text) * fontSize) / 2;
    const codes = Buffer.from(font.encode(text).bytes).toString('hex');
    return `1 0 0 1 ${formatNumber(left)} ${formatNumber(y)} Tm <${codes}> Tj`;
  });
  const content = `q BT 0 g /Text ${formatNumber(fontSize)} Tf ${lines.join(' ')} ET Q`;
  return form(add, page, size, content, { Font: PdfDict.of({ Text: font.ref }) });
}

/** Width of a text in Tinos at one unit of font size. */
export function textWidth(text: string): number {
  const font = tinosRegular();
  const units = [...text.normalize('NFC')].reduce(
    (sum, character) => sum + font.advanceOf(font.glyphOf(character.codePointAt(0) ?? 0)),
    0,
  );
  return units / font.unitsPerEm;
}

/** 13 points, the decree's size for a signer's name (NĐ 30/2020 PL I, II.7). */
const nameSize = 13;

/** A signer's name in the middle of the box, in the prescribed size or as large as fits. */
export function nameAppearance(add: AddObject, page: Page, size: Size, name: string): PdfRef {
  const { width, height } = size;
  const fontSize = Math.min(nameSize / page.userUnit, width / Math.max(textWidth(name), 1), height);
  const y = (height - capHeight * fontSize) / 2;
  return textAppearance(add, page, size, [{ text: name, x: width / 2, y, align: 'centre' }], { fontSize });
}

/** Height of Tinos' capitals at one unit of font size: what centring looks at. */
const capHeight = 0.66;
