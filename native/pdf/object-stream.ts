import { AppError } from '../../contract/failure.ts';
import { MemorySource } from './byte-source.ts';
import { Lexer } from './lexer.ts';
import { isArray, isName, PdfDict, PdfName, type PdfObject, PdfRef, PdfStream } from './object.ts';
import { ObjectParser } from './parser.ts';

interface OpenedStream {
  readonly source: MemorySource;
  /** Object number to its place in the decoded bytes. */
  readonly places: ReadonlyMap<number, number>;
  /** Object number to its index in the table of contents; -1 for one that it gives twice. */
  readonly indices: ReadonlyMap<number, number>;
}

/** What reading object streams needs of the document. */
export interface StreamOwner {
  load(number: number): PdfObject;
  resolve(value: PdfObject | undefined): PdfObject;
  decode(stream: PdfStream): Uint8Array;
  /** Told of the work that each object took. */
  charge(lexer: Lexer): void;
}

/** Object streams are decoded once and the latest few kept: neighbours are usually asked for together. */
const streamsKept = 16;
const bytesKept = 1 << 25;
const countLimit = 1 << 20;

/**
 * Opened object streams by what was read of them in the file: states of a file that have the same one share what it
 * unpacks to.
 */
export class OpenedStreams {
  readonly #opened = new Map<PdfStream, OpenedStream>();

  find(stream: PdfStream): OpenedStream | undefined {
    return this.#opened.get(stream);
  }

  keep(stream: PdfStream, opened: OpenedStream): void {
    this.#opened.set(stream, opened);
    let [bytes, count] = [0, 0];
    for (const [one, { source }] of [...this.#opened].reverse()) {
      bytes += source.length;
      count++;
      // The newest stays whatever its size: it is about to be read.
      if (count > 1 && (count > streamsKept || bytes > bytesKept)) this.#opened.delete(one);
    }
  }
}

/** Reads objects that live in object streams (ISO 32000-2, 7.5.7). */
export class ObjectStreams {
  readonly #owner: StreamOwner;
  readonly #shared: OpenedStreams;
  /** Those that need other objects to be read, which differ from state to state. */
  readonly #own = new OpenedStreams();
  /** What opening others failed with: each of a hundred thousand objects in one would have it unpacked again. */
  readonly #broken = new Map<number, AppError>();
  #latest: { readonly container: number; readonly opened: OpenedStream } | null = null;

  constructor(owner: StreamOwner, shared: OpenedStreams) {
    this.#owner = owner;
    this.#shared = shared;
  }

  /** The object with this number in that stream; null where the stream hasn't got it. */
  read(container: number, number: number): PdfObject {
    const { source, places } = this.#open(container);
    const place = places.get(number);
    if (place === undefined) return null;
    const lexer = new Lexer(source, place);
    try {
      return new ObjectParser(lexer).object();
    } finally {
      this.#owner.charge(lexer);
    }
  }

  /** Where the stream's table of contents has the number; undefined where it hasn't, -1 where it has it twice. */
  indexOf(container: number, number: number): number | undefined {
    return this.#open(container).indices.get(number);
  }

  #open(container: number): OpenedStream {
    if (this.#latest?.container === container) return this.#latest.opened;
    const failure = this.#broken.get(container);
    if (failure) throw failure;
    try {
      const opened = this.#openAnew(container);
      this.#latest = { container, opened };
      return opened;
    } catch (error) {
      if (error instanceof AppError && error.code === 'pdf-damaged') this.#broken.set(container, error);
      throw error;
    }
  }

  #openAnew(container: number): OpenedStream {
    const stream = this.#owner.load(container);
    if (!(stream instanceof PdfStream)) throw new AppError('pdf-damaged', { object: container });
    const place = isSelfContained(stream) ? this.#shared : this.#own;
    const known = place.find(stream);
    if (known) return known;
    const opened = openObjectStream(stream, container, this.#owner);
    place.keep(stream, opened);
    return opened;
  }
}

function isSelfContained({ dict }: PdfStream): boolean {
  return isDirect(dict);
}

/** Without a reference anywhere in it. */
function isDirect(value: PdfObject): boolean {
  if (isArray(value)) return value.every(isDirect);
  if (value instanceof PdfDict) return [...value.entries.values()].every(isDirect);
  return !(value instanceof PdfRef);
}

/** Decodes an object stream and reads its table of contents. Throws `pdf-damaged`, `pdf-too-complex`. */
export function openObjectStream(
  stream: PdfStream,
  container: number,
  { resolve, decode }: Pick<StreamOwner, 'resolve' | 'decode'>,
): OpenedStream {
  const count = resolve(stream.dict.get('N'));
  const first = resolve(stream.dict.get('First'));
  // /Type may be missing; another one is another stream, that the cross-reference takes for this.
  const isOther = !isName(resolve(stream.dict.get('Type')) ?? new PdfName('ObjStm'), 'ObjStm');
  if (isOther || typeof count !== 'number' || typeof first !== 'number' || count < 0 || count > countLimit) {
    throw new AppError('pdf-damaged', { object: container });
  }
  const source = new MemorySource(decode(stream));
  const lexer = new Lexer(source);
  const places = new Map<number, number>();
  const indices = new Map<number, number>();
  for (let index = 0; index < count; index++) {
    const number = lexer.next();
    const offset = lexer.next();
    // Fewer than /N says: those that are there count.
    if (typeof number !== 'number' || typeof offset !== 'number') break;
    indices.set(number, places.has(number) ? -1 : index);
    places.set(number, first + offset);
  }
  return { source, places, indices };
}
