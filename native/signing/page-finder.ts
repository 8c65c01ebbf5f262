import { AppError } from '../../contract/failure.ts';
import type { PdfDocument } from '../pdf/document.ts';
import { PdfRef } from '../pdf/object.ts';
import { type Page, pages, pagesFromEnd } from '../pdf/page.ts';
import { type TextLine, textLines } from '../pdf/text/text-line.ts';
import { textBudget } from '../pdf/text/text-position.ts';
import type { Widget } from './widget.ts';

/** Far back only an appendix' text would be read. */
const pagesSearched = 10;

/**
 * Pages of the document under signature, read as far as they are asked for: of a thousand pages mostly the first and the
 * last few (law 2).
 */
export class PageFinder {
  readonly #document: PdfDocument;
  readonly #known = new Map<number, Page>();
  readonly #lines = new Map<Page, TextLine[]>();
  /** One for all pages: ten pages of dense drawings must not take ten times as long as one. */
  readonly #budget = textBudget();

  constructor(document: PdfDocument) {
    this.#document = document;
  }

  /** Page `number` from 1. Throws `pdf-page-missing`; `pdf-damaged` where there are none at all. */
  page(number: number): Page {
    let count = 0;
    for (const page of this.#forward()) if (++count === number) return page;
    if (count === 0) throw new AppError('pdf-damaged', {});
    throw new AppError('pdf-page-missing', { page: number, pages: count });
  }

  /** Throws `pdf-damaged` where there are no pages. */
  get last(): Page {
    const [last] = this.fromEnd();
    if (!last) throw new AppError('pdf-damaged', {});
    return last;
  }

  /** From the last page backwards: a signature block stands near the end. */
  fromEnd(): readonly Page[] {
    const found: Page[] = [];
    for (const page of pagesFromEnd(this.#document)) {
      found.push(this.#same(page));
      if (found.length === pagesSearched) break;
    }
    return found;
  }

  /** The page that a widget stands on: by its /P, which may be left out, else by the page that lists it. */
  pageOf({ ref, dict }: Widget): Page | null {
    const parent = dict.get('P');
    const isWanted = (page: Page) =>
      parent instanceof PdfRef
        ? page.ref.number === parent.number
        : (this.#document.array(page.dict.get('Annots')) ?? []).some(
            (item) => item instanceof PdfRef && item.number === ref.number,
          );
    const near = this.fromEnd().find(isWanted);
    if (near) return near;
    for (const page of this.#forward()) if (isWanted(page)) return page;
    return null;
  }

  /** The page's lines; none where its content can't be read, since a place can still be given or taken by rule. */
  lines(page: Page): TextLine[] {
    const known = this.#lines.get(page);
    if (known) return known;
    const lines = this.#read(page);
    this.#lines.set(page, lines);
    return lines;
  }

  #read(page: Page): TextLine[] {
    try {
      return textLines(this.#document, page, this.#budget);
    } catch (error) {
      if (error instanceof AppError) return [];
      throw error;
    }
  }

  *#forward(): Generator<Page> {
    for (const page of pages(this.#document)) yield this.#same(page);
  }

  /** One value for one page, from whichever end it was reached. */
  #same(page: Page): Page {
    const known = this.#known.get(page.ref.number);
    if (known) return known;
    this.#known.set(page.ref.number, page);
    return page;
  }
}
