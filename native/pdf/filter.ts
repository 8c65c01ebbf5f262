import { constants, inflateRawSync, inflateSync } from 'node:zlib';
import { AppError } from '../../contract/failure.ts';
import { decodeLzw, decodeRunLength } from './dictionary-filter.ts';
import { isArray, PdfDict, PdfName, type PdfObject } from './object.ts';
import { type PredictorSettings, undoPredictor } from './predictor.ts';
import { decodeAscii85, decodeHex } from './text-filter.ts';

/** A decoded stream that we read ourselves (cross-references, object streams, page text) is never honestly larger. */
export const decodedLimit = 64 * 1024 * 1024;
/** The same for streams that tell where objects are, or hold them: a table of four million objects. */
export const tableLimit = 32 * 1024 * 1024;
const filterLimit = 8;
/** DEFLATE makes of one byte this many at best; what was packed twice is a bomb. */
const bestPacking = 1032;
const freePacking = 1 << 20;
/** Honest files pack by a tenth or a fiftieth of this on the whole; what is small may still hold a large stream. */
const usualPacking = 64;
const freeUsual = 1 << 25;

/** What a stream of a file of this length may decode to, after each of its filters, and never more than `limit`. */
export function decodedLimitIn(fileLength: number, limit = decodedLimit): number {
  return Math.min(limit, freePacking + bestPacking * fileLength, freeUsual + usualPacking * fileLength);
}

type Resolve = (value: PdfObject | undefined) => PdfObject;

/**
 * Decodes a stream's bytes through its filters (ISO 32000-2, 7.4). Throws `pdf-unsupported` for image filters, which
 * nothing here needs decoded, and `pdf-too-complex` where a filter's result would exceed the limit (a decompression bomb).
 */
export function decodeStream(
  dict: PdfDict,
  encoded: Uint8Array,
  resolve: Resolve,
  limit = decodedLimit,
): Uint8Array {
  const filters = asList(resolve(dict.get('Filter') ?? dict.get('F'))).map(resolve);
  const parameters = asList(resolve(dict.get('DecodeParms') ?? dict.get('DP'))).map(resolve);
  if (filters.length > filterLimit) throw new AppError('pdf-too-complex', {});
  let bytes = encoded;
  filters.forEach((filter, index) => {
    const settings = parameters[index];
    const own = settings instanceof PdfDict ? settings : new PdfDict();
    bytes = decodeOne(filter, own, bytes, { resolve, limit });
  });
  return bytes;
}

function asList(value: PdfObject): readonly PdfObject[] {
  if (value === null) return [];
  return isArray(value) ? value : [value];
}

interface Decoding {
  readonly resolve: Resolve;
  readonly limit: number;
}

function decodeOne(
  filter: PdfObject,
  settings: PdfDict,
  bytes: Uint8Array,
  { resolve, limit }: Decoding,
): Uint8Array {
  const name = filter instanceof PdfName ? filter.value : '';
  switch (name) {
    case 'FlateDecode':
    case 'Fl':
      return undoPredictor(inflate(bytes, limit), predictorSettings(settings, resolve));
    case 'ASCIIHexDecode':
    case 'AHx':
      return decodeHex(bytes);
    case 'ASCII85Decode':
    case 'A85':
      return decodeAscii85(bytes, limit);
    case 'LZWDecode':
    case 'LZW': {
      const isEarly = resolve(settings.get('EarlyChange') ?? null) !== 0;
      return undoPredictor(decodeLzw(bytes, isEarly, limit), predictorSettings(settings, resolve));
    }
    case 'RunLengthDecode':
    case 'RL':
      return decodeRunLength(bytes, limit);
    case 'Crypt':
      // Deciphered already, as the bytes were fetched (7.4.10 wants it to be the first filter).
      return bytes;
    default:
      throw new AppError('pdf-unsupported', { filter: name });
  }
}

function predictorSettings(settings: PdfDict, resolve: Resolve): PredictorSettings {
  const setting = (key: string, byDefault: number) => {
    const value = resolve(settings.get(key) ?? null);
    return typeof value === 'number' && value > 0 ? Math.min(Math.ceil(value), 1 << 20) : byDefault;
  };
  return {
    predictor: setting('Predictor', 1),
    colors: setting('Colors', 1),
    bitsPerComponent: setting('BitsPerComponent', 8),
    columns: setting('Columns', 1),
  };
}

const headerLength = 2;

function inflate(bytes: Uint8Array, limit: number): Uint8Array {
  // Sync flush: a stream that was cut short, common in the wild, still gives what it has.
  const tolerant = { maxOutputLength: limit, finishFlush: constants.Z_SYNC_FLUSH };
  try {
    return inflateSync(bytes, tolerant);
  } catch (error) {
    if (isTooLarge(error)) throw new AppError('pdf-too-complex', {}, { cause: error });
  }
  try {
    // Without zlib's header and checksum, of which one was wrong; viewers show such streams all the same.
    return inflateRawSync(bytes.subarray(headerLength), tolerant);
  } catch (error) {
    throw new AppError(isTooLarge(error) ? 'pdf-too-complex' : 'pdf-damaged', {}, { cause: error });
  }
}

function isTooLarge(error: unknown): boolean {
  return (error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE';
}
