import { formFieldNames } from '../../contract/document.ts';
import type { Page } from '../pdf/page.ts';
import { type BoxMm, shownSize } from '../pdf/page-geometry.ts';
import { chooseBlock, isTaken, type SignatureBlock, signatureBlocks } from '../pdf/text/signature-block.ts';
import type { Mark } from './appearance.ts';
import { PageFinder } from './page-finder.ts';
import { pictureMarks, realSize, shrunk } from './picture.ts';
import { defaultApprovalBox, withinPage } from './placement.ts';
import { prepareReferenceFields, prepareSealField } from './prepared-fields.ts';
import type { ApprovalStamp } from './stamp.ts';
import {
  type PlaceContext,
  type PlannedSpot,
  placeSignature,
  plannedSpot,
  type Spot,
  type StampContext,
} from './stamp-placer.ts';
import { millimetres } from './text-block.ts';
import { centredText } from './text-mark.ts';

/** The leader's signature, and in the same revision the fields that number, date and seal will fill later. */
export function applyApproval(context: StampContext, stamp: ApprovalStamp): string {
  const finder = new PageFinder(context.writer.document);
  const field = {
    name: stamp.field ?? formFieldNames.approval,
    isGiven: stamp.field !== undefined,
    label: 'Chữ ký của người có thẩm quyền',
  };
  const spot = approvalSpot(context, finder, stamp);
  const name = placeSignature(context, field, spot, signatureMarks(context, spot.box, stamp.image));
  prepareReferenceFields(context, finder);
  prepareSealField(context, spot, name);
  return name;
}

/** Where the leader's signature will stand: in a field that waits for it, at the place given, else by the rules. */
export function approvalSpot(context: PlaceContext, finder: PageFinder, stamp: ApprovalStamp): PlannedSpot {
  const name = stamp.field ?? formFieldNames.approval;
  return plannedSpot(context, finder, name, () => signatureSpot(context, finder, stamp));
}

/** 13 points, the decree's size for a signer's name (NĐ 30/2020 PL I, II.7). */
const nameSize = millimetres(13);

function signatureMarks(context: StampContext, box: BoxMm, image: Uint8Array | undefined): Mark[] {
  if (image) return pictureMarks(box, image);
  return centredText(box, context.signerName, nameSize, { face: 'regular', ink: 'black' });
}

function signatureSpot(context: PlaceContext, finder: PageFinder, stamp: ApprovalStamp): Spot {
  if (stamp.box) return { page: stamp.page ? finder.page(stamp.page) : finder.last, box: stamp.box };
  const candidates = stamp.page ? [finder.page(stamp.page)] : finder.fromEnd();
  for (const page of candidates) {
    const block = ownBlock(context, finder, page);
    if (block) return { page, box: withinPage(signatureBox(block, stamp.image), shownSize(page)) };
  }
  const page = candidates[0] ?? finder.last;
  const byRule = defaultApprovalBox(shownSize(page));
  // A page that shows no place may still have text where the diagram has the signature: none of it is covered.
  return { page, box: finder.freeSpace(page).nearest(byRule, byRule) ?? byRule };
}

/** The place on this page where the signer is to sign and nobody has. */
function ownBlock({ signerName }: PlaceContext, finder: PageFinder, page: Page): SignatureBlock | null {
  const size = shownSize(page);
  const blocks = signatureBlocks(finder.lines(page), size);
  if (blocks.length === 0) return null;
  const signatures = finder.signatures(page);
  const open = blocks.filter((block) => !isTaken(block, signatures));
  return chooseBlock(open, size.width, signerName);
}

/** What a handwritten signature measures, and how wide it is drawn where the picture doesn't say. */
const handwritten = { least: 15, greatest: 90 };
const usualWidth = 50;
const greatest = { width: 60, height: 30 };

/** In the middle between position and name, as large as the signature is but never over what is printed. */
function signatureBox({ centre, top, bottom, width }: SignatureBlock, image: Uint8Array | undefined): BoxMm {
  const room = {
    width: Math.min(width, image ? greatest.width : usualWidth),
    height: Math.min(bottom - top, greatest.height),
  };
  const size = image ? shrunk(realSize(image, handwritten, usualWidth), room) : room;
  return { x: centre - size.width / 2, y: (top + bottom - size.height) / 2, ...size };
}
