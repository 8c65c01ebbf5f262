import type { PdfDocument } from '../../pdf/document.ts';
import { isArray, PdfName, PdfStream } from '../../pdf/object.ts';
import { readable } from '../integrity/readable.ts';

const hex = new Set(['ASCIIHexDecode', 'AHx']);
const base85 = new Set(['ASCII85Decode', 'A85']);
const flate = new Set(['FlateDecode', 'Fl']);

/**
 * Whether a stream is packed so that every program unpacks the same: digits that are such (ISO 32000-2, 7.4.2 and 7.4.3), where poppler
 * takes a stray letter for nought and we pass over it, so that all behind it is another text; and DEFLATE with its header (RFC 1950, 2.2),
 * without which others show nothing.
 */
export function isPackedPlainly(document: PdfDocument, number: number): boolean {
  const stream = readable(document, number);
  if (!(stream instanceof PdfStream)) return true;
  const isPlain = known.get(stream) ?? isPlainly(document, stream);
  known.set(stream, isPlain);
  return isPlain;
}

/** An object stream is asked about for each of its objects. */
const known = new WeakMap<PdfStream, boolean>();

function isPlainly(document: PdfDocument, stream: PdfStream): boolean {
  const filter = document.resolve(stream.dict.get('Filter') ?? stream.dict.get('F'));
  const [first = '', ...others] = (isArray(filter) ? filter : [filter]).map((one) => {
    const name = document.resolve(one);
    return name instanceof PdfName ? name.value : '';
  });
  // Printable characters are made last, and so unmade first.
  if (others.some((one) => hex.has(one) || base85.has(one))) return false;
  if (hex.has(first)) return /^[0-9A-Fa-f\s\0]*>?\s*$/.test(textOf(document, stream));
  if (base85.has(first)) return isBase85(textOf(document, stream));
  return !flate.has(first) || hasHeader(document.encodedBytes(stream));
}

function textOf(document: PdfDocument, stream: PdfStream): string {
  return Buffer.from(document.encodedBytes(stream)).toString('latin1');
}

/** The highest number of 32 bits. */
const highest = 's8W-!';

function isBase85(text: string): boolean {
  const digits = text.replace(/[\s\0]/g, '');
  if (!digits.endsWith('~>')) return false;
  for (let at = 0; at < digits.length - 2; ) {
    if (digits[at] === 'z') {
      at++;
      continue;
    }
    const group = digits.slice(at, Math.min(at + 5, digits.length - 2));
    if (group.length < 2 || !/^[!-u]+$/.test(group) || group > highest) return false;
    at += group.length;
  }
  return true;
}

/** Nothing at all is nothing to everyone. */
function hasHeader(bytes: Uint8Array): boolean {
  const [method = 0, flags = 0] = bytes;
  const isSound = (method & 0x0f) === 8 && (method * 256 + flags) % 31 === 0 && (flags & 0x20) === 0;
  return bytes.length === 0 || isSound;
}
