import { imageAppearance, textAppearance } from './appearance.ts';
import type { PlainStamp } from './stamp.ts';
import { PageFinder, place, placeSignature, type StampContext } from './stamp-placer.ts';
import { vietnamTime } from './vietnam-time.ts';

/** Ten points, in which the decree sets the text of signatures without a picture (NĐ 30/2020 PL I, II.8.b). */
const fontSize = 10;
const lineHeight = 12;

export function applyPlain(context: StampContext, stamp: PlainStamp): string {
  const { writer, signerName, signedAt } = context;
  const finder = new PageFinder(writer);
  const page = finder.page(stamp.page ?? 1);
  const wanted = { name: stamp.field ?? 'antin-signature', isGiven: stamp.field !== undefined };
  const label = 'Chữ ký số';
  if (!stamp.box) {
    return placeSignature(context, wanted, { page, rectangle: [0, 0, 0, 0], appearance: null, label });
  }
  const { rectangle, width, height } = place(page, stamp.box);
  const size = { width, height };
  const texts = [signerName, vietnamTime(signedAt)].map((text, index) => ({
    text,
    x: 2,
    y: height - lineHeight * (index + 1),
    align: 'left' as const,
  }));
  const add = writer.add.bind(writer);
  const appearance = stamp.image
    ? imageAppearance(add, page, size, stamp.image)
    : textAppearance(add, page, size, texts, { fontSize });
  return placeSignature(context, wanted, { page, rectangle, appearance, label });
}
