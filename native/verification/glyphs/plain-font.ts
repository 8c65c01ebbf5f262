import { docEncodedText } from '../../pdf/doc-encoding.ts';
import type { PdfDocument } from '../../pdf/document.ts';
import { isArray, isName, PdfDict, PdfName, type PdfObject } from '../../pdf/object.ts';
import { unknownCharacter } from '../../pdf/text/font-reader.ts';
import { textOfGlyphName } from '../../pdf/text/glyph-name.ts';
import { programKeys } from './embedded.ts';

/**
 * Faces that every reader has or takes one of its own for, with letters where their encodings have them: the standard
 * fourteen but the two of pictures, and those that programs name in their place. Of any other name a computer may
 * have a font with other letters.
 */
const family =
  /^(?:Helvetica|Arial(?:MT|Narrow)?|Times|Times-Roman|TimesNewRoman(?:PS)?(?:MT)?|Courier|CourierNew(?:PS)?(?:MT)?|Tinos|Arimo|Cousine|Liberation(?:Serif|Sans|Mono)|DejaVu(?:Serif|Sans|SansMono)|Calibri|Cambria|Carlito|Caladea|Tahoma|Verdana|Georgia|SegoeUI|Roboto|OpenSans|Noto(?:Serif|Sans)|MyriadPro|MinionPro)$/;
const style = /[-,]?(?:Regular|Roman|Bold|Italic|Oblique|BoldItalic|BoldOblique)?(?:MT)?$/;

function isKnownFace(name: PdfObject): boolean {
  if (!(name instanceof PdfName)) return false;
  const bare = name.value.replaceAll(' ', '');
  return family.test(bare) || family.test(bare.replace(style, ''));
}

/** What such a font may consist of (tables 109 and 110): what else is there, some reader may heed. */
const fontKeys = new Set(
  'Type Subtype Name BaseFont FirstChar LastChar Widths FontDescriptor Encoding ToUnicode'.split(' '),
);
const baseEncodings: Readonly<Record<string, (code: number) => string>> = {
  WinAnsiEncoding: decoder('windows-1252'),
  MacRomanEncoding: decoder('macintosh'),
  PDFDocEncoding: (code) => docEncodedText(Uint8Array.of(code)),
  StandardEncoding: standardText,
};

function decoder(label: string): (code: number) => string {
  const text = new TextDecoder(label);
  return (code) => text.decode(Uint8Array.of(code));
}

/** Beyond ASCII some readers take Windows' encoding in its place; it has the same in none of these. */
function standardText(code: number): string {
  const text = baseEncodings['WinAnsiEncoding']?.(code) ?? '';
  return code < 0x80 || /\p{L}/u.test(text) ? text : unknownCharacter;
}

/**
 * The letters of a simple font's codes (ISO 32000-2, 9.6) where nothing comes along that could draw others: a known
 * face without a program, by a standard encoding and names of glyphs that all readers know. Null for any other font.
 */
export function plainTexts(document: PdfDocument, font: PdfDict): ((code: number) => string) | null {
  const descriptor = document.resolve(font.get('FontDescriptor'));
  const subtype = document.resolve(font.get('Subtype'));
  const isSimple = isName(subtype, 'Type1') || isName(subtype, 'TrueType');
  if (!isSimple || [...font.entries.keys()].some((key) => !fontKeys.has(key))) return null;
  if (!isKnownFace(document.resolve(font.get('BaseFont')))) return null;
  if (descriptor !== null) {
    const isBare = descriptor instanceof PdfDict && !programKeys.some((key) => descriptor.has(key));
    // Some readers go by this name, some by the other.
    if (!isBare || !isKnownFace(document.resolve(descriptor.get('FontName') ?? font.get('BaseFont'))))
      return null;
  }
  const encoding = document.resolve(font.get('Encoding'));
  const isTable = encoding instanceof PdfDict;
  const base = document.resolve(isTable ? encoding.get('BaseEncoding') : encoding);
  const name = base === null ? 'StandardEncoding' : base instanceof PdfName ? base.value : '';
  const textOf = Object.hasOwn(baseEncodings, name) ? baseEncodings[name] : undefined;
  const differences = isTable ? readDifferences(document, encoding.get('Differences')) : new Map();
  if (!textOf || !differences || !hasUsualWidths(document, font)) return null;
  return (code) => differences.get(code) ?? textOf(code);
}

function readDifferences(document: PdfDocument, list: PdfObject | undefined): Map<number, string> | null {
  const texts = new Map<number, string>();
  const items = document.resolve(list);
  if (items !== null && !isArray(items)) return null;
  let code = 0;
  for (const item of items ?? []) {
    const value = document.resolve(item);
    if (typeof value === 'number') code = value;
    else if (value instanceof PdfName) texts.set(code++, exactText(value.value));
    else return null;
  }
  return texts;
}

/**
 * Names of the standard alphabet alone stand for its letters: for others, readers draw a blank where their font
 * hasn't got them.
 */
function exactText(name: string): string {
  const text = textOfGlyphName(name) ?? unknownCharacter;
  const isStandard = /^(?:[A-Za-z]|[a-z]{2,})$/.test(name);
  return /[ -~]/.test(text) && !isStandard ? unknownCharacter : text;
}

/** Widths of digits, and of the signs between them, in thousandths of the size, where the face's makers have them. */
const usualWidths: readonly (readonly [face: RegExp, ofDigits: number, ofSigns: readonly number[]])[] = [
  [/^(?:Helvetica|Arial(?:MT)?(?!Narrow))/, 556, [278, 278, 333, 278]],
  [/^Times/, 500, [250, 250, 333, 278]],
  [/^Courier/, 600, [600, 600, 600, 600]],
];
const signCodes = Array.from('.,-/', (one) => one.charCodeAt(0));
const widthSlack = 12;

/**
 * Whether the digits of a face are as wide as everywhere: some readers go by /Widths, some by their own font, and
 * what one cuts off or lays over another digit, the other may show.
 */
function hasUsualWidths(document: PdfDocument, font: PdfDict): boolean {
  const name = document.resolve(font.get('BaseFont'));
  const [, ofDigits, ofSigns] = usualWidths.find(
    ([face]) => name instanceof PdfName && face.test(name.value.replaceAll(' ', '')),
  ) ?? [null, null, []];
  const widths = document.resolve(font.get('Widths'));
  if (widths === null || ofDigits === null) return true;
  const first = document.number(font.get('FirstChar'));
  if (!isArray(widths) || first === null) return false;
  const isUsual = (code: number, usual: number) => {
    const width = widths[code - first];
    return width === undefined || Math.abs((document.number(width) ?? Number.NaN) - usual) <= widthSlack;
  };
  const digits = Array.from({ length: 10 }, (_, digit) => 0x30 + digit);
  return (
    digits.every((code) => isUsual(code, ofDigits)) &&
    signCodes.every((code, index) => isUsual(code, ofSigns[index] ?? 0))
  );
}
