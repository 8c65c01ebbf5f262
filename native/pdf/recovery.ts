import { AppError } from '../../contract/failure.ts';
import type { ByteSource } from './byte-source.ts';
import type { PdfDocument } from './document.ts';
import { tableLimit } from './filter.ts';
import { FoundObjects } from './found-objects.ts';
import { type Landmark, LandmarkFinder, SlidingSource } from './landmark.ts';
import { Lexer } from './lexer.ts';
import { isName, PdfDict, type PdfObject, PdfRef, PdfStream } from './object.ts';
import { openObjectStream } from './object-stream.ts';
import { type IndirectObject, ObjectParser, parseIndirect } from './parser.ts';
import type { Revision } from './revision.ts';
import { WorkBudget } from './work-budget.ts';

/**
 * Rebuilds a broken cross-reference from the objects themselves, as viewers do: the file is gone through from front to
 * back, and of several objects with one number the last one counts. Streams are stepped over, so that a file within the
 * file isn't taken for part of it. What the broken cross-reference hid or freed is seen again: good for signing a file
 * that people have been looking at in this way, never for judging one.
 *
 * `origin` is where the header stands: offsets count from it, so that nothing before it can be named. `open` makes a
 * document of what was found outside of object streams: it deciphers them, where that has to be done first.
 */
export function recoverRevision(
  source: ByteSource,
  origin: number,
  open: (revision: Revision) => PdfDocument,
): Revision {
  const scan = new Scan(source);
  scan.run(origin);
  const { objects } = scan;
  const packed = new PackedObjects(open(toRevision(source, objects, scan.firstTrailer())), objects);
  packed.add(scan.containers);
  const trailer = scan.trailer(packed);
  if (!trailer) throw new AppError('pdf-damaged', {});
  return toRevision(source, objects, trailer);
}

function toRevision({ length }: ByteSource, objects: FoundObjects, trailer: PdfDict): Revision {
  const find = (number: number) => objects.find(number);
  const numbers = () => objects.numbers();
  function* ranges() {
    for (const number of numbers()) yield { first: number, count: 1 };
  }
  const section = {
    kind: 'table',
    offset: 0,
    end: length,
    trailer,
    hasKnownRows: true,
    givesTwice: false,
    find,
    numbers,
    ranges,
  } as const;
  const extent = Number.POSITIVE_INFINITY;
  return { index: 0, end: length, extent, sections: [section], trailer, find, numbers, ranges };
}

const chunk = 1 << 12;
const readingSlack = 1 << 25;
/** Only the latest ones can be the document's; what else is called so is kept from filling the memory. */
const trailersKept = 64;

/** An object stream that was found; its objects rank with it. */
interface FoundContainer {
  readonly number: number;
  readonly rank: number;
}

/** One pass over a file through one window: memory grows with the number of objects, not with the file. */
class Scan {
  readonly objects = new FoundObjects();
  readonly containers: FoundContainer[] = [];
  readonly #source: ByteSource;
  readonly #reading: WorkBudget;
  /** Dictionaries that name a catalog; the later, the better. */
  readonly #trailers: PdfDict[] = [];
  #catalog: number | null = null;

  constructor(source: ByteSource) {
    this.#source = new SlidingSource(source);
    this.#reading = new WorkBudget(readingSlack + 4 * source.length);
  }

  run(from: number): void {
    const finder = new LandmarkFinder(this.#source);
    let landmark = finder.next(from);
    while (landmark) landmark = finder.next(this.#pass(landmark));
  }

  /** What says how the file is enciphered, before its catalog can be looked for. */
  firstTrailer(): PdfDict {
    const named = this.#trailers.findLast((dict) => dict.has('Encrypt')) ?? this.#trailers.at(-1);
    return withoutChain(named ?? new PdfDict());
  }

  /** The newest trailer whose catalog is one, else one made for the newest catalog; null where there is none. */
  trailer(packed: PackedObjects): PdfDict | null {
    const Size = this.objects.highest + 1;
    const named = this.#trailers.findLast((dict) => packed.isCatalog(dict.get('Root')));
    if (named) return named.with({ Size });
    const catalog = this.#catalog ?? packed.catalog(this.containers);
    return catalog === null ? null : this.firstTrailer().with({ Root: new PdfRef(catalog, 0), Size });
  }

  /** Reads what stands at a landmark; says where to go on. */
  #pass({ kind, at, end }: Landmark): number {
    const lexer = new Lexer(this.#source, kind === 'object' ? at : end);
    try {
      if (kind === 'trailer') return this.#readTrailer(lexer) ?? end;
      const object = parseIndirect(lexer, (length) => (typeof length === 'number' ? length : null));
      this.#keep(object, at);
      return Math.max(object.end, end);
    } catch (error) {
      if (error instanceof AppError && error.code === 'pdf-damaged') return end;
      throw error;
    } finally {
      // What lies behind the lexer was gone through once; more than that is what an attack would ask for.
      this.#reading.spend(Math.max(0, lexer.loaded - chunk));
    }
  }

  #keep({ number, generation, value }: IndirectObject, offset: number): void {
    if (generation > 0xffff) return;
    const rank = this.objects.length;
    this.objects.add(number, { kind: 'offset', offset, generation }, rank);
    if (value instanceof PdfDict && isName(value.get('Type'), 'Catalog')) this.#catalog = number;
    if (!(value instanceof PdfStream)) return;
    if (isName(value.dict.get('Type'), 'XRef')) this.#keepTrailer(value.dict);
    if (isName(value.dict.get('Type'), 'ObjStm')) this.containers.push({ number, rank });
  }

  #readTrailer(lexer: Lexer): number | null {
    const dict = new ObjectParser(lexer).object();
    if (!(dict instanceof PdfDict)) return null;
    this.#keepTrailer(dict);
    return lexer.position;
  }

  #keepTrailer(dict: PdfDict): void {
    this.#trailers.push(withoutChain(dict));
    if (this.#trailers.length > trailersKept) this.#trailers.shift();
  }
}

/** Only what names the document: where the broken sections were, and how this one was packed, is of no use. */
function withoutChain(dict: PdfDict): PdfDict {
  const kept = ['Root', 'Info', 'ID', 'Encrypt', 'Size'];
  return new PdfDict([...dict.entries].filter(([key]) => kept.includes(key)));
}

/** The objects inside of object streams, as far as these can be read. */
class PackedObjects {
  readonly #document: PdfDocument;
  readonly #objects: FoundObjects;

  constructor(document: PdfDocument, objects: FoundObjects) {
    this.#document = document;
    this.#objects = objects;
  }

  add(containers: readonly FoundContainer[]): void {
    for (const { number: container, rank } of this.#current(containers)) {
      let index = 0;
      for (const number of this.#open(container)?.places.keys() ?? [])
        this.#objects.add(number, { kind: 'compressed', container, index: index++ }, rank);
    }
  }

  /** Whether a trailer's /Root leads to a catalog, by what it has rather than what it calls itself. */
  isCatalog(root: PdfObject | undefined): boolean {
    if (!(root instanceof PdfRef) || !this.#objects.has(root.number)) return false;
    const catalog = this.#value(root);
    return catalog instanceof PdfDict && (catalog.has('Pages') || isName(catalog.get('Type'), 'Catalog'));
  }

  /** The newest catalog among them. */
  catalog(containers: readonly FoundContainer[]): number | null {
    for (const { number: container } of [...this.#current(containers)].reverse()) {
      const opened = this.#open(container);
      for (const [number, place] of opened?.places ?? [])
        if (opened && isCatalog(new Lexer(opened.source, place))) return number;
    }
    return null;
  }

  /** Without those whose number another object has taken since. */
  #current(containers: readonly FoundContainer[]): FoundContainer[] {
    return containers.filter(({ number, rank }) => this.#objects.rankOf(number) === rank);
  }

  /** Looked up anew: the document knows of no object in an object stream. */
  #value(ref: PdfRef): PdfObject {
    const entry = this.#objects.find(ref.number);
    try {
      if (entry?.kind !== 'compressed') return this.#document.resolve(ref);
      const opened = this.#open(entry.container);
      const place = opened?.places.get(ref.number);
      return opened && place !== undefined
        ? new ObjectParser(new Lexer(opened.source, place)).object()
        : null;
    } catch (error) {
      if (error instanceof AppError && error.code === 'pdf-damaged') return null;
      throw error;
    }
  }

  #open(container: number) {
    try {
      const stream = this.#document.object(new PdfRef(container, 0));
      if (!(stream instanceof PdfStream)) return null;
      return openObjectStream(stream, container, {
        resolve: (value: PdfObject | undefined) => this.#document.resolve(value),
        decode: (whole) => this.#document.decodedBytes(whole, tableLimit),
      });
    } catch (error) {
      if (!(error instanceof AppError) || error.code === 'pdf-too-complex') throw error;
      return null;
    }
  }
}

function isCatalog(lexer: Lexer): boolean {
  try {
    const value = new ObjectParser(lexer).object();
    return value instanceof PdfDict && isName(value.get('Type'), 'Catalog');
  } catch (error) {
    if (error instanceof AppError && error.code === 'pdf-damaged') return false;
    throw error;
  }
}
