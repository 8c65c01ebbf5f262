import { AppError } from '../../contract/failure.ts';
import { PdfDocument } from '../pdf/document.ts';
import { PdfDict, PdfName, type PdfObject, type PdfRef, PdfStream } from '../pdf/object.ts';
import { type CopySink, writePlainCopy } from './plain-copy.ts';

/** What a catalogue needs for its pages to look as they do; names, forms, scripts and openings aren't among it. */
const catalogKeys = new Set(['Type', 'Pages', 'PageLabels', 'Lang', 'OutputIntents', 'OCProperties']);
/** What makes a page or an annotation act, or leads to what does. */
const activeKeys = ['A', 'AA', 'PA', 'Popup', 'Parent', 'IRT', 'StructParent', 'OC'] as const;
const pageKeys = ['AA', 'B', 'PresSteps', 'Metadata', 'PieceInfo', 'StructParents'] as const;

/** Annotation flags (ISO 32000-2, 12.5.3): hidden, or not for the screen. */
const unseen = 0b10_0010;
const printed = 0b100;

/**
 * Writes a document made new to be signed: our reading of it as a plain file, in which nothing acts, nothing is
 * enciphered, nothing claims a signature, and what fields and annotations show stays as a picture of itself. Throws as
 * opening a document does.
 */
export function writeFlatCopy(path: string, password: string | undefined, sink: CopySink): void {
  const document = openAsSigned(path, password);
  try {
    const flat = new Flattening(document);
    writePlainCopy(document, sink, (value, ref) => flat.revised(value, ref));
  } finally {
    document.close();
  }
}

/** As signing opens it: rebuilt where it has to be. */
function openAsSigned(path: string, password: string | undefined): PdfDocument {
  try {
    return PdfDocument.open(path, { password });
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'pdf-damaged') throw error;
    return PdfDocument.recover(path, { password });
  }
}

class Flattening {
  readonly #document: PdfDocument;

  constructor(document: PdfDocument) {
    this.#document = document;
  }

  revised(value: PdfObject, ref: PdfRef): PdfObject {
    if (!(value instanceof PdfDict)) return value;
    if (this.#document.catalogRef?.number === ref.number) {
      return new PdfDict([...value.entries].filter(([key]) => catalogKeys.has(key)));
    }
    if (value.has('Annots') || this.#isPage(value)) return this.#page(value);
    return this.#isAnnotation(value) ? this.#annotation(value) : value;
  }

  #isPage(dict: PdfDict): boolean {
    return this.#name(dict.get('Type')) === 'Page';
  }

  #isAnnotation(dict: PdfDict): boolean {
    return dict.has('Rect') && dict.has('Subtype');
  }

  #page(page: PdfDict): PdfDict {
    const kept = page.with(Object.fromEntries(pageKeys.map((key) => [key, undefined])));
    const annotations = this.#document.array(page.get('Annots')) ?? [];
    const shown = annotations.flatMap((item) => {
      const dict = this.#document.dict(item);
      const flat = dict && this.#annotation(dict);
      // One that stands in the list itself is revised here; the others when their own turn comes.
      return flat === null ? [] : [item instanceof PdfDict ? flat : item];
    });
    return kept.with({ Annots: shown.length > 0 ? shown : undefined });
  }

  /** What it shows and no more; null where it shows nothing. */
  #annotation(annotation: PdfDict): PdfDict | null {
    const flags = this.#document.number(annotation.get('F')) ?? 0;
    const subtype = this.#name(annotation.get('Subtype'));
    if (flags & unseen || subtype === 'Popup') return null;
    const picture = this.#picture(annotation);
    if (picture) {
      const entries = { Type: new PdfName('Annot'), Subtype: new PdfName('Stamp'), F: printed };
      return PdfDict.of({
        ...entries,
        Rect: annotation.get('Rect') ?? null,
        AP: PdfDict.of({ N: picture }),
        ...(annotation.has('OC') && { OC: annotation.get('OC') ?? null }),
      });
    }
    // Without a picture of its own, a field or a file shows nothing that is the same everywhere.
    if (subtype === 'Widget' || subtype === 'FileAttachment') return null;
    return annotation.with(Object.fromEntries(activeKeys.map((key) => [key, undefined])));
  }

  /** The normal appearance, of the state that the annotation is in; null where there is none. */
  #picture(annotation: PdfDict): PdfObject {
    const normal = this.#document.dict(annotation.get('AP'))?.get('N');
    const resolved = this.#document.resolve(normal);
    if (resolved instanceof PdfStream) return normal ?? null;
    if (!(resolved instanceof PdfDict)) return null;
    const state = resolved.get(this.#name(annotation.get('AS')) ?? 'Off');
    return this.#document.resolve(state) instanceof PdfStream ? (state ?? null) : null;
  }

  #name(value: PdfObject | undefined): string | null {
    const resolved = this.#document.resolve(value);
    return resolved instanceof PdfName ? resolved.value : null;
  }
}
