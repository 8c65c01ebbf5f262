import { constants, inflateSync } from 'node:zlib';
import { AppError } from '../../../contract/failure.ts';
import type { PdfDocument } from '../../pdf/document.ts';
import { isArray, PdfDict, PdfName, type PdfObject, type PdfStream } from '../../pdf/object.ts';

const text = { hex: 'ASCIIHexDecode', base85: 'ASCII85Decode' } as const;
const filters: ReadonlySet<string> = new Set([
  ...Object.values(text),
  'FlateDecode',
  'LZWDecode',
  'RunLengthDecode',
]);
const mostFilters = 2;
const inflatedLimit = 1 << 26;
const known = new WeakMap<PdfStream, boolean>();

/**
 * Whether every program decodes a stream to the same bytes: filters by the names that the standard has for files (ISO
 * 32000-2, 7.4), their parameters of their kind, and data that are such. Of others some show the beginning and some
 * nothing.
 */
export function isEncodedPlainly(document: PdfDocument, stream: PdfStream): boolean {
  const answer = known.get(stream) ?? isPlain(document, stream);
  known.set(stream, answer);
  return answer;
}

function isPlain(document: PdfDocument, stream: PdfStream): boolean {
  // Data of another file (7.3.8.2) are read by nobody, or by somebody.
  if (stream.dict.has('F')) return false;
  const names = listOf(document, stream.dict.get('Filter')).map((one) =>
    one instanceof PdfName ? one.value : '',
  );
  if (names.length > mostFilters || !names.every((name) => filters.has(name))) return false;
  const parameters = listOf(document, stream.dict.get('DecodeParms'));
  if (!parameters.every((one) => one === null || one instanceof PdfDict)) return false;
  return isOfKind(names[0], document.encodedBytes(stream)) && isDecodable(document, stream);
}

function listOf(document: PdfDocument, value: PdfObject | undefined): PdfObject[] {
  const resolved = document.resolve(value);
  if (resolved === null) return [];
  return isArray(resolved) ? resolved.map((one) => document.resolve(one)) : [resolved];
}

/** Whether what the first filter is given is of its kind. */
function isOfKind(filter: string | undefined, bytes: Uint8Array): boolean {
  switch (filter) {
    case 'FlateDecode':
      return bytes.length === 0 || isFlate(bytes);
    case text.hex:
      return /^[0-9A-Fa-f\s\0]*>\s*$/.test(Buffer.from(bytes).toString('latin1'));
    case text.base85:
      return /^(?:[!-u]|z|\s)*~>\s*$/.test(Buffer.from(bytes).toString('latin1'));
    default:
      return true;
  }
}

function isFlate(bytes: Uint8Array): boolean {
  const [method = 0, flags = 0] = bytes;
  if ((method & 0x0f) !== 8 || (method * 256 + flags) % 31 !== 0) return false;
  try {
    // Of data that break off everybody shows what there is.
    inflateSync(bytes, { maxOutputLength: inflatedLimit, finishFlush: constants.Z_SYNC_FLUSH });
    return true;
  } catch (error) {
    if (error instanceof RangeError) return true;
    if (error instanceof Error && 'code' in error) return false;
    throw error;
  }
}

function isDecodable(document: PdfDocument, stream: PdfStream): boolean {
  try {
    document.decodedBytes(stream);
    return true;
  } catch (error) {
    if (error instanceof AppError && error.code !== 'pdf-too-complex') return false;
    throw error;
  }
}
