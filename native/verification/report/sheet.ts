import { deflateSync } from 'node:zlib';
import { deflated, type EmbeddedFont, embedFont } from '../../pdf/font/embedded-font.ts';
import { shownText, textWidth } from '../../pdf/font/shown-text.ts';
import { tinosBold, tinosRegular } from '../../pdf/font/tinos.ts';
import type { NewFile } from '../../pdf/new-file.ts';
import { PdfDict, PdfName, type PdfRef } from '../../pdf/object.ts';
import { formatNumber, serialize } from '../../pdf/serializer.ts';

/** All in points. A4, with the margins that NĐ 30/2020 PL I I.2 gives to papers. */
export const sheet = {
  width: 595.28,
  height: 841.89,
  left: 85,
  right: 42.5,
  top: 56.7,
  bottom: 56.7,
} as const;

export type Face = 'regular' | 'bold';

const fonts = { regular: tinosRegular, bold: tinosBold } as const;
const fontNames = { regular: 'Tinos', bold: 'Tinos-Bold' } as const;

interface Text {
  readonly kind: 'text';
  readonly x: number;
  readonly y: number;
  readonly size: number;
  readonly face: Face;
  readonly text: string;
}

interface Box {
  readonly kind: 'box';
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  /** Grey within, 0 black to 1 white; null: nothing. */
  readonly fill: number | null;
}

/** Something on a sheet; points from its top left corner, a text's `y` at its baseline. */
export type Mark = Text | Box;

export function widthOf(text: string, face: Face, size: number): number {
  return textWidth(fonts[face](), text) * size;
}

/** Widths at one point, by character: a hostile document may bring a hundred thousand of them. */
const knownWidths: Record<Face, Map<string, number>> = { regular: new Map(), bold: new Map() };

function characterWidth(character: string, face: Face): number {
  const known = knownWidths[face].get(character);
  if (known !== undefined) return known;
  const width = widthOf(character, face, 1);
  knownWidths[face].set(character, width);
  return width;
}

/** A font's digits of width add up to a line's, but for the last bit. */
const slack = 1e-6;

/** Breaks a text into lines no wider than `width`; a word that is wider by itself, such as a digest, is broken inside. */
export function brokenLines(text: string, face: Face, size: number, width: number): string[] {
  const lines: string[] = [];
  const most = width / size + slack;
  const space = characterWidth(' ', face);
  let line = '';
  let used = 0;
  const end = () => {
    lines.push(line);
    line = '';
    used = 0;
  };
  for (const word of shownText(fonts[face](), text).split(/\s+/u).filter(Boolean)) {
    const characters = [...word];
    const wordWidth = characters.reduce((sum, character) => sum + characterWidth(character, face), 0);
    if (line !== '' && used + space + wordWidth > most) end();
    if (line !== '') {
      line += ' ';
      used += space;
    }
    for (const character of characters) {
      const own = characterWidth(character, face);
      if (line !== '' && used + own > most) end();
      line += character;
      used += own;
    }
  }
  return line === '' && lines.length > 0 ? lines : [...lines, line];
}

/** Puts sheets into a file and returns its pages' root: fonts embedded once, with just the letters that are shown. */
export function addSheets(file: NewFile, sheets: readonly (readonly Mark[])[]): PdfRef {
  const shown: Record<Face, string> = { regular: ' ', bold: ' ' };
  for (const mark of sheets.flat()) if (mark.kind === 'text') shown[mark.face] += mark.text;
  const add = file.add.bind(file);
  const embedded: Record<Face, EmbeddedFont> = {
    regular: embedFont(add, fonts.regular(), fontNames.regular, shown.regular),
    bold: embedFont(add, fonts.bold(), fontNames.bold, shown.bold),
  };
  const resources = file.add(
    PdfDict.of({ Font: PdfDict.of({ regular: embedded.regular.ref, bold: embedded.bold.ref }) }),
  );
  const root = file.reserve();
  const kids = sheets.map((marks) => {
    const content = marks.map((mark) => operatorsOf(mark, embedded)).join('\n');
    return file.add(
      PdfDict.of({
        Type: new PdfName('Page'),
        Parent: root,
        MediaBox: [0, 0, sheet.width, sheet.height],
        Resources: resources,
        Contents: file.add(deflated(deflateSync(Buffer.from(content, 'latin1')), {})),
      }),
    );
  });
  file.set(root, PdfDict.of({ Type: new PdfName('Pages'), Kids: kids, Count: kids.length }));
  return root;
}

function operatorsOf(mark: Mark, embedded: Readonly<Record<Face, EmbeddedFont>>): string {
  const n = formatNumber;
  const y = sheet.height - mark.y;
  if (mark.kind === 'text') {
    const shown = Buffer.from(serialize(embedded[mark.face].encode(mark.text))).toString('latin1');
    return `BT /${mark.face} ${n(mark.size)} Tf ${n(mark.x)} ${n(y)} Td ${shown} Tj ET`;
  }
  const path = `${n(mark.x)} ${n(y - mark.height)} ${n(mark.width)} ${n(mark.height)} re`;
  return mark.fill === null ? `0.6 w ${path} S` : `q ${n(mark.fill)} g 0.6 w ${path} B Q`;
}
