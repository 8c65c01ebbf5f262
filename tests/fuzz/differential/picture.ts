/** A page drawn small: one byte a pixel from black to white, rows from the top. */
export interface Picture {
  readonly width: number;
  readonly height: number;
  readonly grey: Uint8Array;
}

/** A square of pixels that is compared as one; eight points at 36 dpi, less than a line of text is high. */
export const cellPixels = 4;

/** How far the mean of a cell may be apart where two programs draw the same, out of 255. */
const drawnAlike = 40;
/**
 * How far a cell of one program's drawing is from its drawing of the unchanged file: below, nothing; above, something
 * else.
 */
const drawnAgain = 3;
const drawnAnew = 16;

/** Samples of several channels as one; the first three are red, green, blue. */
export function greyOf(width: number, height: number, samples: Uint8Array, channels: number): Picture {
  const grey = new Uint8Array(width * height);
  for (let pixel = 0, at = 0; pixel < grey.length; pixel++, at += channels) {
    const [red = 0, green = 0, blue = 0] = [samples[at], samples[at + 1], samples[at + 2]];
    grey[pixel] = Math.round(0.3 * red + 0.59 * green + 0.11 * blue);
  }
  return { width, height, grey };
}

/** Binary PGM files, one behind the other. */
export function readPgms(bytes: Buffer): Picture[] {
  const pictures: Picture[] = [];
  for (let at = 0; at < bytes.length; ) {
    const head = /^P5\s(\d+)\s(\d+)\s255\s/.exec(bytes.toString('latin1', at, at + 40));
    if (!head) break;
    const [width, height] = [Number(head[1]), Number(head[2])];
    const start = at + head[0].length;
    at = start + width * height;
    pictures.push({ width, height, grey: bytes.subarray(start, at) });
  }
  return pictures;
}

/** Whether two are the same, to the pixel. */
export function isSame(one: Picture | null, other: Picture | null | undefined): boolean {
  if (!one || !other) return one === (other ?? null);
  return (
    one.width === other.width && one.height === other.height && Buffer.compare(one.grey, other.grey) === 0
  );
}

/** Sums over every rectangle that begins at the top left corner, so that any other one costs four look-ups. */
class Sums {
  readonly #across: number;
  readonly #sums: Uint32Array;
  readonly #picture: Picture;

  constructor(picture: Picture) {
    const { width, height, grey } = picture;
    this.#picture = picture;
    this.#across = width + 1;
    this.#sums = new Uint32Array((width + 1) * (height + 1));
    for (let y = 0; y < height; y++) {
      let row = 0;
      for (let x = 0; x < width; x++) {
        row += 255 - (grey[y * width + x] ?? 255);
        this.#sums[(y + 1) * this.#across + x + 1] = row + (this.#sums[y * this.#across + x + 1] ?? 0);
      }
    }
  }

  /** Mean darkness of the cell whose corner is there; what lies beside the picture is white. */
  darkness(x: number, y: number): number {
    const { width, height } = this.#picture;
    const clamp = (value: number, most: number) => Math.max(0, Math.min(value, most));
    const [left, right] = [clamp(x, width), clamp(x + cellPixels, width)];
    const [top, bottom] = [clamp(y, height), clamp(y + cellPixels, height)];
    const at = (column: number, row: number) => this.#sums[row * this.#across + column] ?? 0;
    const sum = at(right, bottom) - at(left, bottom) - at(right, top) + at(left, top);
    return sum / cellPixels ** 2;
  }
}

const summed = new WeakMap<Picture, Sums>();

function sumsOf(picture: Picture): Sums {
  const known = summed.get(picture) ?? new Sums(picture);
  summed.set(picture, known);
  return known;
}

/** A cell's place, counted in cells. */
export type Cell = readonly [column: number, row: number];

const shifts = [-1, 0, 1].flatMap((dx) => [-1, 0, 1].map((dy) => [dx, dy] as const));

/** Cells that differ although the other picture may lie a pixel beside. */
export function unlikeCells(one: Picture, other: Picture): Cell[] {
  const [first, second] = [sumsOf(one), sumsOf(other)];
  return cellsOf(one, other).filter(([column, row]) => {
    const [x, y] = [column * cellPixels, row * cellPixels];
    const is = first.darkness(x, y);
    return shifts.every(([dx, dy]) => Math.abs(is - second.darkness(x + dx, y + dy)) > drawnAlike);
  });
}

/** Whether one program drew this cell as it did before. */
export function isAsBefore(now: Picture, before: Picture, [column, row]: Cell): boolean {
  return change(now, before, column, row) <= drawnAgain;
}

/**
 * Cells that one program draws anew although another, seeing the same change, draws them and all around them as
 * before.
 */
export function changedAlone(
  [now, before]: readonly [now: Picture, before: Picture],
  [otherNow, otherBefore]: readonly [now: Picture, before: Picture],
): Cell[] {
  return cellsOf(now, before).filter(
    ([column, row]) =>
      change(now, before, column, row) > drawnAnew &&
      shifts.every(([dx, dy]) => change(otherNow, otherBefore, column + dx, row + dy) <= drawnAgain),
  );
}

function change(now: Picture, before: Picture, column: number, row: number): number {
  if (now.width !== before.width || now.height !== before.height) return 255;
  const [x, y] = [column * cellPixels, row * cellPixels];
  return Math.abs(sumsOf(now).darkness(x, y) - sumsOf(before).darkness(x, y));
}

function cellsOf(one: Picture, other: Picture): Cell[] {
  const across = Math.ceil(Math.max(one.width, other.width) / cellPixels);
  const down = Math.ceil(Math.max(one.height, other.height) / cellPixels);
  return Array.from({ length: across * down }, (_, index) => [index % across, Math.floor(index / across)]);
}
