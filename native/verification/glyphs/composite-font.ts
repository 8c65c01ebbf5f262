import type { PdfDocument } from '../../pdf/document.ts';
import { isName, PdfDict, PdfName, PdfStream, PdfString } from '../../pdf/object.ts';
import { openFont, type ShownCode, unknownCharacter } from '../../pdf/text/font-reader.ts';
import { programKeys } from './embedded.ts';
import { Fingerprints } from './fingerprint.ts';
import { recognised } from './known-glyph.ts';
import { lettersOf } from './letters.ts';
import { type FontProgram, readProgram } from './program.ts';
import { strictWidths } from './strict-width.ts';
import { type GlyphTeller, type Proof, weaker } from './told.ts';

/** Codes of these are Unicode themselves (9.7.5.2), whatever a map for searching says. */
const unicodeEncoding = /^Uni\w*-(?:UCS2|UTF16)-[HV]$/;

/**
 * A composite font (ISO 32000-2, 9.7). Its letters are proven where it is an embedded TrueType program by whose
 * outlines each is recognised, addressed and measured in a way that no reader takes otherwise. Null for what isn't
 * such a font: readers draw nothing.
 */
export function compositeTeller(document: PdfDocument, font: PdfDict): GlyphTeller | null {
  const descendants = document.array(font.get('DescendantFonts'));
  const descendant = document.resolve(descendants?.[0]);
  const encoding = document.resolve(font.get('Encoding'));
  const subtype = descendant instanceof PdfDict ? document.resolve(descendant.get('Subtype')) : null;
  const isFont = isName(subtype, 'CIDFontType0') || isName(subtype, 'CIDFontType2');
  const isEncoded = encoding instanceof PdfName || encoding instanceof PdfStream;
  if (!(descendant instanceof PdfDict) || descendants?.length !== 1 || !isFont || !isEncoded) return null;
  const claims = openFont(document, font);
  const isUnicode = encoding instanceof PdfName && unicodeEncoding.test(encoding.value);
  const program = isName(encoding, 'Identity-H') ? openProgram(document, font, descendant) : null;
  return {
    isExact: claims.isExact,
    tell(bytes) {
      let proof: Proof = 'own';
      let isSound = bytes.length % 2 === 0;
      const codes = claims.codes(bytes).map((shown, index) => {
        const code = (bytes[index * 2] ?? 0) * 256 + (bytes[index * 2 + 1] ?? 0);
        const told = program?.tell(code, shown) ?? (isUnicode ? String.fromCharCode(code) : null);
        if (!program || told === null) proof = weaker(proof, 'none');
        if (told !== null && isOther(shown.text, told)) isSound = false;
        return told === null ? shown : { ...shown, text: told };
      });
      return { codes, proof, isSound };
    },
  };
}

/** Whether a file says of a glyph that it is other letters than it shows. A map may leave out what needs no letters. */
function isOther(claimed: string, shown: string): boolean {
  return claimed !== '' && claimed !== unknownCharacter && lettersOf(claimed) !== lettersOf(shown);
}

interface OpenProgram {
  /** The text of a code, empty for one that draws nothing; null where its glyph isn't known, or may stand elsewhere. */
  tell(code: number, claimed: ShownCode): string | null;
}

/** What each dictionary may consist of (tables 117, 119 and 120): what else is there, some reader may heed. */
const fontKeys = new Set(['Type', 'Subtype', 'Name', 'BaseFont', 'Encoding', 'DescendantFonts', 'ToUnicode']);
const descendantKeys = new Set(
  'Type Subtype BaseFont CIDSystemInfo FontDescriptor DW W DW2 W2 CIDToGIDMap'.split(' '),
);

function openProgram(document: PdfDocument, font: PdfDict, descendant: PdfDict): OpenProgram | null {
  const descriptor = document.resolve(descendant.get('FontDescriptor'));
  const isPlain = hasOnly(font, fontKeys) && hasOnly(descendant, descendantKeys);
  if (!isPlain || !(descriptor instanceof PdfDict) || !isOwnCollection(document, descendant)) return null;
  if (!isName(document.resolve(descendant.get('Subtype')), 'CIDFontType2')) return null;
  const [key, ...others] = programKeys.filter((one) => descriptor.has(one));
  const file = document.resolve(descriptor.get('FontFile2'));
  if (key !== 'FontFile2' || others.length > 0 || !(file instanceof PdfStream)) return null;
  const bytes = document.decodedBytes(file);
  const isWhole = (document.number(file.dict.get('Length1')) ?? bytes.length) === bytes.length;
  const program = isWhole ? readProgram(bytes) : null;
  const widthOf = strictWidths(document, descendant);
  const glyphOf = glyphNumbers(document, descendant);
  if (!program || !widthOf || !glyphOf) return null;
  const prints = new Fingerprints(program);
  const known = new Map<number, string | null>();
  return {
    tell(code, claimed) {
      const before = known.get(code);
      if (before !== undefined) return before;
      const glyph = glyphOf(code);
      const print = glyph === null ? null : prints.of(glyph);
      const isPlaced = glyph !== null && print !== null && isAdvance(program, glyph, widthOf(code));
      const text =
        print === '' ? '' : isPlaced ? recognised(program, print, claimed.text.normalize('NFC')) : null;
      known.set(code, text);
      return text;
    },
  };
}

function hasOnly(dict: PdfDict, keys: ReadonlySet<string>): boolean {
  return [...dict.entries.keys()].every((key) => keys.has(key));
}

/**
 * Characters numbered by the font itself: by any other collection's numbers some readers look for glyphs elsewhere
 * (9.7.3).
 */
function isOwnCollection(document: PdfDocument, descendant: PdfDict): boolean {
  const info = document.dict(descendant.get('CIDSystemInfo'));
  const isText = (key: string, text: string) => {
    const value = document.resolve(info?.get(key));
    return value instanceof PdfString && value.toText() === text;
  };
  return isText('Registry', 'Adobe') && isText('Ordering', 'Identity');
}

/** From characters to glyphs (table 115, /CIDToGIDMap); null for a map of another kind. */
function glyphNumbers(document: PdfDocument, descendant: PdfDict): ((cid: number) => number | null) | null {
  const map = document.resolve(descendant.get('CIDToGIDMap'));
  if (map === null || isName(map, 'Identity')) return (cid) => cid;
  if (!(map instanceof PdfStream)) return null;
  const bytes = document.decodedBytes(map);
  return (cid) => {
    const [high, low] = [bytes[cid * 2], bytes[cid * 2 + 1]];
    return high === undefined || low === undefined ? null : high * 256 + low;
  };
}

/** Thousandths of the size: widths are rounded, by some programs down. */
const rounding = 1;

/** Whether a character is as wide as its glyph, so that the next stands where the font's designer would have it. */
function isAdvance(program: FontProgram, glyph: number, width: number): boolean {
  return Math.abs((program.advanceOf(glyph) * 1000) / program.unitsPerEm - width) <= rounding;
}
