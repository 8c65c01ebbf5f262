import type { Rectangle } from '../../pdf/page.ts';
import type { Matrix } from '../../pdf/page-geometry.ts';
import { transform } from '../../pdf/text/matrix.ts';

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** What a path is drawn with (ISO 32000-2, 8.4.3). */
export interface Pen {
  readonly width: number;
  readonly miterLimit: number;
  readonly hasSquareCaps: boolean;
}

/** A drawn path: what it takes to ask it, where it is, and whether a point lies under it. */
export interface Stroke {
  readonly size: number;
  readonly bounds: Rectangle;
  paints(point: Point): boolean;
}

type Piece = readonly [Point, Point];

/** Straight pieces that stand for one Bézier curve: a tenth of a point off at the size of a seal. */
const curvePieces = 8;

/** A path (ISO 32000-2, 8.5) as polygons in the page's space: all that is asked of it is whether a point is painted. */
export class Outline {
  readonly #lines: Point[][] = [];
  #here: Point = { x: 0, y: 0 };
  #left = Number.POSITIVE_INFINITY;
  #right = Number.NEGATIVE_INFINITY;
  #bottom = Number.POSITIVE_INFINITY;
  #top = Number.NEGATIVE_INFINITY;

  get isEmpty(): boolean {
    return this.#lines.length === 0;
  }

  /** Straight pieces, the measure of the work that a question costs. */
  get size(): number {
    return this.#lines.reduce((sum, line) => sum + line.length, 0);
  }

  move(matrix: Matrix, x: number, y: number): void {
    this.#lines.push([]);
    this.#add(place(matrix, x, y));
  }

  line(matrix: Matrix, x: number, y: number): void {
    this.#add(place(matrix, x, y));
  }

  /** A cubic curve with its control points (8.5.2.2); the first one is the present point where it isn't given. */
  curve(
    matrix: Matrix,
    first: readonly [number, number] | null,
    second: readonly [number, number],
    end: readonly [number, number],
  ): void {
    const from = this.#here;
    const a = first ? place(matrix, ...first) : from;
    const b = place(matrix, ...second);
    const to = place(matrix, ...end);
    for (let piece = 1; piece <= curvePieces; piece++) {
      const t = piece / curvePieces;
      const [p, q, r, s] = [(1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t * t * (1 - t), t ** 3];
      this.#add({
        x: p * from.x + q * a.x + r * b.x + s * to.x,
        y: p * from.y + q * a.y + r * b.y + s * to.y,
      });
    }
  }

  rectangle(matrix: Matrix, x: number, y: number, width: number, height: number): void {
    this.move(matrix, x, y);
    this.line(matrix, x + width, y);
    this.line(matrix, x + width, y + height);
    this.line(matrix, x, y + height);
    this.close();
  }

  close(): void {
    const start = this.#lines.at(-1)?.[0];
    if (start) this.#add(start);
  }

  /** Whether filling paints the point (8.5.3.3). */
  contains({ x, y }: Point, isEvenOdd: boolean): boolean {
    if (x < this.#left || x > this.#right || y < this.#bottom || y > this.#top) return false;
    let winding = 0;
    let crossings = 0;
    // Without pieces handed out one by one: millions of points are asked about.
    for (const line of this.#lines) {
      let from = line.at(-1);
      for (const to of line) {
        if (
          from &&
          from.y > y !== to.y > y &&
          x < from.x + ((y - from.y) / (to.y - from.y)) * (to.x - from.x)
        ) {
          winding += to.y > from.y ? 1 : -1;
          crossings++;
        }
        from = to;
      }
    }
    return isEvenOdd ? crossings % 2 === 1 : winding !== 0;
  }

  get bounds(): Rectangle {
    return [this.#left, this.#bottom, this.#right, this.#top];
  }

  /** The path as drawn with a pen whose width is in the page's units; corners that run out into points included. */
  stroked({ width, miterLimit, hasSquareCaps }: Pen): Stroke {
    const reach = width / 2;
    const pieces: Piece[] = [...this.#pieces()];
    for (const line of this.#lines) {
      pieces.push(...spikes(line, reach, miterLimit));
      if (hasSquareCaps) pieces.push(...caps(line, reach));
    }
    const xs = pieces.flatMap((piece) => piece.map(({ x }) => x));
    const ys = pieces.flatMap((piece) => piece.map(({ y }) => y));
    return {
      size: pieces.length,
      bounds: [least(xs) - reach, least(ys) - reach, greatest(xs) + reach, greatest(ys) + reach],
      paints: (point) => pieces.some(([from, to]) => distance(point, from, to) <= reach),
    };
  }

  *#pieces(): Generator<Piece> {
    for (const line of this.#lines) {
      for (let index = 1; index < line.length; index++) {
        const [from, to] = [line[index - 1], line[index]];
        if (from && to) yield [from, to];
      }
    }
  }

  #add(point: Point): void {
    if (this.#lines.length === 0) this.#lines.push([]);
    this.#lines.at(-1)?.push(point);
    this.#here = point;
    this.#left = Math.min(this.#left, point.x);
    this.#right = Math.max(this.#right, point.x);
    this.#bottom = Math.min(this.#bottom, point.y);
    this.#top = Math.max(this.#top, point.y);
  }
}

export function place(matrix: Matrix, x: number, y: number): Point {
  const [left, bottom] = transform(matrix, x, y);
  return { x: left, y: bottom };
}

function distance({ x, y }: Point, from: Point, to: Point): number {
  const [dx, dy] = [to.x - from.x, to.y - from.y];
  const length = dx * dx + dy * dy;
  const along = length === 0 ? 0 : Math.max(0, Math.min(1, ((x - from.x) * dx + (y - from.y) * dy) / length));
  return Math.hypot(x - from.x - along * dx, y - from.y - along * dy);
}

/** Not by spreading: a path may have more points than a call may have arguments. */
function least(values: readonly number[]): number {
  return values.reduce((least, value) => Math.min(least, value), Number.POSITIVE_INFINITY);
}

function greatest(values: readonly number[]): number {
  return values.reduce((greatest, value) => Math.max(greatest, value), Number.NEGATIVE_INFINITY);
}

/** A corner reaches hardly farther than the pen's half width until it is sharper than this. */
const blunt = 1.2;

/** Where mitred corners end (8.4.3.5), each as a piece from the corner; wider than it is in truth. */
function* spikes(line: readonly Point[], reach: number, miterLimit: number): Generator<Piece> {
  const isClosed = line.length > 2 && line[0] === line.at(-1);
  for (let index = 1; index < line.length; index++) {
    const [from, corner] = [line[index - 1], line[index]];
    const to = line[index + 1] ?? (isClosed ? line[1] : undefined);
    const before = from && corner && direction(from, corner);
    const behind = corner && to && direction(corner, to);
    if (!before || !behind) continue;
    const outward = direction(behind, before);
    // Half the angle between both sides: its sine is half of how far their directions lie apart from turning back.
    const sine = Math.hypot(before.x + behind.x, before.y + behind.y) / 2;
    if (!outward || sine === 0) continue;
    const ratio = 1 / sine;
    if (ratio < blunt || ratio > miterLimit) continue;
    yield [corner, { x: corner.x + outward.x * reach * ratio, y: corner.y + outward.y * reach * ratio }];
  }
}

/** Square caps go on beyond both ends by half the pen's width (8.4.3.3). */
function* caps(line: readonly Point[], reach: number): Generator<Piece> {
  for (const [end, neighbour] of [
    [line[0], line[1]],
    [line.at(-1), line.at(-2)],
  ]) {
    const outward = end && neighbour && direction(neighbour, end);
    if (outward) yield [end, { x: end.x + outward.x * reach, y: end.y + outward.y * reach }];
  }
}

/** Of length 1; null between a point and itself. */
function direction(from: Point, to: Point): Point | null {
  const [x, y] = [to.x - from.x, to.y - from.y];
  const length = Math.hypot(x, y);
  return length === 0 ? null : { x: x / length, y: y / length };
}
