import { formFieldNames } from '../../contract/document.ts';
import type { Page } from '../pdf/page.ts';
import { type BoxMm, shownSize } from '../pdf/page-geometry.ts';
import { emptyAppearance, imageAppearance, textAppearance } from './appearance.ts';
import { addFields, findField, type NewField } from './field.ts';
import {
  defaultApprovalBox,
  defaultDateBox,
  defaultNumberBox,
  findApprovalBox,
  findDatePlace,
  findNumberPlace,
  sealBox,
} from './placement.ts';
import { defaultSealDiameter } from './seal-stamp.ts';
import type { ApprovalStamp } from './stamp.ts';
import { PageFinder, place, placeSignature, type StampContext } from './stamp-placer.ts';

const fontSize = 13;

/** The leader's signature, and in the same revision the fields that number, date and seal will fill later. */
export function applyApproval(context: StampContext, stamp: ApprovalStamp): string {
  const { writer } = context;
  const finder = new PageFinder(writer);
  const { page, box } = signaturePlace(finder, stamp);
  const { rectangle, width, height } = place(page, box);
  const size = { width, height };
  const add = writer.add.bind(writer);
  const name = { text: context.signerName, x: width / 2, y: height / 2, align: 'centre' as const };
  const appearance = stamp.image
    ? imageAppearance(add, page, size, stamp.image)
    : textAppearance(add, page, size, [name], { fontSize });
  const wanted = { name: stamp.field ?? formFieldNames.approval, isGiven: stamp.field !== undefined };
  const label = 'Chữ ký của người có thẩm quyền';
  const field = placeSignature(context, wanted, { page, rectangle, appearance, label });
  prepareFields(context, finder, page, box);
  return field;
}

function signaturePlace(finder: PageFinder, stamp: ApprovalStamp): { page: Page; box: BoxMm } {
  if (stamp.box) return { page: stamp.page ? finder.page(stamp.page) : finder.last, box: stamp.box };
  const candidates = stamp.page ? [finder.page(stamp.page)] : finder.fromEnd();
  for (const page of candidates) {
    const box = findApprovalBox(finder.lines(page), shownSize(page).width);
    if (box) return { page, box };
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
  const numberBox = findNumberPlace(lines)?.box ?? defaultNumberBox;
  const dateBox = findDatePlace(lines)?.box ?? defaultDateBox;
  const wanted = [
    { type: 'Tx', name: formFieldNames.number, page: first, box: numberBox, label: 'Số văn bản' },
    { type: 'Tx', name: formFieldNames.date, page: first, box: dateBox, label: 'Ngày ban hành' },
    {
      type: 'Sig',
      name: formFieldNames.seal,
      page: approvalPage,
      box: sealBox(approvalBox, defaultSealDiameter),
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
