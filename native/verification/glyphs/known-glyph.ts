import { tinosBold, tinosBoldItalic, tinosItalic, tinosRegular } from '../../pdf/font/tinos.ts';
import type { TrueType } from '../../pdf/font/true-type.ts';
import { Fingerprints } from './fingerprint.ts';
import type { FontProgram } from './program.ts';

/**
 * Programs that run before a glyph's own instructions, and what they reckon with: others could draw equal glyphs
 * otherwise.
 */
const sharedTables = ['cvt ', 'fpgm', 'prep'] as const;

/** A font whose glyphs are known by sight: the one that our own stamps, numbers and dates are written in. */
class KnownFace {
  readonly #font: TrueType;
  readonly #prints: Fingerprints;
  #characters: ReadonlyMap<string, string> | null = null;

  constructor(font: TrueType) {
    this.#font = font;
    this.#prints = new Fingerprints(font);
  }

  /** Whether glyphs of the program that are equal to this font's are drawn as this font's. */
  fits(program: FontProgram): boolean {
    return (
      program.unitsPerEm === this.#font.unitsPerEm &&
      sharedTables.every((tag) => Buffer.compare(program.table(tag), this.#font.table(tag)) === 0)
    );
  }

  printOf(character: string): string | null {
    const glyph = this.#font.glyphOf(character.codePointAt(0) ?? 0);
    return glyph === 0 ? null : this.#prints.of(glyph);
  }

  /**
   * The character that a glyph is; of several that look the same the first, so that letters of ASCII go before
   * others.
   */
  characterOf(print: string): string | undefined {
    this.#characters ??= new Map(
      alphabet.toReversed().flatMap((character) => {
        const own = this.printOf(character);
        return own ? [[own, character] as const] : [];
      }),
    );
    return this.#characters.get(print);
  }
}

/** Latin letters with all marks that Vietnamese has, digits and signs. */
const alphabet = [
  [0x21, 0x7e],
  [0xa1, 0x24f],
  [0x1e00, 0x1eff],
  [0x2010, 0x2044],
  [0x20ab, 0x20ac],
].flatMap(([first = 0, last = 0]) =>
  Array.from({ length: last - first + 1 }, (_, step) => String.fromCharCode(first + step)),
);

/** Read at their first use: most often the first is the one, and each is half a megabyte. */
function onFirstUse(font: () => TrueType): () => KnownFace {
  let face: KnownFace | undefined;
  return () => {
    face ??= new KnownFace(font());
    return face;
  };
}

const knownFaces = [tinosRegular, tinosItalic, tinosBold, tinosBoldItalic].map(onFirstUse);

/**
 * The character that a program's glyph shows, told by its outline alone; null for one that isn't known. `claimed` is
 * what the file says that it is: of characters that look the same, that one.
 */
export function recognised(program: FontProgram, print: string, claimed: string): string | null {
  const isOne = [...claimed].length === 1;
  const candidates: KnownFace[] = [];
  for (const known of knownFaces) {
    const face = known();
    if (!face.fits(program)) continue;
    if (isOne && face.printOf(claimed) === print) return claimed;
    candidates.push(face);
  }
  for (const face of candidates) {
    const character = face.characterOf(print);
    if (character !== undefined) return character;
  }
  return null;
}
