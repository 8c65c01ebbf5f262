import type { AddObject } from '../pdf/font/embedded-font.ts';
import type { PdfRef } from '../pdf/object.ts';
import type { Page } from '../pdf/page.ts';
import { imageAppearance, type Size, textAppearance, textWidth } from './appearance.ts';
import { PageFinder } from './page-finder.ts';
import type { PlainStamp } from './stamp.ts';
import { emptyFieldSpot, place, placeSignature, type Spot, type StampContext } from './stamp-placer.ts';
import { vietnamTime } from './vietnam-time.ts';

/** Ten points, in which the decree sets the text of signatures without a picture (NĐ 30/2020 PL I, II.8.b). */
const prescribedSize = 10;
const lineHeight = 1.2;
const margin = 0.2;

/** A signature in a box, in the place that an empty field has, or without any. */
export function applyPlain(context: StampContext, stamp: PlainStamp): string {
  const { writer, signerName, signedAt } = context;
  const finder = new PageFinder(writer.document);
  const wanted = { name: stamp.field ?? 'antin-signature', isGiven: stamp.field !== undefined };
  const label = 'Chữ ký số';
  const spot = emptyFieldSpot(context, finder, wanted.name) ?? givenSpot(finder, stamp);
  if (!spot) {
    const page = finder.page(stamp.page ?? 1);
    return placeSignature(context, wanted, { page, rectangle: [0, 0, 0, 0], appearance: null, label });
  }
  const { page } = spot;
  const { rectangle, width, height } = place(page, spot.box);
  const size = { width, height };
  const add = writer.add.bind(writer);
  const appearance = stamp.image
    ? imageAppearance(add, page, size, stamp.image)
    : linesAppearance(add, page, size, [signerName, vietnamTime(signedAt)]);
  return placeSignature(context, wanted, { page, rectangle, appearance, label });
}

function givenSpot(finder: PageFinder, { page, box }: PlainStamp): Spot | null {
  return box ? { page: finder.page(page ?? 1), box } : null;
}

/** Lines from the top in the prescribed size, or in what a box that is too small for it leaves room for. */
function linesAppearance(add: AddObject, page: Page, size: Size, texts: readonly string[]): PdfRef {
  const { width, height } = size;
  const widest = Math.max(...texts.map(textWidth)) + 2 * margin;
  const fontSize = Math.min(
    prescribedSize / page.userUnit,
    width / widest,
    height / (lineHeight * texts.length),
  );
  const lines = texts.map((text, index) => ({
    text,
    x: margin * fontSize,
    y: height - lineHeight * fontSize * (index + 1) + margin * fontSize,
    align: 'left' as const,
  }));
  return textAppearance(add, page, size, lines, { fontSize });
}
