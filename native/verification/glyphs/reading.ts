import type { PdfDocument } from '../../pdf/document.ts';
import { isName, type PdfDict, PdfName, PdfStream } from '../../pdf/object.ts';
import { type FontReader, openFont, unknownCharacter } from '../../pdf/text/font-reader.ts';
import { compositeTeller } from './composite-font.ts';
import { isEmbedded } from './embedded.ts';
import { plainTexts } from './plain-font.ts';
import { type GlyphTeller, type Proof, weaker } from './told.ts';

/** Fonts whose glyphs were looked at, by their dictionaries; null for what isn't a font to all readers. */
const openTellers = new WeakMap<PdfDict, GlyphTeller | null>();

/** Reads one appearance's strings, and keeps how sure it is that people see the same. */
export class GlyphReading {
  readonly #document: PdfDocument;
  #proof: Proof = 'own';
  #isSound = true;

  constructor(document: PdfDocument) {
    this.#document = document;
  }

  /** Of all letters that were read so far, the worst. */
  get proof(): Proof {
    return this.#proof;
  }

  /** False where something is no font, so that some readers show nothing, or where the file contradicts itself. */
  get isSound(): boolean {
    return this.#isSound;
  }

  /** For `ContentWalker`. */
  readonly open = (font: PdfDict): FontReader => {
    const teller = tellerOf(this.#document, font);
    if (teller) return { isExact: teller.isExact, codes: (bytes) => this.#read(teller, bytes) };
    this.#isSound = false;
    return { isExact: false, codes: () => [] };
  };

  #read(teller: GlyphTeller, bytes: Uint8Array) {
    const { codes, proof, isSound } = teller.tell(bytes);
    this.#proof = weaker(this.#proof, proof);
    this.#isSound &&= isSound;
    return [...codes];
  }
}

function tellerOf(document: PdfDocument, font: PdfDict): GlyphTeller | null {
  const known = openTellers.get(font);
  if (known !== undefined) return known;
  const made = isFont(document, font) ? openTeller(document, font) : null;
  openTellers.set(font, made);
  return made;
}

const subtypes: ReadonlySet<string> = new Set(['Type0', 'Type1', 'MMType1', 'TrueType', 'Type3']);

/** Whether all readers take it for a font (ISO 32000-2, tables 109 to 119). */
function isFont(document: PdfDocument, font: PdfDict): boolean {
  const [type, subtype] = [document.resolve(font.get('Type')), document.resolve(font.get('Subtype'))];
  const name = document.resolve(font.get('BaseFont'));
  const isNamed = name instanceof PdfName && name.value !== '';
  const isKind = subtype instanceof PdfName && subtypes.has(subtype.value);
  return (type === null || isName(type, 'Font')) && isKind && (isNamed || isName(subtype, 'Type3'));
}

function openTeller(document: PdfDocument, font: PdfDict): GlyphTeller | null {
  if (isName(document.resolve(font.get('Subtype')), 'Type0')) return compositeTeller(document, font);
  const plain = plainTexts(document, font);
  const claims = openFont(document, font);
  const isTelling =
    !isEmbedded(document, font) ||
    document.resolve(font.get('Encoding')) !== null ||
    document.resolve(font.get('ToUnicode')) instanceof PdfStream;
  return {
    isExact: claims.isExact,
    tell(bytes) {
      const codes = claims.codes(bytes).map((shown, index) => {
        const text = plain ? plain(bytes[index] ?? 0) : isTelling ? shown.text : unknownCharacter;
        return { ...shown, text };
      });
      const isTold = plain !== null && !codes.some(({ text }) => text === unknownCharacter);
      return { codes, proof: isTold ? 'plain' : 'none', isSound: true };
    },
  };
}

/** Whether a simple font's letters are those that every reader has of its own. */
export function isPlainFont(document: PdfDocument, font: PdfDict): boolean {
  return isFont(document, font) && plainTexts(document, font) !== null;
}
