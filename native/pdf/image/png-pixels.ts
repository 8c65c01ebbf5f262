import { inflateSync } from 'node:zlib';
import { decode } from 'fast-png';
import { AppError } from '../../../contract/failure.ts';
import { chunks, type PngHeader, readPngHeader } from './png-header.ts';

/** A picture's samples, eight bits each, rows from the top. */
export interface PngPixels {
  readonly width: number;
  readonly height: number;
  /** Red, green, blue. */
  readonly colour: Uint8Array;
  /** Null where every pixel is opaque. */
  readonly alpha: Uint8Array | null;
}

/** Decodes any kind of PNG. Throws `image-unusable` with the reason where it can't be. */
export function decodePng(png: Uint8Array): PngPixels {
  const header = readPngHeader(png);
  const image = decodeOrRefuse(png, header);
  const count = image.width * image.height;
  const colour = new Uint8Array(count * 3);
  const alpha = new Uint8Array(count).fill(255);
  if (image.depth === 8 && image.channels >= 3 && !image.transparency) split(image, colour, alpha);
  else convert(image, colour, alpha);
  const isOpaque = alpha.every((value) => value === 255);
  return { width: image.width, height: image.height, colour, alpha: isOpaque ? null : alpha };
}

type Decoded = ReturnType<typeof decode>;

/** RGB and RGBA of eight bits, which nearly all pictures are: ten times as fast as looking at each sample's kind. */
function split({ data, channels }: Decoded, colour: Uint8Array, alpha: Uint8Array): void {
  const hasAlpha = channels === 4;
  for (let pixel = 0, from = 0, to = 0; pixel < alpha.length; pixel++, from += channels, to += 3) {
    colour[to] = data[from] as number;
    colour[to + 1] = data[from + 1] as number;
    colour[to + 2] = data[from + 2] as number;
    if (hasAlpha) alpha[pixel] = data[from + 3] as number;
  }
}

function convert(image: Decoded, colour: Uint8Array, alpha: Uint8Array): void {
  const { data, channels, depth, palette, width, transparency } = image;
  const rowLength = Math.ceil((width * depth) / 8);
  const highest = (1 << depth) - 1;
  /** Samples of fewer than eight bits, which only one-channel images have, lie packed in rows of whole bytes. */
  const packed = (pixel: number) => {
    const bit = (pixel % width) * depth;
    const byte = data[Math.floor(pixel / width) * rowLength + (bit >> 3)] ?? 0;
    return (byte >> (8 - depth - (bit & 7))) & highest;
  };
  const raw = (index: number) => (depth < 8 ? packed(index) : (data[index] ?? 0));
  const sample = (index: number) => {
    if (depth === 16) return raw(index) >> 8;
    return depth === 8 ? raw(index) : (raw(index) * 255) / highest;
  };
  /** True for the one colour that an image without alpha may declare transparent (PNG specification, 11.3.2.1). */
  const isKeyed = (at: number) =>
    transparency?.every((value, channel) => raw(at + channel) === value) ?? false;
  for (let pixel = 0; pixel < alpha.length; pixel++) {
    const at = pixel * channels;
    const isGrey = channels < 3;
    const entry = palette?.[raw(pixel)];
    const [red = 0, green = 0, blue = 0, opacity = 255] = entry ?? [
      sample(at),
      sample(isGrey ? at : at + 1),
      sample(isGrey ? at : at + 2),
      channels % 2 === 0 ? sample(at + channels - 1) : isKeyed(at) ? 0 : 255,
    ];
    colour[pixel * 3] = red;
    colour[pixel * 3 + 1] = green;
    colour[pixel * 3 + 2] = blue;
    alpha[pixel] = opacity;
  }
}

function decodeOrRefuse(png: Uint8Array, header: PngHeader): Decoded {
  // The decoder takes each interlaced pixel for a whole byte or more: smaller ones would come out as noise.
  if (header.isInterlaced && header.depth < 8)
    throw new AppError('image-unusable', { reason: 'image-interlaced' });
  try {
    return decode(essentials(png, header));
  } catch (error) {
    throw error instanceof AppError
      ? error
      : new AppError('image-unusable', { reason: 'image-damaged' }, { cause: error });
  }
}

/** What the picture is made of; profiles and texts, which may be bombs of their own, are left out. */
const essentialChunks = new Set(['IHDR', 'PLTE', 'tRNS', 'IDAT', 'IEND']);
const signatureLength = 8;
/** Bytes of a pixel at most: four samples of 16 bits; and of a row besides its pixels, interlaced ones counted. */
const [pixelBytes, rowBytes] = [8, 16];

/**
 * The same picture with its essential chunks alone. Throws where its data would inflate to more than its pixels need: the
 * decoder doesn't look at that.
 */
function essentials(png: Uint8Array, { width, height }: PngHeader): Uint8Array {
  const kept: Uint8Array[] = [png.subarray(0, signatureLength)];
  const pixels: Uint8Array[] = [];
  for (const { type, bytes, data } of chunks(png)) {
    if (essentialChunks.has(type)) kept.push(bytes);
    if (type === 'IDAT') pixels.push(data);
  }
  // Throws beyond the limit; the result is thrown away, the point is that it is bounded.
  inflateSync(Buffer.concat(pixels), {
    maxOutputLength: width * height * pixelBytes + (height + 8) * rowBytes,
  });
  return Buffer.concat(kept);
}
