import { AppError } from '../../../contract/failure.ts';
import { isName, PdfDict, PdfName, type PdfObject, PdfRef, PdfString } from '../../pdf/object.ts';
import type { Page } from '../../pdf/page.ts';
import { isComment } from './annotation-rule.ts';
import { type Difference, keysOf, type Place } from './difference.ts';
import { type FormContext, nothingInherited } from './form-rule.ts';
import { judgeNewField } from './new-field-rule.ts';
import { pageLabel } from './page-map.ts';
import { join } from './reach.ts';
import { sentences } from './sentences.ts';

/** Notes and signatures that one page may gain: each is held against all that stands on it. */
const maxAdditions = 2000;

/** Pages: nothing changes but their annotations, which may gain the widgets of new signature fields. */
export function judgePages(context: FormContext): void {
  const { difference, pageMap } = context;
  judgeTree(difference);
  for (const page of pageMap.among(difference.changed)) judgePage(page, context);
}

/** The root of the pages, into which iText up to version 4 (iTextSharp, OpenPDF) writes its release when it adds to a file. */
function judgeTree(difference: Difference): void {
  const root = difference.after.catalog.get('Pages');
  if (!(root instanceof PdfRef) || !difference.changed.has(root.number)) return;
  const [before, after] = [difference.old(root.number), difference.new(root.number)];
  if (!(before instanceof PdfDict) || !(after instanceof PdfDict)) return;
  const isSame = [...keysOf(before, after)].every((key) =>
    key === 'ITXT'
      ? after.get(key) instanceof PdfString
      : difference.isSame(before.get(key), after.get(key), { holder: root.number, path: key }),
  );
  if (isSame) difference.clearAnywhere(root.number);
}

function judgePage(page: Page, context: FormContext): void {
  const { difference } = context;
  const { number } = page.ref;
  const before = difference.old(number);
  // A page that wasn't one: the page tree that shows it has changed, too, and is judged there. Some writers leave out /Type.
  if (!(before instanceof PdfDict) || !isName(before.get('Type') ?? new PdfName('Page'), 'Page')) return;
  for (const key of keysOf(before, page.dict)) {
    const place = { holder: number, path: key };
    // /Tabs orders the keyboard's way through annotations, nothing else.
    if (key === 'Tabs' && page.dict.get(key) instanceof PdfName) continue;
    if (key === 'Annots') judgeAnnotations(before.get(key), page, place, context);
    else if (!difference.isSame(before.get(key), page.dict.get(key), place)) {
      difference.add('other', sentences.pageChanged(pageLabel(page), key));
    }
  }
  difference.clearAnywhere(number);
}

function judgeAnnotations(
  before: PdfObject | undefined,
  page: Page,
  place: Place,
  context: FormContext,
): void {
  const { difference } = context;
  const signed = [...(difference.before.array(before) ?? [])];
  const entered = difference.enter(page.dict.get('Annots'), place);
  const now = difference.after.array(entered.value) ?? [];
  if (now.length - signed.length > maxAdditions) throw new AppError('pdf-too-complex', {});
  now.forEach((item, index) => {
    const at = { ...entered.place, path: join(entered.place.path, index) };
    if (signed[0] !== undefined && isSameItem(difference, signed[0], item, at)) {
      signed.shift();
      difference.allowEdge(at);
    } else judgeAddition(item, page, at, context);
  });
  if (signed.length > 0) difference.add('other', sentences.annotationsChanged(pageLabel(page)));
}

function judgeAddition(item: PdfObject, page: Page, at: Place, context: FormContext): void {
  const { difference, newWidgets } = context;
  if (!(item instanceof PdfRef) || difference.existed(item.number)) {
    difference.add('other', sentences.annotationsChanged(pageLabel(page)));
  } else if (newWidgets.has(item.number)) {
    difference.allowEdge(at);
  } else if (isName(difference.after.dict(item)?.get('FT'), 'Sig')) {
    // Not in the form's list, as poppler leaves it where the form is a direct dictionary; shown and verified all the same.
    judgeNewField(item, at, context, nothingInherited);
  } else {
    difference.allow(item, at);
    if (isComment(item, page, context))
      difference.add('annotations', sentences.annotationAdded(pageLabel(page)));
    else difference.add('other', sentences.annotationCovers(pageLabel(page)));
  }
}

/** References by number: what is behind them is judged by itself. */
function isSameItem(difference: Difference, before: PdfObject, after: PdfObject, at: Place): boolean {
  if (before instanceof PdfRef || after instanceof PdfRef) {
    return before instanceof PdfRef && after instanceof PdfRef && before.number === after.number;
  }
  return difference.isSame(before, after, at);
}
