import { AppError } from '../../../contract/failure.ts';

/** What a PNG says of itself before it is decoded. */
export interface PngHeader {
  /** In pixels. */
  readonly width: number;
  readonly height: number;
  readonly depth: number;
  readonly isInterlaced: boolean;
  /** Size in millimetres by its pHYs chunk (PNG specification, 11.3.4.3); null where it doesn't tell a unit. */
  readonly physical: { readonly width: number; readonly height: number } | null;
}

/** A signature or seal scanned at 600 dpi stays below this; a larger picture is a mistake or an attack. */
const pixelLimit = 4000 * 4000;
const byteLimit = 10 * 1024 * 1024;

const pngSignature = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
const jpegSignature = [0xff, 0xd8, 0xff];

function startsWith(bytes: Uint8Array, signature: readonly number[]): boolean {
  return signature.every((byte, index) => bytes[index] === byte);
}

/** Length and type before a chunk's data, a checksum behind it. */
const chunkFrame = 12;

/** A chunk as it stands in the file. */
export interface PngChunk {
  readonly type: string;
  /** With its frame. */
  readonly bytes: Buffer;
  readonly data: Buffer;
}

/** The chunks in order. Throws `image-unusable` where one is cut off. */
export function* chunks(png: Uint8Array): Generator<PngChunk> {
  const bytes = Buffer.from(png.buffer, png.byteOffset, png.byteLength);
  for (let at = pngSignature.length; at + chunkFrame <= bytes.length; ) {
    const end = at + chunkFrame + bytes.readUInt32BE(at);
    if (end > bytes.length) throw new AppError('image-unusable', { reason: 'image-damaged' });
    const type = bytes.toString('latin1', at + 4, at + 8);
    yield { type, bytes: bytes.subarray(at, end), data: bytes.subarray(at + 8, end - 4) };
    if (type === 'IEND') return;
    at = end;
  }
}

/**
 * Reads the header alone, so that a picture of absurd size is never decoded. Throws `image-unusable` with the reason for
 * what isn't a PNG (a JPEG by name), is cut off, is empty, or has over 16 million pixels or 10 MiB.
 */
export function readPngHeader(png: Uint8Array): PngHeader {
  if (startsWith(png, jpegSignature)) throw new AppError('image-unusable', { reason: 'image-jpeg' });
  if (!startsWith(png, pngSignature)) throw new AppError('image-unusable', { reason: 'image-not-png' });
  if (png.length > byteLimit) throw new AppError('image-unusable', { reason: 'image-too-large' });
  const [first] = chunks(png);
  if (first?.type !== 'IHDR' || first.data.length !== 13)
    throw new AppError('image-unusable', { reason: 'image-damaged' });
  const [width, height] = [first.data.readUInt32BE(0), first.data.readUInt32BE(4)];
  if (width === 0 || height === 0) throw new AppError('image-unusable', { reason: 'image-damaged' });
  if (width * height > pixelLimit)
    throw new AppError('image-unusable', { reason: 'image-too-large', width, height });
  return {
    width,
    height,
    depth: first.data[8] ?? 0,
    isInterlaced: first.data[12] === 1,
    physical: physicalSize(png, width, height),
  };
}

const metre = 1;
const millimetresPerMetre = 1000;

function physicalSize(png: Uint8Array, width: number, height: number): PngHeader['physical'] {
  for (const { type, data } of chunks(png)) {
    // It must come before the pixels (table 7); behind them nothing is looked for.
    if (type === 'IDAT') return null;
    if (type !== 'pHYs' || data.length !== 9 || data[8] !== metre) continue;
    const [across, down] = [data.readUInt32BE(0), data.readUInt32BE(4)];
    if (across === 0 || down === 0) return null;
    return {
      width: (width / across) * millimetresPerMetre,
      height: (height / down) * millimetresPerMetre,
    };
  }
  return null;
}
