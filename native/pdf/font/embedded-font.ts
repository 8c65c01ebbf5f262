import { createHash } from 'node:crypto';
import { deflateSync } from 'node:zlib';
import { PdfDict, PdfName, type PdfObject, type PdfRef, PdfStream, PdfString } from '../object.ts';
import { shownText } from './shown-text.ts';
import { subset } from './subset.ts';
import { toUnicodeMap } from './to-unicode-map.ts';
import type { TrueType } from './true-type.ts';

/** Adds an object to the revision under way and returns its reference. */
export type AddObject = (value: PdfObject) => PdfRef;

/** A subset font in a file, and the strings that show text in it. */
export interface EmbeddedFont {
  readonly ref: PdfRef;
  /** The operand of Tj for a text; its characters must be among those the font was embedded for. */
  encode(text: string): PdfString;
}

/**
 * Embeds what `text` needs of a font as a composite font with Identity-H and a /ToUnicode map (ISO 32000-2, 9.7 and
 * 9.10.3), so that the text can be searched, read aloud, and kept in PDF/A.
 */
export function embedFont(add: AddObject, font: TrueType, name: string, text: string): EmbeddedFont {
  const { glyphNumbers, program, length, advances, toUnicode, tag } = preparedFont(font, text);
  const scaled = (units: number) => Math.round((units * 1000) / font.unitsPerEm);
  const baseName = new PdfName(`${tag}+${name}`);
  const file = add(deflated(program, { Length1: length }));
  const descriptor = add(
    PdfDict.of({
      Type: new PdfName('FontDescriptor'),
      FontName: baseName,
      // Symbolic (bit 3): the glyphs are addressed by number, not through a standard encoding.
      Flags: 4,
      FontBBox: font.box.map(scaled),
      ItalicAngle: font.italicAngle,
      Ascent: scaled(font.ascent),
      Descent: scaled(font.descent),
      CapHeight: scaled(font.capHeight),
      StemV: 80,
      FontFile2: file,
    }),
  );
  const descendant = add(
    PdfDict.of({
      Type: new PdfName('Font'),
      Subtype: new PdfName('CIDFontType2'),
      BaseFont: baseName,
      CIDSystemInfo: PdfDict.of({
        Registry: PdfString.fromText('Adobe'),
        Ordering: PdfString.fromText('Identity'),
        Supplement: 0,
      }),
      FontDescriptor: descriptor,
      W: [0, advances],
      CIDToGIDMap: new PdfName('Identity'),
    }),
  );
  const ref = add(
    PdfDict.of({
      Type: new PdfName('Font'),
      Subtype: new PdfName('Type0'),
      BaseFont: baseName,
      Encoding: new PdfName('Identity-H'),
      DescendantFonts: [descendant],
      ToUnicode: add(deflated(toUnicode, {})),
    }),
  );
  return {
    ref,
    encode(shown) {
      const codes = [...shownText(font, shown)].map((character) => glyphNumbers.get(character) ?? 0);
      return new PdfString(Buffer.from(codes.flatMap((code) => [code >> 8, code & 0xff])), true);
    },
  };
}

/** What of a subset is the same in every file that shows these characters. */
interface PreparedFont {
  readonly tag: string;
  /** Deflated. */
  readonly program: Uint8Array;
  /** Bytes of the program before deflating. */
  readonly length: number;
  readonly advances: readonly number[];
  /** By character: its glyph in the subset. */
  readonly glyphNumbers: ReadonlyMap<string, number>;
  /** Deflated. */
  readonly toUnicode: Uint8Array;
}

/**
 * A batch shows the same names again and again: subsetting and deflating took two thirds of an approval's time. Some 20 kB
 * each, so a megabyte at most; the one that was used longest ago makes room.
 */
const keptFonts = 48;
const known = new Map<TrueType, Map<string, PreparedFont>>();

function preparedFont(font: TrueType, text: string): PreparedFont {
  const characters = [...new Set(shownText(font, text))].sort();
  const key = characters.join('');
  const ofFont = known.get(font) ?? new Map<string, PreparedFont>();
  known.set(font, ofFont);
  const prepared = ofFont.get(key) ?? prepareFont(font, characters);
  ofFont.delete(key);
  ofFont.set(key, prepared);
  const [oldest] = ofFont.keys();
  if (ofFont.size > keptFonts && oldest !== undefined) ofFont.delete(oldest);
  return prepared;
}

function prepareFont(font: TrueType, characters: readonly string[]): PreparedFont {
  const glyphs = characters.map((character) => font.glyphOf(character.codePointAt(0) ?? 0));
  const { program, numbers } = subset(font, glyphs);
  const glyphNumbers = new Map(
    characters.map((character, index) => [character, numbers.get(glyphs[index] ?? 0) ?? 0]),
  );
  const advances = [...numbers.keys()].map((glyph) =>
    Math.round((font.advanceOf(glyph) * 1000) / font.unitsPerEm),
  );
  return {
    tag: subsetTag(program),
    program: deflateSync(program),
    length: program.length,
    advances,
    glyphNumbers,
    toUnicode: deflateSync(toUnicodeMap(glyphNumbers)),
  };
}

/** A stream of bytes that are deflated already. */
export function deflated(bytes: Uint8Array, entries: Record<string, PdfObject>): PdfStream {
  return new PdfStream(PdfDict.of({ ...entries, Filter: new PdfName('FlateDecode') }), { bytes });
}

/** Six capital letters that tell subsets of one font apart (9.9.2). */
function subsetTag(program: Uint8Array): string {
  const hash = createHash('sha256').update(program).digest();
  return Array.from(hash.subarray(0, 6), (byte) => String.fromCharCode(65 + (byte % 26))).join('');
}
