import { AppError } from '../../../contract/failure.ts';

/** A TrueType font (OpenType 1.9 with glyf outlines): what embedding needs of it. Lengths are in font units. */
export interface TrueType {
  readonly unitsPerEm: number;
  readonly ascent: number;
  readonly descent: number;
  readonly capHeight: number;
  /** Degrees from the upright, negative where letters lean to the right. */
  readonly italicAngle: number;
  readonly box: readonly [number, number, number, number];
  readonly glyphCount: number;
  /** A table's bytes; empty where the font hasn't got it. */
  table(tag: string): Uint8Array;
  /** 0 (.notdef) for a character that the font hasn't got. */
  glyphOf(codePoint: number): number;
  advanceOf(glyph: number): number;
  leftBearingOf(glyph: number): number;
  outlineOf(glyph: number): Uint8Array;
}

export function readTrueType(bytes: Uint8Array): TrueType {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const tables = new Map<string, Uint8Array>();
  for (let index = 0; index < view.getUint16(4); index++) {
    const at = 12 + index * 16;
    const tag = Buffer.from(bytes.subarray(at, at + 4)).toString('latin1');
    tables.set(tag, bytes.subarray(view.getUint32(at + 8), view.getUint32(at + 8) + view.getUint32(at + 12)));
  }
  const table = (tag: string) => tables.get(tag) ?? new Uint8Array();
  const viewOf = (tag: string) => {
    const part = table(tag);
    if (part.length === 0) throw new AppError('internal', {}, { cause: `font without ${tag}` });
    return new DataView(part.buffer, part.byteOffset, part.byteLength);
  };
  const post = viewOf('post');
  const [head, hhea, hmtx, loca, os2] = [
    viewOf('head'),
    viewOf('hhea'),
    viewOf('hmtx'),
    viewOf('loca'),
    viewOf('OS/2'),
  ];
  const glyphCount = viewOf('maxp').getUint16(4);
  const metricsCount = hhea.getUint16(34);
  const isLong = head.getInt16(50) === 1;
  const offsetOf = (glyph: number) => (isLong ? loca.getUint32(glyph * 4) : loca.getUint16(glyph * 2) * 2);
  const map = readCharacterMap(viewOf('cmap'));
  return {
    unitsPerEm: head.getUint16(18),
    ascent: hhea.getInt16(4),
    descent: hhea.getInt16(6),
    capHeight: os2.getUint16(0) >= 2 ? os2.getInt16(88) : hhea.getInt16(4),
    italicAngle: post.getInt32(4) / 65_536,
    box: [head.getInt16(36), head.getInt16(38), head.getInt16(40), head.getInt16(42)],
    glyphCount,
    table,
    glyphOf: map,
    advanceOf: (glyph) => hmtx.getUint16(Math.min(glyph, metricsCount - 1) * 4),
    leftBearingOf: (glyph) =>
      glyph < metricsCount
        ? hmtx.getInt16(glyph * 4 + 2)
        : hmtx.getInt16(metricsCount * 4 + (glyph - metricsCount) * 2),
    outlineOf: (glyph) => table('glyf').subarray(offsetOf(glyph), offsetOf(glyph + 1)),
  };
}

/** The Unicode map of the Basic Multilingual Plane (format 4), which holds all of Vietnamese. */
function readCharacterMap(cmap: DataView): (codePoint: number) => number {
  for (let index = 0; index < cmap.getUint16(2); index++) {
    const platform = cmap.getUint16(4 + index * 8);
    const at = cmap.getUint32(8 + index * 8);
    if ((platform === 0 || platform === 3) && cmap.getUint16(at) === 4)
      return (code) => lookUp(cmap, at, code);
  }
  throw new AppError('internal', {}, { cause: 'font without a Unicode map of format 4' });
}

function lookUp(cmap: DataView, at: number, code: number): number {
  const doubled = cmap.getUint16(at + 6);
  const ends = at + 14;
  const starts = ends + doubled + 2;
  for (let segment = 0; segment < doubled; segment += 2) {
    if (cmap.getUint16(ends + segment) < code) continue;
    const start = cmap.getUint16(starts + segment);
    if (start > code) return 0;
    const delta = cmap.getUint16(starts + doubled + segment);
    const rangeAt = starts + 2 * doubled + segment;
    const range = cmap.getUint16(rangeAt);
    const glyph = range === 0 ? code : cmap.getUint16(rangeAt + range + (code - start) * 2);
    return glyph === 0 ? 0 : (glyph + delta) & 0xffff;
  }
  return 0;
}
