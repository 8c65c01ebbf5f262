import { deflateSync, inflateSync } from 'node:zlib';
import { decode } from 'fast-png';
import { AppError } from '../../../contract/failure.ts';
import type { AddObject } from '../font/embedded-font.ts';
import { PdfDict, PdfName, type PdfRef, PdfStream } from '../object.ts';

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
  const { width, height, colour, alpha } = prepared(png);
  const common = {
    Type: new PdfName('XObject'),
    Subtype: new PdfName('Image'),
    Width: width,
    Height: height,
    BitsPerComponent: 8,
    Filter: new PdfName('FlateDecode'),
  };
  const [grey, rgb] = [new PdfName('DeviceGray'), new PdfName('DeviceRGB')];
  const mask = alpha && add(new PdfStream(PdfDict.of({ ...common, ColorSpace: grey }), { bytes: alpha }));
  const dict = PdfDict.of({ ...common, ColorSpace: rgb, ...(mask ? { SMask: mask } : {}) });
  return { ref: add(new PdfStream(dict, { bytes: colour })), width, height };
}

/** A picture in the form in which PDF has it: compressed samples. */
interface PreparedImage {
  readonly width: number;
  readonly height: number;
  readonly colour: Uint8Array;
  readonly alpha: Uint8Array | null;
}

/** One picture goes into many files: it is decoded once for as long as its bytes are kept. */
const known = new WeakMap<Uint8Array, PreparedImage>();

function prepared(png: Uint8Array): PreparedImage {
  const image = known.get(png) ?? prepare(png);
  known.set(png, image);
  return image;
}

function prepare(png: Uint8Array): PreparedImage {
  const { width, height } = declaredSize(png);
  if (width * height > pixelLimit || width === 0 || height === 0)
    throw new AppError('image-unusable', { width, height });
  const { colour, alpha } = decodePixels(png);
  return { width, height, colour: deflateSync(colour), alpha: alpha && deflateSync(alpha) };
}

/** Eight-bit RGB and, where there is transparency, alpha. */
function decodePixels(png: Uint8Array): { colour: Uint8Array; alpha: Uint8Array | null } {
  const { data, channels, depth, palette, width, height, transparency } = decodeOrRefuse(png);
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
  const raw = (index: number) => (depth < 8 ? packed(index) : (data[index] ?? 0));
  const sample = (index: number) => {
    if (depth === 16) return raw(index) >> 8;
    return depth === 8 ? raw(index) : (raw(index) * 255) / highest;
  };
  /** True for the one colour that an image without alpha may declare transparent (PNG specification, 11.3.2.1). */
  const isKeyed = (at: number) =>
    transparency?.every((value, channel) => raw(at + channel) === value) ?? false;
  for (let pixel = 0; pixel < count; pixel++) {
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
  return { colour, alpha: alpha.every((value) => value === 255) ? null : alpha };
}

function decodeOrRefuse(png: Uint8Array): ReturnType<typeof decode> {
  try {
    return decode(essentials(png));
  } catch (error) {
    throw error instanceof AppError ? error : new AppError('image-unusable', {}, { cause: error });
  }
}

/** What the picture is made of; profiles and texts, which may be bombs of their own, are left out. */
const essentialChunks = new Set(['IHDR', 'PLTE', 'tRNS', 'IDAT', 'IEND']);
const signatureLength = 8;
/** Length and type before a chunk's data, a checksum behind it. */
const chunkFrame = 12;
/** Bytes of a pixel at most: four samples of 16 bits; and of a row besides its pixels, interlaced ones counted. */
const [pixelBytes, rowBytes] = [8, 16];

/**
 * The same picture with its essential chunks alone. Throws `image-unusable` where its data would inflate to more than its
 * pixels need: the decoder doesn't look at that.
 */
function essentials(png: Uint8Array): Uint8Array {
  const bytes = Buffer.from(png.buffer, png.byteOffset, png.byteLength);
  const kept = [bytes.subarray(0, signatureLength)];
  const data: Uint8Array[] = [];
  for (let at = signatureLength; at + chunkFrame <= bytes.length; ) {
    const end = at + chunkFrame + bytes.readUInt32BE(at);
    const type = bytes.toString('latin1', at + 4, at + 8);
    if (end > bytes.length) throw new AppError('image-unusable', {});
    if (essentialChunks.has(type)) kept.push(bytes.subarray(at, end));
    if (type === 'IDAT') data.push(bytes.subarray(at + 8, end - 4));
    at = end;
  }
  const { width, height } = declaredSize(png);
  // Throws beyond the limit; the result is thrown away, the point is that it is bounded.
  inflateSync(Buffer.concat(data), {
    maxOutputLength: width * height * pixelBytes + (height + 8) * rowBytes,
  });
  return Buffer.concat(kept);
}
