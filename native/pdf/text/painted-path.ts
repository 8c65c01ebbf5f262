import type { PdfObject } from '../object.ts';
import type { Matrix } from '../page-geometry.ts';
import { transform } from './matrix.ts';

/** Two corners: the smaller coordinates, then the greater ones. */
export type Extent = readonly [number, number, number, number];

/** How many points an operator's operands are (ISO 32000-2, table 58). */
const pointOperators: ReadonlyMap<string, number> = new Map([
  ['m', 1],
  ['l', 1],
  ['c', 3],
  ['v', 2],
  ['y', 2],
]);
const paintOperators: ReadonlySet<string> = new Set(['S', 's', 'f', 'F', 'f*', 'B', 'B*', 'b', 'b*']);

/** Follows path operators and tells what area each painted path takes, control points of curves counted as its own. */
export class PaintedPath {
  #extent: Extent | null = null;

  /** The area that this operator paints, in the space that the matrix leads to; null where it paints none. */
  follow(operator: string, operands: readonly PdfObject[], matrix: Matrix): Extent | null {
    const number = (index: number) => {
      const value = operands[index];
      return typeof value === 'number' ? value : 0;
    };
    const points = pointOperators.get(operator);
    if (points !== undefined) {
      for (let index = 0; index < points; index++)
        this.#add(transform(matrix, number(2 * index), number(2 * index + 1)));
    } else if (operator === 're') {
      const [x, y, width, height] = [number(0), number(1), number(2), number(3)];
      for (const across of [x, x + width])
        for (const up of [y, y + height]) this.#add(transform(matrix, across, up));
    } else if (operator === 'n' || paintOperators.has(operator)) {
      const extent = this.#extent;
      this.#extent = null;
      return operator === 'n' ? null : extent;
    }
    return null;
  }

  #add([x, y]: readonly [number, number]): void {
    const [left, bottom, right, top] = this.#extent ?? [x, y, x, y];
    this.#extent = [Math.min(left, x), Math.min(bottom, y), Math.max(right, x), Math.max(top, y)];
  }
}
