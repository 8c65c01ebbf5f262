import { AppError } from '../../contract/failure.ts';
import { MemorySource } from './byte-source.ts';
import { Lexer } from './lexer.ts';
import { isName, type PdfObject, PdfStream } from './object.ts';
import { ObjectParser } from './parser.ts';

interface OpenedStream {
  readonly source: MemorySource;
  /** Object number to its place in the decoded bytes. */
  readonly places: ReadonlyMap<number, number>;
}

interface Decoder {
  decodedBytes(stream: PdfStream): Uint8Array;
}

/** Object streams are decoded once and the latest few kept: neighbours are usually asked for together. */
const streamsKept = 16;
const countLimit = 1 << 20;

/** Reads objects that live in object streams (ISO 32000-2, 7.5.7). */
export class ObjectStreams {
  readonly #load: (number: number) => PdfObject;
  readonly #decoder: Decoder;
  readonly #opened = new Map<number, OpenedStream>();

  constructor(load: (number: number) => PdfObject, decoder: Decoder) {
    this.#load = load;
    this.#decoder = decoder;
  }

  /** The object with this number in that stream; null where the stream hasn't got it. */
  read(container: number, number: number): PdfObject {
    const { source, places } = this.#open(container);
    const place = places.get(number);
    if (place === undefined) return null;
    return new ObjectParser(new Lexer(source, place)).object();
  }

  #open(container: number): OpenedStream {
    const known = this.#opened.get(container);
    if (known) return known;
    const stream = this.#load(container);
    if (!(stream instanceof PdfStream) || !isName(stream.dict.get('Type'), 'ObjStm')) {
      throw new AppError('pdf-damaged', { object: container });
    }
    const count = stream.dict.get('N');
    const first = stream.dict.get('First');
    if (typeof count !== 'number' || typeof first !== 'number' || count < 0 || count > countLimit) {
      throw new AppError('pdf-damaged', { object: container });
    }
    const source = new MemorySource(this.#decoder.decodedBytes(stream));
    const lexer = new Lexer(source);
    const places = new Map<number, number>();
    for (let index = 0; index < count; index++) {
      const number = lexer.next();
      const offset = lexer.next();
      if (typeof number !== 'number' || typeof offset !== 'number')
        throw new AppError('pdf-damaged', { object: container });
      places.set(number, first + offset);
    }
    const opened = { source, places };
    const oldest = this.#opened.keys().next();
    if (this.#opened.size >= streamsKept && !oldest.done) this.#opened.delete(oldest.value);
    this.#opened.set(container, opened);
    return opened;
  }
}
