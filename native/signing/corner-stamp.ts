import { shownSize } from '../pdf/page-geometry.ts';
import { faces } from './appearance.ts';
import { applySheet, type Sheet } from './sheet.ts';
import type { AppendixStamp, CopyForm, CopyStamp, WantedPlace } from './stamp.ts';
import type { SignatureField, StampContext } from './stamp-placer.ts';
import { fitText, stampTextSize } from './text-block.ts';
import { blockMarks, prescribedSetting } from './text-mark.ts';
import { vietnamTime } from './vietnam-time.ts';

/** Văn bản kèm theo in a file of its own (NĐ 30/2020 PL I, II.8.b): số và ký hiệu, thời gian ký. */
export function applyAppendix(context: StampContext, stamp: AppendixStamp): string {
  const field = { name: 'antin-appendix', label: 'Chữ ký số của cơ quan trên văn bản kèm theo' };
  return applyCorner(context, stamp, field, [`Số: ${stamp.referenceCode}`, timeLine(context)]);
}

const formNames: Readonly<Record<CopyForm, string>> = {
  'sao-y': 'SAO Y',
  'sao-luc': 'SAO LỤC',
  'trich-sao': 'TRÍCH SAO',
};

/** An electronic copy (PL I, Phần II): hình thức sao, tên cơ quan sao, thời gian ký. */
export function applyCopy(context: StampContext, stamp: CopyStamp): string {
  const field = { name: 'antin-copy', label: 'Chữ ký số của cơ quan sao văn bản' };
  const agency = stamp.agency ?? context.signerName;
  return applyCorner(context, stamp, field, [formNames[stamp.form], agency, timeLine(context)]);
}

function timeLine({ signedAt }: StampContext): string {
  return `Thời gian ký: ${vietnamTime(signedAt)}`;
}

/** Millimetres from the page's right and upper edge: in the margins, as ô số 14 of the diagram lies. */
const fromRight = 8;
const fromTop = 5;
/** Longer names are broken; broken too often they are too high for the margin, and a wider block is better. */
const widths = [80, 62, 110, 150];

/** Text without a picture, upright, black, 10 points, at the top right of the first page. */
function applyCorner(
  context: StampContext,
  wanted: WantedPlace,
  field: Omit<SignatureField, 'isGiven'>,
  lines: readonly string[],
): string {
  const sheet = (room: { width: number; height?: number }): Sheet => {
    const block = fitText(faces.regular(), lines, { ...room, size: stampTextSize });
    const marks = blockMarks(block, { left: 0, top: 0, width: block.width }, prescribedSetting);
    return { size: { width: block.width, height: block.height }, marks };
  };
  return applySheet(context, {
    field,
    wanted,
    page: (finder) => finder.page(1),
    fitted: sheet,
    *choices(page) {
      const { width, height } = shownSize(page);
      const inCorner = (text: Sheet) => ({
        sheet: text,
        near: { x: width - fromRight - text.size.width, y: fromTop },
      });
      // First the corner itself, in one shape or the other; then wherever there is room.
      for (const limit of widths) yield { ...inCorner(sheet({ width: limit })), reach: height / 8 };
      for (const limit of widths) yield inCorner(sheet({ width: limit }));
    },
  });
}
