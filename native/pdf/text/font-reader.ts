import type { PdfDocument } from '../document.ts';
import { isArray, isName, PdfDict, PdfName, type PdfObject, PdfStream } from '../object.ts';
import { WorkBudget } from '../work-budget.ts';
import { textOfGlyphName } from './glyph-name.ts';
import { glyphTexts } from './glyph-text.ts';
import { readToUnicode } from './to-unicode.ts';

/** Stands for a shown character whose text can't be told: it has its place on the page all the same. */
export const unknownCharacter = '\ufffd';

/** One shown character code: its text and how far it moves on, in thousandths of the font size. */
export interface ShownCode {
  readonly text: string;
  readonly advance: number;
  /** Word spacing applies to the single-byte code 32 alone (ISO 32000-2, 9.3.3). */
  readonly isSpace: boolean;
}

/** Reads strings that are shown in one font (9.5 to 9.10), as far as their text and widths go. */
export interface FontReader {
  /**
   * False where codes are cut, measured or lined up in a way that isn't followed here (9.7.5, 9.7.4.3: embedded character maps, vertical
   * writing), so that characters may stand elsewhere.
   */
  readonly isExact: boolean;
  codes(bytes: Uint8Array): ShownCode[];
}

export function openFont(document: PdfDocument, font: PdfDict): FontReader {
  const map = document.resolve(font.get('ToUnicode'));
  const toUnicode =
    map instanceof PdfStream ? readToUnicode(document.decodedBytes(map)) : new Map<number, string>();
  return isName(document.resolve(font.get('Subtype')), 'Type0')
    ? compositeFont(document, font, toUnicode)
    : simpleFont(document, font, toUnicode);
}

/**
 * Two-byte codes that are CIDs: Identity-H and the like, which every producer of Vietnamese text uses. Other predefined
 * CMaps are read as if they were. Where nothing tells a code's text it is shown as `unknownCharacter`.
 */
function compositeFont(
  document: PdfDocument,
  font: PdfDict,
  toUnicode: ReadonlyMap<number, string>,
): FontReader {
  const descendant = document.dict(document.array(font.get('DescendantFonts'))?.[0]) ?? new PdfDict();
  const byDefault = document.number(descendant.get('DW')) ?? 1000;
  const widths = cidWidths(document, document.array(descendant.get('W')) ?? []);
  const textOf = toUnicode.size > 0 ? toUnicode : textWithoutMap(document, font, descendant);
  // A map that leaves a code out means it: many leave out the space, whose gap is seen without it.
  const otherwise = toUnicode.size > 0 ? '' : unknownCharacter;
  const shownCode = remembered((code) => ({
    text: textOf.get(code) ?? otherwise,
    advance: widths.get(code) ?? byDefault,
    isSpace: false,
  }));
  const encoding = document.resolve(font.get('Encoding'));
  return {
    isExact: encoding instanceof PdfName && exactEncodings.test(encoding.value),
    codes(bytes) {
      const shown: ShownCode[] = [];
      for (let index = 0; index + 1 < bytes.length; index += 2)
        shown.push(shownCode((bytes[index] as number) * 256 + (bytes[index + 1] as number)));
      return shown;
    },
  };
}

const exactEncodings = /^(?:Identity|Uni\w*-(?:UCS2|UTF16))-H$/;

/** A page shows the same hundred letters thousands of times: each is made up once. */
function remembered(make: (code: number) => ShownCode): (code: number) => ShownCode {
  const known = new Map<number, ShownCode>();
  return (code) => {
    const before = known.get(code);
    if (before) return before;
    const made = make(code);
    known.set(code, made);
    return made;
  };
}

/** What can be told of a composite font's codes without /ToUnicode (9.10.2): from its encoding's name or its own program. */
function textWithoutMap(
  document: PdfDocument,
  font: PdfDict,
  descendant: PdfDict,
): { get(code: number): string | undefined } {
  const encoding = document.resolve(font.get('Encoding'));
  if (encoding instanceof PdfName && /^Uni\w*-(UCS2|UTF16)-[HV]$/.test(encoding.value))
    return { get: (code) => String.fromCharCode(code) };
  const descriptor = document.dict(descendant.get('FontDescriptor'));
  const program = document.resolve(descriptor?.get('FontFile2'));
  const map = document.resolve(descendant.get('CIDToGIDMap'));
  const isIdentity = map === null || isName(map, 'Identity');
  if (!isIdentity || !(program instanceof PdfStream)) return new Map();
  return glyphTexts(document.decodedBytes(program));
}

/** All widths that a font may give, its ranges counted out. */
const widthsLimit = 1 << 18;
const codeLimit = 1 << 24;

/** /W: `c [w1 w2 …]` or `first last w` (9.7.4.3). */
function cidWidths(document: PdfDocument, items: readonly PdfObject[]): Map<number, number> {
  const widths = new Map<number, number>();
  const budget = new WorkBudget(widthsLimit);
  for (let index = 0; index < items.length; ) {
    const first = document.number(items[index]);
    const second = document.resolve(items[index + 1]);
    if (first === null || Math.abs(first) > codeLimit) return widths;
    if (isArray(second)) {
      budget.spend(second.length + 1);
      second.forEach((item, step) => {
        widths.set(first + step, document.number(item) ?? 0);
      });
      index += 2;
    } else {
      const last = typeof second === 'number' ? Math.min(second, codeLimit) : first - 1;
      budget.spend(Math.max(0, last - first) + 1);
      const width = document.number(items[index + 2]) ?? 0;
      for (let code = first; code <= last; code++) widths.set(code, width);
      index += 3;
    }
  }
  return widths;
}

const windows1252 = new TextDecoder('windows-1252');

function simpleFont(
  document: PdfDocument,
  font: PdfDict,
  toUnicode: ReadonlyMap<number, string>,
): FontReader {
  const firstCode = document.number(font.get('FirstChar')) ?? 0;
  const widths = document.array(font.get('Widths')) ?? [];
  const descriptor = document.dict(font.get('FontDescriptor'));
  // The standard 14 fonts may leave /Widths out; half an em is near enough to find a place on a page.
  const missing =
    (descriptor && document.number(descriptor.get('MissingWidth'))) ?? (widths.length > 0 ? 0 : 500);
  const differences = readDifferences(document, document.dict(font.get('Encoding')));
  const isOwn = ['FontFile', 'FontFile2', 'FontFile3'].some((key) => descriptor?.has(key));
  const name = document.resolve(font.get('BaseFont'));
  const isAlphabet = !isOwn && !(name instanceof PdfName && /Symbol|Dingbats|Wingdings/i.test(name.value));
  // Where no glyphs come along, each reader draws what the encoding says, whatever /ToUnicode claims.
  const drawn = (code: number) =>
    differences.get(code) ?? (isAlphabet && isAscii(code) ? String.fromCharCode(code) : undefined);
  const textOf = (code: number) =>
    isAlphabet ? (drawn(code) ?? toUnicode.get(code)) : (toUnicode.get(code) ?? differences.get(code));
  const shownCode = remembered((code) => ({
    text: textOf(code) ?? windows1252.decode(Uint8Array.of(code)),
    advance: document.number(widths[code - firstCode]) ?? missing,
    isSpace: code === 32,
  }));
  return { isExact: true, codes: (bytes) => Array.from(bytes, shownCode) };
}

/** Letters, digits and the signs beside them, which all encodings of Latin text have in one place. */
function isAscii(code: number): boolean {
  return /[-0-9A-Za-z.,:;/+*=%#()]/.test(String.fromCharCode(code));
}

/** /Differences by their glyph names. A name that tells nothing (`g17`) is a letter all the same, though nobody knows which. */
function readDifferences(document: PdfDocument, encoding: PdfDict | null): Map<number, string> {
  const differences = new Map<number, string>();
  let code = 0;
  for (const item of document.array(encoding?.get('Differences')) ?? []) {
    const value = document.resolve(item);
    if (typeof value === 'number') code = value;
    else if (value instanceof PdfName) {
      differences.set(code, textOfGlyphName(value.value) ?? unknownCharacter);
      code++;
    }
  }
  return differences;
}
