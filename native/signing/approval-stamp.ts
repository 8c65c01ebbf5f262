import { formFieldNames } from '../../contract/document.ts';
import type { Page } from '../pdf/page.ts';
import { type BoxMm, shownSize } from '../pdf/page-geometry.ts';
import { emptyAppearance, imageAppearance, nameAppearance } from './appearance.ts';
import { addFields, findField, type NewField } from './field.ts';
import { PageFinder } from './page-finder.ts';
import {
  defaultApprovalBox,
  defaultDateBox,
  defaultNumberBox,
  findApprovalBox,
  findDatePlace,
  findNumberPlace,
  sealBox,
  withinPage,
} from './placement.ts';
import { defaultSealDiameter } from './seal-stamp.ts';
import type { ApprovalStamp } from './stamp.ts';
import { emptyFieldSpot, place, placeSignature, type Spot, type StampContext } from './stamp-placer.ts';

/** The leader's signature, and in the same revision the fields that number, date and seal will fill later. */
export function applyApproval(context: StampContext, stamp: ApprovalStamp): string {
  const { writer } = context;
  const finder = new PageFinder(writer.document);
  const wanted = { name: stamp.field ?? formFieldNames.approval, isGiven: stamp.field !== undefined };
  const { page, box } = emptyFieldSpot(context, finder, wanted.name) ?? signaturePlace(finder, stamp);
  const { rectangle, width, height } = place(page, box);
  const size = { width, height };
  const add = writer.add.bind(writer);
  const appearance = stamp.image
    ? imageAppearance(add, page, size, stamp.image)
    : nameAppearance(add, page, size, context.signerName);
  const label = 'Chữ ký của người có thẩm quyền';
  const field = placeSignature(context, wanted, { page, rectangle, appearance, label });
  prepareFields(context, finder, page, box);
  return field;
}

function signaturePlace(finder: PageFinder, stamp: ApprovalStamp): Spot {
  if (stamp.box) return { page: stamp.page ? finder.page(stamp.page) : finder.last, box: stamp.box };
  const candidates = stamp.page ? [finder.page(stamp.page)] : finder.fromEnd();
  for (const page of candidates) {
    const box = findApprovalBox(finder.lines(page), shownSize(page).width);
    if (box) return { page, box: withinPage(box, shownSize(page)) };
  }
  const page = candidates[0] ?? finder.last;
  const { width, height } = shownSize(page);
  return { page, box: defaultApprovalBox(width, height) };
}

/** Number, date and seal fields, each only where the document hasn't got one (a template may). */
function prepareFields(
  context: StampContext,
  finder: PageFinder,
  approvalPage: Page,
  approvalBox: BoxMm,
): void {
  const { writer } = context;
  const first = finder.page(1);
  const lines = finder.lines(first);
  const shown = shownSize(first);
  const numberBox = withinPage(findNumberPlace(lines)?.box ?? defaultNumberBox, shown);
  const dateBox = withinPage(findDatePlace(lines)?.box ?? defaultDateBox, shown);
  const wanted = [
    { type: 'Tx', name: formFieldNames.number, page: first, box: numberBox, label: 'Số văn bản' },
    { type: 'Tx', name: formFieldNames.date, page: first, box: dateBox, label: 'Ngày ban hành' },
    {
      type: 'Sig',
      name: formFieldNames.seal,
      page: approvalPage,
      box: withinPage(sealBox(approvalBox, defaultSealDiameter), shownSize(approvalPage)),
      label: 'Chữ ký số của cơ quan',
    },
  ] as const;
  const missing = wanted.filter(({ name }) => findField(writer, name) === null);
  const add = writer.add.bind(writer);
  const fields = missing.map(({ type, name, page, box, label }): NewField => {
    const { rectangle, width, height } = place(page, box);
    const appearance = emptyAppearance(add, page, { width, height });
    return { type, name, page, rectangle, appearance, value: null, label };
  });
  addFields(writer, fields);
}
