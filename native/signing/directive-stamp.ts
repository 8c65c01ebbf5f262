import { shownSize } from '../pdf/page-geometry.ts';
import { faces, type Mark } from './appearance.ts';
import { findNumberPlace } from './placement.ts';
import { applySheet, type Sheet } from './sheet.ts';
import type { DirectiveStamp } from './stamp.ts';
import type { StampContext } from './stamp-placer.ts';
import { fitText, millimetres, stampTextSize } from './text-block.ts';
import { blockMarks } from './text-mark.ts';
import { clockAndDay } from './vietnam-time.ts';

/** A stroke at the left tells the comment from the document's own words; the text keeps off it. */
const stroke = 0.5;
const indent = 2;
/** Name and time under the words; no rule prescribes their form, so that it is the one that people write. */
const nameSize = millimetres(8.5);

/** A leader's words on the first page, in the blue of handwriting, with name and time. */
export function applyDirective(context: StampContext, stamp: DirectiveStamp): string {
  const sheet = (room: { width: number; height?: number }) => compose(context, stamp.text, room);
  return applySheet(context, {
    field: { name: 'antin-directive', label: 'Bút phê' },
    wanted: stamp,
    page: (finder) => finder.page(1),
    fitted: sheet,
    *choices(page, finder) {
      const { width, height } = shownSize(page);
      const numberBox = findNumberPlace(finder.lines(page))?.box;
      const nearest = { x: leftMargin, y: numberBox ? numberBox.y + numberBox.height + gap : topMargin };
      // Comments stand at the head of the page; narrow ones fit beside its title, wide ones above it.
      for (const reach of [height / 4, height])
        for (const limit of [60, 75, 50, 100, 150, 40])
          if (limit < width - 2 * gap) yield { sheet: sheet({ width: limit }), near: nearest, reach };
    },
  });
}

const leftMargin = 25;
const topMargin = 5;
const gap = 4;

function compose(
  { signerName, signedAt }: StampContext,
  text: string,
  room: { width: number; height?: number },
): Sheet {
  const font = faces.regular();
  const width = room.width - indent;
  const below = fitText(font, [`${signerName}, ${clockAndDay(signedAt)}`], {
    width,
    size: Math.min(nameSize, (room.height ?? nameSize * 4) / 4),
  });
  const words = fitText(font, text.split(/\r?\n/), {
    width,
    size: stampTextSize,
    ...(room.height === undefined ? {} : { height: room.height - below.height }),
  });
  const height = words.height + below.height;
  const widest = Math.max(words.width, below.width) + indent;
  const at = (top: number) => ({ left: indent, top, width });
  const ink = 'blue' as const;
  const edge: Mark = {
    kind: 'rule',
    from: [stroke / 2, 0],
    to: [stroke / 2, height],
    thickness: stroke,
    ink,
  };
  return {
    size: { width: widest, height },
    marks: [
      edge,
      ...blockMarks(words, at(0), { align: 'left', face: 'regular', ink }),
      ...blockMarks(below, at(words.height), { align: 'left', face: 'regular', ink }),
    ],
  };
}
