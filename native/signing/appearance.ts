import { deflateSync } from 'node:zlib';
import { allowsTransparency } from '../pdf/archive-conformance.ts';
import { deflated, embedFont } from '../pdf/font/embedded-font.ts';
import { textWidth } from '../pdf/font/shown-text.ts';
import { tinosBold, tinosItalic, tinosRegular } from '../pdf/font/tinos.ts';
import type { TrueType } from '../pdf/font/true-type.ts';
import { embedPng } from '../pdf/image/png-image.ts';
import { PdfDict, PdfName, type PdfObject, type PdfRef } from '../pdf/object.ts';
import type { Page } from '../pdf/page.ts';
import { type BoxMm, toUnits, uprightMatrix } from '../pdf/page-geometry.ts';
import type { RevisionWriter } from '../pdf/revision-writer.ts';
import { formatNumber } from '../pdf/serializer.ts';
import { colourResources, colourSpace, type Ink, inkOperators } from './ink.ts';

export type Face = 'regular' | 'bold' | 'italic';

/** The faces by their fonts: Tinos, whose letters are as wide as those of the prescribed Times New Roman. */
export const faces: Readonly<Record<Face, () => TrueType>> = {
  regular: tinosRegular,
  bold: tinosBold,
  italic: tinosItalic,
};

const fontNames: Readonly<Record<Face, string>> = {
  regular: 'Tinos',
  bold: 'Tinos-Bold',
  italic: 'Tinos-Italic',
};

/** Where an appearance is drawn: a box on a page, as a person sees it. */
export interface Canvas {
  readonly writer: RevisionWriter;
  readonly page: Page;
  /** In millimetres. */
  readonly size: { readonly width: number; readonly height: number };
}

/** Something drawn; millimetres from the canvas' top left corner. */
export type Mark = TextMark | RuleMark | PictureMark;

export interface TextMark {
  readonly kind: 'text';
  readonly text: string;
  readonly x: number;
  readonly baseline: number;
  readonly size: number;
  /** Where `x` is on the text. */
  readonly align: 'left' | 'centre' | 'right';
  readonly face: Face;
  readonly ink: Ink;
}

/** A straight line. */
export interface RuleMark {
  readonly kind: 'rule';
  readonly from: readonly [x: number, y: number];
  readonly to: readonly [x: number, y: number];
  readonly thickness: number;
  readonly ink: Ink;
}

/** A PNG stretched over a box. */
export interface PictureMark {
  readonly kind: 'picture';
  readonly png: Uint8Array;
  readonly box: BoxMm;
}

/**
 * A form XObject (ISO 32000-2, 8.10) with the marks, upright on a rotated page too. Its fonts are embedded and its colours
 * have their profile, so that a file in PDF/A stays one. Throws `image-unusable`.
 */
export function drawing(canvas: Canvas, marks: readonly Mark[]): PdfRef {
  const { writer, page, size } = canvas;
  const resources = new Resources(canvas, marks);
  const operators = marks.map((mark) => operatorsOf(mark, canvas, resources));
  const content = operators.length === 0 ? '' : `q ${operators.join('\n')} Q`;
  return writer.add(
    deflated(deflateSync(Buffer.from(content, 'latin1')), {
      Type: new PdfName('XObject'),
      Subtype: new PdfName('Form'),
      BBox: [0, 0, toUnits(page, size.width), toUnits(page, size.height)],
      Matrix: [...uprightMatrix(page)],
      Resources: resources.dictionary,
    }),
  );
}

/** A mark as operators of a content stream, in the page's units and from the canvas' bottom left corner. */
function operatorsOf(mark: Mark, { page, size }: Canvas, resources: Resources): string {
  const units = (mm: number) => formatNumber(toUnits(page, mm));
  const up = (y: number) => units(size.height - y);
  switch (mark.kind) {
    case 'text': {
      const { text, x, baseline, face, align, ink } = mark;
      const left = x - alignments[align] * textWidth(faces[face](), text) * mark.size;
      const shown = `/${fontNames[face]} ${units(mark.size)} Tf 1 0 0 1 ${units(left)} ${up(baseline)} Tm`;
      return `${inkOperators(ink)} BT ${shown} <${resources.codes(face, text)}> Tj ET`;
    }
    case 'rule': {
      const [start, end] = [mark.from, mark.to].map(([x, y]) => `${units(x)} ${up(y)}`);
      return `${inkOperators(mark.ink)} ${units(mark.thickness)} w ${start} m ${end} l S`;
    }
    case 'picture': {
      const { x, y, width, height } = mark.box;
      const place = `${units(width)} 0 0 ${units(height)} ${units(x)} ${up(y + height)}`;
      return `q ${place} cm /${resources.picture(mark.png)} Do Q`;
    }
  }
}

/** The part of a text's width that lies left of its `x`. */
const alignments = { left: 0, centre: 0.5, right: 1 } as const;

/** An appearance without marks: for fields that are yet to be filled. */
export function emptyAppearance(canvas: Canvas): PdfRef {
  return drawing(canvas, []);
}

/** What an appearance's operators name: fonts, pictures, the colour space. */
class Resources {
  readonly #canvas: Canvas;
  readonly #fonts = new Map<Face, ReturnType<typeof embedFont>>();
  readonly #pictures = new Map<string, PdfObject>();
  readonly #isColoured: boolean;

  constructor(canvas: Canvas, marks: readonly Mark[]) {
    this.#canvas = canvas;
    const add = canvas.writer.add.bind(canvas.writer);
    const texts = marks.filter((mark) => mark.kind === 'text');
    for (const face of new Set(texts.map((mark) => mark.face))) {
      const shown = texts.filter((mark) => mark.face === face).map(({ text }) => text);
      this.#fonts.set(face, embedFont(add, faces[face](), fontNames[face], shown.join('')));
    }
    this.#isColoured = marks.some(({ kind }) => kind !== 'picture');
  }

  /** The text's character codes in its face's font, in hexadecimal. */
  codes(face: Face, text: string): string {
    return Buffer.from(this.#fonts.get(face)?.encode(text).bytes ?? []).toString('hex');
  }

  /** The name under which the picture can be drawn. */
  picture(png: Uint8Array): string {
    const { writer, page } = this.#canvas;
    const transparency = allowsTransparency(writer.document, page) ? 'soft' : 'stencil';
    const name = `Image${this.#pictures.size + 1}`;
    this.#pictures.set(name, embedPng(writer.add.bind(writer), png, colourSpace(writer), transparency));
    return name;
  }

  get dictionary(): PdfDict {
    const { writer } = this.#canvas;
    const fonts = [...this.#fonts].map(([face, { ref }]) => [fontNames[face], ref] as const);
    return PdfDict.of({
      ...(fonts.length > 0 ? { Font: new PdfDict(fonts) } : {}),
      ...(this.#pictures.size > 0 ? { XObject: new PdfDict(this.#pictures) } : {}),
      ...(this.#isColoured ? { ColorSpace: PdfDict.of(colourResources(writer)) } : {}),
    });
  }
}
