import { createHash } from 'node:crypto';
import type { PdfDocument } from './document.ts';
import { isArray, PdfDict, type PdfObject, PdfRef, PdfString } from './object.ts';
import { serialize } from './serializer.ts';
import { tableLimit, type XrefLine, xrefStream, xrefTable } from './xref-writer.ts';

/** The bytes to append to a file, and where in the *resulting file* each of their objects stands. */
export interface Increment {
  readonly bytes: Uint8Array;
  /** Length of the file before them. */
  readonly base: number;
  /** By object number: from the object's first byte to behind `endobj`. */
  readonly places: ReadonlyMap<number, { readonly start: number; readonly end: number }>;
}

const absurdSize = 1 << 23;

/**
 * Collects new and replaced objects and lays them out as one incremental update (ISO 32000-2, 7.5.6), in the file's own
 * kind of cross-reference. Only what `set` and `add` name is written.
 */
export class RevisionWriter {
  readonly document: PdfDocument;
  readonly #objects = new Map<number, { ref: PdfRef; value: PdfObject }>();
  #nextNumber: number;

  constructor(document: PdfDocument) {
    this.document = document;
    const size = document.number(document.trailer.get('Size'));
    // A /Size that is too small would let a new object take the number of one that exists but is out of sight.
    const highest = document.revisions.reduce((max, { numbers }) => {
      let top = max;
      for (const number of numbers()) if (number > top) top = number;
      return top;
    }, 0);
    // An absurdly large one would push the new numbers beyond what readers, ours too, take for possible.
    const isAbsurd = size === null || !Number.isInteger(size) || size > absurdSize;
    this.#nextNumber = Math.max(isAbsurd ? 0 : size, highest + 1);
  }

  /** A number for an object whose value comes later by `set`. */
  reserve(): PdfRef {
    return new PdfRef(this.#nextNumber++, 0);
  }

  add(value: PdfObject): PdfRef {
    const ref = this.reserve();
    this.set(ref, value);
    return ref;
  }

  /** Gives an object its new value. A replaced object keeps its generation, or readers would not find it. */
  set(ref: PdfRef, value: PdfObject): void {
    const generation = this.document.generationOf(ref.number);
    this.#objects.set(ref.number, { ref: new PdfRef(ref.number, generation), value });
  }

  /** The value as this revision will have it. */
  resolve(value: PdfObject | undefined): PdfObject {
    if (value instanceof PdfRef) {
      const changed = this.#objects.get(value.number);
      return changed ? this.resolve(changed.value) : this.document.resolve(value);
    }
    return value ?? null;
  }

  /** Appends items to the array `holder`, touching the array alone where it is an object of its own. */
  append(
    holder: PdfObject | undefined,
    items: readonly PdfObject[],
    store: (array: PdfObject) => void,
  ): void {
    const value = this.resolve(holder);
    const array = [...(isArray(value) ? value : []), ...items];
    if (holder instanceof PdfRef && isArray(value)) this.set(holder, array);
    else store(array);
  }

  build(): Increment {
    const { source, origin, encryption } = this.document;
    const pieces: Uint8Array[] = [];
    let position = source.length;
    const push = (bytes: Uint8Array) => {
      pieces.push(bytes);
      position += bytes.length;
    };
    const last = source.read(source.length - 1, 1)[0];
    if (last !== 0x0a && last !== 0x0d) push(Buffer.from('\n'));
    const places = new Map<number, { start: number; end: number }>();
    const objects = [...this.#objects.values()].sort((a, b) => a.ref.number - b.ref.number);
    for (const { ref, value } of objects) {
      const start = position;
      push(Buffer.from(`${ref.number} ${ref.generation} obj\n`));
      push(serialize(encryption ? encryption.encrypted(value, ref, (item) => this.resolve(item)) : value));
      push(Buffer.from('\nendobj'));
      places.set(ref.number, { start, end: position });
      push(Buffer.from('\n'));
    }
    const written = objects.map(({ ref }): XrefLine => {
      return { ref, place: { offset: (places.get(ref.number)?.start ?? 0) - origin } };
    });
    const hash = createHash('sha256');
    for (const piece of pieces) hash.update(piece);
    const identity = hash.digest().subarray(0, 16);
    push(this.#section(written, position - origin, identity));
    return { bytes: Buffer.concat(pieces), base: source.length, places };
  }

  /** The cross-reference in the file's own kind, where that can hold it; a rebuilt one is written whole. */
  #section(written: readonly XrefLine[], start: number, identity: Uint8Array): Uint8Array {
    const { recovered, revision } = this.document;
    const lines = recovered ? new WholeDocument(this.document, written) : written;
    const isOwnKind = recovered ? isPacked(lines) : revision.sections[0]?.kind === 'stream';
    const isStream = isOwnKind || start > tableLimit;
    const own = isStream ? this.reserve() : null;
    const section = { lines, start, trailer: this.#trailer(identity), isWhole: recovered };
    return own ? xrefStream(section, own) : xrefTable(section);
  }

  #trailer(identity: Uint8Array): PdfDict {
    const { trailer, revision, origin, recovered } = this.document;
    const first = this.document.array(trailer.get('ID'))?.[0];
    const permanent = first instanceof PdfString ? first : new PdfString(identity, true);
    // The key of a protected document hangs on its identity: one that it never had would lock everybody out.
    const isNamed = first instanceof PdfString || !this.document.encryption;
    const kept = ['Root', 'Info', 'Encrypt'].flatMap((key) => {
      const value = trailer.get(key);
      return value === undefined ? [] : [[key, value] as const];
    });
    const previous = (revision.sections[0]?.offset ?? 0) - origin;
    return new PdfDict([
      ['Size', this.#nextNumber],
      ...kept,
      ...(recovered ? [] : [['Prev', previous] as const]),
      ...(isNamed ? [['ID', [permanent, new PdfString(identity, true)]] as const] : []),
    ]);
  }
}

/**
 * Every object of a rebuilt document, ascending: with these lines the broken cross-reference isn't needed any more. Made as
 * they are asked for, since there may be a million.
 */
class WholeDocument implements Iterable<XrefLine> {
  readonly #document: PdfDocument;
  readonly #written: readonly XrefLine[];

  /** `written`: the update's own lines, ascending; they count before the document's. */
  constructor(document: PdfDocument, written: readonly XrefLine[]) {
    this.#document = document;
    this.#written = written;
  }

  *[Symbol.iterator](): Generator<XrefLine> {
    const { revision, origin } = this.#document;
    let next = 0;
    for (const number of revision.numbers()) {
      for (let line = this.#written[next]; line && line.ref.number <= number; line = this.#written[++next])
        yield line;
      if (this.#written[next - 1]?.ref.number === number) continue;
      const entry = revision.find(number);
      if (entry?.kind === 'offset') {
        yield { ref: new PdfRef(number, entry.generation), place: { offset: entry.offset - origin } };
      } else if (entry?.kind === 'compressed') {
        yield { ref: new PdfRef(number, 0), place: entry };
      }
    }
    yield* this.#written.slice(next);
  }
}

function isPacked(lines: Iterable<XrefLine>): boolean {
  for (const { place } of lines) if ('container' in place) return true;
  return false;
}
