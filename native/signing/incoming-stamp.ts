import { shownSize } from '../pdf/page-geometry.ts';
import { type Face, faces, type Mark } from './appearance.ts';
import { findNumberPlace } from './placement.ts';
import { applySheet, type Sheet } from './sheet.ts';
import type { IncomingStamp } from './stamp.ts';
import type { StampContext } from './stamp-placer.ts';
import { fitText, millimetres } from './text-block.ts';
import { blockMarks, type TextSetting } from './text-mark.ts';

/** Dấu "ĐẾN" (NĐ 30/2020 PL IV): a rectangle of 35 × 50 mm, lying. */
const size = { width: 50, height: 35 };
const border = 0.5;
const hairline = 0.25;
const padding = 1.5;
/** Heights of its parts from the top: agency; ĐẾN with number and day; handed to; case file. */
const rows = { agency: 8.5, arrival: 19.5, forwarded: 27.5 };
const arrivalColumn = 17;

/** Puts the arrival stamp on the first page, under the number and symbol where there is room. */
export function applyIncoming(context: StampContext, stamp: IncomingStamp): string {
  return applySheet(context, {
    field: { name: 'antin-incoming', label: 'Dấu văn bản đến' },
    wanted: stamp,
    page: (finder) => finder.page(1),
    fitted: (box) => {
      const scale = Math.min(box.width / size.width, box.height / size.height);
      return scaled(sheet(context, stamp), scale);
    },
    *choices(page, finder) {
      const shown = shownSize(page);
      const numberBox = findNumberPlace(finder.lines(page))?.box;
      const near = numberBox
        ? { x: leftMargin, y: numberBox.y + numberBox.height + gap }
        : { x: leftMargin, y: shown.height * 0.16 };
      const whole = sheet(context, stamp);
      // The rule's size first, even far from its place: a smaller one is hard to read.
      for (const [scale, reach] of [
        [1, shown.height / 4],
        [0.85, shown.height / 4],
        [1, shown.height],
        [0.85, shown.height],
        [0.7, shown.height],
      ] as const)
        yield { sheet: scaled(whole, scale), near, reach };
    },
  });
}

const leftMargin = 30;
const gap = 3;

function sheet(context: StampContext, stamp: IncomingStamp): Sheet {
  const [year, month, day] = stamp.date.split('-');
  const inner = size.width - 2 * padding;
  const right = { left: arrivalColumn + padding, width: size.width - arrivalColumn - 2 * padding };
  const full = { left: padding, width: inner };
  const half = (rows.arrival - rows.agency) / 2;
  const agency = (stamp.agency ?? context.signerName).toLocaleUpperCase('vi');
  return {
    size,
    marks: [
      ...frame(),
      rule([0, rows.agency], [size.width, rows.agency]),
      rule([0, rows.arrival], [size.width, rows.arrival]),
      rule([0, rows.forwarded], [size.width, rows.forwarded]),
      rule([arrivalColumn, rows.agency], [arrivalColumn, rows.arrival]),
      ...cell(agency, { ...full, top: 0, height: rows.agency }, 8.5, printed),
      ...cell('ĐẾN', { left: 0, width: arrivalColumn, top: rows.agency, height: 2 * half }, 15, printed),
      ...cell(`Số: ${stamp.arrivalNumber}`, { ...right, top: rows.agency, height: half }, 10, written),
      ...cell(
        `Ngày: ${day}/${month}/${year}`,
        { ...right, top: rows.agency + half, height: half },
        10,
        written,
      ),
      ...cell(
        `Chuyển: ${stamp.forwardedTo ?? blank}`,
        { ...full, top: rows.arrival, height: rows.forwarded - rows.arrival },
        10,
        written,
      ),
      ...cell(
        `Số và ký hiệu HS: ${stamp.caseFile ?? blank}`,
        { ...full, top: rows.forwarded, height: size.height - rows.forwarded },
        10,
        written,
      ),
    ],
  };
}

/** What isn't known yet is left to be seen as empty. */
const blank = '……………';

const printed: TextSetting = { face: 'bold', ink: 'red', align: 'centre' };
const written: TextSetting = { face: 'regular', ink: 'red', align: 'left' };

function rule(from: readonly [number, number], to: readonly [number, number], thickness = hairline): Mark {
  return { kind: 'rule', from, to, thickness, ink: 'red' };
}

/** The border lies wholly inside: what is drawn beyond the box is cut off. */
function frame(): Mark[] {
  const [near, right, bottom] = [border / 2, size.width - border / 2, size.height - border / 2];
  return [
    rule([0, near], [size.width, near], border),
    rule([0, bottom], [size.width, bottom], border),
    rule([near, 0], [near, size.height], border),
    rule([right, 0], [right, size.height], border),
  ];
}

interface Cell {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** Room between a cell's text and its rules. */
const cellPadding = 0.6;

/** Text in the middle of a cell's height, smaller or on two lines where it is long. */
function cell(
  text: string,
  { left, top, width, height }: Cell,
  points: number,
  setting: TextSetting,
): Mark[] {
  const face: Face = setting.face;
  const room = { width, height: height - 2 * cellPadding, size: millimetres(points) };
  const block = fitText(faces[face](), [text], room);
  return blockMarks(block, { left, width, top: top + (height - block.height) / 2 }, setting);
}

/** The same stamp in another size: for boxes that somebody gives, and pages without room for it. */
function scaled({ size: whole, marks }: Sheet, scale: number): Sheet {
  return {
    size: { width: whole.width * scale, height: whole.height * scale },
    marks: marks.map((mark) => scaledMark(mark, scale)),
  };
}

function scaledMark(mark: Mark, scale: number): Mark {
  const times = ([x, y]: readonly [number, number]) => [x * scale, y * scale] as const;
  switch (mark.kind) {
    case 'text':
      return { ...mark, x: mark.x * scale, baseline: mark.baseline * scale, size: mark.size * scale };
    case 'rule':
      return { ...mark, from: times(mark.from), to: times(mark.to), thickness: mark.thickness * scale };
    case 'picture':
      return mark;
  }
}
