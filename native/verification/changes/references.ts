import { isArray, PdfDict, type PdfObject, PdfRef, PdfStream } from '../../pdf/object.ts';

/** All references in a value, in its own words: what they lead to isn't followed. */
export function* references(value: PdfObject): Generator<PdfRef> {
  if (value instanceof PdfRef) yield value;
  else if (isArray(value)) for (const item of value) yield* references(item);
  else if (value instanceof PdfStream) yield* references(value.dict);
  else if (value instanceof PdfDict) for (const item of value.entries.values()) yield* references(item);
}
