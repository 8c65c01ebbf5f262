import { AppError } from '../../../contract/failure.ts';
import type { PdfDocument } from '../../pdf/document.ts';
import { isArray, PdfName, type PdfObject, PdfStream } from '../../pdf/object.ts';
import { isEncodedPlainly } from './stream.ts';

const depths: ReadonlySet<PdfObject> = new Set([1, 2, 4, 8, 16]);
const deviceInks: ReadonlyMap<string, number> = new Map([
  ['DeviceGray', 1],
  ['DeviceRGB', 3],
  ['DeviceCMYK', 4],
]);
const spaces = new Set(['CalGray', 'CalRGB', 'Lab', 'ICCBased', 'Indexed', 'Separation', 'DeviceN']);
/** Encodings of pictures alone, which say themselves how large they are. */
const pictureFilters = new Set(['DCTDecode', 'JPXDecode', 'CCITTFaxDecode', 'JBIG2Decode']);
/** Samples beyond these aren't counted: a scan is decoded once, by whoever draws it. */
const countedBytes = 1 << 25;

/**
 * Whether all programs make the same picture of an image's samples (ISO 32000-2, 8.9.5): sizes and depth that are
 * such, a colour space that is there, and as many samples as the sizes ask for. Of too few, some draw black, some
 * white, some nothing.
 */
export function isPlainImage(document: PdfDocument, image: PdfStream): boolean {
  const number = (key: string) => document.number(image.dict.get(key));
  const [width, height] = [number('Width'), number('Height')];
  if (width === null || height === null || !isSize(width) || !isSize(height)) return false;
  const filters = document.resolve(image.dict.get('Filter'));
  const last = document.resolve(isArray(filters) ? filters.at(-1) : filters);
  if (!areMasks(document, image)) return false;
  if (last instanceof PdfName && pictureFilters.has(last.value)) return true;
  const isMask = document.resolve(image.dict.get('ImageMask')) === true;
  const depth = isMask ? 1 : number('BitsPerComponent');
  const inks = isMask ? 1 : inksOf(document, image.dict.get('ColorSpace'));
  if (inks === null || !depths.has(depth) || (isMask && (number('BitsPerComponent') ?? 1) !== 1))
    return false;
  const needed = Math.ceil((width * inks * Number(depth)) / 8) * height;
  return needed > countedBytes || (isEncodedPlainly(document, image) && lengthOf(document, image) >= needed);
}

function isSize(value: number): boolean {
  return Number.isInteger(value) && value > 0;
}

/** How many components a sample has; null for a space that nobody knows. */
function inksOf(document: PdfDocument, space: PdfObject | undefined): number | null {
  const value = document.resolve(space);
  if (value instanceof PdfName) return deviceInks.get(value.value) ?? null;
  const [family, first, second] = (isArray(value) ? value : []).map((one) => document.resolve(one));
  if (!(family instanceof PdfName)) return null;
  if (deviceInks.has(family.value)) return deviceInks.get(family.value) ?? null;
  if (!spaces.has(family.value)) return null;
  if (family.value === 'CalRGB' || family.value === 'Lab') return 3;
  if (family.value === 'DeviceN') return isArray(first) ? first.length : null;
  if (family.value === 'Indexed')
    return inksOf(document, first ?? null) === null || second == null ? null : 1;
  if (family.value !== 'ICCBased') return 1;
  return first instanceof PdfStream ? document.number(first.dict.get('N')) : null;
}

/** A mask is an image, or ranges of colours. */
function areMasks(document: PdfDocument, image: PdfStream): boolean {
  const [mask, soft] = ['Mask', 'SMask'].map((key) => document.resolve(image.dict.get(key)));
  const isRange =
    isArray(mask) && mask.length % 2 === 0 && mask.every((one) => document.number(one) !== null);
  const isMask = mask === null || isRange || (mask instanceof PdfStream && isMaskImage(document, mask));
  return isMask && (soft === null || (soft instanceof PdfStream && isMaskImage(document, soft)));
}

function isMaskImage(document: PdfDocument, mask: PdfStream): boolean {
  return !mask.dict.has('Mask') && !mask.dict.has('SMask') && isPlainImage(document, mask);
}

function lengthOf(document: PdfDocument, image: PdfStream): number {
  try {
    return document.decodedBytes(image).length;
  } catch (error) {
    if (error instanceof AppError && error.code !== 'pdf-too-complex') return -1;
    throw error;
  }
}
