import { AppError } from '../../contract/failure.ts';
import type { ByteSource } from './byte-source.ts';
import { decodedLimit, decodeStream } from './filter.ts';
import { Lexer } from './lexer.ts';
import { isName, PdfDict, PdfRef, PdfStream } from './object.ts';
import { openObjectStream } from './object-stream.ts';
import { type IndirectObject, ObjectParser, parseIndirect } from './parser.ts';
import type { Revision } from './revision.ts';
import { WorkBudget } from './work-budget.ts';
import type { XrefEntry } from './xref.ts';

/**
 * Rebuilds a broken cross-reference from the objects themselves, as viewers do: the file is gone through from front to
 * back, and of several objects with one number the last one counts. Streams are stepped over, so that a file within the
 * file isn't taken for part of it. What the broken cross-reference hid or freed is seen again: good for signing a file
 * that people have been looking at in this way, never for judging one.
 */
export function recoverRevision(source: ByteSource): Revision {
  const scan = new Scan(source);
  scan.run();
  const trailer = scan.trailer();
  if (!trailer) throw new AppError('pdf-damaged', {});
  const { entries } = scan;
  return {
    index: 0,
    end: source.length,
    sections: [
      {
        kind: 'table',
        offset: 0,
        end: source.length,
        trailer,
        find: (number) => entries.get(number),
        numbers: () => entries.keys(),
      },
    ],
    trailer,
    find: (number) => entries.get(number),
    numbers: () => entries.keys(),
  };
}

/** What starts an object or names a trailer. */
const landmark = /(\d{1,10})[ \t\r\n\f\0]+(\d{1,5})[ \t\r\n\f\0]+obj(?![a-zA-Z])|trailer/g;
const windowSize = 1 << 16;
/** The longest landmark that is looked for across the border of two windows. */
const overlap = 64;
const numberLimit = 1 << 24;
const entryLimit = 1 << 20;
const readingSlack = 1 << 25;
const decodingLimit = 1 << 29;

/** One pass over a file, in windows: memory grows with the number of objects, not with the file. */
class Scan {
  readonly entries = new Map<number, XrefEntry>();
  readonly #source: ByteSource;
  readonly #reading: WorkBudget;
  readonly #decoding = new WorkBudget(decodingLimit);
  /** Dictionaries that name a catalog, and catalogs found without one; the later, the better. */
  readonly #trailers: PdfDict[] = [];
  #catalog: number | null = null;

  constructor(source: ByteSource) {
    this.#source = source;
    this.#reading = new WorkBudget(readingSlack + 4 * source.length);
  }

  run(): void {
    for (let position = 0; position < this.#source.length; ) {
      const read = this.#source.read(position, windowSize + overlap);
      const bytes = Buffer.from(read.buffer, read.byteOffset, read.length);
      landmark.lastIndex = 0;
      const match = landmark.exec(bytes.toString('latin1'));
      if (!match || match.index >= windowSize) {
        position += windowSize;
        continue;
      }
      const at = position + match.index;
      const end = match[1] === undefined ? this.#readTrailer(at) : this.#readObject(at);
      position = end ?? at + match[0].length;
    }
  }

  /** The newest trailer whose catalog was found, else one made for the newest catalog; null where there is none. */
  trailer(): PdfDict | null {
    let size = 1;
    for (const number of this.entries.keys()) size = Math.max(size, number + 1);
    const named = this.#trailers.findLast((dict) => {
      const root = dict.get('Root');
      return root instanceof PdfRef && this.entries.has(root.number);
    });
    if (named) return this.#withoutChain(named).with({ Size: size });
    return this.#catalog === null ? null : PdfDict.of({ Root: new PdfRef(this.#catalog, 0), Size: size });
  }

  /** Only what names the document: where the broken sections were, and how this one was packed, is of no use. */
  #withoutChain(dict: PdfDict): PdfDict {
    const kept = ['Root', 'Info', 'ID', 'Encrypt'];
    return new PdfDict([...dict.entries].filter(([key]) => kept.includes(key)));
  }

  /** Where the object ends; null where there is none after all. */
  #readObject(at: number): number | null {
    const lexer = new Lexer(this.#source, at);
    try {
      const object = parseIndirect(lexer, (length) => (typeof length === 'number' ? length : null));
      this.#keep(object, at);
      return Math.max(object.end, at + 1);
    } catch (error) {
      if (error instanceof AppError && error.code === 'pdf-damaged') return null;
      throw error;
    } finally {
      this.#reading.spend(lexer.loaded);
    }
  }

  #keep({ number, generation, value }: IndirectObject, offset: number): void {
    if (number > numberLimit || number === 0 || generation > 0xffff) return;
    this.#add(number, { kind: 'offset', offset, generation });
    if (value instanceof PdfDict && isName(value.get('Type'), 'Catalog')) this.#catalog = number;
    if (!(value instanceof PdfStream)) return;
    if (isName(value.dict.get('Type'), 'XRef')) this.#trailers.push(value.dict);
    if (isName(value.dict.get('Type'), 'ObjStm')) this.#openStream(value, number);
  }

  /** The objects of an object stream, as far as it can be read. */
  #openStream(stream: PdfStream, container: number): void {
    try {
      const { source, places } = openObjectStream(stream, container, {
        resolve: (value) => value ?? null,
        decode: (whole) => this.#decode(whole),
      });
      let index = 0;
      for (const [number, place] of places) {
        if (number > 0 && number <= numberLimit) this.#add(number, { kind: 'compressed', container, index });
        if (this.#isCatalog(new Lexer(source, place))) this.#catalog = number;
        index++;
      }
    } catch (error) {
      if (!(error instanceof AppError) || error.code === 'pdf-too-complex') throw error;
    }
  }

  #isCatalog(lexer: Lexer): boolean {
    try {
      const value = new ObjectParser(lexer).object();
      return value instanceof PdfDict && isName(value.get('Type'), 'Catalog');
    } catch (error) {
      if (error instanceof AppError && error.code === 'pdf-damaged') return false;
      throw error;
    } finally {
      this.#reading.spend(Math.max(0, lexer.loaded - windowSize));
    }
  }

  #decode({ dict, data }: PdfStream): Uint8Array {
    if (!('offset' in data)) return data.bytes;
    if (data.length > decodedLimit) throw new AppError('pdf-too-complex', {});
    const bytes = decodeStream(dict, this.#source.read(data.offset, data.length), (value) => value ?? null);
    this.#decoding.spend(bytes.length);
    return bytes;
  }

  #readTrailer(at: number): number | null {
    const lexer = new Lexer(this.#source, at + 'trailer'.length);
    try {
      const dict = new ObjectParser(lexer).object();
      if (!(dict instanceof PdfDict)) return null;
      this.#trailers.push(dict);
      return lexer.position;
    } catch (error) {
      if (error instanceof AppError && error.code === 'pdf-damaged') return null;
      throw error;
    } finally {
      this.#reading.spend(lexer.loaded);
    }
  }

  #add(number: number, entry: XrefEntry): void {
    if (this.entries.size >= entryLimit) throw new AppError('pdf-too-complex', {});
    this.entries.set(number, entry);
  }
}
