import { AppError } from '../../contract/failure.ts';
import type { Revision } from './revision.ts';
import type { XrefEntry } from './xref.ts';

/** So few are asked one after the other. */
const few = 4;
/** Honest files have some ten thousand: each update speaks of a few objects, or of all of them in one go. */
const mentionLimit = 1 << 22;

/** Finds out which of a file's revisions speak of an object: of a thousand small updates, the one or two that do. */
export class RevisionIndex {
  readonly #revisions: readonly Revision[];
  #mentions: Mentions | null = null;

  /** `revisions`: oldest first. */
  constructor(revisions: readonly Revision[]) {
    this.#revisions = revisions;
  }

  /** What the newest revision up to the one at `upTo` says of an object. Throws `pdf-too-complex`. */
  find(number: number, upTo: number): XrefEntry | undefined {
    if (upTo < few) {
      for (let index = upTo; index >= 0; index--) {
        const entry = this.#revisions[index]?.find(number);
        if (entry) return entry;
      }
      return undefined;
    }
    this.#mentions ??= mentionsIn(this.#revisions);
    return this.#newestOf(this.#mentions, number, upTo);
  }

  #newestOf({ bounds, from, revisions }: Mentions, number: number, upTo: number): XrefEntry | undefined {
    const stretch = countUpTo(bounds, number, 0, bounds.length) - 1;
    if (stretch < 0) return undefined;
    const [begin, end] = [from[stretch] as number, from[stretch + 1] as number];
    for (let at = countUpTo(revisions, upTo, begin, end) - 1; at >= begin; at--) {
      const entry = this.#revisions[revisions[at] as number]?.find(number);
      if (entry) return entry;
    }
    return undefined;
  }
}

/** Stretches of numbers that the same revisions speak of. */
interface Mentions {
  /** Where each stretch begins, ascending. */
  readonly bounds: Uint32Array;
  /** Where each stretch's revisions begin in `revisions`, and behind the last one's. */
  readonly from: Uint32Array;
  /** For each stretch, oldest first. */
  readonly revisions: Uint16Array;
}

function mentionsIn(all: readonly Revision[]): Mentions {
  const ranges = all.flatMap((revision, index) =>
    Array.from(revision.ranges(), ({ first, count }) => ({ index, first, end: first + count })),
  );
  const bounds = Uint32Array.from(new Set(ranges.flatMap(({ first, end }) => [first, end]))).sort();
  const placed = ranges.map(({ index, first, end }) => ({
    index,
    begin: countUpTo(bounds, first, 0, bounds.length) - 1,
    end: countUpTo(bounds, end, 0, bounds.length) - 1,
  }));
  const from = new Uint32Array(bounds.length + 1);
  let total = 0;
  for (const { begin, end } of placed) {
    total += end - begin;
    if (total > mentionLimit) throw new AppError('pdf-too-complex', {});
    for (let stretch = begin; stretch < end; stretch++) from[stretch + 1] = (from[stretch + 1] ?? 0) + 1;
  }
  for (let stretch = 0; stretch < bounds.length; stretch++)
    from[stretch + 1] = (from[stretch + 1] as number) + (from[stretch] as number);
  const next = from.slice();
  const revisions = new Uint16Array(total);
  for (const { index, begin, end } of placed)
    for (let stretch = begin; stretch < end; stretch++) {
      const at = next[stretch] as number;
      revisions[at] = index;
      next[stretch] = at + 1;
    }
  return { bounds, from, revisions };
}

/** How many of the ascending values from `begin` to `end` are at most `value`, counted from the array's beginning. */
function countUpTo(values: Uint32Array | Uint16Array, value: number, begin: number, end: number): number {
  let [low, high] = [begin, end];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((values[middle] as number) <= value) low = middle + 1;
    else high = middle;
  }
  return low;
}
