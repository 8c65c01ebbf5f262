import type { PdfDocument } from '../../pdf/document.ts';
import { Lexer } from '../../pdf/lexer.ts';
import { PdfStream } from '../../pdf/object.ts';
import type { Revision } from '../../pdf/revision.ts';
import { readable } from '../integrity/readable.ts';
import { isFirmlyChained, isLater } from './chain.ts';
import { isDecipheredAlike } from './deciphering.ts';
import type { Difference } from './difference.ts';
import { areListedTruly } from './listed-objects.ts';
import { type Container, readContainer } from './object-table.ts';
import { oncePerPart } from './once.ts';
import { isPackedPlainly } from './packing.ts';
import { readPlainObject } from './plain-object.ts';
import { references } from './references.ts';
import { isRegularSection } from './regular-section.ts';
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
    const isRegular = revision.sections.every((one) => isRegularSection(one, difference));
    if (isAmbiguous(after, revision) || !isRegular || !areListedTruly(after, revision))
      difference.add('other', sentences.referencesAmbiguous());
  }
  if (!isFirmlyChained(after, before.source.length)) difference.add('other', sentences.referencesAmbiguous());
  for (const number of [0, ...changed]) {
    if (!isPlain(number, difference) || !hasTrueReferences(number, difference))
      difference.add('other', sentences.objectAmbiguous(number));
  }
}

/** A hybrid section shows some readers more than others; a number listed twice shows some this and others that. */
const isAmbiguous = oncePerPart((_: PdfDocument, revision: Revision) => {
  // In a stream's dictionary, too: mupdf follows it there, back to the section of a draft.
  if (revision.sections.some(({ trailer }) => trailer.has('XRefStm'))) return true;
  const seen = new Set<number>();
  for (const number of revision.numbers()) {
    // Object 0 heads the free list and is nobody's; writers do list it twice.
    if (number !== 0 && seen.has(number)) return true;
    seen.add(number);
  }
  return false;
});

/** Whether an object is plain, but for numbers and names beyond all limits that it had when it was signed. */
function isPlain(number: number, { before, after }: Difference): boolean {
  const huge = hugeParts(after, number);
  if (huge === null || huge.length === 0) return huge !== null;
  const signed = new Set(hugeParts(before, number) ?? []);
  return huge.every((one) => signed.has(one));
}

const hugeParts = oncePerPart((document: PdfDocument, number: number): readonly string[] | null => {
  const entry = document.find(number);
  if (entry?.kind === 'offset') {
    const lexer = new Lexer(document.source, entry.offset);
    const [, generation] = [lexer.next(), lexer.next(), lexer.next()];
    // Readers that mind generations find nothing where it differs.
    const isTrue =
      generation === entry.generation &&
      hasTrueData(document, number) &&
      isDecipheredAlike(document, number) &&
      isPackedPlainly(document, number);
    return isTrue ? readPlainObject(document.source, lexer.position, true) : null;
  }
  if (entry?.kind !== 'compressed') return [];
  const container = containerOf(document, entry.container);
  const offset = container?.offsets[entry.index];
  // Behind the end stands nothing; mupdf counts on from nought.
  const isThere = container && offset !== undefined && offset < container.source.length;
  if (!isThere || container.numbers[entry.index] !== number) return null;
  if (!isDecipheredAlike(document, entry.container) || !isPackedPlainly(document, entry.container))
    return null;
  return readPlainObject(container.source, offset, true);
});

const latest = new WeakMap<PdfDocument, { readonly number: number; readonly container: Container | null }>();

/** Unpacked, so that only the latest is kept: objects that change together mostly stand in one. */
function containerOf(document: PdfDocument, number: number): Container | null {
  const known = latest.get(document);
  if (known?.number === number) return known.container;
  const container = readContainer(document, number);
  latest.set(document, { number, container });
  return container;
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
 * Whether references lead to something, by the generation that it has: where there is nothing, poppler gathers the file's objects anew,
 * and by another generation some readers find nothing. What stood so when it was signed may stay, and may be said again in what was
 * taken out of the catalog. The trailer (number 0) counts as an object.
 */
function hasTrueReferences(number: number, { before, after }: Difference): boolean {
  const [old, now] =
    number === 0 ? [before.trailer, after.trailer] : [readable(before, number), readable(after, number)];
  let signed: Set<string> | null = null;
  for (const ref of references(now)) {
    const entry = after.find(ref.number);
    const generation = entry?.kind === 'offset' ? entry.generation : 0;
    const isThere = entry !== undefined && entry.kind !== 'free';
    if (isThere && generation === ref.generation) continue;
    signed ??= new Set([...references(old), ...references(before.catalog)].map(String));
    if (!signed.has(String(ref))) return false;
  }
  return true;
}
