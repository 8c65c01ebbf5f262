import { MemorySource } from '../../pdf/byte-source.ts';
import type { PdfDocument } from '../../pdf/document.ts';
import { Lexer } from '../../pdf/lexer.ts';
import { PdfName, PdfStream } from '../../pdf/object.ts';
import type { Revision } from '../../pdf/revision.ts';
import type { XrefSection } from '../../pdf/xref.ts';
import { readable } from '../integrity/readable.ts';
import type { Difference } from './difference.ts';
import { sentences } from './sentences.ts';

/**
 * What the parts added after a signature say must be the same to every reader. Where the standard leaves open which of two
 * entries counts (a key given twice, a number listed twice), programs differ, and an attack shows one thing here and
 * another one there. Signed parts are left alone: what they mean was settled when they were signed.
 */
export function judgeAmbiguity(difference: Difference): void {
  const { after, before, changed } = difference;
  for (const revision of after.revisions) {
    const isLater = revision.end > before.source.length;
    if (isLater && (isAmbiguous(revision) || !revision.sections.every((one) => isRegular(one, difference)))) {
      difference.add('other', sentences.referencesAmbiguous());
    }
  }
  const containers = new Map<number, Container | null>();
  for (const number of changed) {
    if (!isPlain(after, number, containers)) difference.add('other', sentences.objectAmbiguous(number));
  }
}

/** A hybrid section shows some readers more than others; a number listed twice shows some this and others that. */
function isAmbiguous(revision: Revision): boolean {
  if (revision.sections.some(({ trailer, kind }) => kind === 'table' && trailer.has('XRefStm'))) return true;
  const seen = new Set<number>();
  for (const number of revision.numbers()) {
    // Object 0 heads the free list and is nobody's; writers do list it twice.
    if (number !== 0 && seen.has(number)) return true;
    seen.add(number);
  }
  return false;
}

/**
 * Whether a section leaves nothing to repair: lines of a table that all have their twenty bytes (7.5.4), and a /Size that hides
 * no object that was there (7.5.5). Viewers that mend a file look for objects in places where others don't.
 */
function isRegular(section: XrefSection, { after, before }: Difference): boolean {
  const size = after.number(section.trailer.get('Size'));
  if (size === null || hidesSigned(before, size)) return false;
  if (section.kind === 'stream') return true;
  const text = Buffer.from(after.source.read(section.offset, section.end - section.offset)).toString(
    'latin1',
  );
  let position = /^\s*xref\s+/.exec(text)?.[0].length ?? 0;
  for (;;) {
    subsection.lastIndex = position;
    const count = subsection.exec(text)?.[1];
    if (count === undefined) return /\s*trailer/y.test(text.slice(position, position + 64));
    position = subsection.lastIndex;
    for (let line = 0; line < Number(count); line++, position += 20) {
      if (!/^\d{10} \d{5} [nf][ \r\n][\r\n]$/.test(text.slice(position, position + 20))) return false;
    }
  }
}

/** Numbers from /Size on don't exist for readers that go by it. Writers do count anew, so that it may well become smaller. */
function hidesSigned(before: PdfDocument, size: number): boolean {
  const signedSize = before.number(before.trailer.get('Size'));
  if (signedSize !== null && size >= signedSize) return false;
  for (const revision of before.revisions) {
    for (const number of revision.numbers()) {
      if (number < size) continue;
      const entry = before.find(number);
      if (entry && entry.kind !== 'free') return true;
    }
  }
  return false;
}

const subsection = /\d+ +(\d+) *(?:\r\n|\r|\n)/y;

/** An object stream's table of contents, in order. */
interface Container {
  readonly numbers: readonly number[];
  readonly offsets: readonly number[];
  readonly source: MemorySource;
}

function isPlain(document: PdfDocument, number: number, containers: Map<number, Container | null>): boolean {
  const entry = document.find(number);
  if (entry?.kind === 'offset') {
    const lexer = new Lexer(document.source, entry.offset);
    const [, generation] = [lexer.next(), lexer.next(), lexer.next()];
    // Readers that mind generations find nothing where it differs.
    return generation === entry.generation && hasTrueLength(document, number) && !hasDoubledKeys(lexer);
  }
  if (entry?.kind !== 'compressed') return true;
  const known = containers.get(entry.container);
  const container = known === undefined ? readContainer(document, entry.container) : known;
  containers.set(entry.container, container);
  const offset = container?.offsets[entry.index];
  if (!container || offset === undefined || container.numbers[entry.index] !== number) return false;
  return !hasDoubledKeys(new Lexer(container.source, offset));
}

/** A stream that doesn't end where its /Length says ends in one place for some readers and in another for others. */
function hasTrueLength(document: PdfDocument, number: number): boolean {
  const stream = readable(document, number);
  if (!(stream instanceof PdfStream) || !('length' in stream.data)) return true;
  return document.number(stream.dict.get('Length')) === stream.data.length;
}

/** Null where a number occurs twice or the table can't be read: some readers go by number, others by index. */
function readContainer(document: PdfDocument, number: number): Container | null {
  const stream = readable(document, number);
  if (!(stream instanceof PdfStream)) return null;
  const count = document.number(stream.dict.get('N'));
  const first = document.number(stream.dict.get('First'));
  if (count === null || first === null) return null;
  const source = new MemorySource(document.decodedBytes(stream));
  const lexer = new Lexer(source);
  const numbers: number[] = [];
  const offsets: number[] = [];
  for (let index = 0; index < count; index++) {
    const [own, offset] = [lexer.next(), lexer.next()];
    if (typeof own !== 'number' || typeof offset !== 'number') return null;
    numbers.push(own);
    offsets.push(first + offset);
  }
  return new Set(numbers).size === numbers.length ? { numbers, offsets, source } : null;
}

const tokenLimit = 1_000_000;

/** Whether the object at the lexer's place has a dictionary that gives a key twice. */
function hasDoubledKeys(lexer: Lexer): boolean {
  /** The keys of each open dictionary; null for an open array. */
  const open: ({ keys: Set<string>; isKey: boolean } | null)[] = [];
  for (let count = 0; count < tokenLimit; count++) {
    const token = lexer.next();
    const top = open.at(-1);
    if (typeof token === 'object' && 'delimiter' in token) {
      if (token.delimiter === '<<' || token.delimiter === '[') {
        if (top) top.isKey = true;
        open.push(token.delimiter === '<<' ? { keys: new Set(), isKey: true } : null);
      } else open.pop();
    } else if (token instanceof PdfName && top?.isKey) {
      if (top.keys.has(token.value)) return true;
      top.keys.add(token.value);
      top.isKey = false;
    } else if (top && !top.isKey) top.isKey = true;
    // A reference's second and third token stand where a key is awaited; they are no names.
    if (open.length === 0) return false;
  }
  return true;
}
