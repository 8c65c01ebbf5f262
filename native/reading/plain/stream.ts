import { inflateSync } from 'node:zlib';
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
 * Whether every program decodes a stream to the same bytes: filters by the names that the standard has for files (ISO 32000-2, 7.4), their
 * parameters of their kind, and data that are whole. Of data that break off, or are no such data, some show the beginning and some nothing.
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
  return isWhole(names[0], document.encodedBytes(stream)) && isDecodable(document, stream);
}

function listOf(document: PdfDocument, value: PdfObject | undefined): PdfObject[] {
  const resolved = document.resolve(value);
  if (resolved === null) return [];
  return isArray(resolved) ? resolved.map((one) => document.resolve(one)) : [resolved];
}

/** Whether what the first filter is given ends where it should. */
function isWhole(filter: string | undefined, bytes: Uint8Array): boolean {
  switch (filter) {
    case 'FlateDecode':
      return bytes.length === 0 || isWholeFlate(bytes);
    case text.hex:
      return /^[0-9A-Fa-f\s\0]*>\s*$/.test(Buffer.from(bytes).toString('latin1'));
    case text.base85:
      return /^(?:[!-u]|z|\s)*~>\s*$/.test(Buffer.from(bytes).toString('latin1'));
    default:
      return true;
  }
}

function isWholeFlate(bytes: Uint8Array): boolean {
  try {
    inflateSync(bytes, { maxOutputLength: inflatedLimit });
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
