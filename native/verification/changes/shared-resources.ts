import { AppError } from '../../../contract/failure.ts';
import type { PdfDocument } from '../../pdf/document.ts';
import { PdfDict, PdfName, type PdfObject, PdfRef, PdfStream } from '../../pdf/object.ts';
import { readable } from '../integrity/readable.ts';
import type { Difference } from './difference.ts';

/** What a form's resources may gain for others, too: what signers and fillers put there. */
const kinds = ['Font', 'XObject'] as const;

/** A name and what it ends at (7.2.3): PDF's own white space and delimiters, no other alphabet's. */
const nameToken = /\/([^\t\n\f\r ()<>[\]{}/%]+)/g;
const openName = /\/[^\t\n\f\r ()<>[\]{}/%]*$/;

/** Decoded bytes that are looked through for names. */
const searchLimit = 64 << 20;

/**
 * Clears the form's resources where LibreOffice gave them to its pages as well and a later program added to them. A page's text may
 * use names that its resources didn't have when it was signed, so that the new ones must stand in no content at all but that which
 * has them from resources of its own. To be called for resources that lost and replaced nothing.
 */
export function clearShared(
  before: PdfObject | undefined,
  after: PdfObject | undefined,
  difference: Difference,
): void {
  const [old, now] = [difference.before.dict(before), difference.after.dict(after)];
  if (!old || !now) return;
  const shared = new Map<number, readonly string[]>();
  const note = (value: PdfObject | undefined, ...ways: readonly string[]) => {
    if (value instanceof PdfRef && difference.changed.has(value.number)) shared.set(value.number, ways);
  };
  note(after, 'Resources', 'DR');
  for (const kind of kinds) note(now.get(kind), kind);
  if (![...shared].every(([number, ways]) => isOnlyThat(number, ways, difference))) return;
  const isOther = (key: string) => !old.has(key) && !kinds.some((kind) => kind === key);
  if ([...now.entries.keys()].some(isOther)) return;
  const gained = new Set(
    kinds.flatMap((kind) => {
      const had = difference.before.dict(old.get(kind));
      const names = difference.after.dict(now.get(kind))?.entries.keys() ?? [];
      return [...names].filter((name) => !had?.has(name));
    }),
  );
  if (!isUnused(gained, new Set(shared.keys()), difference)) return;
  for (const number of shared.keys()) difference.clearAnywhere(number);
}

/** Whether an object is referred to as resources alone: a page that were the form's resources would gain actions. */
function isOnlyThat(number: number, ways: readonly string[], { reach }: Difference): boolean {
  return reach.edges(number).every((edge) => ways.includes(edge.split(/[ .]/).at(-1) ?? ''));
}

function isUnused(
  names: ReadonlySet<string>,
  shared: ReadonlySet<number>,
  { after, reach }: Difference,
): boolean {
  const numbers = new Set(after.revisions.flatMap((revision) => [...revision.numbers()]));
  let left = searchLimit;
  try {
    for (const number of numbers) {
      const stream = reach.has(number) ? readable(after, number) : null;
      if (!(stream instanceof PdfStream) || isPicture(after, stream)) continue;
      const content = Buffer.from(after.decodedBytes(stream)).toString('latin1').replaceAll('\0', ' ');
      left -= content.length;
      if (left < 0) return false;
      // Programs that join a page's streams without white space between them would go on with the name in the next one.
      if (openName.test(content)) return false;
      const own = ownNames(after, stream, shared);
      for (const [, written = ''] of content.matchAll(nameToken)) {
        const name = written.replace(/#([0-9a-f]{2})/gi, (_, code) =>
          String.fromCharCode(Number.parseInt(code, 16)),
        );
        if (names.has(name) && !own.has(name)) return false;
      }
    }
    return true;
  } catch (error) {
    if (error instanceof AppError) return false;
    throw error;
  }
}

/** Filters whose output no reader takes for content. */
const pictureFilters = new Set(['DCTDecode', 'JPXDecode', 'CCITTFaxDecode', 'JBIG2Decode']);

function isPicture(document: PdfDocument, stream: PdfStream): boolean {
  const filter = document.resolve(stream.dict.get('Filter'));
  const filters = filter instanceof PdfName ? [filter] : (document.array(filter) ?? []);
  return filters.some((one) => one instanceof PdfName && pictureFilters.has(one.value));
}

/** Names that a form brings resources of its own for. */
function ownNames(document: PdfDocument, { dict }: PdfStream, shared: ReadonlySet<number>): Set<string> {
  const isOwn = (value: PdfObject | undefined) => !(value instanceof PdfRef && shared.has(value.number));
  const resources = isOwn(dict.get('Resources')) ? document.dict(dict.get('Resources')) : null;
  return new Set(
    kinds.flatMap((kind) => {
      const names = isOwn(resources?.get(kind)) ? document.dict(resources?.get(kind)) : null;
      return names instanceof PdfDict ? [...names.entries.keys()] : [];
    }),
  );
}
