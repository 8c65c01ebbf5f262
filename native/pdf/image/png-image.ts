import { createHash } from 'node:crypto';
import { deflateSync } from 'node:zlib';
import { type AddObject, deflated } from '../font/embedded-font.ts';
import { PdfName, type PdfObject, type PdfRef } from '../object.ts';
import { decodePng, type PngPixels } from './png-pixels.ts';

/** How a picture's transparency is written. */
export type Transparency =
  /** A soft mask (ISO 32000-2, 11.6.5.2): edges stay smooth. */
  | 'soft'
  /** A stencil (8.9.6.3), each pixel shown or not: for files in which PDF/A doesn't allow transparency. */
  | 'stencil';

/**
 * Embeds a PNG, its colours in the given space. Throws `image-unusable` for what isn't a PNG, is damaged, or has over 16
 * million pixels. No /Interpolate and no /Alternates (ISO 19005-2, 6.2.8).
 */
export function embedPng(
  add: AddObject,
  png: Uint8Array,
  colourSpace: PdfObject,
  transparency: Transparency,
): PdfRef {
  const image = prepared(png, transparency);
  const common = {
    Type: new PdfName('XObject'),
    Subtype: new PdfName('Image'),
    Width: image.width,
    Height: image.height,
  };
  const mask = image.mask && add(deflated(image.mask, { ...common, ...maskEntries[transparency] }));
  const maskKey = transparency === 'soft' ? 'SMask' : 'Mask';
  return add(
    deflated(image.colour, {
      ...common,
      BitsPerComponent: 8,
      ColorSpace: colourSpace,
      ...(mask ? { [maskKey]: mask } : {}),
    }),
  );
}

const maskEntries: Readonly<Record<Transparency, Record<string, PdfObject>>> = {
  soft: { BitsPerComponent: 8, ColorSpace: new PdfName('DeviceGray') },
  stencil: { BitsPerComponent: 1, ImageMask: true },
};

/** A picture in the form in which PDF has it: deflated samples. */
interface PreparedImage {
  readonly width: number;
  readonly height: number;
  readonly colour: Uint8Array;
  readonly mask: Uint8Array | null;
}

/**
 * One picture goes into many files, read from the disk afresh for each: it is known by its bytes and decoded once. Signature
 * and seal of a few people; what was used longest ago makes room.
 */
const known = new Map<string, PreparedImage>();
const keptBytes = 1 << 24;

function prepared(png: Uint8Array, transparency: Transparency): PreparedImage {
  const key = `${transparency} ${createHash('sha256').update(png).digest('base64')}`;
  const image = known.get(key) ?? prepare(decodePng(png), transparency);
  known.delete(key);
  known.set(key, image);
  let sum = 0;
  for (const [other, { colour, mask }] of [...known].toReversed()) {
    sum += colour.length + (mask?.length ?? 0);
    if (sum > keptBytes && other !== key) known.delete(other);
  }
  return image;
}

function prepare({ width, height, colour, alpha }: PngPixels, transparency: Transparency): PreparedImage {
  if (!alpha) return { width, height, colour: deflateSync(colour), mask: null };
  if (transparency === 'soft')
    return { width, height, colour: deflateSync(colour), mask: deflateSync(alpha) };
  return {
    width,
    height,
    colour: deflateSync(onPaper(colour, alpha)),
    mask: deflateSync(stencil(alpha, width, height)),
  };
}

/** The colours as they look on white paper, since a stencil knows no half-transparent ones. */
function onPaper(colour: Uint8Array, alpha: Uint8Array): Uint8Array {
  return colour.map((value, index) => {
    const opacity = alpha[Math.floor(index / 3)] ?? 255;
    return Math.round((value * opacity + 255 * (255 - opacity)) / 255);
  });
}

/** One bit a pixel, 1 where nothing is painted; rows end at whole bytes. */
function stencil(alpha: Uint8Array, width: number, height: number): Uint8Array {
  const rowLength = Math.ceil(width / 8);
  const bits = new Uint8Array(rowLength * height);
  for (let row = 0; row < height; row++) {
    for (let column = 0; column < width; column++) {
      if ((alpha[row * width + column] ?? 255) >= halfOpaque) continue;
      const at = row * rowLength + (column >> 3);
      bits[at] = (bits[at] ?? 0) | (0x80 >> (column & 7));
    }
  }
  return bits;
}

const halfOpaque = 128;
