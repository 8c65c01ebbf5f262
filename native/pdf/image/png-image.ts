import { decode } from 'fast-png';
import { AppError } from '../../../contract/failure.ts';
import { type AddObject, compressed } from '../font/embedded-font.ts';
import { PdfName, type PdfRef } from '../object.ts';

/** An image in a file, with its size in pixels. */
export interface EmbeddedImage {
  readonly ref: PdfRef;
  readonly width: number;
  readonly height: number;
}

/** A signature or seal scanned at 600 dpi stays below this; a larger picture is a mistake or an attack. */
const pixelLimit = 4000 * 4000;
const byteLimit = 10 * 1024 * 1024;

/** Width and height from the header alone, so that a picture of absurd size is never decoded. */
function declaredSize(png: Uint8Array): { width: number; height: number } {
  const view = new DataView(png.buffer, png.byteOffset, png.byteLength);
  const isPng = png.length > 33 && png.length <= byteLimit && view.getUint32(0) === 0x89504e47;
  if (!isPng) throw new AppError('image-unusable', {});
  return { width: view.getUint32(16), height: view.getUint32(20) };
}

/**
 * Embeds a PNG as an image with its transparency as a soft mask (ISO 32000-2, 11.6.5.2). Throws `image-unusable` for
 * what isn't a PNG, is damaged, or has over 16 million pixels.
 */
export function embedPng(add: AddObject, png: Uint8Array): EmbeddedImage {
  const { width, height } = declaredSize(png);
  if (width * height > pixelLimit || width === 0 || height === 0)
    throw new AppError('image-unusable', { width, height });
  const pixels = decodePixels(png);
  const common = {
    Type: new PdfName('XObject'),
    Subtype: new PdfName('Image'),
    Width: width,
    Height: height,
    BitsPerComponent: 8,
  };
  const grey = new PdfName('DeviceGray');
  const mask = pixels.alpha && add(compressed(pixels.alpha, { ...common, ColorSpace: grey }));
  const image = compressed(pixels.colour, {
    ...common,
    ColorSpace: new PdfName('DeviceRGB'),
    ...(mask ? { SMask: mask } : {}),
  });
  return { ref: add(image), width, height };
}

/** Eight-bit RGB and, where there is transparency, alpha. */
function decodePixels(png: Uint8Array): { colour: Uint8Array; alpha: Uint8Array | null } {
  const { data, channels, depth, palette, width, height } = decodeOrRefuse(png);
  const count = width * height;
  const colour = new Uint8Array(count * 3);
  const alpha = new Uint8Array(count).fill(255);
  const rowLength = Math.ceil((width * depth) / 8);
  const highest = (1 << depth) - 1;
  /** Samples of fewer than eight bits, which only one-channel images have, lie packed in rows of whole bytes. */
  const packed = (pixel: number) => {
    const bit = (pixel % width) * depth;
    const byte = data[Math.floor(pixel / width) * rowLength + (bit >> 3)] ?? 0;
    return (byte >> (8 - depth - (bit & 7))) & highest;
  };
  const sample = (index: number) => {
    if (depth === 16) return (data[index] ?? 0) >> 8;
    return depth === 8 ? (data[index] ?? 0) : (packed(index) * 255) / highest;
  };
  for (let pixel = 0; pixel < count; pixel++) {
    const at = pixel * channels;
    const isGrey = channels < 3;
    const entry = palette?.[depth < 8 ? packed(pixel) : (data[pixel] ?? 0)];
    const [red = 0, green = 0, blue = 0, opacity = 255] = entry ?? [
      sample(at),
      sample(isGrey ? at : at + 1),
      sample(isGrey ? at : at + 2),
      channels % 2 === 0 ? sample(at + channels - 1) : 255,
    ];
    colour.set([red, green, blue], pixel * 3);
    alpha[pixel] = opacity;
  }
  return { colour, alpha: alpha.every((value) => value === 255) ? null : alpha };
}

function decodeOrRefuse(png: Uint8Array): ReturnType<typeof decode> {
  try {
    return decode(png);
  } catch (error) {
    throw new AppError('image-unusable', {}, { cause: error });
  }
}
