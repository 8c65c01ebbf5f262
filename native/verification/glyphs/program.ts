/** Where a font program keeps how its glyphs are drawn: what a fingerprint is made of. Lengths are in font units. */
export interface GlyphSource {
  /** The glyph's record in the glyf table, padded or not; empty for one that draws nothing. */
  outlineOf(glyph: number): Uint8Array;
  advanceOf(glyph: number): number;
  leftBearingOf(glyph: number): number;
}

/**
 * An embedded TrueType program, read as far as drawing its glyphs goes. Its methods throw `RangeError` for what isn't
 * there.
 */
export interface FontProgram extends GlyphSource {
  readonly unitsPerEm: number;
  table(tag: string): Uint8Array;
}

/**
 * Tables that draw nothing, or what a fingerprint and the comparison of the programs hold. Others could draw a glyph
 * otherwise in some readers: bitmaps, colours, pictures, variations, second outlines.
 */
const knownTables: ReadonlySet<string> = new Set(
  'cmap,cvt ,fpgm,gasp,glyf,head,hhea,hmtx,loca,maxp,name,OS/2,post,prep'.split(','),
);
const versions: ReadonlySet<number> = new Set([0x00010000, 0x74727565]);

/**
 * Reads the directory and the tables of fixed size (OpenType 1.9). Null for what isn't a TrueType program of known
 * tables, each there once and whole: it may come from anybody.
 */
export function readProgram(bytes: Uint8Array): FontProgram | null {
  try {
    const view = viewOf(bytes);
    const tables = versions.has(view.getUint32(0)) ? readTables(bytes, view) : null;
    return tables && openProgram(tables);
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}

function readTables(bytes: Uint8Array, view: DataView): Map<string, Uint8Array> | null {
  const tables = new Map<string, Uint8Array>();
  for (let index = 0; index < view.getUint16(4); index++) {
    const at = 12 + index * 16;
    const tag = Buffer.from(bytes.subarray(at, at + 4)).toString('latin1');
    const [start, length] = [view.getUint32(at + 8), view.getUint32(at + 12)];
    const isWhole = start + length <= bytes.length;
    if (!isWhole || !knownTables.has(tag) || tables.has(tag)) return null;
    tables.set(tag, bytes.subarray(start, start + length));
  }
  return tables;
}

function openProgram(tables: ReadonlyMap<string, Uint8Array>): FontProgram {
  const table = (tag: string) => tables.get(tag) ?? new Uint8Array();
  const [head, hhea, hmtx] = [viewOf(table('head')), viewOf(table('hhea')), viewOf(table('hmtx'))];
  const [loca, glyf] = [viewOf(table('loca')), table('glyf')];
  const [count, metrics] = [viewOf(table('maxp')).getUint16(4), hhea.getUint16(34)];
  const isLong = head.getInt16(50) === 1;
  const offsetOf = (glyph: number) => (isLong ? loca.getUint32(glyph * 4) : loca.getUint16(glyph * 2) * 2);
  const outlineOf = (glyph: number) => {
    const [start, end] = [offsetOf(glyph), offsetOf(glyph + 1)];
    if (glyph >= count || start > end || end > glyf.length) throw new RangeError('a glyph that isn’t there');
    return glyf.subarray(start, end);
  };
  return {
    unitsPerEm: head.getUint16(18),
    table,
    outlineOf,
    advanceOf: (glyph) => hmtx.getUint16(Math.min(glyph, metrics - 1) * 4),
    leftBearingOf: (glyph) =>
      hmtx.getInt16(glyph < metrics ? glyph * 4 + 2 : metrics * 4 + (glyph - metrics) * 2),
  };
}

function viewOf({ buffer, byteOffset, byteLength }: Uint8Array): DataView {
  return new DataView(buffer, byteOffset, byteLength);
}
