import { AppError } from '../../../contract/failure.ts';
import type { PdfDocument } from '../../pdf/document.ts';
import { isArray, PdfDict, type PdfObject, PdfRef, PdfStream } from '../../pdf/object.ts';
import { readable } from '../integrity/readable.ts';

/**
 * What is told of everything that a reader can get to from the trailer and that may be shown or run, each object
 * once.
 */
export interface ReachableVisitor {
  /** An object that something refers to; null for one that isn't there or can't be read. */
  readonly onObject: (number: number, value: PdfObject) => void;
  /** Every dictionary, a stream's included, wherever it stands. */
  readonly onDictionary: (dict: PdfDict, stream: PdfStream | null) => void;
}

const tags = 'StructTreeRoot';

/** More objects than this are no document to look through in reasonable time. */
const objectLimit = 2_000_000;

/**
 * Walks through a document but for what is reached through its tags alone: they draw nothing and start nothing, and
 * are three quarters of an accessible document's objects. Throws `pdf-too-complex`.
 */
export function visitReachable(document: PdfDocument, { onObject, onDictionary }: ReachableVisitor): void {
  const seen = new Set<number>();
  const waiting: number[] = [];
  /** Where alone the name means tags. */
  let catalog: PdfObject = null;
  const visit = (value: PdfObject): void => {
    if (value === null || typeof value !== 'object') return;
    if (value instanceof PdfRef) {
      if (seen.has(value.number)) return;
      if (seen.size >= objectLimit) throw new AppError('pdf-too-complex');
      seen.add(value.number);
      waiting.push(value.number);
    } else if (isArray(value)) {
      for (const item of value) visit(item);
    } else if (value instanceof PdfDict || value instanceof PdfStream) {
      const [dict, stream] = value instanceof PdfStream ? [value.dict, value] : [value, null];
      onDictionary(dict, stream);
      for (const [key, item] of dict.entries) if (key !== tags || dict !== catalog) visit(item);
    }
  };
  visit(document.trailer);
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const value = readable(document, next);
    onObject(next, value);
    if (next === document.catalogRef?.number) catalog = value;
    visit(value);
  }
}
