import type { PdfDocument } from '../../pdf/document.ts';
import { isArray, isName, PdfDict, PdfName, type PdfObject, PdfStream } from '../../pdf/object.ts';
import { isEncodedPlainly } from './stream.ts';

const simple = new Set(['Type1', 'MMType1', 'TrueType', 'Type3']);
const encodings = new Set(['WinAnsiEncoding', 'MacRomanEncoding', 'StandardEncoding', 'MacExpertEncoding']);
const programs = ['FontFile', 'FontFile2', 'FontFile3'];
/** Streams of a font: what its codes mean, and what its glyphs look like. */
const maps = ['ToUnicode', 'Encoding'];
const known = new WeakMap<PdfDict, boolean>();

/**
 * Whether a font says plainly which glyphs it shows, and where: a kind and an encoding that the standard has (ISO
 * 32000-2, 9.6 and 9.7), widths that are numbers, and a program where codes mean nothing without one. For anything
 * else each program helps itself.
 */
export function isPlainFont(document: PdfDocument, font: PdfObject): boolean {
  if (!(font instanceof PdfDict)) return false;
  const answer = known.get(font) ?? isPlain(document, font);
  known.set(font, answer);
  return answer;
}

function isPlain(document: PdfDocument, font: PdfDict): boolean {
  if (!areStreamsPlain(document, font)) return false;
  const kind = document.resolve(font.get('Subtype'));
  if (isName(kind, 'Type0')) return isPlainComposite(document, font);
  if (!(kind instanceof PdfName) || !simple.has(kind.value)) return false;
  const isNamed = kind.value === 'Type3' || document.resolve(font.get('BaseFont')) instanceof PdfName;
  return isNamed && isPlainEncoding(document, font.get('Encoding')) && areWidths(document, font);
}

/** Of a map or a program that doesn't decode, some take what there is and some nothing. */
function areStreamsPlain(document: PdfDocument, font: PdfDict): boolean {
  const descendant = document.dict(document.array(font.get('DescendantFonts'))?.[0]);
  const descriptor = document.dict((descendant ?? font).get('FontDescriptor'));
  const values = [...maps.map((key) => font.get(key)), ...programs.map((key) => descriptor?.get(key))];
  return values.every((value) => {
    const stream = document.resolve(value);
    return !(stream instanceof PdfStream) || isEncodedPlainly(document, stream);
  });
}

function isPlainEncoding(document: PdfDocument, encoding: PdfObject | undefined): boolean {
  const value = document.resolve(encoding);
  if (value === null) return true;
  if (value instanceof PdfName) return encodings.has(value.value);
  if (!(value instanceof PdfDict)) return false;
  const base = document.resolve(value.get('BaseEncoding'));
  const isBase = base === null || (base instanceof PdfName && encodings.has(base.value));
  return isBase && areDifferences(document, value.get('Differences'));
}

/** 9.6.5.1: codes, each followed by the names of it and the next ones. */
function areDifferences(document: PdfDocument, differences: PdfObject | undefined): boolean {
  const value = document.resolve(differences);
  if (value === null) return true;
  if (!isArray(value)) return false;
  let code: number | null = null;
  for (const item of value) {
    const one = document.resolve(item);
    if (typeof one === 'number') code = Number.isInteger(one) && one >= 0 ? one : 256;
    else if (!(one instanceof PdfName) || code === null || code++ > 255) return false;
  }
  return true;
}

function areWidths(document: PdfDocument, font: PdfDict): boolean {
  const widths = document.resolve(font.get('Widths'));
  // The standard fourteen may do without.
  if (widths === null) return true;
  const first = document.number(font.get('FirstChar'));
  return first !== null && first >= 0 && isArray(widths) && widths.every((item) => isWidth(document, item));
}

function isWidth(document: PdfDocument, item: PdfObject): boolean {
  const width = document.number(item);
  return width !== null && width >= 0;
}

function isPlainComposite(document: PdfDocument, font: PdfDict): boolean {
  const encoding = document.resolve(font.get('Encoding'));
  const descendants = document.array(font.get('DescendantFonts')) ?? [];
  const descendant = document.dict(descendants[0]);
  const isEncoded = encoding instanceof PdfName || encoding instanceof PdfStream;
  if (!isEncoded || !descendant || descendants.length !== 1) return false;
  const kind = document.resolve(descendant.get('Subtype'));
  if (!isName(kind, 'CIDFontType0') && !isName(kind, 'CIDFontType2')) return false;
  const descriptor = document.dict(descendant.get('FontDescriptor'));
  const program = programs.some((key) => document.resolve(descriptor?.get(key)) instanceof PdfStream);
  // Codes of glyphs mean nothing in another font than their own.
  const needsProgram = encoding instanceof PdfStream || encoding.value.startsWith('Identity');
  return (program || !needsProgram) && areGlyphWidths(document, descendant);
}

/** 9.7.4.3. */
function areGlyphWidths(document: PdfDocument, font: PdfDict): boolean {
  const byDefault = document.resolve(font.get('DW'));
  if (byDefault !== null && !isWidth(document, byDefault)) return false;
  const widths = document.resolve(font.get('W'));
  if (widths === null) return true;
  if (!isArray(widths)) return false;
  for (let at = 0; at < widths.length; ) {
    const second = document.resolve(widths[at + 1]);
    const isList = isArray(second);
    const rest = isList ? [widths[at], ...second] : widths.slice(at, at + 3);
    if ((!isList && rest.length < 3) || !rest.every((item) => isWidth(document, item ?? null))) return false;
    at += isList ? 2 : 3;
  }
  return true;
}
