import { createHash } from 'node:crypto';
import { deflateSync } from 'node:zlib';
import { PdfDict, PdfName, type PdfObject, type PdfRef, PdfStream, PdfString } from '../object.ts';
import { subset } from './subset.ts';
import type { TrueType } from './true-type.ts';

/** Adds an object to the revision under way and returns its reference. */
export type AddObject = (value: PdfObject) => PdfRef;

/** A subset font in a file, and the strings that show text in it. */
export interface EmbeddedFont {
  readonly ref: PdfRef;
  /** The operand of Tj for a text; its characters must be among those the font was embedded for. */
  encode(text: string): PdfString;
  /** Width of a text at one unit of font size. */
  width(text: string): number;
}

/**
 * Embeds what `text` needs of a font as a composite font with Identity-H and a /ToUnicode map (ISO 32000-2, 9.7 and
 * 9.10.3), so that the text can be searched, read aloud, and kept in PDF/A.
 */
export function embedFont(add: AddObject, font: TrueType, name: string, text: string): EmbeddedFont {
  const characters = [...new Set(text.normalize('NFC'))];
  const glyphs = new Map(
    characters.map((character) => [character, font.glyphOf(character.codePointAt(0) ?? 0)]),
  );
  const { program, numbers } = subset(font, glyphs.values());
  const scale = 1000 / font.unitsPerEm;
  const scaled = (units: number) => Math.round(units * scale);
  const numberOf = (character: string) => numbers.get(glyphs.get(character) ?? 0) ?? 0;
  const advances = [...numbers.keys()].map((glyph) => scaled(font.advanceOf(glyph)));
  const baseName = new PdfName(`${subsetTag(program)}+${name}`);
  const file = add(compressed(program, { Length1: program.length }));
  const descriptor = add(
    PdfDict.of({
      Type: new PdfName('FontDescriptor'),
      FontName: baseName,
      // Symbolic (bit 3): the glyphs are addressed by number, not through a standard encoding.
      Flags: 4,
      FontBBox: font.box.map(scaled),
      ItalicAngle: 0,
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
      ToUnicode: add(
        compressed(toUnicode(characters.map((character) => [numberOf(character), character])), {}),
      ),
    }),
  );
  return {
    ref,
    encode(shown) {
      const codes = [...shown.normalize('NFC')].map(numberOf);
      return new PdfString(Buffer.from(codes.flatMap((code) => [code >> 8, code & 0xff])), true);
    },
    width: (shown) =>
      [...shown.normalize('NFC')].reduce(
        (sum, character) => sum + font.advanceOf(glyphs.get(character) ?? 0),
        0,
      ) / font.unitsPerEm,
  };
}

export function compressed(bytes: Uint8Array, entries: Record<string, PdfObject>): PdfStream {
  return new PdfStream(PdfDict.of({ ...entries, Filter: new PdfName('FlateDecode') }), {
    bytes: deflateSync(bytes),
  });
}

/** Six capital letters that tell subsets of one font apart (9.9.2). */
function subsetTag(program: Uint8Array): string {
  const hash = createHash('sha256').update(program).digest();
  return Array.from(hash.subarray(0, 6), (byte) => String.fromCharCode(65 + (byte % 26))).join('');
}

function hex(value: number): string {
  return value.toString(16).toUpperCase().padStart(4, '0');
}

function toUnicode(pairs: readonly (readonly [number, string])[]): Uint8Array {
  const lines = pairs.map(([code, character]) => {
    const units = Array.from({ length: character.length }, (_, index) => hex(character.charCodeAt(index)));
    return `<${hex(code)}> <${units.join('')}>`;
  });
  // CMap files allow at most 100 entries a block (Adobe Technical Note 5014).
  const blocks: string[] = [];
  for (let from = 0; from < lines.length; from += 100) {
    const block = lines.slice(from, from + 100);
    blocks.push(`${block.length} beginbfchar\n${block.join('\n')}\nendbfchar`);
  }
  return Buffer.from(
    [
      '/CIDInit /ProcSet findresource begin 12 dict begin begincmap',
      '/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def',
      '/CMapName /Adobe-Identity-UCS def /CMapType 2 def',
      '1 begincodespacerange <0000> <FFFF> endcodespacerange',
      ...blocks,
      'endcmap CMapName currentdict /CMap defineresource pop end end',
    ].join('\n'),
  );
}
