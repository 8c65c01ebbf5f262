import type { PdfDocument } from '../../pdf/document.ts';
import { Lexer } from '../../pdf/lexer.ts';
import { isArray, type PdfObject, PdfStream } from '../../pdf/object.ts';
import type { Revision } from '../../pdf/revision.ts';
import type { XrefSection } from '../../pdf/xref.ts';
import { readable } from '../integrity/readable.ts';
import { isFirmlyChained, isLater } from './chain.ts';
import { isDecipheredAlike } from './deciphering.ts';
import type { Difference } from './difference.ts';
import { type Container, readContainer } from './object-table.ts';
import { isPlainObject } from './plain-object.ts';
import { references } from './references.ts';
import { sentences } from './sentences.ts';

/**
 * What the parts added after a signature say must be the same to every reader. Where the standard leaves open which of two
 * entries counts (a key given twice, a number listed twice), programs differ, and an attack shows one thing here and
 * another one there. Signed parts are left alone: what they mean was settled when they were signed.
 */
export function judgeAmbiguity(difference: Difference): void {
  const { after, before, changed } = difference;
  for (const revision of after.revisions) {
    if (!isLater(after.source, revision, before.source.length)) continue;
    if (isAmbiguous(revision) || !revision.sections.every((one) => isRegular(one, difference)))
      difference.add('other', sentences.referencesAmbiguous());
  }
  if (!isFirmlyChained(after, before.source.length)) difference.add('other', sentences.referencesAmbiguous());
  const containers = new Map<number, Container | null>();
  for (const number of [0, ...changed]) {
    if (!isPlain(after, number, containers) || !hasTrueReferences(number, difference))
      difference.add('other', sentences.objectAmbiguous(number));
  }
}

/** A hybrid section shows some readers more than others; a number listed twice shows some this and others that. */
function isAmbiguous(revision: Revision): boolean {
  // In a stream's dictionary, too: mupdf follows it there, back to the section of a draft.
  if (revision.sections.some(({ trailer }) => trailer.has('XRefStm'))) return true;
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
  if (section.kind === 'stream') return isRegularStream(section);
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

/** What says where a cross-reference stream's rows are and what they mean (7.5.8.2). */
const rowKeys = ['Size', 'Index', 'W', 'Length', 'Filter', 'DecodeParms'];

/**
 * Whether a cross-reference stream says by itself, in the numbers that the standard asks for, which objects its rows speak of, and has
 * them all. Where /Index is a reference, a name or a number, some readers see no object and others all of them from 0 on; a row too few
 * makes others gather the file's objects anew.
 */
function isRegularStream({ trailer, numbers }: XrefSection): boolean {
  if (rowKeys.some((key) => !references(trailer.get(key) ?? null).next().done)) return false;
  const [widths, index] = [trailer.get('W'), trailer.get('Index')];
  if (!isArray(widths) || widths.length !== 3 || !widths.every(isCount)) return false;
  const ranges = index === undefined ? [0, trailer.get('Size') ?? null] : index;
  if (!isArray(ranges) || ranges.length % 2 !== 0 || !ranges.every(isCount)) return false;
  const promised = ranges.filter((_, at) => at % 2 === 1).reduce((sum, count) => sum + count, 0);
  let present = 0;
  for (const _ of numbers()) present++;
  return present === promised;
}

function isCount(value: PdfObject): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0;
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

function isPlain(document: PdfDocument, number: number, containers: Map<number, Container | null>): boolean {
  const entry = document.find(number);
  if (entry?.kind === 'offset') {
    const lexer = new Lexer(document.source, entry.offset);
    const [, generation] = [lexer.next(), lexer.next(), lexer.next()];
    // Readers that mind generations find nothing where it differs.
    return (
      generation === entry.generation &&
      hasTrueData(document, number) &&
      isDecipheredAlike(document, number) &&
      isPlainObject(document.source, lexer.position)
    );
  }
  if (entry?.kind !== 'compressed') return true;
  const known = containers.get(entry.container);
  const container = known === undefined ? readContainer(document, entry.container) : known;
  containers.set(entry.container, container);
  const offset = container?.offsets[entry.index];
  // Behind the end stands nothing; mupdf counts on from nought.
  const isThere = container && offset !== undefined && offset < container.source.length;
  if (!isThere || container.numbers[entry.index] !== number) return false;
  if (!isDecipheredAlike(document, entry.container)) return false;
  return isPlainObject(container.source, offset);
}

/** `stream` and an end of line (7.3.8.1): where something stands between the two, poppler passes over it, and we begin with it. */
const beginning = /stream *(?:\r\n|\n|\r)$/;

/** A stream that doesn't begin in the line behind its keyword, or end where its /Length says, is another one to some readers. */
function hasTrueData(document: PdfDocument, number: number): boolean {
  const stream = readable(document, number);
  if (!(stream instanceof PdfStream) || !('length' in stream.data)) return true;
  const { offset, length } = stream.data;
  const before = Buffer.from(document.source.read(offset - beginningRoom, beginningRoom)).toString('latin1');
  return beginning.test(before) && document.number(stream.dict.get('Length')) === length;
}

const beginningRoom = 24;

/**
 * Whether references name the generations of what they lead to: elsewhere some readers find nothing. What stood so when it was
 * signed may stay. The trailer (number 0) counts as an object.
 */
function hasTrueReferences(number: number, { before, after }: Difference): boolean {
  const [old, now] =
    number === 0 ? [before.trailer, after.trailer] : [readable(before, number), readable(after, number)];
  let signed: Set<string> | null = null;
  for (const ref of references(now)) {
    const entry = after.find(ref.number);
    const generation = entry?.kind === 'offset' ? entry.generation : 0;
    if (!entry || entry.kind === 'free' || generation === ref.generation) continue;
    signed ??= new Set(Array.from(references(old), String));
    if (!signed.has(String(ref))) return false;
  }
  return true;
}
