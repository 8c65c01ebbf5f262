import { AppError } from '../../contract/failure.ts';
import type { ByteSource } from './byte-source.ts';
import { sectionsNear } from './nearby.ts';
import { type PdfDict, type PdfObject, PdfRef } from './object.ts';
import { type NumberRange, numbersIn } from './subsection.ts';
import { readSection, type XrefEntry, type XrefReading, type XrefSection, xrefReading } from './xref.ts';
import { type Closing, findStartXref, readClosing } from './xref-closing.ts';

/** A state of the file that was once its end: the original, or an incremental update (ISO 32000-2, 7.5.6). */
export interface Revision {
  /** 0 for the original. */
  readonly index: number;
  /** The file's length when this revision was its last: behind `%%EOF` and its end of line. */
  readonly end: number;
  readonly sections: readonly XrefSection[];
  readonly trailer: PdfDict;
  /** What this revision itself, not an earlier one, says of an object. */
  find(number: number): XrefEntry | undefined;
  /** The numbers of the objects that this revision adds, replaces or frees. */
  numbers(): Iterable<number>;
  /** The same by stretches. */
  ranges(): Iterable<NumberRange>;
  /** The part of the file, counted from its first byte, that says all this of the revision and of the older ones. */
  readonly extent: number;
}

/** More updates than this have been seen in no honest file; a chain that goes on is an attack. */
const sectionLimit = 4096;

interface ChainLink {
  readonly section: XrefSection;
  /** A hybrid file's hidden stream (7.5.8.4), which completes its table. */
  readonly hidden: XrefSection | null;
  readonly closing: Closing | null;
  /** Where reading all of this ended. */
  readonly extent: number;
}

/**
 * Follows the chain of cross-reference sections and groups them into revisions, oldest first. `origin` is where the
 * header stands, from which offsets count; `lenient` takes sections that stand a few bytes beside their place. Throws
 * `pdf-damaged`, also for a chain that loops, and `pdf-too-complex`.
 */
export function readRevisions(source: ByteSource, origin: number, lenient = false): Revision[] {
  const start = findStartXref(source);
  if (!start) throw new AppError('pdf-damaged', {});
  const read = lenient ? readSectionNear : readSection;
  return group(readChain(source, start.offset + origin, xrefReading(origin), read), source.length);
}

/**
 * The revisions of the first bytes of a file whose own are known, oldest first; null where they have to be read. `origin`: from
 * where the file's offsets count.
 */
export function beginningOf(
  revisions: readonly Revision[],
  source: ByteSource,
  origin: number,
): Revision[] | null {
  const start = findStartXref(source);
  const count =
    revisions.findIndex(({ sections }) => sections[0]?.offset === (start?.offset ?? 0) + origin) + 1;
  const newest = revisions[count - 1];
  if (!start || !newest || newest.extent > source.length) return null;
  return [...revisions.slice(0, count - 1), { ...newest, end: Math.min(newest.end, source.length) }];
}

/** As `readSection`, with what is no section looked for beside its place. */
function readSectionNear(source: ByteSource, offset: number, reading: XrefReading): XrefSection {
  try {
    return readSection(source, offset, reading);
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'pdf-damaged') throw error;
    const [near] = sectionsNear(source, offset).filter((place) => place !== offset);
    if (near === undefined) throw error;
    return readSection(source, near, reading);
  }
}

function readChain(
  source: ByteSource,
  newest: number,
  reading: XrefReading,
  read: typeof readSection,
): ChainLink[] {
  const links: ChainLink[] = [];
  const seen = new Set<number>();
  let offset: number | null = newest;
  while (offset !== null) {
    if (seen.has(offset)) throw new AppError('pdf-damaged', { at: offset });
    seen.add(offset);
    if (links.length >= sectionLimit) throw new AppError('pdf-too-complex', { at: offset });
    const section: XrefSection = read(source, offset, reading);
    const hiddenAt = section.kind === 'table' ? placeOf(section.trailer.get('XRefStm'), reading) : null;
    const hidden = hiddenAt === null ? null : read(source, hiddenAt, reading);
    const closing = readClosing(source, section.end);
    const isInPlace = section.offset === offset && (hidden === null || hidden.offset === hiddenAt);
    // What had to be looked for may stand elsewhere in a part of the file.
    const extent =
      isInPlace && closing?.marker ? Math.max(closing.marker, hidden?.end ?? 0) : Number.POSITIVE_INFINITY;
    links.push({ section, hidden, closing, extent });
    offset = placeOf(section.trailer.get('Prev'), reading);
  }
  return links;
}

/** The place that /Prev or /XRefStm names. Some writers make the number a reference's; others write 0 for "none". */
function placeOf(value: PdfObject | undefined, { origin }: XrefReading): number | null {
  const number = value instanceof PdfRef ? value.number : value;
  return typeof number === 'number' && number > 0 ? number + origin : null;
}

/**
 * A linearized file has two sections for its one original revision: the first page's, at the front, whose closing
 * `startxref` is 0 or names no section of its own, and the main one, at the end (Annex F). They are one revision.
 */
function group(links: readonly ChainLink[], fileLength: number): Revision[] {
  const oldestFirst = links.toReversed();
  const groups: ChainLink[][] = [];
  for (const link of oldestFirst) {
    const before = groups.at(-1);
    const older = before?.at(-1);
    const isFirstPagePart = groups.length === 1 && older && link.section.offset < older.section.offset;
    if (before && isFirstPagePart) before.push(link);
    else groups.push([link]);
  }
  let extent = 0;
  return groups.map((group, index) => {
    extent = Math.max(extent, ...group.map((link) => link.extent));
    return toRevision(group, index, { fileLength, extent });
  });
}

function toRevision(
  group: readonly ChainLink[],
  index: number,
  { fileLength, extent }: { readonly fileLength: number; readonly extent: number },
): Revision {
  const newestFirst = group.toReversed();
  const newest = newestFirst[0];
  if (!newest) throw new AppError('pdf-damaged', {});
  function* ranges() {
    for (const { section, hidden } of newestFirst) {
      yield* section.ranges();
      if (hidden) yield* hidden.ranges();
    }
  }
  const ends = group.map(({ section, closing }) => closing?.end ?? section.end);
  return {
    index,
    extent,
    end: Math.min(Math.max(...ends), fileLength),
    sections: newestFirst.map(({ section }) => section),
    trailer: newest.section.trailer,
    find(number) {
      for (const { section, hidden } of newestFirst) {
        const entry = section.find(number);
        // 7.5.8.4: what the table hides as free, the stream may show.
        const shown = !entry || entry.kind === 'free' ? hidden?.find(number) : undefined;
        if (shown ?? entry) return shown ?? entry;
      }
      return undefined;
    },
    ranges,
    numbers: () => numbersIn(ranges()),
  };
}
