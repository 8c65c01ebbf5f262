import { AppError } from '../../contract/failure.ts';
import type { XrefEntry } from './xref.ts';

/** More objects than this are no document to rebuild. It also keeps a slot within 21 bits. */
const objectLimit = 1 << 21;
const numberLimit = 1 << 24;

/**
 * Where a scan found objects, in typed arrays: a map of a million entries would take ten times the memory. Of several with
 * one number the one of the highest rank counts, of equal ranks the one added last.
 */
export class FoundObjects {
  #length = 0;
  #numbers = new Uint32Array(256);
  #ranks = new Uint32Array(256);
  /** Offset, or the object stream's number. */
  #places = new Float64Array(256);
  /** Generation, or the index in the object stream; the lowest bit tells which. */
  #details = new Uint32Array(256);
  /** The winners' slots by ascending object number; null while the order is out of date. */
  #order: Uint32Array | null = null;

  /** How many were added; the next one's natural rank. */
  get length(): number {
    return this.#length;
  }

  /** Numbers beyond reason are left out. Throws `pdf-too-complex` for an absurd number of objects. */
  add(number: number, entry: Exclude<XrefEntry, { kind: 'free' }>, rank: number): void {
    if (number <= 0 || number > numberLimit) return;
    if (this.#length >= objectLimit) throw new AppError('pdf-too-complex', {});
    if (this.#length === this.#numbers.length) this.#grow();
    const slot = this.#length++;
    const isOffset = entry.kind === 'offset';
    this.#numbers[slot] = number;
    this.#ranks[slot] = rank;
    this.#places[slot] = isOffset ? entry.offset : entry.container;
    this.#details[slot] = isOffset ? entry.generation * 2 : entry.index * 2 + 1;
    this.#order = null;
  }

  has(number: number): boolean {
    return this.#slotOf(number) !== null;
  }

  rankOf(number: number): number | null {
    const slot = this.#slotOf(number);
    return slot === null ? null : (this.#ranks[slot] ?? null);
  }

  find(number: number): XrefEntry | undefined {
    const slot = this.#slotOf(number);
    if (slot === null) return undefined;
    const [place, detail] = [this.#places[slot] ?? 0, this.#details[slot] ?? 0];
    return detail % 2 === 0
      ? { kind: 'offset', offset: place, generation: detail / 2 }
      : { kind: 'compressed', container: place, index: (detail - 1) / 2 };
  }

  /** Ascending. */
  *numbers(): Generator<number> {
    for (const slot of this.#settled()) yield this.#numbers[slot] as number;
  }

  get highest(): number {
    return this.#numbers[this.#settled().at(-1) ?? -1] ?? 0;
  }

  #slotOf(number: number): number | null {
    const order = this.#settled();
    let [low, high] = [0, order.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#numbers[order[middle] as number] as number) < number) low = middle + 1;
      else high = middle;
    }
    const slot = order[low];
    return slot !== undefined && this.#numbers[slot] === number ? slot : null;
  }

  #settled(): Uint32Array {
    this.#order ??= this.#settle();
    return this.#order;
  }

  /** Number and slot in one value sort without a comparison of ours: a tenth of the time. */
  #settle(): Uint32Array {
    const keys = new Float64Array(this.#length);
    for (let slot = 0; slot < this.#length; slot++)
      keys[slot] = (this.#numbers[slot] as number) * objectLimit + slot;
    keys.sort();
    const order = new Uint32Array(this.#length);
    let count = 0;
    for (const key of keys) {
      const slot = key % objectLimit;
      const last = count > 0 ? (order[count - 1] as number) : -1;
      if (last < 0 || this.#numbers[last] !== this.#numbers[slot]) order[count++] = slot;
      else if ((this.#ranks[slot] as number) >= (this.#ranks[last] as number)) order[count - 1] = slot;
    }
    return order.slice(0, count);
  }

  #grow(): void {
    const length = this.#numbers.length * 2;
    const numbers = new Uint32Array(length);
    numbers.set(this.#numbers);
    const ranks = new Uint32Array(length);
    ranks.set(this.#ranks);
    const places = new Float64Array(length);
    places.set(this.#places);
    const details = new Uint32Array(length);
    details.set(this.#details);
    [this.#numbers, this.#ranks, this.#places, this.#details] = [numbers, ranks, places, details];
  }
}
