import type { PdfDocument } from '../../pdf/document.ts';
import { PdfRef } from '../../pdf/object.ts';
import { type Page, pages, type Rectangle } from '../../pdf/page.ts';
import { WorkBudget } from '../../pdf/work-budget.ts';
import { annotationWords } from '../appearance/annotation-words.ts';
import { coveringWork } from '../appearance/cover.ts';
import { type PageWords, wordsOf } from '../appearance/page-words.ts';
import { readable } from '../integrity/readable.ts';

/** Words handed out, annotations without any counted as one: whoever adds a hundred thousand notes asks as often for those of all. */
const wordsLimit = 1 << 24;

/** Entries of those maps, for all signatures together: of two dozen on a document of thousands of pages. */
const maxTags = 400_000;
/** Looks that later parts may bring, for all signatures together: a form of five thousand fields, all filled at once, brings as many. */
const maxLooks = 6000;

/** The pages of a document's newest revision and the annotations on them; made once a file, when a comparison first asks. */
export class PageMap {
  /** By object number. */
  readonly pages = new Map<number, Page>();
  readonly #pagesOf = new Map<number, Page[]>();
  /** By the number of their list of annotations, where that is an object of its own. */
  readonly #byList = new Map<number, Page[]>();
  readonly #words = new Map<Page, PageWords>();
  readonly #annotationWords = new Map<Page, ReadonlyMap<number, readonly Rectangle[]>>();
  readonly #document: PdfDocument;
  /** For going through the maps from widgets and pages to their tags. */
  readonly tags = new WorkBudget(maxTags);
  /** For looking at what filled fields, signatures and comments show. */
  readonly looks = new WorkBudget(maxLooks);
  /** For asking what hides the words. */
  readonly covering = coveringWork();
  readonly #handedOut = new WorkBudget(wordsLimit);

  constructor(document: PdfDocument) {
    this.#document = document;
    for (const page of pages(document)) {
      this.pages.set(page.ref.number, page);
      const list = page.dict.get('Annots');
      if (list instanceof PdfRef) note(this.#byList, list.number, page);
      for (const annotation of document.array(list) ?? [])
        if (annotation instanceof PdfRef) note(this.#pagesOf, annotation.number, page);
    }
  }

  /** The pages of which they themselves or their lists of annotations are among these objects, in order. */
  among(numbers: ReadonlySet<number>): Page[] {
    const found = new Set<Page>();
    for (const number of numbers) {
      const page = this.pages.get(number);
      if (page) found.add(page);
      for (const { ref } of this.#byList.get(number) ?? []) {
        const shown = this.pages.get(ref.number);
        if (shown) found.add(shown);
      }
    }
    return [...found].sort((a, b) => a.index - b.index);
  }

  /** The page that shows an annotation, the first of several. */
  pageOf(annotation: number): Page | undefined {
    return this.pagesOf(annotation)[0];
  }

  /** All pages that show an annotation: it should be one (ISO 32000-2, 12.5.2), but viewers draw it on each. */
  pagesOf(annotation: number): readonly Page[] {
    return this.#pagesOf.get(annotation) ?? [];
  }

  /**
   * What the page and its annotations say and where, but for one of them and for signatures, which seals lie over by rule. A page
   * whose content has changed since a signature is refused anyway. Throws `pdf-too-complex` once too many were asked for.
   */
  words(page: Page, except: number): PageWords {
    const own = this.#ownWords(page);
    if (own === null) return null;
    const beside = this.#wordsBeside(page);
    this.#handedOut.spend(own.length + beside.size);
    const words = [...own];
    for (const [annotation, its] of beside) if (annotation !== except) words.push(...its);
    return words;
  }

  #ownWords(page: Page): PageWords {
    const known = this.#words.get(page);
    if (known !== undefined) return known;
    const words = wordsOf(this.#document, page);
    this.#words.set(page, words);
    return words;
  }

  #wordsBeside(page: Page): ReadonlyMap<number, readonly Rectangle[]> {
    const known = this.#annotationWords.get(page);
    if (known) return known;
    const words = new Map<number, readonly Rectangle[]>();
    for (const annotation of this.#document.array(page.dict.get('Annots')) ?? []) {
      if (annotation instanceof PdfRef)
        words.set(
          annotation.number,
          annotationWords(this.#document, page, readable(this.#document, annotation.number)),
        );
    }
    this.#annotationWords.set(page, words);
    return words;
  }
}

/** Notes a page, of which all annotations are gone through together. */
function note(pages: Map<number, Page[]>, number: number, page: Page): void {
  const known = pages.get(number);
  if (!known) pages.set(number, [page]);
  else if (known.at(-1) !== page) known.push(page);
}

export function pageLabel(page: Page): string {
  return `trang ${page.index + 1}`;
}
