import type { PdfDocument } from '../../pdf/document.ts';
import { PdfRef } from '../../pdf/object.ts';
import { type Page, pages } from '../../pdf/page.ts';

/** The pages of a document's newest revision and the annotations on them; made once a file, when a comparison first asks. */
export class PageMap {
  /** By object number. */
  readonly pages = new Map<number, Page>();
  readonly #pageOf = new Map<number, Page>();

  constructor(document: PdfDocument) {
    for (const page of pages(document)) {
      this.pages.set(page.ref.number, page);
      for (const annotation of document.array(page.dict.get('Annots')) ?? []) {
        if (annotation instanceof PdfRef) this.#pageOf.set(annotation.number, page);
      }
    }
  }

  /** The page that shows an annotation. */
  pageOf(annotation: number): Page | undefined {
    return this.#pageOf.get(annotation);
  }
}

export function pageLabel(page: Page): string {
  return `trang ${page.index + 1}`;
}
