import { formFieldNames } from '../../contract/document.ts';
import type { Page } from '../pdf/page.ts';
import { type BoxMm, shownSize, toUserSpace } from '../pdf/page-geometry.ts';
import { emptyAppearance } from './appearance.ts';
import { addFields, findField, type NewField } from './field.ts';
import type { PageFinder } from './page-finder.ts';
import { restrictionsOf } from './permission.ts';
import {
  defaultDateBox,
  defaultNumberBox,
  findDatePlace,
  findNumberPlace,
  sealBox,
  withinPage,
} from './placement.ts';
import { labelFor, largestSeal } from './seal-field.ts';
import { canvasOn, type Spot, type StampContext } from './stamp-placer.ts';

/** How far from the diagram's place a field may move aside; farther away nobody would take it for what it is. */
const aside = 30;

/**
 * The text fields of number and date, each only where the document hasn't got one (a template may), and only in the revision of its
 * first signature: to an earlier signature a new text field is a change of what was signed (ISO 32000-2, 12.8.2.2 lets
 * fields be filled, not made), and every verifier would call it invalid.
 */
export function prepareReferenceFields(context: StampContext, finder: PageFinder): void {
  if (restrictionsOf(context.writer.document).isSigned) return;
  const page = finder.page(1);
  const lines = finder.lines(page);
  addMissing(context, [
    {
      type: 'Tx',
      name: formFieldNames.number,
      label: 'Số văn bản',
      page,
      box: findNumberPlace(lines)?.box ?? freeBox(finder, page, defaultNumberBox),
    },
    {
      type: 'Tx',
      name: formFieldNames.date,
      label: 'Ngày ban hành',
      page,
      box: findDatePlace(lines)?.box ?? freeBox(finder, page, defaultDateBox),
    },
  ]);
}

/** The field of the agency's seal beside its leader's signature. */
export function prepareSealField(context: StampContext, approval: Spot, approvalField: string): void {
  // A second agency's leader signs as "antin-approval-2", and "antin-seal-2" is its agency's.
  const suffix = new RegExp(`^${formFieldNames.approval}(-\\d+)$`).exec(approvalField)?.[1] ?? '';
  addMissing(context, [
    {
      type: 'Sig',
      name: `${formFieldNames.seal}${suffix}`,
      label: labelFor(context.organisations),
      page: approval.page,
      box: sealBox(approval.box, largestSeal),
    },
  ]);
}

type Wanted = Pick<NewField, 'type' | 'name' | 'label' | 'page'> & { readonly box: BoxMm };

function addMissing(context: StampContext, wanted: readonly Wanted[]): void {
  const { writer } = context;
  const { isSigned } = restrictionsOf(writer.document);
  const missing = wanted.filter(({ name }) => findField(writer, name) === null);
  const fields = missing.map(({ type, name, label, page, box }): NewField => {
    const within = withinPage(box, shownSize(page));
    const rectangle = toUserSpace(page, within);
    // PDF/A wants an appearance, be it empty. An earlier signature is better off without: what an empty field
    // might show, nobody has signed for.
    const appearance = isSigned ? null : emptyAppearance(canvasOn(context, { page, box: within }));
    return { type, name, page, rectangle, appearance, value: null, label };
  });
  if (fields.length > 0) addFields(writer, fields);
}

function freeBox(finder: PageFinder, page: Page, byRule: BoxMm): BoxMm {
  return finder.freeSpace(page).nearest(byRule, byRule, aside) ?? byRule;
}
