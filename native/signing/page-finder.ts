import { AppError } from '../../contract/failure.ts';
import type { PdfDocument } from '../pdf/document.ts';
import { formFields } from '../pdf/form.ts';
import { PdfDict, PdfRef } from '../pdf/object.ts';
import { type Page, pages, pagesFromEnd, rectangle } from '../pdf/page.ts';
import { type BoxMm, shownSize, toShown } from '../pdf/page-geometry.ts';
import { linesOf, type TextLine } from '../pdf/text/text-line.ts';
import { pageMarks, textBudget } from '../pdf/text/text-position.ts';
import { FreeSpace } from './free-space.ts';
import { wholeLineBox } from './placement.ts';
import { type Widget, widgetOf } from './widget.ts';

/** Far back only an appendix' text would be read. */
const pagesSearched = 10;

interface ReadPage {
  readonly lines: readonly TextLine[];
  readonly areas: readonly BoxMm[];
}

/**
 * Pages of the document under signature, read as far as they are asked for: of a thousand pages mostly the first and the
 * last few (law 2).
 */
export class PageFinder {
  readonly #document: PdfDocument;
  readonly #known = new Map<number, Page>();
  readonly #read = new Map<Page, ReadPage>();
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
  lines(page: Page): readonly TextLine[] {
    return this.#marks(page).lines;
  }

  /** Where nothing stands: no text, picture, drawing or annotation, as far as the page can be read. */
  freeSpace(page: Page): FreeSpace {
    const { lines, areas } = this.#marks(page);
    return new FreeSpace(shownSize(page), [...lines.map(wholeLineBox), ...areas, ...this.#annotations(page)]);
  }

  /** Signatures that are seen on the page already, in the form's order. */
  signatures(page: Page): BoxMm[] {
    const boxes: BoxMm[] = [];
    for (const field of formFields(this.#document)) {
      if (field.type !== 'Sig' || field.value === null) continue;
      const widget = widgetOf(this.#document, field);
      const area = widget && rectangle(this.#document, widget.dict.get('Rect'));
      if (area && this.pageOf(widget)?.ref.number === page.ref.number) boxes.push(toShown(page, area));
    }
    return boxes;
  }

  #annotations(page: Page): BoxMm[] {
    return (this.#document.array(page.dict.get('Annots')) ?? []).flatMap((item) => {
      const dict = this.#document.resolve(item);
      const area = dict instanceof PdfDict ? rectangle(this.#document, dict.get('Rect')) : null;
      return area ? [toShown(page, area)] : [];
    });
  }

  #marks(page: Page): ReadPage {
    const known = this.#read.get(page);
    if (known) return known;
    const read = this.#readMarks(page);
    this.#read.set(page, read);
    return read;
  }

  #readMarks(page: Page): ReadPage {
    try {
      const { characters, areas } = pageMarks(this.#document, page, this.#budget);
      return { lines: linesOf(characters), areas };
    } catch (error) {
      if (error instanceof AppError) return { lines: [], areas: [] };
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
