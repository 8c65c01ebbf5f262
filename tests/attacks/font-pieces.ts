import { subset } from '../../native/pdf/font/subset.ts';
import { tinosRegular } from '../../native/pdf/font/tinos.ts';
import { stream } from '../unit/verification/sample-pdf.ts';

/**
 * Fonts that a filler embeds, in pieces: four digits of Tinos as our own stamps embed them, and what may be wrong
 * with them.
 */

const digits = '0589';
/** Each digit's glyph in the subset, whose order this is. */
export const glyphOf = (digit: string) => digits.indexOf(digit) + 1;
const hex = (value: number) => value.toString(16).padStart(4, '0');
/** The codes that show digits in a composite font. */
export const codes = (shown: string) => `<${Array.from(shown, (digit) => hex(glyphOf(digit))).join('')}>`;

export type Tables = ReadonlyMap<string, Uint8Array>;

/** The subset's tables by their tags. */
export function digitTables(): Map<string, Uint8Array> {
  const font = tinosRegular();
  const { program } = subset(
    font,
    Array.from(digits, (digit) => font.glyphOf(digit.codePointAt(0) ?? 0)),
  );
  return tablesOf(program);
}

function tablesOf(program: Uint8Array): Map<string, Uint8Array> {
  const bytes = Buffer.from(program);
  return new Map(
    Array.from({ length: bytes.readUInt16BE(4) }, (_, index) => {
      const at = 12 + index * 16;
      const start = bytes.readUInt32BE(at + 8);
      const tag = bytes.toString('latin1', at, at + 4);
      return [tag, Buffer.from(bytes.subarray(start, start + bytes.readUInt32BE(at + 12)))];
    }),
  );
}

/** A font file of these tables. Nobody looks at the checksums. */
export function fontFile(tables: Tables): Buffer {
  const sorted = [...tables].toSorted(([a], [b]) => (a < b ? -1 : 1));
  const head = Buffer.alloc(12 + sorted.length * 16);
  head.writeUInt32BE(0x00010000, 0);
  head.writeUInt16BE(sorted.length, 4);
  const parts: Uint8Array[] = [head];
  let offset = head.length;
  sorted.forEach(([tag, bytes], index) => {
    head.write(tag, 12 + index * 16, 'latin1');
    head.writeUInt32BE(offset, 20 + index * 16);
    head.writeUInt32BE(bytes.length, 24 + index * 16);
    const padding = -bytes.length & 3;
    parts.push(bytes, Buffer.alloc(padding));
    offset += bytes.length + padding;
  });
  return Buffer.concat(parts);
}

/** The subset with one of its tables made otherwise. */
export function programWith(tag: string, change: (table: Buffer, tables: Tables) => Uint8Array): Buffer {
  const tables = digitTables();
  tables.set(tag, change(Buffer.from(tables.get(tag) ?? []), tables));
  return fontFile(tables);
}

/** Glyphs drawn by the outlines of others, each as wide as it was. */
export const exchangedOutlines = (pairs: Readonly<Record<string, string>>) => {
  const tables = digitTables();
  const [loca, glyf] = [Buffer.from(tables.get('loca') ?? []), Buffer.from(tables.get('glyf') ?? [])];
  const record = (glyph: number) =>
    glyf.subarray(loca.readUInt32BE(glyph * 4), loca.readUInt32BE(glyph * 4 + 4));
  const records = Array.from({ length: digits.length + 1 }, (_, glyph) => {
    const other = pairs[digits[glyph - 1] ?? ''];
    return record(other === undefined ? glyph : glyphOf(other));
  });
  return withOutlines(records);
};

/** The subset with these records as its glyphs' outlines. */
export function withOutlines(records: readonly Uint8Array[]): Buffer {
  const tables = digitTables();
  const loca = Buffer.alloc((records.length + 1) * 4);
  let offset = 0;
  records.forEach((record, index) => {
    offset += record.length;
    loca.writeUInt32BE(offset, index * 4 + 4);
  });
  tables.set('glyf', Buffer.concat(records));
  tables.set('loca', loca);
  return fontFile(tables);
}

export function outlinesOf(): Uint8Array[] {
  const font = tinosRegular();
  const glyphs = [0, ...Array.from(digits, (digit) => font.glyphOf(digit.codePointAt(0) ?? 0))];
  return glyphs.map((glyph) => font.outlineOf(glyph));
}

/** A glyph that is nothing but another one. */
export function composedOf(glyph: number): Buffer {
  const record = Buffer.alloc(16);
  record.writeInt16BE(-1, 0);
  // The component's place as two bytes, and its metrics for this one's.
  record.writeUInt16BE(0x0202, 10);
  record.writeUInt16BE(glyph, 12);
  return record;
}

export interface Composite {
  /** What the map for searching says of each glyph. */
  readonly claims?: string;
  readonly widths?: string;
  readonly encoding?: string;
  readonly collection?: string;
  readonly program?: Uint8Array;
  /** Entries of the descendant, and of the font itself. */
  readonly descendant?: string;
  readonly entries?: string;
  readonly descriptor?: string;
}

const page = (bytes: Uint8Array) => Buffer.from(bytes).toString('latin1');

/** The objects of a composite font of four digits, from number 50 on. */
export function composite({
  claims = digits,
  widths = '/W [0 [777 500 500 500 500]]',
  encoding = '/Identity-H',
  collection = 'Identity',
  program = fontFile(digitTables()),
  descendant = '/CIDToGIDMap /Identity',
  entries = '',
  descriptor = '',
}: Composite = {}): Record<number, string> {
  const map = Array.from(claims, (claim, index) => `<${hex(index + 1)}> <${hex(claim.charCodeAt(0))}>`);
  return {
    50: `<< /Type /Font /Subtype /Type0 /BaseFont /AAAAAA+Tinos /Encoding ${encoding} /DescendantFonts [51 0 R] /ToUnicode 54 0 R ${entries} >>`,
    51: `<< /Type /Font /Subtype /CIDFontType2 /BaseFont /AAAAAA+Tinos /CIDSystemInfo << /Registry (Adobe) /Ordering (${collection}) /Supplement 0 >> /FontDescriptor 52 0 R ${widths} ${descendant} >>`,
    52: `<< /Type /FontDescriptor /FontName /AAAAAA+Tinos /Flags 4 /FontBBox [-200 -300 1100 1000] /ItalicAngle 0 /Ascent 891 /Descent -216 /CapHeight 662 /StemV 80 /FontFile2 53 0 R ${descriptor} >>`,
    53: stream(page(program), `/Length1 ${program.length}`),
    54: stream(
      `1 begincodespacerange <0000> <ffff> endcodespacerange ${map.length} beginbfchar ${map.join(' ')} endbfchar`,
    ),
  };
}

/** A composite font without a program, whose codes are Unicode or a collection's numbers; `pairs` for its map. */
export function foreign(encoding: string, collection: string, pairs: string): Record<number, string> {
  return {
    50: `<< /Type /Font /Subtype /Type0 /BaseFont /Song-${encoding} /Encoding /${encoding} /DescendantFonts [51 0 R] /ToUnicode 54 0 R >>`,
    51: `<< /Type /Font /Subtype /CIDFontType0 /BaseFont /Song /CIDSystemInfo << /Registry (Adobe) /Ordering (${collection}) /Supplement 2 >> /FontDescriptor 52 0 R /DW 500 >>`,
    52: '<< /Type /FontDescriptor /FontName /Song /Flags 4 /FontBBox [0 -200 1000 900] /ItalicAngle 0 /Ascent 900 /Descent -200 /CapHeight 700 /StemV 80 >>',
    54: stream(`1 begincodespacerange <0000> <ffff> endcodespacerange 2 beginbfchar ${pairs} endbfchar`),
  };
}

/** A character map (OpenType, cmap) of one byte each (format 0) or by a run (format 4), for a platform and encoding. */
export function characterMap(
  maps: readonly { readonly platform: number; readonly encoding: number; readonly glyphs: string }[],
): Buffer {
  const head = Buffer.alloc(4 + maps.length * 8);
  head.writeUInt16BE(maps.length, 2);
  const parts: Buffer[] = [head];
  let offset = head.length;
  maps.forEach(({ platform, encoding, glyphs }, index) => {
    const table = platform === 1 ? byteMap(glyphs) : runMap(glyphs, encoding === 0 ? 0xf000 : 0);
    head.writeUInt16BE(platform, 4 + index * 8);
    head.writeUInt16BE(encoding, 6 + index * 8);
    head.writeUInt32BE(offset, 8 + index * 8);
    parts.push(table);
    offset += table.length;
  });
  return Buffer.concat(parts);
}

/** The codes of 0 and 5 lead to these digits' glyphs, those of 8 and 9 to their own. */
function byteMap(glyphs: string): Buffer {
  const table = Buffer.alloc(262);
  table.writeUInt16BE(262, 2);
  for (const [code, glyph] of pairsOf(glyphs)) table.writeUInt8(glyph, 6 + code);
  return table;
}

function runMap(glyphs: string, base: number): Buffer {
  const count = 10;
  const table = Buffer.alloc(32 + count * 2);
  table.writeUInt16BE(4, 0);
  table.writeUInt16BE(table.length, 2);
  table.writeUInt16BE(4, 6);
  table.writeUInt16BE(4, 8);
  table.writeUInt16BE(1, 10);
  table.writeUInt16BE(base + 0x39, 14);
  table.writeUInt16BE(0xffff, 16);
  table.writeUInt16BE(base + 0x30, 20);
  table.writeUInt16BE(0xffff, 22);
  table.writeUInt16BE(1, 26);
  // From the place of this offset to the glyphs behind both of them.
  table.writeUInt16BE(4, 28);
  for (const [code, glyph] of pairsOf(glyphs)) table.writeUInt16BE(glyph, 32 + (code - 0x30) * 2);
  return table;
}

function pairsOf(glyphs: string): [number, number][] {
  return [...`${glyphs}89`].map((digit, index) => ['0589'.charCodeAt(index), glyphOf(digit)]);
}

export interface Simple {
  /** Which digits' glyphs the codes of 0 and 5 lead to, by each of the program's maps. */
  readonly maps: Parameters<typeof characterMap>[0];
  readonly entries?: string;
  /** 4: symbolic, 32: not. */
  readonly flags?: 4 | 32;
  readonly claims?: string;
}

/** The objects of a simple font of the same program, from number 50 on. */
export function simple({ maps, entries = '', flags = 32, claims }: Simple): Record<number, string> {
  const tables = digitTables();
  tables.set('cmap', characterMap(maps));
  tables.set('post', post);
  const program = fontFile(tables);
  const pairs =
    claims &&
    Array.from(
      claims,
      (claim, index) => `<${'0589'.charCodeAt(index).toString(16)}> <${hex(claim.charCodeAt(0))}>`,
    );
  return {
    50: `<< /Type /Font /Subtype /TrueType /BaseFont /AAAAAA+Tinos /FirstChar 48 /LastChar 57 /Widths [${'500 '.repeat(10)}] /FontDescriptor 52 0 R ${pairs ? '/ToUnicode 54 0 R' : ''} ${entries} >>`,
    52: `<< /Type /FontDescriptor /FontName /AAAAAA+Tinos /Flags ${flags} /FontBBox [-200 -300 1100 1000] /ItalicAngle 0 /Ascent 891 /Descent -216 /CapHeight 662 /StemV 80 /FontFile2 53 0 R >>`,
    53: stream(page(program), `/Length1 ${program.length}`),
    ...(pairs && {
      54: stream(
        `1 begincodespacerange <00> <ff> endcodespacerange ${pairs.length} beginbfchar ${pairs.join(' ')} endbfchar`,
      ),
    }),
  };
}

/** Version 3: no names of glyphs. */
const post = (() => {
  const table = Buffer.alloc(32);
  table.writeUInt32BE(0x00030000, 0);
  return table;
})();

/** Where a glyph begins, in units of the program's: readers move its outline there. */
export const movedOutlines = (moves: Readonly<Record<string, number>>) =>
  programWith('hmtx', (table) => {
    for (const [digit, move] of Object.entries(moves)) {
      const at = glyphOf(digit) * 4 + 2;
      table.writeInt16BE(table.readInt16BE(at) + move, at);
    }
    return table;
  });
