import type { PdfDocument } from '../../pdf/document.ts';
import { isArray, isName, type PdfDict, PdfName, type PdfObject } from '../../pdf/object.ts';

/**
 * A colour as far as hiding goes: laid over words by darkening, a bright one lets them be read; drawn as letters, a dark one is
 * writing and a bright one wipes out. Inks of a space that isn't followed here count as whatever is worse.
 */
export interface Ink {
  readonly isKnownSpace: boolean;
  readonly tone: 'bright' | 'dark' | 'unknown';
}

export const black: Ink = { isKnownSpace: true, tone: 'dark' };
const unknown: Ink = { isKnownSpace: false, tone: 'unknown' };

/** Components from which on a colour is a highlighter's. */
const bright = 0.5;

const deviceSpaces: ReadonlySet<string> = new Set(['DeviceGray', 'DeviceRGB', 'DeviceCMYK']);
/** Spaces of which a component means what it does in the device space with as many (8.6.5). */
const likeDevice: ReadonlySet<string> = new Set([...deviceSpaces, 'CalGray', 'CalRGB', 'ICCBased']);

/** The ink behind `cs` or `CS`: each space begins with its black (8.6.5.1). */
export function inkOfSpace(document: PdfDocument, resources: PdfDict, name: PdfObject | undefined): Ink {
  if (!(name instanceof PdfName)) return unknown;
  if (deviceSpaces.has(name.value)) return black;
  const space = document.resolve(document.dict(resources.get('ColorSpace'))?.get(name.value));
  const family = isArray(space) ? document.resolve(space[0]) : space;
  return [...likeDevice].some((one) => isName(family, one)) ? black : unknown;
}

/** The ink behind `sc`, `scn`, `SC` or `SCN`, in the space of the ink before. */
export function inkOfComponents(before: Ink, components: readonly PdfObject[]): Ink {
  return before.isKnownSpace ? deviceInk(components) : unknown;
}

/** Grey, RGB or CMYK, told by the number of components. */
export function deviceInk(components: readonly PdfObject[]): Ink {
  const numbers = components.filter((value) => typeof value === 'number');
  if (numbers.length !== components.length || numbers.length === 0) return unknown;
  return { isKnownSpace: true, tone: isBright(numbers) ? 'bright' : 'dark' };
}

function isBright(numbers: readonly number[]): boolean {
  if (numbers.length === 4) {
    const [cyan = 1, magenta = 1, , key = 1] = numbers;
    return cyan < bright && magenta < bright && key < bright;
  }
  const [red = 0, green = red, blue = red] = numbers;
  return 0.3 * red + 0.59 * green + 0.11 * blue > bright;
}
