import { AppError } from '../../../contract/failure.ts';
import { PdfDict, PdfName, type PdfObject, PdfRef, PdfStream, PdfString } from '../../pdf/object.ts';
import { type Difference, keysOf, type Place } from './difference.ts';
import { type FormContext, judgeForm } from './form-rule.ts';
import { isSameMetadata } from './metadata.ts';
import { sentences } from './sentences.ts';

/** Keys of the trailer that describe the file, not the document (ISO 32000-2, 7.5.5 and 7.5.8.2). */
const ownKeys = new Set('Size Prev XRefStm ID Type W Index Filter DecodeParms Length DocChecksum'.split(' '));
/** How a stream's bytes are written, not what they say (7.3.8.2). */
const packing = new Set(['Length', 'Filter', 'DecodeParms', 'DL']);
/** What a program that touches the file may write into /Info, and what it may add where there was none. */
const renewable = new Set(['ModDate', 'Producer', 'Trapped']);
const addable = new Set([...renewable, 'CreationDate', 'Creator']);

/** The trailer: the same root; information about the document with new dates at most. */
export function judgeTrailer(context: FormContext): void {
  const { difference } = context;
  const { before, after } = difference;
  for (const key of keysOf(before.trailer, after.trailer)) {
    const place = { holder: 0, path: key };
    if (ownKeys.has(key)) continue;
    if (key === 'Root') judgeRoot(context);
    else if (key === 'Encrypt') judgeEncryption(difference, place);
    else if (key === 'Info') judgeInfo(difference, before.trailer.get(key), after.trailer.get(key), place);
    else if (
      after.trailer.has(key) &&
      !difference.isSame(before.trailer.get(key), after.trailer.get(key), place)
    ) {
      difference.add('other', sentences.trailerChanged(key));
    }
  }
}

/** With another key, or with none, the signed objects themselves read as something else. */
function judgeEncryption(difference: Difference, place: Place): void {
  const { before, after } = difference;
  const [old, now] = [before.trailer.get('Encrypt'), after.trailer.get('Encrypt')];
  const isSame = difference.isSame(before.resolve(old), after.resolve(now), place);
  if (!isSame) difference.add('other', sentences.encryptionChanged());
  else if (now instanceof PdfRef) difference.enter(now, place);
}

function judgeRoot(context: FormContext): void {
  const { difference } = context;
  const { before, after } = difference;
  const number = after.catalogRef?.number;
  if (number === undefined || number !== before.catalogRef?.number) {
    difference.add('other', sentences.rootReplaced());
    return;
  }
  for (const key of keysOf(before.catalog, after.catalog)) {
    // Judged behind form and pages, since it may speak of their new widgets.
    if (key === 'StructTreeRoot') continue;
    const place = { holder: number, path: key };
    const [old, now] = [before.catalog.get(key), after.catalog.get(key)];
    if (key === 'AcroForm') judgeForm(old, now, place, context);
    else if (key === 'DSS') judgeValidationData(difference, old, now, place);
    else if (key === 'Metadata') judgeMetadata(difference, old, now, place);
    else if (difference.isSame(old, now, place)) continue;
    else if (key === 'Version' && now instanceof PdfName) difference.add('none', sentences.versionUpdated());
    else if (key === 'Extensions') {
      difference.allow(now, place);
      difference.add('none', sentences.versionUpdated());
    } else difference.add('other', sentences.catalogChanged(key));
  }
  difference.clearAnywhere(number);
}

/** The document security store (ISO 32000-2, 12.8.4.3): data for checking, never shown to anyone. */
function judgeValidationData(
  difference: Difference,
  before: PdfObject | undefined,
  after: PdfObject | undefined,
  place: Place,
): void {
  const store = difference.after.resolve(after);
  if (!(store instanceof PdfDict)) {
    difference.add('other', sentences.catalogChanged('DSS'));
    return;
  }
  const size = difference.changed.size;
  const isNew = !difference.isSame(before, after, place);
  const isReplaced = after instanceof PdfRef && difference.changed.has(after.number);
  difference.allow(after, place, true);
  const lists = ['Certs', 'CRLs', 'OCSPs', 'VRI'].map((key) => store.get(key));
  // Lists that are objects of their own may be replaced without the store around them.
  const base = after instanceof PdfRef ? { holder: after.number, path: '' } : place;
  lists.forEach((list, index) => {
    const key = ['Certs', 'CRLs', 'OCSPs', 'VRI'][index] ?? '';
    difference.allow(list, { ...base, path: base.path === '' ? key : `${base.path}.${key}` }, true);
  });
  const isTouched = lists.some((list) => list instanceof PdfRef && difference.changed.has(list.number));
  if (size > 0 && (isNew || isReplaced || isTouched)) {
    difference.add('validationData', sentences.validationData());
  }
}

function judgeMetadata(
  difference: Difference,
  before: PdfObject | undefined,
  after: PdfObject | undefined,
  place: Place,
): void {
  const [old, now] = [difference.before.resolve(before), difference.after.resolve(after)];
  if (difference.isSame(before, after, place)) {
    if (!(after instanceof PdfRef) || !difference.changed.has(after.number)) return;
  }
  if (old === null && now instanceof PdfStream) {
    difference.allow(after, place);
    difference.add('none', sentences.modificationDate());
    return;
  }
  const own = after instanceof PdfRef ? { holder: after.number, path: '' } : place;
  const isSound =
    old instanceof PdfStream &&
    now instanceof PdfStream &&
    [...keysOf(old.dict, now.dict)].every(
      (key) =>
        packing.has(key) || difference.isSame(old.dict.get(key), now.dict.get(key), { ...own, path: key }),
    );
  if (!isSound || !saysSame(difference, old, now)) {
    difference.add('other', sentences.metadataChanged());
    return;
  }
  difference.enter(after, place);
  difference.allow(
    now.dict.get('Length'),
    { holder: after instanceof PdfRef ? after.number : 0, path: 'Length' },
    true,
  );
  difference.add('none', sentences.modificationDate());
}

function saysSame(difference: Difference, old: PdfStream, now: PdfStream): boolean {
  try {
    return isSameMetadata(difference.before.decodedBytes(old), difference.after.decodedBytes(now));
  } catch (error) {
    if (error instanceof AppError) return false;
    throw error;
  }
}

function judgeInfo(
  difference: Difference,
  before: PdfObject | undefined,
  after: PdfObject | undefined,
  place: Place,
): void {
  const old = difference.before.dict(before ?? earlierInfo(difference));
  const now = difference.after.dict(after);
  if (after === undefined || now === null) return;
  const isOwn = before !== undefined;
  const own = after instanceof PdfRef ? { holder: after.number, path: '' } : place;
  let renewed = false;
  for (const key of keysOf(old ?? new PdfDict(), now)) {
    const at = { ...own, path: own.path === '' ? key : `${own.path}.${key}` };
    if (difference.isSame(old?.get(key), now.get(key), at)) continue;
    const value = difference.after.resolve(now.get(key));
    const isPlain = value === null || value instanceof PdfString || value instanceof PdfName;
    if (!isPlain || !(isOwn ? renewable : addable).has(key)) {
      difference.add('other', sentences.infoChanged(key));
      return;
    }
    difference.allow(now.get(key), at, true);
    renewed = true;
  }
  if (after instanceof PdfRef && difference.changed.has(after.number)) difference.enter(after, place);
  if (renewed) difference.add('none', sentences.modificationDate());
}

/** Writers lose /Info now and then, and the next one finds it again: what an older revision said may be said once more. */
function earlierInfo({ before }: Difference): PdfObject | undefined {
  const { revisions, revision } = before;
  return revisions
    .slice(0, revision.index)
    .findLast(({ trailer }) => trailer.has('Info'))
    ?.trailer.get('Info');
}
