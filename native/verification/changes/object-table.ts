import { MemorySource } from '../../pdf/byte-source.ts';
import type { PdfDocument } from '../../pdf/document.ts';
import { Lexer } from '../../pdf/lexer.ts';
import { PdfStream } from '../../pdf/object.ts';
import { readable } from '../integrity/readable.ts';

/** An object stream's table of contents (ISO 32000-2, 7.5.7), in order. */
export interface Container {
  readonly numbers: readonly number[];
  readonly offsets: readonly number[];
  readonly source: MemorySource;
}

/** Null where a number occurs twice or the table can't be read: some readers go by number, others by index. Throws what decoding throws. */
export function readContainer(document: PdfDocument, number: number): Container | null {
  const stream = readable(document, number);
  if (!(stream instanceof PdfStream)) return null;
  const count = document.number(stream.dict.get('N'));
  const first = document.number(stream.dict.get('First'));
  if (count === null || first === null) return null;
  const source = new MemorySource(document.decodedBytes(stream));
  const lexer = new Lexer(source);
  const numbers: number[] = [];
  const offsets: number[] = [];
  for (let index = 0; index < count; index++) {
    const [own, offset] = [lexer.next(), lexer.next()];
    if (typeof own !== 'number' || typeof offset !== 'number') return null;
    numbers.push(own);
    offsets.push(first + offset);
  }
  return new Set(numbers).size === numbers.length ? { numbers, offsets, source } : null;
}
