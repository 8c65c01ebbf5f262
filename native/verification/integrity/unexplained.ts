import { AppError } from '../../../contract/failure.ts';
import type { PdfDocument } from '../../pdf/document.ts';
import { isWhite, Lexer } from '../../pdf/lexer.ts';
import { parseIndirect } from '../../pdf/parser.ts';
import { Exhausted, WorkBudget } from '../../pdf/work-budget.ts';
import type { Span } from '../integrity/signature-place.ts';

/**
 * The stretches behind `from` that no cross-reference accounts for. A reader that follows the rules never sees them; one
 * that repairs files may show them, and then two people see two documents. Objects, cross-references, white space and
 * comments explain bytes; nothing else does.
 */
export function unexplainedBytes(document: PdfDocument, from: number): Span[] {
  const explained = [...spans(document, from)].sort((a, b) => a.start - b.start);
  const { source } = document;
  const unexplained: Span[] = [];
  let position = from;
  const upTo = (start: number) => {
    if (start > position && !isFiller(document, position, start))
      unexplained.push({ start: position, end: start });
  };
  let last: Span | null = null;
  for (const span of explained) {
    const { start, end } = span;
    // Two objects in the same bytes: what is one's content to some readers is an object of its own to others.
    if (last && start < last.end && (start !== last.start || end !== last.end)) unexplained.push(span);
    if (!last || end > last.end) last = span;
    upTo(start);
    position = Math.max(position, end);
  }
  upTo(source.length);
  const { end } = document.revisions.at(-1) ?? { end: 0 };
  if (source.length - end > farthestEnd && from - end <= farthestEnd)
    unexplained.push({ start: Math.max(from, end), end: source.length });
  unexplained.push(...strayHeaders(document, from, new Set(explained.map(({ start }) => start))));
  return unexplained.sort((a, b) => a.start - b.start);
}

/**
 * Bytes behind a file's `%%EOF`. Mupdf looks for `startxref` in the last KiB, and gathers the objects anew of a file that has none
 * there; poppler does so from 64 KiB.
 */
const farthestEnd = 900;

const pieceBytes = 1 << 20;
/** No header is longer, whatever noughts and blanks are in it. */
const overlap = 1 << 16;
/**
 * `4 0 obj`, or a trailer: what programs look for that gather a broken file's objects anew, with as many noughts and blanks as one
 * likes. A number is looked at once, from its beginning, so that long runs of digits cost no more than others.
 */
const header = /(?<!\d)\d+[\s\0]+\d+[\s\0]+obj(?![a-zA-Z])|trailer[\s\0]*<</g;

/**
 * Headers of objects and trailers in the midst of others: in a stream, a string, a comment. A reader that repairs files takes them
 * for objects of their own, so that nobody may hide any there.
 */
function strayHeaders({ source, revisions }: PdfDocument, from: number, known: ReadonlySet<number>): Span[] {
  const tables = revisions
    .flatMap(({ sections }) => sections.filter(({ kind }) => kind === 'table'))
    .sort((a, b) => b.offset - a.offset);
  /** A table has one trailer; another one within it stands in a string or a comment. */
  const isTrailer = (at: number) => {
    while (at >= (tables.at(-1)?.end ?? Number.POSITIVE_INFINITY)) tables.pop();
    return at > (tables.at(-1)?.offset ?? at) && tables.pop() !== undefined;
  };
  const isKnown = (at: number, text: string) => (text.startsWith('trailer') ? isTrailer(at) : known.has(at));
  const stray: Span[] = [];
  for (let offset = from; offset < source.length; offset += pieceBytes) {
    // A little from before, too, so that a number isn't taken for the end of itself.
    const start = Math.max(from, offset - overlap);
    const text = Buffer.from(source.read(start, offset - start + pieceBytes + overlap)).toString('latin1');
    for (const [index, found] of headersIn(text)) {
      const at = start + index;
      const isOurs = at >= offset && at < offset + pieceBytes;
      if (isOurs && !isKnown(at, found)) stray.push({ start: at, end: at + found.length });
      if (stray.length >= strayLimit) return stray;
    }
  }
  return stray;
}

/** By their places, in order: those that stand there, and those that do once comments count as blanks (7.2.4). */
function headersIn(text: string): [number, string][] {
  const uncommented = text.replace(/%[^\r\n]*/g, (comment) => ' '.repeat(comment.length));
  const found = [text, uncommented].flatMap((one) =>
    Array.from(one.matchAll(header), (match): [number, string] => [match.index, match[0]]),
  );
  return [...new Map(found)].sort(([a], [b]) => a - b);
}

/** One is enough to refuse a file; the newest signature's bytes may end behind the first few. */
const strayLimit = 10_000;

function* spans(document: PdfDocument, from: number): Generator<Span> {
  const empty = new WorkBudget(emptyPlaces);
  for (const revision of document.revisions) {
    for (const section of revision.sections) {
      if (section.offset >= from) yield { start: section.offset, end: section.end };
    }
    if (revision.end > from) yield closing(document, revision.end);
    for (const number of revision.numbers()) {
      const entry = revision.find(number);
      // A place beyond its own revision's end was empty when that revision was written; whoever filled it explains nothing.
      if (entry?.kind !== 'offset' || entry.offset < from || entry.offset >= revision.end) continue;
      const end = objectEnd(document, entry.offset, number, empty);
      if (end !== null) yield { start: entry.offset, end };
    }
  }
}

/** `startxref`, its number and `%%EOF`, right before a revision's end. */
function closing(document: PdfDocument, end: number): Span {
  const from = Math.max(0, end - 64);
  const tail = Buffer.from(document.source.read(from, end - from)).toString('latin1');
  const at = /startxref\s+\d+\s+%%EOF\s*$/.exec(tail)?.index;
  return { start: at === undefined ? end : from + at, end };
}

/** Places at which nothing stands that a file is put up with. */
const emptyPlaces = 5000;

/** Null where another object than the cross-reference says stands there: it explains nothing. */
function objectEnd(document: PdfDocument, offset: number, number: number, empty: WorkBudget): number | null {
  try {
    return parseIndirect(new Lexer(document.source, offset), (length) => document.number(length), number).end;
  } catch (error) {
    if (!(error instanceof AppError) || error instanceof Exhausted) throw error;
    empty.spend(1);
    return null;
  }
}

const maxComment = 200;

/** White space and short comments, though not one that starts another file. */
function isFiller(document: PdfDocument, from: number, to: number): boolean {
  const lexer = new Lexer(document.source, from);
  while (lexer.position < to) {
    const byte = lexer.peek();
    if (byte === 0x25) {
      const start = lexer.position;
      const text = Buffer.from(document.source.read(start, maxComment)).toString('latin1');
      const comment = text.split(/[\r\n]/, 1)[0] ?? '';
      if (comment.length >= maxComment || comment.startsWith('%PDF-')) return false;
      lexer.position = start + comment.length;
    } else if (isWhite(byte)) lexer.position++;
    else return false;
  }
  return true;
}
