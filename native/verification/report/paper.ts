import { brokenLines, type Face, type Mark, sheet, widthOf } from './sheet.ts';

const usableWidth = sheet.width - sheet.left - sheet.right;
/** Points from one baseline to the next, by size. */
const leading = 1.3;
const nameWidth = 150;
const gap = 10;

/** Text that flows down sheets of paper, from one to the next. */
export class Paper {
  readonly sheets: Mark[][] = [[]];
  #y: number = sheet.top;

  /** A line or more across the whole width. */
  text(text: string, style: { face?: Face; size?: number; isCentred?: boolean } = {}): void {
    const { face = 'regular', size = 12, isCentred = false } = style;
    for (const line of brokenLines(text, face, size, usableWidth)) {
      const indent = isCentred ? (usableWidth - widthOf(line, face, size)) / 2 : 0;
      this.#line(size, (y) => [{ kind: 'text', x: sheet.left + indent, y, size, face, text: line }]);
    }
  }

  /** A name at the left and what belongs to it beside it; both may run over several lines. */
  fact(name: string, values: readonly string[], size = 11): void {
    const names = brokenLines(name, 'regular', size, nameWidth);
    const width = usableWidth - nameWidth - gap;
    const lines = values.flatMap((value) => brokenLines(value, 'regular', size, width));
    for (let index = 0; index < Math.max(names.length, lines.length); index++) {
      const marks: [number, string | undefined][] = [
        [sheet.left, names[index]],
        [sheet.left + nameWidth + gap, lines[index]],
      ];
      this.#line(size, (y) =>
        marks.flatMap(([x, text]) =>
          text === undefined ? [] : [{ kind: 'text' as const, x, y, size, face: 'regular' as const, text }],
        ),
      );
    }
    this.space(2);
  }

  space(points: number): void {
    this.#y += points;
  }

  /** Room of this height that stays together; `draw` is told where it begins. */
  block(height: number, draw: (left: number, top: number) => readonly Mark[]): void {
    this.#room(height);
    this.#put(draw(sheet.left, this.#y));
    this.#y += height;
  }

  /** Begins a new sheet unless so much still fits on this one: a heading isn't left alone at its foot. */
  keep(height: number): void {
    this.#room(height);
  }

  #line(size: number, marks: (baseline: number) => readonly Mark[]): void {
    const height = size * leading;
    this.#room(height);
    this.#put(marks(this.#y + size));
    this.#y += height;
  }

  #room(height: number): void {
    if (this.#y + height <= sheet.height - sheet.bottom) return;
    this.sheets.push([]);
    this.#y = sheet.top;
  }

  #put(marks: readonly Mark[]): void {
    this.sheets.at(-1)?.push(...marks);
  }
}
