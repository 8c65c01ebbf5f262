import { PdfStream } from './object.ts';
import type { IndirectObject } from './parser.ts';

/** Kept as long as the file is open: what was read first is what is asked for most, the outline of the document. */
const firstKept = 60_000;
const firstBytes = 6 << 20;
/** Beside them, the latest few thousand. */
const latestKept = 4096;
const latestBytes = 1 << 20;

/**
 * Objects by the place where they stand in the file, for all its states: a document as it is now, as one of its revisions had it, and
 * as a signature saw it have nearly all of them in common, and each would be read anew for every signature.
 */
export class SharedObjects {
  readonly #first = new Map<number, IndirectObject>();
  readonly #latest = new Map<number, IndirectObject>();
  #firstSize = 0;
  #latestSize = 0;

  /** The object at a place, for a document that ends at `end`; undefined where it isn't known to read the same there. */
  find(offset: number, end: number): IndirectObject | undefined {
    const known = this.#first.get(offset) ?? this.#latest.get(offset);
    // The byte behind it ends its last word.
    return known && known.end < end ? known : undefined;
  }

  keep(offset: number, object: IndirectObject): void {
    if (!isSelfContained(object)) return;
    const size = writtenSize(offset, object);
    if (this.#first.size < firstKept && this.#firstSize + size <= firstBytes) {
      this.#first.set(offset, object);
      this.#firstSize += size;
      return;
    }
    if (this.#latest.size >= latestKept || this.#latestSize > latestBytes) {
      this.#latest.clear();
      this.#latestSize = 0;
    }
    this.#latest.set(offset, object);
    this.#latestSize += size;
  }
}

/** Whether nothing but its own bytes says what the object is: an indirect /Length may differ from state to state. */
function isSelfContained({ value, isClosed }: IndirectObject): boolean {
  if (!isClosed) return false;
  return (
    !(value instanceof PdfStream) ||
    ('length' in value.data && value.dict.get('Length') === value.data.length)
  );
}

/** Bytes, a stream's data left out, which stay in the file. */
function writtenSize(offset: number, { value, end }: IndirectObject): number {
  return (value instanceof PdfStream && 'offset' in value.data ? value.data.offset : end) - offset;
}
