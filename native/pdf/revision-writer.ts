import { createHash } from 'node:crypto';
import { deflateSync } from 'node:zlib';
import type { PdfDocument } from './document.ts';
import { isArray, PdfDict, PdfName, type PdfObject, PdfRef, PdfStream, PdfString } from './object.ts';
import { serialize } from './serializer.ts';

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
    const entry = this.document.find(ref.number);
    const generation = entry?.kind === 'offset' ? entry.generation : 0;
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

  /**
   * Changes entries of the dictionary `holder`: of its own object where it is one, else of the object that it stands in.
   * `store` is called with the new dictionary where the holder is direct.
   */
  change(
    holder: PdfObject | undefined,
    changes: Record<string, PdfObject>,
    store: (dict: PdfDict) => void,
  ): void {
    const value = this.resolve(holder);
    const dict = (value instanceof PdfDict ? value : new PdfDict()).with(changes);
    if (holder instanceof PdfRef) this.set(holder, dict);
    else store(dict);
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
    const { source, origin } = this.document;
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
      push(serialize(value));
      push(Buffer.from('\nendobj'));
      places.set(ref.number, { start, end: position });
      push(Buffer.from('\n'));
    }
    const entries = objects.map(({ ref }) => ({
      ref,
      offset: (places.get(ref.number)?.start ?? 0) - origin,
    }));
    const identity = createHash('sha256').update(Buffer.concat(pieces)).digest().subarray(0, 16);
    const isStream = this.document.revision.sections[0]?.kind === 'stream';
    const start = position - origin;
    push(isStream ? this.#xrefStream(entries, start, identity) : this.#xrefTable(entries, start, identity));
    return { bytes: Buffer.concat(pieces), base: source.length, places };
  }

  #trailer(identity: Uint8Array, size: number): PdfDict {
    const { trailer, revision, origin } = this.document;
    const first = this.document.array(trailer.get('ID'))?.[0];
    const permanent = first instanceof PdfString ? first : new PdfString(identity, true);
    const kept = ['Root', 'Info', 'Encrypt'].flatMap((key) => {
      const value = trailer.get(key);
      return value === undefined ? [] : [[key, value] as const];
    });
    return new PdfDict([
      ['Size', size],
      ...kept,
      ['Prev', (revision.sections[0]?.offset ?? 0) - origin],
      ['ID', [permanent, new PdfString(identity, true)]],
    ]);
  }

  #xrefTable(entries: readonly XrefLine[], position: number, identity: Uint8Array): Uint8Array {
    const lines = runs(entries).map((run) => {
      const first = run[0]?.ref.number ?? 0;
      const rows = run.map(({ ref, offset }) => `${pad(offset, 10)} ${pad(ref.generation, 5)} n\r\n`);
      return `${first} ${run.length}\n${rows.join('')}`;
    });
    const trailer = serialize(this.#trailer(identity, this.#nextNumber));
    return Buffer.concat([
      Buffer.from(`xref\n${lines.join('')}trailer\n`),
      trailer,
      Buffer.from(`\nstartxref\n${position}\n%%EOF\n`),
    ]);
  }

  #xrefStream(entries: readonly XrefLine[], position: number, identity: Uint8Array): Uint8Array {
    const own = { ref: this.reserve(), offset: position };
    const all = [...entries, own];
    const width = position > 0xffff_ffff ? 6 : 4;
    const rows = all.map(({ ref, offset }) => {
      const row = Buffer.alloc(1 + width + 2);
      row[0] = 1;
      row.writeUIntBE(offset, 1, width);
      row.writeUInt16BE(ref.generation, 1 + width);
      return row;
    });
    const dict = this.#trailer(identity, this.#nextNumber).with({
      Type: new PdfName('XRef'),
      W: [1, width, 2],
      Index: runs(all).flatMap((run) => [run[0]?.ref.number ?? 0, run.length]),
      Filter: new PdfName('FlateDecode'),
    });
    const stream = new PdfStream(dict, { bytes: deflateSync(Buffer.concat(rows)) });
    return Buffer.concat([
      Buffer.from(`${own.ref.number} 0 obj\n`),
      serialize(stream),
      Buffer.from(`\nendobj\nstartxref\n${position}\n%%EOF\n`),
    ]);
  }
}

interface XrefLine {
  readonly ref: PdfRef;
  readonly offset: number;
}

/** Groups entries into runs of consecutive object numbers: the subsections of 7.5.4. */
function runs(entries: readonly XrefLine[]): XrefLine[][] {
  const result: XrefLine[][] = [];
  for (const entry of entries) {
    const run = result.at(-1);
    const before = run?.at(-1);
    if (run && before && before.ref.number + 1 === entry.ref.number) run.push(entry);
    else result.push([entry]);
  }
  return result;
}

function pad(value: number, digits: number): string {
  return String(value).padStart(digits, '0');
}
