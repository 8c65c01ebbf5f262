import { AppError } from '../../../contract/failure.ts';
import type { PdfDocument } from '../../pdf/document.ts';
import { type PdfDict, PdfStream } from '../../pdf/object.ts';

/** How much of what is below a picture hides at a place in it: 0 nothing, 1 all. From its left and its top, 0 to 1 each. */
export type Opacity = (fromLeft: number, fromTop: number) => number;

const solid: Opacity = () => 1;
const pixelLimit = 1 << 26;

/**
 * The opacity of an image XObject (ISO 32000-2, 8.9.5 and 11.6.5.2): its soft mask, its stencil, or itself where it is one.
 * What can't be read counts as solid, since that is what it may be.
 */
export function pictureOpacity(document: PdfDocument, image: PdfStream): Opacity {
  try {
    const soft = document.resolve(image.dict.get('SMask'));
    if (soft instanceof PdfStream) return samples(document, soft, 'DeviceGray') ?? solid;
    const stencil = document.resolve(image.dict.get('Mask'));
    if (stencil instanceof PdfStream) return samples(document, stencil, 'stencil') ?? solid;
    if (document.resolve(image.dict.get('ImageMask')) === true)
      return samples(document, image, 'stencil') ?? solid;
    return solid;
  } catch (error) {
    if (error instanceof AppError) return solid;
    throw error;
  }
}

function samples(document: PdfDocument, mask: PdfStream, kind: 'DeviceGray' | 'stencil'): Opacity | null {
  const width = document.number(mask.dict.get('Width')) ?? 0;
  const height = document.number(mask.dict.get('Height')) ?? 0;
  const bits = kind === 'stencil' ? 1 : (document.number(mask.dict.get('BitsPerComponent')) ?? 8);
  if (width < 1 || height < 1 || width * height > pixelLimit || ![1, 2, 4, 8, 16].includes(bits)) return null;
  const rowBytes = Math.ceil((width * bits) / 8);
  const data = document.decodedBytes(mask);
  if (data.length < rowBytes * height) return null;
  const [atZero, atMost] = decode(document, mask.dict, kind);
  return (fromLeft, fromTop) => {
    const column = Math.min(width - 1, Math.max(0, Math.floor(fromLeft * width)));
    const row = Math.min(height - 1, Math.max(0, Math.floor(fromTop * height)));
    const share = sample(data, row * rowBytes, column, bits);
    return atZero + share * (atMost - atZero);
  };
}

/** Opacity at the smallest and at the largest sample. A stencil paints where its samples are 0 (8.9.6.2). */
function decode(document: PdfDocument, dict: PdfDict, kind: 'DeviceGray' | 'stencil'): [number, number] {
  const usual: [number, number] = kind === 'stencil' ? [1, 0] : [0, 1];
  const [first, second] = (document.array(dict.get('Decode')) ?? []).map((value) => document.number(value));
  if (typeof first !== 'number' || typeof second !== 'number') return usual;
  return kind === 'stencil' ? [1 - first, 1 - second] : [first, second];
}

/** A sample as a share of the largest one. */
function sample(data: Uint8Array, row: number, column: number, bits: number): number {
  if (bits === 16) return (data[row + 2 * column] ?? 0) / 255;
  const bit = column * bits;
  const byte = data[row + (bit >> 3)] ?? 0;
  const value = (byte >> (8 - bits - (bit & 7))) & ((1 << bits) - 1);
  return value / ((1 << bits) - 1);
}
