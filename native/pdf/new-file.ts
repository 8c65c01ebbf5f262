import { createHash } from 'node:crypto';
import { PdfDict, type PdfObject, PdfRef, PdfString } from './object.ts';
import { serialize } from './serializer.ts';
import { type XrefLine, xrefTable } from './xref-writer.ts';

/** `%` and four bytes above 127, so that nobody takes the file for text (ISO 32000-2, 7.5.2; required in PDF/A). */
const header = Buffer.from('%PDF-1.7\n%\xe2\xe3\xcf\xd3\n', 'latin1');

/** A PDF that begins from nothing: our own papers, never somebody's document, which is only appended to. */
export class NewFile {
  readonly #objects: (PdfObject | undefined)[] = [];

  /** A number for an object that is known later; `set` gives it its value. */
  reserve(): PdfRef {
    this.#objects.push(undefined);
    return new PdfRef(this.#objects.length, 0);
  }

  set(ref: PdfRef, value: PdfObject): void {
    this.#objects[ref.number - 1] = value;
  }

  add(value: PdfObject): PdfRef {
    const ref = this.reserve();
    this.set(ref, value);
    return ref;
  }

  /** The file's bytes. Its /ID is made of them, so that the same paper comes out the same. */
  build(catalog: PdfRef, info: PdfRef): Buffer {
    const pieces: Uint8Array[] = [header];
    const lines: XrefLine[] = [];
    let offset = header.length;
    this.#objects.forEach((value, index) => {
      const ref = new PdfRef(index + 1, 0);
      const piece = Buffer.concat([
        Buffer.from(`${ref.number} 0 obj\n`),
        serialize(value ?? null),
        Buffer.from('\nendobj\n'),
      ]);
      lines.push({ ref, place: { offset } });
      pieces.push(piece);
      offset += piece.length;
    });
    const body = Buffer.concat(pieces);
    const id = new PdfString(createHash('sha256').update(body).digest().subarray(0, 16), true);
    const trailer = PdfDict.of({ Size: this.#objects.length + 1, Root: catalog, Info: info, ID: [id, id] });
    return Buffer.concat([body, xrefTable({ lines, start: offset, trailer, isWhole: true })]);
  }
}
