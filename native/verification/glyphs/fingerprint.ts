import { createHash } from 'node:crypto';
import { AppError } from '../../../contract/failure.ts';
import { WorkBudget } from '../../pdf/work-budget.ts';
import type { GlyphSource } from './program.ts';

/** Flags of a composite glyph's components and of a simple one's points (OpenType 1.9, glyf). */
const wordArguments = 0x0001;
const hasScale = 0x0008;
const moreComponents = 0x0020;
const hasTwoScales = 0x0040;
const hasMatrix = 0x0080;
const hasInstructions = 0x0100;
const repeats = 0x08;

/** Components within components; Vietnamese letters need two. */
const maxDepth = 6;
/** Bytes of all glyphs that are looked at in one font: a thousand letters have less. */
const outlineBudget = 1 << 20;

/**
 * What tells a program's glyphs apart, whatever their numbers: points, instructions, components with theirs, and
 * metrics, of which the bearing moves the outline. Equal in two programs: drawn alike, where the programs' shared
 * instructions are equal, too.
 */
export class Fingerprints {
  readonly #source: GlyphSource;
  readonly #budget = new WorkBudget(outlineBudget);
  readonly #known = new Map<number, string | null>();

  constructor(source: GlyphSource) {
    this.#source = source;
  }

  /** Empty for a glyph that draws nothing; null for one that isn't there, is broken, or costs too much to look at. */
  of(glyph: number): string | null {
    const known = this.#known.get(glyph);
    if (known !== undefined) return known;
    let made: string | null = null;
    try {
      made = this.#make(glyph, 0);
    } catch (error) {
      if (!(error instanceof RangeError || error instanceof AppError)) throw error;
    }
    this.#known.set(glyph, made);
    return made;
  }

  #make(glyph: number, depth: number): string {
    if (depth > maxDepth) throw new RangeError('components without end');
    const record = this.#source.outlineOf(glyph);
    this.#budget.spend(record.length + 1);
    if (record.length === 0) return '';
    const view = new DataView(record.buffer, record.byteOffset, record.byteLength);
    const hash = createHash('sha256');
    hash.update(`${this.#source.advanceOf(glyph)} ${this.#source.leftBearingOf(glyph)} `);
    const contours = view.getInt16(0);
    if (contours > 0) return hash.update(record.subarray(0, simpleLength(view, contours))).digest('base64');
    if (contours === 0) throw new RangeError('an outline without contours');
    hash.update(record.subarray(0, 10));
    let at = 10;
    for (let flags = moreComponents; flags & moreComponents; ) {
      flags = view.getUint16(at);
      const component = view.getUint16(at + 2);
      const scales = flags & hasMatrix ? 8 : flags & hasTwoScales ? 4 : flags & hasScale ? 2 : 0;
      const end = at + 4 + (flags & wordArguments ? 4 : 2) + scales;
      hash.update(within(record, at, at + 2)).update(within(record, at + 4, end));
      hash.update(`${this.#make(component, depth + 1)} `);
      at = end;
      if (flags & hasInstructions) hash.update(within(record, at, at + 2 + view.getUint16(at)));
    }
    return hash.digest('base64');
  }
}

function within(record: Uint8Array, start: number, end: number): Uint8Array {
  if (end > record.length) throw new RangeError('a record that ends early');
  return record.subarray(start, end);
}

/** The bytes of a simple glyph's record without what is padded behind it. */
function simpleLength(view: DataView, contours: number): number {
  let at = 10 + contours * 2;
  const points = view.getUint16(at - 2) + 1;
  at += 2 + view.getUint16(at);
  let coordinates = 0;
  for (let point = 0; point < points; ) {
    const flags = view.getUint8(at++);
    const count = flags & repeats ? view.getUint8(at++) + 1 : 1;
    coordinates += count * (lengthOf(flags, 0x02, 0x10) + lengthOf(flags, 0x04, 0x20));
    point += count;
  }
  if (at + coordinates > view.byteLength) throw new RangeError('a record that ends early');
  return at + coordinates;
}

/** Bytes of one coordinate: one where it is short, none where it is the one before. */
function lengthOf(flags: number, short: number, same: number): number {
  return flags & short ? 1 : flags & same ? 0 : 2;
}
