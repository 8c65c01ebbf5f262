import { AppError } from '../../../contract/failure.ts';
import type { PdfDocument } from '../../pdf/document.ts';
import { Keyword, Lexer } from '../../pdf/lexer.ts';
import type { PdfDict, PdfObject } from '../../pdf/object.ts';
import { serialize } from '../../pdf/serializer.ts';
import { Exhausted } from '../../pdf/work-budget.ts';
import type { XrefSection } from '../../pdf/xref.ts';
import { isOneReading } from './hybrid-section.ts';
import { isRebuiltAlike } from './rebuilt-reading.ts';

/** What programs read differently, for technicians and programs; people are told that they do. */
export type Ambiguity = 'hybrid' | 'number-twice' | 'key-twice' | 'object-stream' | 'rebuilt';

/** Bytes behind the end beyond which mupdf gathers a file's objects anew. */
const farthestEnd = 900;

/**
 * Looks for what programs read differently in a part that nobody signed yet, or that somebody signed first. Honest
 * programs write many oddities, and each is somebody's habit: here counts only what is known to be shown otherwise by
 * some. Told of everything reachable.
 */
export class StructureWatch {
  readonly #document: PdfDocument;
  readonly #numbers = new Set<number>();
  #ambiguity: Ambiguity | null = null;
  #isGatheredAnew = false;

  constructor(document: PdfDocument) {
    this.#document = document;
  }

  onObject(number: number, value: PdfObject): void {
    this.#numbers.add(number);
    const entry = this.#document.find(number);
    // Poppler gathers a file's objects anew for a reference that leads nowhere.
    if (value === null) this.#isGatheredAnew = true;
    if (entry?.kind === 'offset' && !startsAt(this.#document, entry.offset, number))
      this.#isGatheredAnew = true;
    if (value !== null && !this.#document.isAtItsIndex(number)) this.#ambiguity ??= 'object-stream';
  }

  onDictionary(dict: PdfDict): void {
    if (dict.overridden && isContradictory(dict)) this.#ambiguity ??= 'key-twice';
  }

  /** What is ambiguous, once everything was visited. */
  result(): Ambiguity | null {
    const { revisions, source } = this.#document;
    for (const { sections } of revisions) {
      for (const section of sections) {
        if (givesTwice(section)) this.#ambiguity ??= 'number-twice';
        if (isContradictory(section.trailer)) this.#ambiguity ??= 'key-twice';
        if (!isSoundHybrid(this.#document, section)) this.#ambiguity ??= 'hybrid';
      }
    }
    if (this.#ambiguity) return this.#ambiguity;
    const end = revisions.at(-1)?.end ?? 0;
    const isRebuilt = this.#isGatheredAnew || source.length - end > farthestEnd;
    return isRebuilt && !isRebuiltAlike(this.#document, this.#numbers) ? 'rebuilt' : null;
  }
}

function isSoundHybrid(document: PdfDocument, section: XrefSection): boolean {
  try {
    return isOneReading(document, section);
  } catch (error) {
    if (error instanceof AppError && !(error instanceof Exhausted)) return false;
    throw error;
  }
}

function isContradictory({ entries, overridden = [] }: PdfDict): boolean {
  return overridden.some(
    ([key, value]) => Buffer.compare(serialize(value), serialize(entries.get(key) ?? null)) !== 0,
  );
}

function startsAt({ source }: PdfDocument, offset: number, number: number): boolean {
  const lexer = new Lexer(source, offset);
  const [own, , keyword] = [lexer.next(), lexer.next(), lexer.next()];
  return own === number && keyword instanceof Keyword && keyword.value === 'obj';
}

/** Object 0 heads the free list, and writers do list it twice. */
function givesTwice(section: XrefSection): boolean {
  if (section.givesTwice) return true;
  const sorted = [...section.ranges()]
    .map(({ first, count }) => ({ from: Math.max(first, 1), end: first + count }))
    .filter(({ from, end }) => end > from)
    .sort((a, b) => a.from - b.from);
  return sorted.some(({ from }, index) => from < (sorted[index - 1]?.end ?? 0));
}
