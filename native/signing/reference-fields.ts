import { formFieldNames } from '../../contract/document.ts';
import { AppError } from '../../contract/failure.ts';
import type { FormField } from '../pdf/form.ts';
import { PdfString } from '../pdf/object.ts';
import { type Page, rectangle } from '../pdf/page.ts';
import { type BoxMm, toShown, toUnits } from '../pdf/page-geometry.ts';
import { type PlacedText, textAppearance } from './appearance.ts';
import { fillField, findField } from './field.ts';
import type { PageFinder } from './page-finder.ts';
import { findDatePlace, findNumberPlace, type NumberPlace, prescribedSize } from './placement.ts';
import type { StampContext } from './stamp-placer.ts';
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
  const found = findNumberPlace(finder.lines(prepared.page));
  // Where "/QĐ-…" is printed behind the blank, only the number itself goes into it.
  const text = found ? (number.split('/')[0] ?? number) : `Số: ${number}`;
  const { box } = prepared;
  write(context, prepared, found, text, [{ text, x: box.x + box.width / 2, align: 'centre' }], false);
}

/** Fills the prepared field of the date (ô số 4) from YYYY-MM-DD. */
export function fillDate(context: StampContext, finder: PageFinder, date: string): void {
  const prepared = preparedText(context, finder, formFieldNames.date);
  const found = findDatePlace(finder.lines(prepared.page));
  const [year = 0, month = 0, day = 0] = date.split('-').map(Number);
  const [dayText, monthText] = [printedDay(day), printedMonth(month)];
  const { box } = prepared;
  const texts: ShownText[] = found
    ? [
        { text: dayText, x: found.dayCentre, align: 'centre' },
        { text: monthText, x: found.monthCentre, align: 'centre' },
        ...(found.yearLeft === null
          ? []
          : [{ text: String(year), x: found.yearLeft, align: 'left' } as const]),
      ]
    : [{ text: `ngày ${dayText} tháng ${monthText} năm ${year}`, x: box.x + box.width / 2, align: 'centre' }];
  write(context, prepared, found, `${dayText}/${String(month).padStart(2, '0')}/${year}`, texts, true);
}

/** Text at a distance from the visible page's left edge, in millimetres. */
interface ShownText {
  readonly text: string;
  readonly x: number;
  readonly align: PlacedText['align'];
}

/** Where the baseline runs in a box that isn't over printed words: a quarter of the height stays below it. */
const baselineShare = 0.75;

function write(
  { writer }: StampContext,
  { field, page, box }: PreparedText,
  found: NumberPlace | null,
  value: string,
  texts: readonly ShownText[],
  italic: boolean,
): void {
  const units = (mm: number) => toUnits(page, mm);
  const size = { width: units(box.width), height: units(box.height) };
  const fromTop = (found?.baseline ?? box.y + baselineShare * box.height) - box.y;
  const placed = texts.map(({ text, x, align }) => ({
    text,
    align,
    x: units(x - box.x),
    y: size.height - units(fromTop),
  }));
  const style = { fontSize: units(found?.size ?? prescribedSize), italic };
  const appearance = textAppearance(writer.add.bind(writer), page, size, placed, style);
  fillField(writer, field, PdfString.fromText(value), appearance);
}
