import { faces, type Mark } from './appearance.ts';
import { PageFinder } from './page-finder.ts';
import { pictureMarks } from './picture.ts';
import type { PlainStamp } from './stamp.ts';
import {
  emptyFieldSpot,
  placeInvisible,
  placeSignature,
  type Spot,
  type StampContext,
} from './stamp-placer.ts';
import { fitText, stampTextSize } from './text-block.ts';
import { blockMarks, prescribedSetting } from './text-mark.ts';
import { vietnamTime } from './vietnam-time.ts';

/** A signature in a box, in the place that an empty field has, or without any. */
export function applyPlain(context: StampContext, stamp: PlainStamp): string {
  const finder = new PageFinder(context.writer.document);
  const field = {
    name: stamp.field ?? 'antin-signature',
    isGiven: stamp.field !== undefined,
    label: 'Chữ ký số',
  };
  const spot = emptyFieldSpot(context, finder, field.name) ?? givenSpot(finder, stamp);
  if (!spot) return placeInvisible(context, field, finder.page(stamp.page ?? 1));
  const marks = stamp.image
    ? pictureMarks(spot.box, stamp.image)
    : textMarks(spot, [context.signerName, vietnamTime(context.signedAt)]);
  return placeSignature(context, field, spot, marks);
}

function givenSpot(finder: PageFinder, { page, box }: PlainStamp): Spot | null {
  return box ? { page: finder.page(page ?? 1), box } : null;
}

/** Lines from the top in the prescribed size, or in what a box that is too small for it leaves room for. */
export function textMarks({ box }: Spot, texts: readonly string[]): Mark[] {
  const block = fitText(faces.regular(), texts, { ...box, size: stampTextSize });
  return blockMarks(block, { left: 0, top: 0, width: box.width }, prescribedSetting);
}
