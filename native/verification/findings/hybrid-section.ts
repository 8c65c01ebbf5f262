import type { PdfDocument } from '../../pdf/document.ts';
import type { PdfObject } from '../../pdf/object.ts';
import type { Revision } from '../../pdf/revision.ts';
import { readSection, type XrefSection, xrefReading } from '../../pdf/xref.ts';

/**
 * Whether a section is read alike by programs that know hybrid files and those that don't (ISO 32000-2, 7.5.8.4): its
 * hidden stream only adds objects that the table is silent about, or compressed ones that it calls free, as the
 * standard has it. What the table places elsewhere, or calls free though it stands in the open, is another object or
 * none to some.
 */
export function isOneReading(document: PdfDocument, section: XrefSection): boolean {
  const at = section.trailer.get('XRefStm');
  if (at === undefined) return true;
  // Mupdf follows it out of a stream's dictionary, too.
  if (section.kind === 'stream' || typeof at !== 'number') return false;
  const { source, origin } = document;
  const hidden = readSection(source, at + origin, xrefReading(origin));
  // PDF.js follows a hidden stream's own chain.
  if (hidden.kind !== 'stream' || !leadsOnAlike(hidden, section)) return false;
  for (const number of hidden.numbers()) {
    const [open, own] = [section.find(number), hidden.find(number)];
    if (!open || !own || own.kind === 'free') continue;
    if (open.kind === 'free' ? own.kind !== 'compressed' : !isSamePlace(open, own)) return false;
  }
  return true;
}

function leadsOnAlike(hidden: XrefSection, { trailer }: XrefSection): boolean {
  const previous: PdfObject | undefined = hidden.trailer.get('Prev');
  return !hidden.trailer.has('XRefStm') && (previous === undefined || previous === trailer.get('Prev'));
}

type Entry = NonNullable<ReturnType<Revision['find']>>;

function isSamePlace(a: Entry, b: Entry): boolean {
  if (a.kind === 'offset') return b.kind === 'offset' && a.offset === b.offset;
  return a.kind === b.kind;
}
