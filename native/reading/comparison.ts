import type { FileFinding } from '../../contract/file-finding.ts';
import type { ByteSource } from '../pdf/byte-source.ts';
import type { PdfDocument } from '../pdf/document.ts';
import { type Page, pages as pagesOf } from '../pdf/page.ts';
import { WorkBudget } from '../pdf/work-budget.ts';
import { type LeftOut, leftOut } from './left-out.ts';
import { type PageReading, PdfjsDocument } from './pdfjs-document.ts';
import { isWithoutChains } from './plain/chain.ts';
import { plainnessOf } from './plain/page.ts';

/** One step of a comparison: how many pages there are, a page that is done, or something found. */
export type ComparisonStep =
  | { readonly kind: 'pages'; readonly all: number }
  | { readonly kind: 'page'; readonly findings: readonly FileFinding[] }
  | { readonly kind: 'whole'; readonly findings: readonly FileFinding[] };

/**
 * Holds a file as PDF.js reads it against a plain copy of our own reading, page by page, and the copy's pages against
 * those that we know of. A file that PDF.js can't open at all is shown by nobody: `page-not-shown`.
 */
export async function* compare(
  document: PdfDocument,
  raw: ByteSource,
  plain: ByteSource,
  password: string | undefined,
): AsyncGenerator<ComparisonStep> {
  const [shown, copy] = [await opened(raw, password), await opened(plain, undefined)];
  try {
    if (!shown || !copy) {
      yield { kind: 'whole', findings: [shown || copy ? differs(null) : notShown(null)] };
      return;
    }
    const all = copy.pageCount;
    yield { kind: 'pages', all };
    const own = pagesOf(document);
    const tokens = new WorkBudget(tokenLimit);
    const isAlike = shown.pageCount === all && (await shown.layers()) === (await copy.layers());
    if (!isAlike) yield { kind: 'whole', findings: [differs(null)] };
    if (!isWithoutChains(document)) yield { kind: 'whole', findings: [ambiguous(null, 'reference')] };
    for (let number = 1; number <= all; number++) {
      leftOut();
      const [theirs, ours] = [await pageOf(shown, number), await pageOf(copy, number)];
      const next = own.next();
      const isKnown = ours === null || next.value?.ref.number === ours.object;
      const findings = findingsOf(number, { theirs, ours, isKnown, missing: leftOut() });
      const found = findings.length > 0 ? findings : contentFindings(document, next.value, tokens);
      yield { kind: 'page', findings: found };
    }
    if (!own.next().done) yield { kind: 'whole', findings: [differs(null)] };
  } finally {
    await shown?.close();
    await copy?.close();
  }
}

/** Tokens of content that are looked at, of all pages together. */
const tokenLimit = 20_000_000;

/** What other programs than PDF.js may make of a page's content: equal lists tell nothing of them. */
function contentFindings(document: PdfDocument, page: Page | undefined, tokens: WorkBudget): FileFinding[] {
  const plainness = page ? plainnessOf(document, page, tokens) : 'plain';
  if (!page || plainness === 'plain') return [];
  return plainness === 'ambiguous'
    ? [ambiguous(page.index + 1, 'content')]
    : [finding('page-not-shown', page.index + 1)];
}

async function opened(source: ByteSource, password: string | undefined): Promise<PdfjsDocument | null> {
  return PdfjsDocument.open(source, password).catch(() => null);
}

/** Null where PDF.js can't show the page. */
async function pageOf(document: PdfjsDocument, number: number): Promise<PageReading | null> {
  return document.page(number).catch(() => null);
}

interface ComparedPage {
  readonly theirs: PageReading | null;
  readonly ours: PageReading | null;
  /** Our own reading has this very page at this place. */
  readonly isKnown: boolean;
  readonly missing: ReadonlySet<LeftOut>;
}

function findingsOf(page: number, { theirs, ours, isKnown, missing }: ComparedPage): FileFinding[] {
  if (!theirs && !ours) return [notShown(page)];
  const findings: FileFinding[] = [];
  if (!isKnown || JSON.stringify(theirs) !== JSON.stringify(ours)) findings.push(differs(page));
  if (missing.has('picture')) findings.push(finding('picture-not-shown', page));
  if (missing.has('content')) findings.push(notShown(page));
  // PDF.js makes nothing of some honest fields whose letters their font lacks: whoever signs is told.
  else if (missing.has('annotation')) findings.push({ ...notShown(page), weight: 'warns' });
  return findings;
}

function finding(
  code: FileFinding['code'],
  page: number | null,
  params: FileFinding['params'] = {},
): FileFinding {
  return { code, weight: 'blocks', page, params };
}

function differs(page: number | null): FileFinding {
  return finding('reading-differs', page, { reader: 'PDF.js' });
}

function ambiguous(page: number | null, detail: string): FileFinding {
  return finding('structure-ambiguous', page, { detail });
}

function notShown(page: number | null): FileFinding {
  return finding('page-not-shown', page);
}
