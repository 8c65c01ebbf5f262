import { formFieldNames } from '../../contract/document.ts';
import { type Page, rectangle } from '../pdf/page.ts';
import { shownSize, toShown } from '../pdf/page-geometry.ts';
import { imageAppearance, textAppearance } from './appearance.ts';
import { findField } from './field.ts';
import { defaultApprovalBox, findApprovalBox, sealBox } from './placement.ts';
import { fillDate, fillNumber } from './reference-fields.ts';
import type { SealStamp } from './stamp.ts';
import { PageFinder, place, placeSignature, type StampContext } from './stamp-placer.ts';

/** Millimetres: the usual size of an agency's seal, for pictures that don't tell theirs. */
export const defaultSealDiameter = 36;

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
  const preparedPage = prepared && finder.pageOf(prepared);
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
    return textAppearance(add, page, size, [text], { fontSize: 10 });
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
