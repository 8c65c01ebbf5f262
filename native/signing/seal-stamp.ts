import { formFieldNames } from '../../contract/document.ts';
import { AppError } from '../../contract/failure.ts';
import type { FormField } from '../pdf/form.ts';
import { PdfRef, PdfString } from '../pdf/object.ts';
import { type Page, rectangle } from '../pdf/page.ts';
import { shownSize, toShown, toUnits } from '../pdf/page-geometry.ts';
import { emptyAppearance, imageAppearance, type PlacedText, textAppearance } from './appearance.ts';
import { fillField, findField } from './field.ts';
import {
  defaultApprovalBox,
  findApprovalBox,
  findDatePlace,
  findNumberPlace,
  prescribedSize,
  sealBox,
} from './placement.ts';
import type { SealStamp } from './stamp.ts';
import { PageFinder, place, placeSignature, type StampContext } from './stamp-placer.ts';
import { printedDay, printedMonth } from './vietnam-time.ts';

/** Millimetres: the usual size of an agency's seal, for pictures that don't tell theirs. */
export const defaultSealDiameter = 36;

const textSize = 13;

/** The agency's seal. Fills number and date first: one revision, so that the seal covers them. */
export function applySeal(context: StampContext, stamp: SealStamp): string {
  const finder = new PageFinder(context.writer);
  if (stamp.number !== undefined) fillNumber(context, finder, stamp.number);
  if (stamp.date !== undefined) fillDate(context, finder, stamp.date);
  return placeSeal(context, finder, stamp);
}

function placeSeal(context: StampContext, finder: PageFinder, stamp: SealStamp): string {
  const { writer } = context;
  const prepared = findField(writer, formFieldNames.seal);
  const preparedPage = prepared && pageOf(finder, prepared);
  const preparedBox = prepared && rectangle(writer.document, prepared.dict.get('Rect'));
  const add = writer.add.bind(writer);
  const draw = (page: Page, size: { width: number; height: number }) => {
    if (stamp.image) return imageAppearance(add, page, size, stamp.image);
    const text = {
      text: context.signerName,
      x: size.width / 2,
      y: size.height / 2,
      align: 'centre' as const,
    };
    return textAppearance(add, page, size, [text], 10);
  };
  const wanted = { name: formFieldNames.seal, isGiven: false };
  const label = 'Chữ ký số của cơ quan';
  if (prepared && prepared.value === null && preparedPage && preparedBox) {
    const { width, height } = place(preparedPage, toShown(preparedPage, preparedBox));
    const appearance = draw(preparedPage, { width, height });
    return placeSignature(context, wanted, { page: preparedPage, rectangle: preparedBox, appearance, label });
  }
  const page = stamp.page ? finder.page(stamp.page) : sealPage(finder);
  const box = stamp.box ?? sealBox(approvalBoxOf(finder, page), defaultSealDiameter);
  const spot = place(page, box);
  return placeSignature(context, wanted, {
    page,
    rectangle: spot.rectangle,
    appearance: draw(page, spot),
    label,
  });
}

function sealPage(finder: PageFinder): Page {
  const width = (page: Page) => shownSize(page).width;
  return (
    finder.fromEnd().find((page) => findApprovalBox(finder.lines(page), width(page)) !== null) ?? finder.last
  );
}

function approvalBoxOf(finder: PageFinder, page: Page) {
  const { width, height } = shownSize(page);
  return findApprovalBox(finder.lines(page), width) ?? defaultApprovalBox(width, height);
}

function pageOf(finder: PageFinder, field: FormField): Page | null {
  const ref = field.dict.get('P');
  return ref instanceof PdfRef ? finder.byRef(ref) : null;
}

/** The prepared text field with its page and box. Throws `pdf-field-missing`: a seal never goes on without its number. */
function preparedText({ writer }: StampContext, finder: PageFinder, name: string) {
  const field = findField(writer, name);
  const page = field && pageOf(finder, field);
  const box = field && rectangle(writer.document, field.dict.get('Rect'));
  if (field?.type !== 'Tx' || !page || !box) throw new AppError('pdf-field-missing', { field: name });
  return { field, page, shown: toShown(page, box) };
}

function fillNumber(context: StampContext, finder: PageFinder, number: string): void {
  const { field, page, shown } = preparedText(context, finder, formFieldNames.number);
  const found = findNumberPlace(finder.lines(page));
  // Where "/QĐ-…" is printed behind the blank, only the number itself goes into it.
  const text = found ? (number.split('/')[0] ?? number) : `Số: ${number}`;
  const baseline = (found?.baseline ?? shown.y + 0.75 * shown.height) - shown.y;
  write(
    context,
    page,
    field,
    text,
    [{ text, x: shown.width / 2, fromTop: baseline, align: 'centre' }],
    shown,
    found,
  );
}

function fillDate(context: StampContext, finder: PageFinder, date: string): void {
  const { field, page, shown } = preparedText(context, finder, formFieldNames.date);
  const [year = 0, month = 0, day = 0] = date.split('-').map(Number);
  const [dayText, monthText] = [printedDay(day), printedMonth(month)];
  const found = findDatePlace(finder.lines(page));
  const whole = `ngày ${dayText} tháng ${monthText} năm ${year}`;
  const value = `${dayText}/${monthText.padStart(2, '0')}/${year}`;
  const fromTop = (found?.baseline ?? shown.y + 0.75 * shown.height) - shown.y;
  const at = (text: string, x: number, align: PlacedText['align']) => ({
    text,
    x: x - shown.x,
    fromTop,
    align,
  });
  const texts = found
    ? [
        at(dayText, found.dayCentre, 'centre'),
        at(monthText, found.monthCentre, 'centre'),
        ...(found.yearLeft === null ? [] : [at(String(year), found.yearLeft, 'left')]),
      ]
    : [at(whole, shown.x + shown.width / 2, 'centre')];
  write(context, page, field, value, texts, shown, found);
}

interface TextMm {
  readonly text: string;
  readonly x: number;
  readonly fromTop: number;
  readonly align: PlacedText['align'];
}

function write(
  { writer }: StampContext,
  page: Page,
  field: FormField,
  value: string,
  texts: readonly TextMm[],
  box: { readonly width: number; readonly height: number },
  found: { readonly size: number } | null,
): void {
  const units = (mm: number) => toUnits(page, mm);
  const size = { width: units(box.width), height: units(box.height) };
  const placed = texts.map(({ text, x, fromTop, align }) => ({
    text,
    align,
    x: units(x),
    y: size.height - units(fromTop),
  }));
  const fontSize = found ? units(found.size) : units((textSize / 13) * prescribedSize);
  const add = writer.add.bind(writer);
  const appearance =
    placed.length > 0 ? textAppearance(add, page, size, placed, fontSize) : emptyAppearance(add, page, size);
  fillField(writer, field, PdfString.fromText(value), appearance);
}
