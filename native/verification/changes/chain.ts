import type { ByteSource } from '../../pdf/byte-source.ts';
import type { PdfDocument } from '../../pdf/document.ts';
import { Lexer } from '../../pdf/lexer.ts';
import { isName, PdfStream } from '../../pdf/object.ts';
import type { Revision } from '../../pdf/revision.ts';
import type { XrefEntry, XrefSection } from '../../pdf/xref.ts';
import { readClosing } from '../../pdf/xref-closing.ts';
import { readable } from '../integrity/readable.ts';
import { readContainer } from './object-table.ts';
import { oncePerPart } from './once.ts';
import { isPlainObject } from './plain-object.ts';

/**
 * Whether the parts behind `from` are chained so that no reader has anything to repair, and so that one who repairs all the same
 * finds nothing else. A reader that misses a section by a byte gathers the file's objects anew and takes the last of each
 * number, whatever cross-references say: there a forged object waits that a later part has put out of sight.
 */
export function isFirmlyChained(document: PdfDocument, from: number): boolean {
  return document.revisions.every(
    (revision, index) =>
      !isLater(document.source, revision, from) ||
      (hasExactPlaces(document, revision, document.revisions[index - 1]) &&
        revision.sections.every((section) => hasPlainTrailer(document, section)) &&
        turnsBackAt(document, revision) < from),
  );
}

/**
 * Whether a revision was added behind the first `from` bytes. A file may end with `%%EOF` itself; the end of that line, which the next
 * writer puts in, doesn't make what was signed an addition.
 */
export function isLater(source: ByteSource, { end }: Revision, from: number): boolean {
  if (end <= from) return false;
  return end - from > 2 || source.read(from, end - from).some((byte) => byte !== 0x0d && byte !== 0x0a);
}

/** /Prev and `startxref` name the very first byte of a section (ISO 32000-2, 7.5.5), by a number of their own. */
function hasExactPlaces(
  { source, origin }: PdfDocument,
  { sections, trailer }: Revision,
  older: Revision | undefined,
): boolean {
  const [own] = sections;
  const [previous] = older?.sections ?? [];
  if (!own || !previous) return false;
  return (
    trailer.get('Prev') === previous.offset - origin &&
    readClosing(source, own.end)?.startXref === own.offset - origin
  );
}

/** A second /Root or /Prev would be another file to some. */
const hasPlainTrailer = oncePerPart(({ source }: PdfDocument, { kind, offset, end }: XrefSection) => {
  if (kind === 'stream') {
    const lexer = new Lexer(source, offset);
    for (let header = 0; header < 3; header++) lexer.next();
    return isPlainObject(source, lexer.position);
  }
  const text = Buffer.from(source.read(offset, end - offset)).toString('latin1');
  return isPlainObject(source, offset + text.indexOf('trailer') + 'trailer'.length);
});

/**
 * Where the last of the objects stands that this revision brings behind the ones of the same numbers that count; -1 where there is
 * none.
 */
const turnsBackAt = oncePerPart((document: PdfDocument, revision: Revision) => {
  const isBehind = (number: number, place: number) => {
    const counting = placeOf(document, document.find(number));
    return counting !== null && counting < place;
  };
  let last = -1;
  for (const number of revision.numbers()) {
    const entry = revision.find(number);
    if (entry?.kind !== 'offset' || entry.offset <= last) continue;
    if (isBehind(number, entry.offset)) last = entry.offset;
    // Replaced later: what counts is looked at where it stands.
    if (placeOf(document, document.find(number)) !== entry.offset) continue;
    const value = readable(document, number);
    if (!(value instanceof PdfStream) || !isName(value.dict.get('Type'), 'ObjStm')) continue;
    if (readContainer(document, number)?.numbers.some((one) => isBehind(one, entry.offset)) ?? true)
      last = entry.offset;
  }
  return last;
});

/** Where an object stands in the file, or the object stream that holds it; null for none. */
function placeOf(document: PdfDocument, entry: XrefEntry | undefined): number | null {
  const own = entry?.kind === 'compressed' ? document.find(entry.container) : entry;
  return own?.kind === 'offset' ? own.offset : null;
}
