import type { PdfDocument } from '../../pdf/document.ts';
import { isArray, type PdfObject } from '../../pdf/object.ts';
import type { XrefSection } from '../../pdf/xref.ts';
import type { Difference } from './difference.ts';
import { oncePerPart } from './once.ts';
import { references } from './references.ts';

/** Annex C names 8,388,607 as the largest number; mupdf gathers a file's objects anew that has more, poppler one that has far more. */
const mostObjects = 8_388_607;
/** Bytes of a row's type that poppler reads. */
const broadestType = 4;

/**
 * Whether a section leaves nothing to repair: lines of a table that all have their twenty bytes (7.5.4), and a /Size that hides
 * no object that was there (7.5.5) and names no more than there can be. Viewers that mend a file look for objects in places where others
 * don't.
 */
export function isRegularSection(section: XrefSection, difference: Difference): boolean {
  const { after } = difference;
  const size = after.number(section.trailer.get('Size'));
  return (
    size !== null && size <= mostObjects && !hidesSigned(difference, size) && isWellFormed(after, section)
  );
}

const isWellFormed = oncePerPart((after: PdfDocument, section: XrefSection) => {
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
});

/** What says where a cross-reference stream's rows are and what they mean (7.5.8.2). */
const rowKeys = ['Size', 'Index', 'W', 'Length', 'Filter', 'DecodeParms'];

/**
 * Whether a cross-reference stream says by itself, in the numbers that the standard asks for, which objects its rows speak of, and has
 * them all, each of a type that the standard knows. Where /Index is a reference, a name or a number, some readers see no object and others all of them from 0 on; a row too few
 * makes others gather the file's objects anew.
 */
function isRegularStream({ trailer, ranges, hasKnownRows }: XrefSection): boolean {
  if (rowKeys.some((key) => !references(trailer.get(key) ?? null).next().done)) return false;
  const [widths, index] = [trailer.get('W'), trailer.get('Index')];
  if (!isArray(widths) || widths.length !== 3 || !widths.every(isCount)) return false;
  if ((widths[0] ?? 0) > broadestType || !hasKnownRows) return false;
  const rows = index === undefined ? [0, trailer.get('Size') ?? null] : index;
  if (!isArray(rows) || rows.length % 2 !== 0 || !rows.every(isCount)) return false;
  const promised = rows.filter((_, at) => at % 2 === 1).reduce((sum, count) => sum + count, 0);
  let present = 0;
  for (const { count } of ranges()) present += count;
  return present === promised;
}

function isCount(value: PdfObject): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0;
}

/** Numbers from /Size on don't exist for readers that go by it. Writers do count anew, so that it may well become smaller. */
function hidesSigned({ before, highestSigned }: Difference, size: number): boolean {
  const signedSize = before.number(before.trailer.get('Size'));
  if (signedSize !== null && size >= signedSize) return false;
  return highestSigned() >= size;
}

const subsection = /\d+ +(\d+) *(?:\r\n|\r|\n)/y;
