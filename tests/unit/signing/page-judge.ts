import { execFileSync } from 'node:child_process';
import { PdfDocument } from '../../../native/pdf/document.ts';
import { formFields } from '../../../native/pdf/form.ts';
import { PdfRef } from '../../../native/pdf/object.ts';
import { pages, rectangle } from '../../../native/pdf/page.ts';
import { type BoxMm, shownSize, toShown } from '../../../native/pdf/page-geometry.ts';

/** Where a field is seen: the page's number from 1, and the box in millimetres from its top left corner. */
export interface SeenField {
  readonly page: number;
  readonly box: BoxMm;
}

/** The form's fields by name, those of a size. */
export function seenFields(file: string): Map<string, SeenField> {
  const document = PdfDocument.open(file);
  try {
    const all = [...pages(document)];
    const seen = new Map<string, SeenField>();
    for (const { name, dict } of formFields(document)) {
      const area = rectangle(document, dict.get('Rect'));
      const parent = dict.get('P');
      const page = all.find(({ ref }) => parent instanceof PdfRef && ref.number === parent.number);
      if (area && page) seen.set(name, { page: page.index + 1, box: toShown(page, area) });
    }
    return seen;
  } finally {
    document.close();
  }
}

/** A page as poppler draws it. */
export interface RenderedPage {
  /** In millimetres, as our reader says. */
  readonly size: { readonly width: number; readonly height: number };
  /** How many dots (50 to the inch of an ordinary page) are darker than paper in the box. */
  inkIn(box: BoxMm): number;
  /** Around all dots that look otherwise than on the same page of another file; null where there are none. */
  changesSince(before: RenderedPage): BoxMm | null;
  readonly dots: Uint8Array;
}

export function renderedPage(file: string, number: number): RenderedPage {
  const at = String(number);
  const picture = execFileSync('pdftoppm', ['-gray', '-r', '50', '-cropbox', '-f', at, '-l', at, file], {
    maxBuffer: 1 << 26,
  });
  const header = /^P5\s+(\d+)\s+(\d+)\s+255\s/.exec(picture.toString('latin1', 0, 64));
  if (!header) throw new Error('pdftoppm gave no grey picture');
  const [columns, rows] = [Number(header[1]), Number(header[2])];
  const dots = picture.subarray(header[0].length);
  const size = sizeOf(file, number);
  return {
    size,
    dots,
    changesSince(before) {
      const changed = Array.from(dots.keys()).filter((at) => differ(dots[at], before.dots[at]));
      if (changed.length === 0) return null;
      const [xs, ys] = [changed.map((at) => at % columns), changed.map((at) => Math.floor(at / columns))];
      const span = (values: readonly number[], mm: number) => {
        const [low, high] = values.reduce(
          ([a, b], value) => [Math.min(a, value), Math.max(b, value)],
          [1e9, -1],
        );
        return { from: low * mm, length: (high + 1 - low) * mm };
      };
      const [across, down] = [span(xs, size.width / columns), span(ys, size.height / rows)];
      return { x: across.from, y: down.from, width: across.length, height: down.length };
    },
    inkIn({ x, y, width, height }) {
      const column = (mm: number) => Math.min(columns, Math.max(0, Math.round((mm / size.width) * columns)));
      const row = (mm: number) => Math.min(rows, Math.max(0, Math.round((mm / size.height) * rows)));
      let count = 0;
      for (let line = row(y); line < row(y + height); line++)
        for (let dot = column(x); dot < column(x + width); dot++)
          if ((dots[line * columns + dot] ?? 255) < paperGrey) count++;
      return count;
    },
  };
}

function differ(one: number | undefined, other: number | undefined): boolean {
  return Math.abs((one ?? 0) - (other ?? 0)) > 40;
}

/** Smoothed edges next to a box are lighter than this. */
const paperGrey = 225;

function sizeOf(file: string, number: number): { width: number; height: number } {
  const document = PdfDocument.open(file);
  try {
    const page = [...pages(document)][number - 1];
    if (!page) throw new Error(`no page ${number}`);
    return shownSize(page);
  } finally {
    document.close();
  }
}

/** A word as poppler sees it, its box in millimetres; the box is as high as its font says, not its letters. */
export interface SeenWord {
  readonly text: string;
  readonly box: BoxMm;
}

const mm = (points: string | undefined) => (Number(points) * 25.4) / 72;

/** The words of one page, by another program than ours. */
export function seenWords(file: string, page: number): SeenWord[] {
  const said = execFileSync('pdftotext', ['-bbox', '-f', String(page), '-l', String(page), file, '-'], {
    encoding: 'utf8',
  });
  const pattern = /<word xMin="([-\d.]+)" yMin="([-\d.]+)" xMax="([-\d.]+)" yMax="([-\d.]+)">(.*?)<\/word>/g;
  return [...said.matchAll(pattern)].map(([, left, top, right, bottom, text]) => ({
    text: (text ?? '').replaceAll('&amp;', '&'),
    box: { x: mm(left), y: mm(top), width: mm(right) - mm(left), height: mm(bottom) - mm(top) },
  }));
}

/** The box around words that follow each other; throws where the page doesn't have them so. */
export function boxAround(words: readonly SeenWord[], phrase: string): BoxMm {
  const parts = phrase.split(' ');
  const start = words.findIndex((_, index) =>
    parts.every((part, step) => words[index + step]?.text === part),
  );
  if (start < 0) throw new Error(`the page doesn't say "${phrase}"`);
  const boxes = words.slice(start, start + parts.length).map(({ box }) => box);
  const [left, top] = [Math.min(...boxes.map(({ x }) => x)), Math.min(...boxes.map(({ y }) => y))];
  const right = Math.max(...boxes.map(({ x, width }) => x + width));
  const bottom = Math.max(...boxes.map(({ y, height }) => y + height));
  return { x: left, y: top, width: right - left, height: bottom - top };
}

/** Words whose letters a box would touch; a quarter of a word's box above and below its letters is air. */
export function wordsUnder(words: readonly SeenWord[], box: BoxMm): string[] {
  return words
    .filter(({ box: word }) => {
      const air = word.height / 5;
      return (
        box.x < word.x + word.width &&
        word.x < box.x + box.width &&
        box.y < word.y + word.height - air &&
        word.y + air < box.y + box.height
      );
    })
    .map(({ text }) => text);
}
