import { formFieldNames } from '../../contract/document.ts';
import { AppError } from '../../contract/failure.ts';
import { textWidth } from '../pdf/font/shown-text.ts';
import type { FormField } from '../pdf/form.ts';
import { PdfString } from '../pdf/object.ts';
import { type Page, rectangle } from '../pdf/page.ts';
import { type BoxMm, toShown } from '../pdf/page-geometry.ts';
import { drawing, type Face, faces } from './appearance.ts';
import { fillField, findField } from './field.ts';
import type { PageFinder } from './page-finder.ts';
import { type Blank, type DatePlace, findDatePlace, findNumberPlace, prescribedSize } from './placement.ts';
import { canvasOn, type StampContext } from './stamp-placer.ts';
import { printedDay, printedMonth } from './vietnam-time.ts';
import { widgetOf } from './widget.ts';

/** A text field that the approval prepared, and where a person sees it. */
interface PreparedText {
  readonly field: FormField;
  readonly page: Page;
  readonly box: BoxMm;
}

/** Throws `pdf-field-missing`: a seal never goes on without number and date. */
function preparedText({ writer }: StampContext, finder: PageFinder, name: string): PreparedText {
  const field = findField(writer, name);
  const widget = field && widgetOf(writer.document, field);
  const page = widget && finder.pageOf(widget);
  const area = widget && rectangle(writer.document, widget.dict.get('Rect'));
  if (field?.type !== 'Tx' || !page || !area) throw new AppError('pdf-field-missing', { field: name });
  return { field, page, box: toShown(page, area) };
}

/** Fills the prepared field "Số" (ô số 3). `number` may be the whole code, of which the page often prints the symbol. */
export function fillNumber(context: StampContext, finder: PageFinder, number: string): void {
  const prepared = preparedText(context, finder, formFieldNames.number);
  const { box } = prepared;
  const found = findNumberPlace(finder.lines(prepared.page));
  // Where "/QĐ-…" is printed behind the blank, only the number itself goes into it.
  const text = found ? (number.split('/')[0] ?? number) : `Số: ${number}`;
  const shown = [{ text, left: box.x, right: box.x + box.width }];
  write(context, prepared, { value: text, shown, face: 'regular', ...lineOf(found, box) });
}

/**
 * Fills the prepared field of the date (ô số 4) from YYYY-MM-DD. Throws `printed-date-differs` where month or year stand on
 * the page already and are others: a document must not bear two dates.
 */
export function fillDate(context: StampContext, finder: PageFinder, date: string): void {
  const prepared = preparedText(context, finder, formFieldNames.date);
  const { box } = prepared;
  const found = findDatePlace(finder.lines(prepared.page));
  const [year = 0, month = 0, day = 0] = date.split('-').map(Number);
  const sentence = `ngày ${printedDay(day)} tháng ${printedMonth(month)} năm ${year}`;
  // A field may show less than its value says, never more or otherwise: verifiers take other words for a forgery.
  const value = found ? `${printedDay(day)}/${printedMonth(month)}/${year}` : sentence;
  const shown = found
    ? inBlanks(found, { day, month, year })
    : [{ text: sentence, left: box.x, right: box.x + box.width }];
  write(context, prepared, { value, shown, face: 'italic', ...lineOf(found, box) });
}

interface CalendarDay {
  readonly day: number;
  readonly month: number;
  readonly year: number;
}

function inBlanks(place: DatePlace, { day, month, year }: CalendarDay): ShownText[] {
  const parts: [Blank | number, number, string][] = [
    [place.day, day, printedDay(day)],
    [place.month, month, printedMonth(month)],
    [place.year, year, String(year)],
  ];
  return parts.flatMap(([blank, wanted, text]) => {
    if (typeof blank !== 'number') return [{ text, ...blank }];
    if (blank !== wanted) throw new AppError('printed-date-differs', { printed: blank, wanted });
    return [];
  });
}

/** Text in the middle of a blank, in millimetres from the visible page's left edge. */
interface ShownText extends Blank {
  readonly text: string;
}

interface Writing {
  readonly value: string;
  readonly shown: readonly ShownText[];
  readonly face: Face;
  readonly baseline: number;
  readonly size: number;
}

/** Where the baseline runs in a box that isn't over printed words: a quarter of the height stays below it. */
const baselineShare = 0.75;

/** The baseline and size of the words around, or the prescribed ones. */
function lineOf(found: { baseline: number; size: number } | null, box: BoxMm) {
  return found
    ? { baseline: found.baseline, size: found.size }
    : { baseline: box.y + baselineShare * box.height, size: prescribedSize };
}

function write(context: StampContext, { field, page, box }: PreparedText, writing: Writing): void {
  const { value, shown, face, baseline, size } = writing;
  const marks = shown.map(({ text, left, right }) => ({
    kind: 'text' as const,
    text,
    x: (left + right) / 2 - box.x,
    baseline: baseline - box.y,
    // Words that are wider than their blank get smaller letters: they must not run into the words around, nor be cut off.
    size: Math.min(size, (right - left) / textWidth(faces[face](), text)),
    align: 'centre' as const,
    face,
    ink: 'black' as const,
  }));
  const appearance = drawing(canvasOn(context, { page, box }), marks);
  fillField(context.writer, field, PdfString.fromText(value), appearance);
}
