import type { BoxMm } from '../pdf/page-geometry.ts';

/** Millimetres that printers can't reach, and between a stamp and what stands beside it. */
const edge = 4;
const distance = 0.8;
/** What covers more of the page than this is its paper: a scan, a tinted ground, a frame around everything. */
const paperShare = 0.55;
const cellsAcross = 500;

interface Extent {
  readonly width: number;
  readonly height: number;
}

/**
 * Where a page is empty. Kept as a grid of some millimetre with summed areas (each cell counts what is taken above and left
 * of it), so that a thousand places are asked about as fast as one.
 */
export class FreeSpace {
  readonly #page: Extent;
  readonly #taken: readonly BoxMm[];
  readonly #cell: number;
  readonly #columns: number;
  readonly #rows: number;
  #sums: Int32Array | undefined;

  constructor(page: Extent, taken: readonly BoxMm[]) {
    const pageArea = page.width * page.height;
    this.#page = page;
    this.#taken = taken.filter(({ width, height }) => width * height < paperShare * pageArea);
    this.#cell = Math.max(1, page.width / cellsAcross, page.height / cellsAcross);
    this.#columns = Math.max(1, Math.ceil(page.width / this.#cell));
    this.#rows = Math.max(1, Math.ceil(page.height / this.#cell));
  }

  /** Whether nothing stands in the box, and it lies on the page. */
  isFree(box: BoxMm): boolean {
    const { width, height } = this.#page;
    const isOnPage = box.x >= 0 && box.y >= 0 && box.x + box.width <= width && box.y + box.height <= height;
    return isOnPage && !this.#taken.some((other) => overlap(box, other, distance));
  }

  /** The free box of that size whose top left corner is nearest to `near`'s; null where the page has none within `reach`. */
  nearest(
    { width, height }: Extent,
    near: { x: number; y: number },
    reach = Number.POSITIVE_INFINITY,
  ): BoxMm | null {
    const wished = { x: near.x, y: near.y, width, height };
    if (this.isFree(wished)) return wished;
    let best: BoxMm | null = null;
    let bestDistance = reach;
    for (let y = edge; y + height <= this.#page.height - edge; y += this.#cell) {
      if (Math.abs(y - near.y) >= bestDistance) continue;
      for (let x = edge; x + width <= this.#page.width - edge; x += this.#cell) {
        const away = Math.hypot(x - near.x, y - near.y);
        if (away >= bestDistance || !this.#isEmpty({ x, y, width, height })) continue;
        best = { x, y, width, height };
        bestDistance = away;
      }
    }
    return best;
  }

  #isEmpty({ x, y, width, height }: BoxMm): boolean {
    this.#sums ??= this.#sumUp();
    const [left, top] = [this.#column(x - distance), this.#row(y - distance)];
    const [right, bottom] = [this.#column(x + width + distance) + 1, this.#row(y + height + distance) + 1];
    const sum = (column: number, row: number) => this.#sums?.[row * (this.#columns + 1) + column] ?? 0;
    return sum(right, bottom) - sum(left, bottom) - sum(right, top) + sum(left, top) === 0;
  }

  #column(x: number): number {
    return Math.min(this.#columns - 1, Math.max(0, Math.floor(x / this.#cell)));
  }

  #row(y: number): number {
    return Math.min(this.#rows - 1, Math.max(0, Math.floor(y / this.#cell)));
  }

  #sumUp(): Int32Array {
    const stride = this.#columns + 1;
    // First how many boxes begin and end at each cell, then sums of it: a box of many cells costs as much as a small one.
    const starts = new Int32Array(stride * (this.#rows + 1));
    const count = (column: number, row: number, by: number) => {
      const at = row * stride + column;
      starts[at] = (starts[at] ?? 0) + by;
    };
    for (const { x, y, width, height } of this.#taken) {
      if (x + width < 0 || y + height < 0 || x > this.#page.width || y > this.#page.height) continue;
      const [left, top] = [this.#column(x), this.#row(y)];
      const [right, bottom] = [this.#column(x + width) + 1, this.#row(y + height) + 1];
      count(left, top, 1);
      count(right, top, -1);
      count(left, bottom, -1);
      count(right, bottom, 1);
    }
    const covered = summed(starts, stride, this.#rows + 1);
    const sums = new Int32Array(covered.length);
    for (let row = 0; row < this.#rows; row++) {
      let line = 0;
      for (let column = 0; column < this.#columns; column++) {
        if ((covered[row * stride + column] ?? 0) > 0) line++;
        sums[(row + 1) * stride + column + 1] = line + (sums[row * stride + column + 1] ?? 0);
      }
    }
    return sums;
  }
}

/** Each cell with all above and left of it, itself included. */
function summed(values: Int32Array, stride: number, rows: number): Int32Array {
  const sums = new Int32Array(values.length);
  for (let row = 0; row < rows; row++) {
    let line = 0;
    for (let column = 0; column < stride; column++) {
      line += values[row * stride + column] ?? 0;
      sums[row * stride + column] = line + (row > 0 ? (sums[(row - 1) * stride + column] ?? 0) : 0);
    }
  }
  return sums;
}

function overlap(a: BoxMm, b: BoxMm, apart: number): boolean {
  return (
    a.x < b.x + b.width + apart &&
    b.x < a.x + a.width + apart &&
    a.y < b.y + b.height + apart &&
    b.y < a.y + a.height + apart
  );
}
