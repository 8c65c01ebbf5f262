import { AppError } from '../../../contract/failure.ts';
import type { PdfDocument } from '../../pdf/document.ts';
import { isName, PdfDict, PdfName, type PdfObject, PdfStream, PdfString } from '../../pdf/object.ts';
import { openFont } from '../../pdf/text/font-reader.ts';
import { strictOperations } from '../../pdf/text/strict-content.ts';
import { isEmbedded } from '../glyphs/embedded.ts';
import { isPlainFont } from '../glyphs/reading.ts';
import { inheritedEntry } from './inherited-entry.ts';
import { deviceInk } from './ink.ts';
import { largestWriting } from './letter-cover.ts';

/** Text state that changes nothing (ISO 32000-2, table 103), as some programs spell it out. */
const neutral: ReadonlyMap<string, number> = new Map([
  ['Tc', 0],
  ['Tw', 0],
  ['Tz', 100],
  ['Ts', 0],
  ['Tr', 0],
]);

/**
 * What a made-up look shows: `plain`, the letters of its value; `unproven`, letters of a font that comes along, or
 * that nobody knows; `odd`, others, or others to each reader.
 */
export type DefaultLook = 'plain' | 'unproven' | 'odd';

/**
 * What a field shows that has no appearance, which readers then make up: the letters of its value by a /DA (12.7.4.3)
 * that says a font and a dark colour and nothing else, since some readers draw all that stands in it, and by a font
 * whose letters are what their codes say. A reader that doesn't find the font takes one of its own. `largest`: the
 * size, in points, up to which letters are writing.
 */
export function defaultLook(document: PdfDocument, widget: PdfDict, largest = largestWriting): DefaultLook {
  try {
    const text = inherited(document, widget, 'DA');
    if (!(text instanceof PdfString)) return 'plain';
    const font = fontNamed(text, largest);
    const known = font === null ? null : fontOf(document, widget, font);
    if (known !== null) return lookOf(document, known);
    // Names that readers take for pictures' where the form has no such font.
    return /^(?:ZaDb|Symb)/.test(font ?? '') ? 'odd' : 'plain';
  } catch (error) {
    if (error instanceof AppError) return 'odd';
    throw error;
  }
}

/**
 * Whether a made-up appearance rests on nothing that the document brings along: no glyphs of its own, no colour space
 * in place of a device's (8.6.5.6).
 */
export function isMadeOfStandardParts(document: PdfDocument, widget: PdfDict): boolean {
  const resources = inherited(document, widget, 'DR');
  if (resources instanceof PdfDict && resources.has('ColorSpace')) return false;
  const name = defaultFont(document, widget);
  const font = name === null ? null : fontOf(document, widget, name);
  return !(font instanceof PdfDict && isEmbedded(document, font));
}

/** The name of the font by which readers make up a field's appearance; null where the field doesn't name one itself. */
export function defaultFont(document: PdfDocument, widget: PdfDict): string | null {
  const text = inherited(document, widget, 'DA');
  try {
    return text instanceof PdfString ? fontNamed(text) : null;
  } catch (error) {
    if (error instanceof AppError) return null;
    throw error;
  }
}

/** The font that a default appearance names. Throws `pdf-damaged` where it says anything that it shouldn't. */
function fontNamed(text: PdfString, largest = Number.POSITIVE_INFINITY): string | null {
  let font: string | null = null;
  for (const { operator, operands } of strictOperations(text.bytes)) {
    const [first, second] = operands;
    if (operator === 'Tf' && first instanceof PdfName) {
      if (!(Number(second) >= 0 && Number(second) <= largest)) throw odd();
      font = first.value;
    } else if (operator === 'g' || operator === 'rg' || operator === 'k') {
      if (deviceInk(operands).tone !== 'dark') throw odd();
    } else if (neutral.get(operator) !== first) throw odd();
  }
  return font;
}

function odd(): AppError {
  return new AppError('pdf-damaged', { entry: 'DA' });
}

/** A field's entry, else its nearest ancestor's, else the form's. */
function inherited(document: PdfDocument, widget: PdfDict, key: string): PdfObject {
  return (
    inheritedEntry(document, widget, key) ??
    document.resolve(document.dict(document.catalog.get('AcroForm'))?.get(key))
  );
}

function fontOf(document: PdfDocument, widget: PdfDict, name: string): PdfObject {
  const resources = inherited(document, widget, 'DR');
  const fonts = resources instanceof PdfDict ? document.dict(resources.get('Font')) : null;
  return document.resolve(fonts?.get(name));
}

function lookOf(document: PdfDocument, font: PdfObject): DefaultLook {
  if (!(font instanceof PdfDict)) return 'odd';
  const subtype = document.resolve(font.get('Subtype'));
  const name = document.resolve(font.get('BaseFont'));
  const isSymbols = name instanceof PdfName && /Dingbats|Wingdings|Webdings|Symbol/i.test(name.value);
  if (isSymbols || isName(subtype, 'Type3')) return 'odd';
  if (isEmbedded(document, font)) return 'unproven';
  // Readers look a letter's code up in the map and draw what the encoding says: with no glyphs to go by, the two must
  // be one.
  if (isName(subtype, 'Type0') || document.resolve(font.get('ToUnicode')) instanceof PdfStream) return 'odd';
  const codes = Buffer.from(alphabet, 'latin1');
  const letters = openFont(document, font).codes(codes);
  if (letters.map(({ text }) => text).join('') !== alphabet) return 'odd';
  return isPlainFont(document, font) ? 'plain' : 'unproven';
}

const alphabet = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
