import type { ByteSource } from '../../pdf/byte-source.ts';
import type { PdfDocument } from '../../pdf/document.ts';
import { Keyword, Lexer } from '../../pdf/lexer.ts';
import { PdfName, type PdfRef } from '../../pdf/object.ts';
import { ObjectParser } from '../../pdf/parser.ts';

/** Where a value stands in the file, from its first byte to behind its last. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** Where each entry of a dictionary stands; a key that is given twice has several places. */
export type EntryPlaces = ReadonlyMap<string, readonly Span[]>;

/**
 * The places of a signature dictionary's entries in the file, null where it has none (inside an object stream, or broken).
 * `direct`: the dictionary is the /V of the object, not the object itself.
 */
export function signaturePlaces(document: PdfDocument, ref: PdfRef, direct: boolean): EntryPlaces | null {
  const start = document.startOf(ref.number);
  if (start === null) return null;
  const lexer = new Lexer(document.source, start);
  const header = [lexer.next(), lexer.next(), lexer.next()];
  if (header[0] !== ref.number || !(header[2] instanceof Keyword) || header[2].value !== 'obj') return null;
  const own = entryPlaces(document.source, lexer.position);
  if (!direct) return own;
  const values = own?.get('V') ?? [];
  return values.length === 1 && values[0] ? entryPlaces(document.source, values[0].start) : null;
}

function entryPlaces(source: ByteSource, position: number): EntryPlaces | null {
  const lexer = new Lexer(source, position);
  const parser = new ObjectParser(lexer);
  const opening = lexer.next();
  if (typeof opening !== 'object' || !('delimiter' in opening) || opening.delimiter !== '<<') return null;
  const places = new Map<string, Span[]>();
  for (;;) {
    const key = lexer.next();
    if (!(key instanceof PdfName)) return places;
    lexer.skipWhite();
    const start = lexer.position;
    if (parser.next() instanceof Keyword) return null;
    places.set(key.value, [...(places.get(key.value) ?? []), { start, end: lexer.position }]);
  }
}
