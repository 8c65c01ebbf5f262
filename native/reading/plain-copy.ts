import { AppError } from '../../contract/failure.ts';
import type { PdfDocument } from '../pdf/document.ts';
import { isArray, isName, PdfDict, type PdfObject, PdfRef, PdfStream } from '../pdf/object.ts';
import { serialize } from '../pdf/serializer.ts';
import { Exhausted } from '../pdf/work-budget.ts';
import { type XrefLine, xrefTable } from '../pdf/xref-writer.ts';

/** Takes the copy's bytes, one piece after the other; a piece is only good until the call ends. */
export interface CopySink {
  write(bytes: Uint8Array): void;
}

/** What an object of the copy is instead of what we read; null leaves it out, and all that only it led to. */
export type Revise = (value: PdfObject, ref: PdfRef) => PdfObject;

/** `%` and four bytes above 127 (ISO 32000-2, 7.5.2). */
const header = Buffer.from('%PDF-1.7\n%\xe2\xe3\xcf\xd3\n', 'latin1');
const pieceBytes = 1 << 20;

/**
 * Writes our reading of a document as a file that nobody can read in two ways: one classic table, every object where
 * it says, no hints, no object streams, no cipher, and only what the catalogue leads to. Objects keep their numbers,
 * values are ours, streams' encoded bytes stay as they are. What we can't read is null in it. Throws `pdf-too-complex`
 * where the file asks for more work than honest ones do.
 */
export function writePlainCopy(
  document: PdfDocument,
  sink: CopySink,
  revise: Revise = (value) => value,
): void {
  new PlainCopy(document, sink, revise).write();
}

class PlainCopy {
  readonly #document: PdfDocument;
  readonly #sink: CopySink;
  readonly #revise: Revise;
  readonly #seen = new Set<number>();
  readonly #waiting: PdfRef[] = [];
  readonly #lines: XrefLine[] = [];
  #offset = 0;
  #highest = 0;

  constructor(document: PdfDocument, sink: CopySink, revise: Revise) {
    this.#document = document;
    this.#sink = sink;
    this.#revise = revise;
  }

  write(): void {
    this.#put(header);
    const root = this.#plain(this.#document.catalogRef ?? this.#document.catalog);
    for (let ref = this.#waiting.pop(); ref; ref = this.#waiting.pop()) this.#writeObject(ref);
    // A catalogue that stands in the trailer itself gets a number of its own.
    const rootRef = root instanceof PdfRef ? root : new PdfRef(this.#highest + 1, 0);
    if (rootRef !== root) this.#writeValue(rootRef, root);
    this.#lines.sort((one, other) => one.ref.number - other.ref.number);
    const trailer = PdfDict.of({ Size: this.#highest + 1, Root: rootRef });
    this.#put(xrefTable({ lines: this.#lines, start: this.#offset, trailer, isWhole: true }));
  }

  #put(bytes: Uint8Array): void {
    this.#sink.write(bytes);
    this.#offset += bytes.length;
  }

  #writeObject(ref: PdfRef): void {
    const value = this.#revise(this.#read(ref), ref);
    // No object at all reads as null, too (7.3.10).
    if (value !== null) this.#writeValue(ref, value);
  }

  #read(ref: PdfRef): PdfObject {
    try {
      return this.#document.object(ref);
    } catch (error) {
      if (error instanceof AppError && !(error instanceof Exhausted)) return null;
      throw error;
    }
  }

  #writeValue(ref: PdfRef, value: PdfObject): void {
    this.#lines.push({ ref, place: { offset: this.#offset } });
    this.#highest = Math.max(this.#highest, ref.number);
    this.#put(Buffer.from(`${ref.number} 0 obj\n`));
    if (value instanceof PdfStream) this.#writeStream(value);
    else this.#put(serialize(this.#plain(value)));
    this.#put(Buffer.from('\nendobj\n'));
  }

  #writeStream(stream: PdfStream): void {
    const { data, dict } = stream;
    const isLong = 'offset' in data && !(this.#document.encryption && data.encryptedFor);
    const bytes = isLong ? null : this.#document.encodedBytes(stream);
    const length = bytes?.length ?? ('length' in data ? data.length : 0);
    const open = this.#document.encryption ? withoutCrypt(this.#document, dict) : dict;
    this.#put(serialize(this.#plain(open.with({ Length: length }))));
    this.#put(Buffer.from('\nstream\n'));
    if (bytes) this.#put(bytes);
    else if (isLong) this.#copyBytes(data.offset, data.length);
    this.#put(Buffer.from('\nendstream'));
  }

  #copyBytes(offset: number, length: number): void {
    for (let done = 0; done < length; ) {
      const piece = this.#document.source.read(offset + done, Math.min(pieceBytes, length - done));
      // The file has become shorter meanwhile.
      if (piece.length === 0) throw new AppError('file-unreadable', {});
      this.#put(piece);
      done += piece.length;
    }
  }

  /** The value with references of generation 0; what they lead to is written, too. */
  #plain(value: PdfObject): PdfObject {
    if (value instanceof PdfRef) {
      if (!this.#seen.has(value.number)) {
        this.#seen.add(value.number);
        this.#waiting.push(new PdfRef(value.number, 0));
      }
      return value.generation === 0 ? value : new PdfRef(value.number, 0);
    }
    if (value instanceof PdfDict) {
      return new PdfDict([...value.entries].map(([key, entry]) => [key, this.#plain(entry)] as const));
    }
    return isArray(value) ? value.map((item) => this.#plain(item)) : value;
  }
}

/** A stream's dictionary without the filter that names its cipher, which is undone. */
function withoutCrypt(document: PdfDocument, dict: PdfDict): PdfDict {
  const filters = document.resolve(dict.get('Filter'));
  if (isName(filters, 'Crypt')) return dict.with({ Filter: undefined, DecodeParms: undefined });
  if (!isArray(filters)) return dict;
  const isKept = filters.map((filter) => !isName(document.resolve(filter), 'Crypt'));
  if (isKept.every(Boolean)) return dict;
  const parameters = document.array(dict.get('DecodeParms'));
  return dict.with({
    Filter: filters.filter((_, index) => isKept[index]),
    DecodeParms: parameters?.filter((_, index) => isKept[index]),
  });
}
