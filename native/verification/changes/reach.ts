import { AppError } from '../../../contract/failure.ts';
import type { PdfDocument } from '../../pdf/document.ts';
import { isArray, PdfDict, PdfName, type PdfObject, PdfRef, PdfStream } from '../../pdf/object.ts';
import type { XrefEntry } from '../../pdf/xref.ts';
import { readable } from '../integrity/readable.ts';

/** A place where a reference stands: the object that holds it (0: the trailer) and the way through it ("Annots.3"). */
export type Edge = string;

export function edge(holder: number, path: string): Edge {
  return `${holder} ${path}`;
}

/** More objects than this are no document to compare in reasonable time. */
const objectLimit = 2_000_000;

/**
 * Everything that a reader can get to from the trailer of a document's newest revision. Walked once a file; the comparisons of
 * all its signatures share it.
 */
export class Reach {
  /** Objects that lie behind the oldest signature's bytes, with the offset at which they (or their object stream) lie. */
  readonly late = new Map<number, number>();
  /** The object streams that hold what was reached. Nothing refers to them. */
  readonly containers = new Set<number>();
  readonly #seen = new Set<number>();
  readonly #edges = new Map<number, Edge[]>();
  readonly #document: PdfDocument;
  readonly #from: number;
  readonly #watched: ReadonlySet<number>;

  /** `from`: where the oldest signature's bytes end. `watched`: numbers whose referrers are wanted besides the late ones. */
  constructor(document: PdfDocument, from: number, watched: ReadonlySet<number>) {
    this.#document = document;
    this.#from = from;
    this.#watched = watched;
    this.#walk();
  }

  has(number: number): boolean {
    return this.#seen.has(number);
  }

  /** All places in the document from which an object behind the oldest signature is referred to. */
  edges(number: number): readonly Edge[] {
    return this.#edges.get(number) ?? [];
  }

  #walk(): void {
    const waiting: number[] = [];
    /** The way to the present value; put into words only for the few references that are noted. */
    const way: (string | number)[] = [];
    const visit = (value: PdfObject, holder: number) => {
      if (value instanceof PdfRef) {
        if (this.#note(value.number, holder, way)) waiting.push(value.number);
      } else if (isArray(value)) {
        for (let index = 0; index < value.length; index++) step(value[index] ?? null, holder, index);
      } else if (value instanceof PdfDict || value instanceof PdfStream) {
        const dict = value instanceof PdfStream ? value.dict : value;
        for (const [key, item] of dict.entries) step(item, holder, key);
      }
    };
    const step = (item: PdfObject, holder: number, by: string | number) => {
      if (item === null || typeof item !== 'object' || item instanceof PdfName) return;
      way.push(by);
      visit(item, holder);
      way.pop();
    };
    visit(this.#document.trailer, 0);
    for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
      if (this.#seen.size > objectLimit) throw new AppError('pdf-too-complex', {});
      visit(readable(this.#document, next), next);
    }
  }

  /** Whether the object is met for the first time. */
  #note(number: number, holder: number, way: readonly (string | number)[]): boolean {
    const isNew = !this.#seen.has(number);
    if (isNew) {
      this.#seen.add(number);
      const entry = this.#document.find(number);
      if (entry?.kind === 'compressed') this.containers.add(entry.container);
      const offset = offsetOf(this.#document, entry);
      if (offset !== null && offset >= this.#from) this.late.set(number, offset);
    }
    if (this.late.has(number) || this.#watched.has(number)) {
      const edges = this.#edges.get(number) ?? [];
      edges.push(edge(holder, way.reduce<string>(join, '')));
      this.#edges.set(number, edges);
    }
    return isNew;
  }
}

export function join(path: string, step: string | number): string {
  return path === '' ? String(step) : `${path}.${step}`;
}

/** Where an object lies in the file: its own offset, or that of the object stream that holds it. */
function offsetOf(document: PdfDocument, entry: XrefEntry | undefined): number | null {
  if (entry?.kind === 'offset') return entry.offset;
  if (entry?.kind !== 'compressed') return null;
  const container = document.find(entry.container);
  return container?.kind === 'offset' ? container.offset : null;
}
