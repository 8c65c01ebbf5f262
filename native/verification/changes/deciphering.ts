import type { PdfDocument } from '../../pdf/document.ts';
import type { Encryption } from '../../pdf/encryption/encryption.ts';
import { Lexer } from '../../pdf/lexer.ts';
import { isArray, isName, PdfDict, type PdfObject, PdfRef, PdfStream, PdfString } from '../../pdf/object.ts';
import { parseIndirect } from '../../pdf/parser.ts';
import { readable } from '../integrity/readable.ts';

/**
 * Whether every program deciphers an object of a protected file to the same: its stream by the file's own filter, and all that is
 * enciphered in whole blocks. Who knows the password, mostly everybody, writes what says one thing here and another one there.
 */
export function isDecipheredAlike(document: PdfDocument, number: number): boolean {
  const { encryption } = document;
  const entry = document.find(number);
  if (!encryption || entry?.kind !== 'offset') return true;
  const lexer = new Lexer(document.source, entry.offset);
  const written = parseIndirect(lexer, (length) => document.number(length), number);
  const owner = new PdfRef(number, written.generation);
  const { value } = written;
  if (!areSound(value, owner, encryption)) return false;
  if (!(value instanceof PdfStream) || isDescription(document, number)) return true;
  const isUsual = encryption.isUsual(value.dict, (one) => document.resolve(one));
  return isUsual && encryption.isSoundStream(value, owner, document);
}

/** Nobody is shown a signature's strings as they stand, and its value is in clear (ISO 32000-2, 7.6.2). */
function areSound(value: PdfObject, owner: PdfRef, encryption: Encryption): boolean {
  const areAll = (values: Iterable<PdfObject>): boolean =>
    [...values].every((one) => areSound(one, owner, encryption));
  if (value instanceof PdfString) return encryption.isSoundString(owner, value.bytes);
  if (isArray(value)) return areAll(value);
  const dict = value instanceof PdfStream ? value.dict : value;
  return !(dict instanceof PdfDict) || dict.has('ByteRange') || areAll(dict.entries.values());
}

/**
 * Poppler takes a named crypt filter for none, and neither it nor mupdf leaves in clear what /EncryptMetadata does. The document's own
 * description is shown on no page, and no look may be of its subtype.
 */
function isDescription(document: PdfDocument, number: number): boolean {
  const description = document.catalog.get('Metadata');
  const stream = readable(document, number);
  return (
    description instanceof PdfRef &&
    description.number === number &&
    stream instanceof PdfStream &&
    isName(stream.dict.get('Type'), 'Metadata') &&
    isName(stream.dict.get('Subtype'), 'XML')
  );
}
