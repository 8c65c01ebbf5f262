import { formFieldNames } from '../../contract/document.ts';
import type { Page } from '../pdf/page.ts';
import { shownSize } from '../pdf/page-geometry.ts';
import { imageAppearance, nameAppearance, type Size } from './appearance.ts';
import { PageFinder } from './page-finder.ts';
import { defaultApprovalBox, findApprovalBox, sealBox, withinPage } from './placement.ts';
import { fillDate, fillNumber } from './reference-fields.ts';
import type { SealStamp } from './stamp.ts';
import { emptyFieldSpot, place, placeSignature, type Spot, type StampContext } from './stamp-placer.ts';

/** Millimetres: the usual size of an agency's seal, for pictures that don't tell theirs. */
export const defaultSealDiameter = 36;

/** The agency's seal. Fills number and date first: one revision, so that the seal covers them. */
export function applySeal(context: StampContext, stamp: SealStamp): string {
  const finder = new PageFinder(context.writer.document);
  if (stamp.number !== undefined) fillNumber(context, finder, stamp.number);
  if (stamp.date !== undefined) fillDate(context, finder, stamp.date);
  return placeSeal(context, finder, stamp);
}

function placeSeal(context: StampContext, finder: PageFinder, stamp: SealStamp): string {
  const prepared = emptyFieldSpot(context, finder, formFieldNames.seal);
  const { page, box } = prepared ?? freeSpot(finder, stamp);
  const spot = place(page, box);
  return placeSignature(
    context,
    { name: formFieldNames.seal, isGiven: false },
    {
      page,
      rectangle: spot.rectangle,
      appearance: draw(context, page, spot, stamp.image),
      label: 'Chữ ký số của cơ quan',
    },
  );
}

function draw({ writer, signerName }: StampContext, page: Page, size: Size, image: Uint8Array | undefined) {
  const add = writer.add.bind(writer);
  return image ? imageAppearance(add, page, size, image) : nameAppearance(add, page, size, signerName);
}

function freeSpot(finder: PageFinder, stamp: SealStamp): Spot {
  const page = stamp.page ? finder.page(stamp.page) : sealPage(finder);
  if (stamp.box) return { page, box: stamp.box };
  return {
    page,
    box: withinPage(sealBox(approvalBoxOf(finder, page), defaultSealDiameter), shownSize(page)),
  };
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
