import { formFieldNames } from '../../contract/document.ts';
import type { Page } from '../pdf/page.ts';
import { type BoxMm, shownSize } from '../pdf/page-geometry.ts';
import { chooseBlock, signatureBlocks } from '../pdf/text/signature-block.ts';
import type { Mark } from './appearance.ts';
import { PageFinder } from './page-finder.ts';
import { pictureMarks, realSize, shrunk } from './picture.ts';
import { defaultApprovalBox, sealBox, withinPage } from './placement.ts';
import { fillDate, fillNumber } from './reference-fields.ts';
import { largestSeal, preparedSealField } from './seal-field.ts';
import type { SealStamp } from './stamp.ts';
import {
  type PlaceContext,
  type PlannedSpot,
  placeSignature,
  plannedSpot,
  type Spot,
  type StampContext,
} from './stamp-placer.ts';
import { stampTextSize } from './text-block.ts';
import { centredText } from './text-mark.ts';

/** Millimetres: the usual seal of a department or a commune, for pictures that don't tell their size. */
const usualDiameter = 36;
/** Sizes that a seal can have; a picture that claims another was saved without thinking of it. */
const plausible = { least: 18, greatest: 60 };

/** The agency's seal. Fills number and date first: one revision, so that the seal covers them. */
export function applySeal(context: StampContext, stamp: SealStamp): string {
  const finder = new PageFinder(context.writer.document);
  if (stamp.number !== undefined) fillNumber(context, finder, stamp.number);
  if (stamp.date !== undefined) fillDate(context, finder, stamp.date);
  const name = sealFieldName(context, stamp);
  const field = { name, isGiven: stamp.field !== undefined, label: 'Chữ ký số của cơ quan' };
  const spot = sealSpot(context, finder, stamp);
  return placeSignature(context, field, spot, sealMarks(context, spot.box, stamp, sealSize(stamp)));
}

/**
 * Where the seal will stand: in the field that the approval prepared or a template left, at the place given, else by
 * the rules.
 */
export function sealSpot(context: PlaceContext, finder: PageFinder, stamp: SealStamp): PlannedSpot {
  const name = sealFieldName(context, stamp);
  return plannedSpot(context, finder, name, () => freeSpot(finder, stamp, sealSize(stamp)));
}

function sealFieldName({ writer, signerName }: PlaceContext, { field }: SealStamp): string {
  return field ?? preparedSealField(writer, signerName)?.name ?? formFieldNames.seal;
}

type Extent = Pick<BoxMm, 'width' | 'height'>;

function sealSize({ image, diameter }: SealStamp): Extent {
  if (!image) return { width: diameter ?? usualDiameter, height: diameter ?? usualDiameter };
  // A size that somebody gives counts more than what the picture says of itself.
  const believed = diameter === undefined ? plausible : { least: diameter, greatest: diameter };
  return realSize(image, believed, diameter ?? usualDiameter);
}

function sealMarks(
  { signerName }: StampContext,
  box: BoxMm,
  { image, box: given }: SealStamp,
  size: Extent,
): Mark[] {
  if (!image) {
    const beside = { width: box.width * besideSignature, height: box.height };
    return centredText(beside, signerName, stampTextSize, { face: 'regular', ink: 'black' });
  }
  if (given) return pictureMarks(box, image);
  const { width, height } = shrunk(size, box);
  // The right edge of a field that an approval prepared is where the seal's is to be, on a third of the signature; a
  // smaller seal stays there. In a template's field it stands in the middle.
  const isPrepared = Math.abs(box.width - largestSeal) < 1;
  return [
    {
      kind: 'picture',
      png: image,
      box: { x: (box.width - width) / (isPrepared ? 1 : 2), y: (box.height - height) / 2, width, height },
    },
  ];
}

/** The part of a prepared field that lies left of the signature: words over words could not be read. */
const besideSignature = 0.58;

/** Beside the signature that is there, or where the text has one; the diagram's place where it shows none. */
function freeSpot(finder: PageFinder, stamp: SealStamp, size: Extent): Spot {
  const candidates = stamp.page ? [finder.page(stamp.page)] : finder.fromEnd();
  const last = candidates[0] ?? finder.last;
  if (stamp.box) return { page: last, box: stamp.box };
  const diameter = Math.max(size.width, size.height);
  const beside = (page: Page, approval: BoxMm) => ({
    page,
    box: withinPage(sealBox(approval, diameter), shownSize(page)),
  });
  for (const page of candidates) {
    const approval = signatureBoxOn(finder, page);
    if (approval) return beside(page, approval);
  }
  return beside(last, defaultApprovalBox(shownSize(last)));
}

/** Smaller things that sign are initials. */
const leastSignature = 20;

function signatureBoxOn(finder: PageFinder, page: Page): BoxMm | null {
  const signature = finder.signatures(page).findLast(({ width }) => width >= leastSignature);
  if (signature) return signature;
  const shown = shownSize(page);
  const block = chooseBlock(signatureBlocks(finder.lines(page), shown), shown.width, '');
  if (!block) return null;
  const width = Math.min(block.width, usualSignature);
  return { x: block.centre - width / 2, y: block.top, width, height: block.bottom - block.top };
}

const usualSignature = 50;
