import { AppError } from '../../contract/failure.ts';

/** Consecutive object numbers. */
export interface NumberRange {
  readonly first: number;
  readonly count: number;
}

/** Consecutive object numbers whose entries lie one behind the other, from `offset` on. */
export interface Subsection extends NumberRange {
  readonly offset: number;
}

/** Subsections that speak of the same objects are gone through one by one, and are no honest file's. */
const overlapLimit = 256;

/** A cross-reference section's subsections, in which a number is found without going through all of them. */
export class Subsections {
  /** In the file's order. */
  readonly listed: readonly Subsection[];
  /** By number; null where some overlap, of which the first one listed counts. */
  readonly #ascending: readonly Subsection[] | null;

  /** Throws `pdf-too-complex`. */
  constructor(listed: readonly Subsection[]) {
    this.listed = listed.filter(({ count }) => count > 0);
    const sorted = isAscending(this.listed) ? this.listed : this.listed.toSorted((a, b) => a.first - b.first);
    this.#ascending = isAscending(sorted) ? sorted : null;
    if (!this.#ascending && sorted.length > overlapLimit) throw new AppError('pdf-too-complex', {});
  }

  find(number: number): Subsection | undefined {
    const parts = this.#ascending;
    if (!parts) return this.listed.find((part) => holds(part, number));
    let [low, high] = [0, parts.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((parts[middle] as Subsection).first <= number) low = middle + 1;
      else high = middle;
    }
    const part = parts[low - 1];
    return part && holds(part, number) ? part : undefined;
  }
}

function holds({ first, count }: NumberRange, number: number): boolean {
  return number >= first && number < first + count;
}

/** One behind the other, none speaking of another one's objects. */
function isAscending(parts: readonly NumberRange[]): boolean {
  let end = 0;
  for (const { first, count } of parts) {
    if (first < end) return false;
    end = first + count;
  }
  return true;
}

export function* numbersIn(ranges: Iterable<NumberRange>): Generator<number> {
  for (const { first, count } of ranges) for (let index = 0; index < count; index++) yield first + index;
}
