import type { PdfDocument } from '../../pdf/document.ts';
import { PdfRef } from '../../pdf/object.ts';
import { type Page, pages } from '../../pdf/page.ts';
import { type PageWords, pageWords } from '../appearance/page-words.ts';

/** The pages of a document's newest revision and the annotations on them; made once a file, when a comparison first asks. */
export class PageMap {
  /** By object number. */
  readonly pages = new Map<number, Page>();
  readonly #pageOf = new Map<number, Page>();
  readonly #words = new Map<Page, PageWords>();
  readonly #document: PdfDocument;

  constructor(document: PdfDocument) {
    this.#document = document;
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

  /** What the page's own content says and where. A page whose content has changed since a signature is refused anyway. */
  words(page: Page): PageWords {
    const known = this.#words.get(page);
    if (known !== undefined) return known;
    const words = pageWords(this.#document, page);
    this.#words.set(page, words);
    return words;
  }
}

export function pageLabel(page: Page): string {
  return `trang ${page.index + 1}`;
}
