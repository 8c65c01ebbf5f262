import { AppError } from '../../contract/failure.ts';
import type { FormField } from '../pdf/form.ts';
import { PdfRef } from '../pdf/object.ts';
import { type Page, pages, type Rectangle } from '../pdf/page.ts';
import { type BoxMm, shownSize, toUserSpace } from '../pdf/page-geometry.ts';
import type { RevisionWriter } from '../pdf/revision-writer.ts';
import { type TextLine, textLines } from '../pdf/text/text-line.ts';
import { addFields, fillField, findField, freeFieldName, type NewField } from './field.ts';

/** What a stamp needs to know and do: the revision under way and the signature dictionary that it is to show. */
export interface StampContext {
  readonly writer: RevisionWriter;
  readonly signature: PdfRef;
  readonly signerName: string;
  readonly signedAt: Date;
}

/** Pages of the document under signature, with their text read once. */
export class PageFinder {
  readonly #pages: readonly Page[];
  readonly #writer: RevisionWriter;

  constructor(writer: RevisionWriter) {
    this.#writer = writer;
    this.#pages = [...pages(writer.document)];
  }

  /** Page `number` from 1. Throws `pdf-page-missing`. */
  page(number: number): Page {
    const page = this.#pages[number - 1];
    if (!page) throw new AppError('pdf-page-missing', { page: number, pages: this.#pages.length });
    return page;
  }

  get last(): Page {
    return this.page(Math.max(1, this.#pages.length));
  }

  /** From the last page backwards: a signature block stands near the end. Far back only an appendix' text would be read. */
  fromEnd(): readonly Page[] {
    return this.#pages.slice(-10).toReversed();
  }

  /** The page that a field's widget stands on, by its /P; null where it doesn't say. */
  pageOf({ dict }: FormField): Page | null {
    const ref = dict.get('P');
    if (!(ref instanceof PdfRef)) return null;
    return this.#pages.find((page) => page.ref.number === ref.number) ?? null;
  }

  /** The page's lines; none where its content can't be read, since a place can still be given or taken by rule. */
  lines(page: Page): TextLine[] {
    try {
      return textLines(this.#writer.document, page);
    } catch (error) {
      if (error instanceof AppError) return [];
      throw error;
    }
  }
}

/** The box's rectangle and its size in user-space units as a person sees it. */
export function place(page: Page, box: BoxMm): { rectangle: Rectangle; width: number; height: number } {
  const rectangle = toUserSpace(page, box);
  const shown = shownSize(page);
  const unit =
    (page.rotation % 180 === 0 ? page.box[2] - page.box[0] : page.box[3] - page.box[1]) / shown.width;
  return { rectangle, width: box.width * unit, height: box.height * unit };
}

/** Puts the signature into the empty field of that name, or a new one. Returns the field's name. */
export function placeSignature(
  { writer, signature }: StampContext,
  wanted: { readonly name: string; readonly isGiven: boolean },
  field: Omit<NewField, 'type' | 'name' | 'value'>,
): string {
  const existing = findField(writer, wanted.name);
  if (existing && existing.type === 'Sig' && existing.value === null) {
    fillField(writer, existing, signature, field.appearance);
    return existing.name;
  }
  if (existing && wanted.isGiven) {
    throw new AppError(existing.type === 'Sig' ? 'pdf-field-signed' : 'pdf-field-missing', {
      field: wanted.name,
    });
  }
  const name = freeFieldName(writer, wanted.name);
  addFields(writer, [{ ...field, type: 'Sig', name, value: signature }]);
  return name;
}
