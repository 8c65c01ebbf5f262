/** No font has more; a map that speaks of more codes is read as far as this. */
const glyphLimit = 65_536;

/**
 * Which text the glyphs of an embedded TrueType program stand for, by its own character map (OpenType, cmap table, format 4):
 * for fonts whose PDF doesn't say. Empty where the program has none or can't be read, since text positions are a convenience.
 */
export function glyphTexts(program: Uint8Array): Map<number, string> {
  try {
    const view = new DataView(program.buffer, program.byteOffset, program.byteLength);
    const map = unicodeMap(view);
    return map === null ? new Map() : readSegments(view, map);
  } catch (error) {
    // What points outside the program.
    if (error instanceof RangeError) return new Map();
    throw error;
  }
}

const formatFour = 4;
const unicodePlatform = 0;
const windowsPlatform = 3;
const windowsUnicode = 1;

/** Where the program's Unicode map begins; null where it has none that we read. */
function unicodeMap(view: DataView): number | null {
  for (let index = 0; index < view.getUint16(4); index++) {
    const at = 12 + index * 16;
    if (view.getUint32(at) !== cmapTag) continue;
    const cmap = view.getUint32(at + 8);
    for (let map = 0; map < view.getUint16(cmap + 2); map++) {
      const [platform, encoding] = [view.getUint16(cmap + 4 + map * 8), view.getUint16(cmap + 6 + map * 8)];
      const start = cmap + view.getUint32(cmap + 8 + map * 8);
      const isUnicode =
        platform === unicodePlatform || (platform === windowsPlatform && encoding === windowsUnicode);
      if (isUnicode && view.getUint16(start) === formatFour) return start;
    }
  }
  return null;
}

/** "cmap" in ASCII. */
const cmapTag = 0x636d6170;

function readSegments(view: DataView, start: number): Map<number, string> {
  const texts = new Map<number, string>();
  const doubled = view.getUint16(start + 6);
  const ends = start + 14;
  const starts = ends + doubled + 2;
  let codes = 0;
  for (let segment = 0; segment < doubled; segment += 2) {
    const [first, last] = [view.getUint16(starts + segment), view.getUint16(ends + segment)];
    const delta = view.getUint16(starts + doubled + segment);
    const rangeAt = starts + 2 * doubled + segment;
    const range = view.getUint16(rangeAt);
    for (let code = first; code <= last && code < 0xffff; code++) {
      if (++codes > glyphLimit) return texts;
      const raw = range === 0 ? code : view.getUint16(rangeAt + range + (code - first) * 2);
      const glyph = raw === 0 ? 0 : (raw + delta) & 0xffff;
      if (glyph !== 0 && !texts.has(glyph)) texts.set(glyph, String.fromCharCode(code));
    }
  }
  return texts;
}
