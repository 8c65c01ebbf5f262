import { constants, inflateSync } from 'node:zlib';
import { AppError } from '../../contract/failure.ts';
import { isArray, PdfDict, PdfName, type PdfObject } from './object.ts';

/** A decoded stream that we read ourselves (cross-references, object streams, page text) is never honestly larger. */
export const decodedLimit = 64 * 1024 * 1024;

type Resolve = (value: PdfObject | undefined) => PdfObject;

/**
 * Decodes a stream's bytes through its filters (ISO 32000-2, 7.4). Throws `pdf-unsupported` for image filters, which
 * nothing here needs decoded, and `pdf-too-complex` where the result would exceed `decodedLimit` (a decompression bomb).
 */
export function decodeStream(dict: PdfDict, encoded: Uint8Array, resolve: Resolve): Uint8Array {
  const filters = asList(resolve(dict.get('Filter') ?? dict.get('F'))).map(resolve);
  const parameters = asList(resolve(dict.get('DecodeParms') ?? dict.get('DP'))).map(resolve);
  if (filters.length > 8) throw new AppError('pdf-too-complex', {});
  let bytes = encoded;
  filters.forEach((filter, index) => {
    const settings = parameters[index];
    bytes = decodeOne(filter, settings instanceof PdfDict ? settings : new PdfDict(), bytes, resolve);
  });
  return bytes;
}

function asList(value: PdfObject): readonly PdfObject[] {
  if (value === null) return [];
  return isArray(value) ? value : [value];
}

function decodeOne(filter: PdfObject, settings: PdfDict, bytes: Uint8Array, resolve: Resolve): Uint8Array {
  const name = filter instanceof PdfName ? filter.value : '';
  switch (name) {
    case 'FlateDecode':
    case 'Fl':
      return undoPredictor(inflate(bytes), settings, resolve);
    case 'ASCIIHexDecode':
    case 'AHx':
      return decodeHex(bytes);
    case 'ASCII85Decode':
    case 'A85':
      return decodeAscii85(bytes);
    case 'LZWDecode':
    case 'LZW':
      return undoPredictor(
        decodeLzw(bytes, resolve(settings.get('EarlyChange') ?? null) !== 0),
        settings,
        resolve,
      );
    case 'RunLengthDecode':
    case 'RL':
      return decodeRunLength(bytes);
    default:
      throw new AppError('pdf-unsupported', { filter: name });
  }
}

function inflate(bytes: Uint8Array): Uint8Array {
  try {
    // Sync flush: a stream cut short or with a wrong checksum, common in the wild, still gives what it has.
    return inflateSync(bytes, { maxOutputLength: decodedLimit, finishFlush: constants.Z_SYNC_FLUSH });
  } catch (error) {
    const tooLarge = (error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE';
    throw new AppError(tooLarge ? 'pdf-too-complex' : 'pdf-damaged', {}, { cause: error });
  }
}

function decodeHex(bytes: Uint8Array): Uint8Array {
  const text = Buffer.from(bytes).toString('latin1').split('>')[0] ?? '';
  const digits = text.replace(/[^0-9a-fA-F]/g, '');
  return Buffer.from(digits.length % 2 ? `${digits}0` : digits, 'hex');
}

function decodeAscii85(bytes: Uint8Array): Uint8Array {
  const output: number[] = [];
  let group: number[] = [];
  const flush = (count: number) => {
    const padded = [...group, ...Array<number>(5 - group.length).fill(84)];
    const value = padded.reduce((sum, digit) => sum * 85 + digit, 0);
    for (let index = 0; index < count; index++) output.push(Math.floor(value / 256 ** (3 - index)) & 0xff);
    group = [];
  };
  for (const byte of bytes) {
    if (byte === 0x7e) break;
    if (byte === 0x7a && group.length === 0) output.push(0, 0, 0, 0);
    else if (byte >= 0x21 && byte <= 0x75) {
      group.push(byte - 0x21);
      if (group.length === 5) flush(4);
    }
  }
  if (group.length > 1) flush(group.length - 1);
  return Uint8Array.from(output);
}

function decodeRunLength(bytes: Uint8Array): Uint8Array {
  const parts: Uint8Array[] = [];
  let total = 0;
  for (let at = 0; at < bytes.length; ) {
    const length = bytes[at++] as number;
    if (length === 128) break;
    const run =
      length < 128 ? bytes.subarray(at, at + length + 1) : new Uint8Array(257 - length).fill(bytes[at] ?? 0);
    at += length < 128 ? length + 1 : 1;
    total += run.length;
    if (total > decodedLimit) throw new AppError('pdf-too-complex', {});
    parts.push(run);
  }
  return Buffer.concat(parts);
}

/** LZW (7.4.4): codes of 9 to 12 bits; `early` is /EarlyChange, whose default 1 widens codes one step early. */
function decodeLzw(bytes: Uint8Array, early: boolean): Uint8Array {
  const parts: Uint8Array[] = [];
  let table: Uint8Array[] = [];
  let total = 0;
  let width = 9;
  let previous: Uint8Array | null = null;
  const reset = () => {
    table = Array.from({ length: 258 }, (_, code) => Uint8Array.of(code & 0xff));
    width = 9;
    previous = null;
  };
  reset();
  let buffer = 0;
  let bits = 0;
  for (const byte of bytes) {
    buffer = ((buffer << 8) | byte) & 0xffffff;
    bits += 8;
    if (bits < width) continue;
    bits -= width;
    const code = (buffer >> bits) & ((1 << width) - 1);
    if (code === 257) break;
    if (code === 256) {
      reset();
      continue;
    }
    const before: Uint8Array | null = previous;
    const known: Uint8Array | undefined = table[code];
    if (!known && !before) throw new AppError('pdf-damaged', {});
    const entry: Uint8Array =
      known ?? Buffer.concat([before as Uint8Array, (before as Uint8Array).subarray(0, 1)]);
    if (before && table.length < 4096) table.push(Buffer.concat([before, entry.subarray(0, 1)]));
    total += entry.length;
    if (total > decodedLimit) throw new AppError('pdf-too-complex', {});
    parts.push(entry);
    previous = entry;
    const size = table.length + (early ? 1 : 0);
    width = size >= 2048 ? 12 : size >= 1024 ? 11 : size >= 512 ? 10 : 9;
  }
  return Buffer.concat(parts);
}

/** Predictors of 7.4.4.4: PNG's five row filters; TIFF's for eight bits a component. */
function undoPredictor(bytes: Uint8Array, settings: PdfDict, resolve: Resolve): Uint8Array {
  const setting = (key: string, byDefault: number) => {
    const value = resolve(settings.get(key) ?? null);
    return typeof value === 'number' && value > 0 ? Math.min(value, 1 << 20) : byDefault;
  };
  const predictor = setting('Predictor', 1);
  if (predictor === 1) return bytes;
  const bitsPerPixel = setting('Colors', 1) * setting('BitsPerComponent', 8);
  const pixel = Math.max(1, Math.ceil(bitsPerPixel / 8));
  const rowLength = Math.ceil((setting('Columns', 1) * bitsPerPixel) / 8);
  return predictor === 2 ? undoTiff(bytes, pixel, rowLength) : undoPng(bytes, pixel, rowLength);
}

function undoTiff(bytes: Uint8Array, pixel: number, rowLength: number): Uint8Array {
  const output = Uint8Array.from(bytes);
  for (let index = 0; index < output.length; index++) {
    if (index % rowLength >= pixel)
      output[index] = ((output[index] ?? 0) + (output[index - pixel] ?? 0)) & 0xff;
  }
  return output;
}

/** Undoes PNG's row filters (PNG specification, 9.2): each row is one filter byte and `rowLength` bytes. */
export function undoPng(bytes: Uint8Array, pixel: number, rowLength: number): Uint8Array {
  const rows = Math.ceil(bytes.length / (rowLength + 1));
  const output = new Uint8Array(rows * rowLength);
  for (let row = 0; row < rows; row++) {
    const from = row * (rowLength + 1);
    const kind = bytes[from];
    const to = row * rowLength;
    for (let column = 0; column < rowLength; column++) {
      const left = column >= pixel ? (output[to + column - pixel] as number) : 0;
      const up = row > 0 ? (output[to + column - rowLength] as number) : 0;
      const corner = row > 0 && column >= pixel ? (output[to + column - rowLength - pixel] as number) : 0;
      output[to + column] = ((bytes[from + 1 + column] ?? 0) + predicted(kind, left, up, corner)) & 0xff;
    }
  }
  return output;
}

function predicted(kind: number | undefined, left: number, up: number, corner: number): number {
  switch (kind) {
    case 1:
      return left;
    case 2:
      return up;
    case 3:
      return (left + up) >> 1;
    case 4: {
      const guess = left + up - corner;
      const [toLeft, toUp, toCorner] = [
        Math.abs(guess - left),
        Math.abs(guess - up),
        Math.abs(guess - corner),
      ];
      if (toLeft <= toUp && toLeft <= toCorner) return left;
      return toUp <= toCorner ? up : corner;
    }
    default:
      return 0;
  }
}
