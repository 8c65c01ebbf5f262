import type { ReportWords } from '../../../contract/messages/vi-report.ts';
import type { SignaturePlace, SignatureReport } from '../../../contract/verdict.ts';
import { type Mark, widthOf } from './sheet.ts';

/** Points that a page in the picture is high and wide at most, and how many of them stand in a row. */
const pictureHeight = 110;
const pictureWidth = 105;
const rowLength = 4;
const caption = 10;

/** Pages side by side, which stay together. */
interface PictureRow {
  readonly height: number;
  draw(left: number, top: number): Mark[];
}

/** Outlines of the pages that show signatures, with a numbered box where each one is, in rows; empty where none shows. */
export function placePictures(signatures: readonly SignatureReport[], words: ReportWords): PictureRow[] {
  const placed = signatures.flatMap(({ place }, index) => (place ? [{ place, number: index + 1 }] : []));
  const pages = [...new Set(placed.map(({ place }) => place.page))].toSorted((a, b) => a - b);
  const rows = Array.from({ length: Math.ceil(pages.length / rowLength) }, (_, row) =>
    pages.slice(row * rowLength, (row + 1) * rowLength),
  );
  return rows.map((row) => ({
    height: pictureHeight + caption + 8,
    draw: (left, top) =>
      row.flatMap((page, column) => {
        const own = placed.filter(({ place }) => place.page === page);
        return pagePicture(own, left + column * (pictureWidth + 8), top, words.page(page));
      }),
  }));
}

function pagePicture(
  placed: readonly { place: SignaturePlace; number: number }[],
  left: number,
  top: number,
  name: string,
): Mark[] {
  const [first] = placed;
  if (!first) return [];
  const { width, height } = first.place.pageSize;
  const scale = Math.min(pictureWidth / width, pictureHeight / height);
  const marks: Mark[] = [
    { kind: 'box', x: left, y: top, width: width * scale, height: height * scale, fill: null },
    { kind: 'text', x: left, y: top + pictureHeight + caption, size: 9, face: 'regular', text: name },
  ];
  for (const { place, number } of placed) {
    const box = insidePage(place);
    const [x, y] = [left + box.x * scale, top + box.y * scale];
    const text = String(number);
    marks.push({ kind: 'box', x, y, width: box.width * scale, height: box.height * scale, fill: 0.85 });
    const middle = x + (box.width * scale - widthOf(text, 'bold', 9)) / 2;
    marks.push({ kind: 'text', x: middle, y: y + (box.height * scale) / 2 + 3, size: 9, face: 'bold', text });
  }
  return marks;
}

/** A field may reach beyond its page, or lie beside it. */
function insidePage({ box, pageSize }: SignaturePlace): SignaturePlace['box'] {
  const within = (value: number, most: number) => Math.min(Math.max(value, 0), most);
  const [x, y] = [within(box.x, pageSize.width), within(box.y, pageSize.height)];
  const right = within(box.x + box.width, pageSize.width);
  const bottom = within(box.y + box.height, pageSize.height);
  return { x, y, width: right - x, height: bottom - y };
}
