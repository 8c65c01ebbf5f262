import type { SignatureReport } from '../../../contract/verdict.ts';
import type { PdfDocument } from '../../pdf/document.ts';
import { isArray, PdfDict, PdfName, type PdfObject, PdfRef, PdfStream, PdfString } from '../../pdf/object.ts';
import type { WorkBudget } from '../../pdf/work-budget.ts';
import { readable } from '../integrity/readable.ts';
import { type Edge, edge, join, type Reach } from './reach.ts';

/** A page of sentences is enough; a file with a million changes must not make a million. */
const maxFindings = 50;

export type ChangeLevel = SignatureReport['changesAfter'];

/** One change, named. */
export interface Finding {
  readonly level: ChangeLevel;
  readonly text: string;
  /** The field that was filled, for locks (FieldMDP). */
  readonly field?: string;
  /** Filled, but by glyphs of which nobody can tell whether they are its value's. */
  readonly isUnproven?: true;
}

/** Where a value stands: the object that holds it (0: the trailer) and the way through it. */
export interface Place {
  readonly holder: number;
  readonly path: string;
}

/**
 * The difference between a document as it was signed (`before`) and as it is now (`after`). Rules look at the parts
 * that may change and clear, one by one, the objects that they account for and the references that lead to them. What
 * no rule cleared is a change that nothing explains: a whitelist, so that a way of changing things that nobody
 * thought of is refused.
 */
export class Difference {
  readonly before: PdfDocument;
  readonly after: PdfDocument;
  readonly reach: Reach;
  /** Reachable objects that aren't, byte for byte, the ones that were signed. */
  readonly changed: ReadonlySet<number>;
  readonly findings: Finding[] = [];
  readonly #lookups: WorkBudget;
  #highestSigned: number | null = null;
  /** Sentences, and levels with their fields, that are among the findings. */
  readonly #said = new Set<string>();
  readonly #kinds = new Set<string>();
  /** Where the signed cross-reference streams stand. */
  #sections: ReadonlySet<number> | null = null;
  readonly #cleared = new Set<number>();
  readonly #edges = new Set<Edge>();
  /** Objects whose change is narrow enough that it doesn't matter who refers to them. */
  readonly #anywhere = new Set<number>();

  /**
   * `lookups`: how many objects may be looked up for the file's comparisons where their number isn't bounded
   * otherwise.
   */
  constructor(
    before: PdfDocument,
    after: PdfDocument,
    reach: Reach,
    changedNumbers: ReadonlySet<number>,
    lookups: WorkBudget,
  ) {
    this.#lookups = lookups;
    this.before = before;
    this.after = after;
    this.reach = reach;
    const changed = new Set([...changedNumbers].filter((number) => reach.has(number)));
    // What lies behind the signed bytes wasn't signed, even where both cross-references point there.
    for (const [number, offset] of reach.late) if (offset >= before.source.length) changed.add(number);
    this.changed = changed;
  }

  add(level: ChangeLevel, text: string, field?: string): void {
    this.#name(field === undefined ? { level, text } : { level, text, field });
  }

  /** A field that was filled and shows something of which nobody can tell what it is. */
  addUnproven(text: string, field: string): void {
    this.#name({ level: 'formFilling', text, field, isUnproven: true });
  }

  #name(finding: Finding): void {
    const { level, text, field, isUnproven } = finding;
    const kind = `${level} ${isUnproven ? 'unproven ' : ''}${field === undefined ? '' : `of ${field}`}`;
    // Nobody reads on; the level is what counts.
    const isFull = this.findings.length >= maxFindings;
    // By field as well: two may go by the same words, and the second may be one that is locked.
    const said = `${kind}: ${text}`;
    if (this.#said.has(said) || (isFull && this.#kinds.has(kind))) return;
    this.#said.add(said);
    this.#kinds.add(kind);
    this.findings.push(finding);
  }

  old(number: number): PdfObject {
    return readable(this.before, number);
  }

  new(number: number): PdfObject {
    return readable(this.after, number);
  }

  /**
   * Whether the signed document had an object of this number for anyone to show; a section of its cross-reference is
   * none.
   */
  existed(number: number): boolean {
    return this.old(number) !== null && !this.#wasSection(number);
  }

  /**
   * Whether a signed cross-reference stream had this number. Programs made with pdf-lib don't count it and give it to
   * the next object; nobody looks for a section by its number, and where a signed object refers to it all the same,
   * that place isn't allowed.
   */
  #wasSection(number: number): boolean {
    const entry = this.before.find(number);
    if (entry?.kind !== 'offset') return false;
    const { revisions, revision } = this.before;
    this.#sections ??= new Set(
      revisions
        .slice(0, revision.index + 1)
        .flatMap(({ sections }) => sections.filter(({ kind }) => kind === 'stream'))
        .map(({ offset }) => offset),
    );
    return this.#sections.has(entry.offset);
  }

  /** The highest number of an object that was there when the document was signed; -1 where none was. */
  highestSigned = (): number => {
    if (this.#highestSigned !== null) return this.#highestSigned;
    let highest = -1;
    for (const revision of this.before.revisions)
      for (const { first, count } of revision.ranges())
        for (let number = first + count - 1; number >= first && number > highest; number--) {
          this.#lookups.spend(1);
          const entry = this.before.find(number);
          if (entry && entry.kind !== 'free') highest = number;
        }
    this.#highestSigned = highest;
    return highest;
  };

  /**
   * The value at a place with its reference followed and allowed: a rule has looked, or is about to look, at what is
   * there.
   */
  enter(value: PdfObject | undefined, place: Place): { value: PdfObject; place: Place } {
    if (!(value instanceof PdfRef)) return { value: value ?? null, place };
    this.#edges.add(edge(place.holder, place.path));
    this.#cleared.add(value.number);
    return { value: this.after.resolve(value), place: { holder: value.number, path: '' } };
  }

  /**
   * Allows a reference without vouching for the object behind it, which must be unchanged or cleared by another rule.
   */
  allowEdge({ holder, path }: Place): void {
    this.#edges.add(edge(holder, path));
  }

  /** An object that a rule has compared and found to differ only in what may differ, whoever refers to it. */
  clearAnywhere(number: number): void {
    this.#cleared.add(number);
    this.#anywhere.add(number);
  }

  /**
   * Allows a new value with all that it newly brings along. References to objects that were signed and stay as they
   * were are fine; ones that replace a signed object stop here, and that object needs a rule of its own.
   */
  allow(value: PdfObject | undefined, place: Place, replacing = false): void {
    if (value instanceof PdfRef) {
      const { number } = value;
      if (!this.changed.has(number)) return;
      if (this.existed(number) && !replacing) return;
      const isNew = !this.#cleared.has(number);
      this.#cleared.add(number);
      this.#edges.add(edge(place.holder, place.path));
      if (isNew) this.allow(this.new(number), { holder: number, path: '' }, replacing);
    } else if (isArray(value)) {
      for (const [index, item] of value.entries()) {
        this.allow(item, { ...place, path: join(place.path, index) }, replacing);
      }
    } else if (value instanceof PdfDict || value instanceof PdfStream) {
      const dict = value instanceof PdfStream ? value.dict : value;
      for (const [key, item] of dict.entries) {
        this.allow(item, { ...place, path: join(place.path, key) }, replacing);
      }
    }
  }

  /**
   * Whether two values say the same. The same reference is the same: if the object behind it has changed, that object
   * is judged by itself. A different one may lead to an equal object, which is allowed then.
   */
  isSame(before: PdfObject | undefined, after: PdfObject | undefined, place: Place): boolean {
    return this.#compare(before ?? null, after ?? null, place, new Set());
  }

  #compare(a: PdfObject, b: PdfObject, place: Place, underway: Set<string>): boolean {
    if (a instanceof PdfRef && b instanceof PdfRef && a.number === b.number) return true;
    if (a instanceof PdfRef || b instanceof PdfRef) return this.#compareTargets(a, b, place, underway);
    if (a === b || isRounded(a, b)) return true;
    if (a instanceof PdfName) return b instanceof PdfName && a.value === b.value;
    if (a instanceof PdfString) return b instanceof PdfString && Buffer.compare(a.bytes, b.bytes) === 0;
    if (isArray(a)) {
      return (
        isArray(b) &&
        a.length === b.length &&
        a.every((item, index) =>
          this.#compare(item, b[index] ?? null, { ...place, path: join(place.path, index) }, underway),
        )
      );
    }
    if (a instanceof PdfDict) return b instanceof PdfDict && this.#compareDicts(a, b, place, underway);
    if (a instanceof PdfStream) {
      return (
        b instanceof PdfStream &&
        this.#compareDicts(a.dict, b.dict, place, underway) &&
        this.#isSameData(a, b)
      );
    }
    return false;
  }

  #compareTargets(a: PdfObject, b: PdfObject, place: Place, underway: Set<string>): boolean {
    const pair = `${a instanceof PdfRef ? a.number : -1} ${b instanceof PdfRef ? b.number : -1}`;
    if (a instanceof PdfRef && b instanceof PdfRef) {
      // A pair that is being compared further up: equal as far as this way round is concerned.
      if (underway.has(pair)) return true;
      if (underway.size > 10_000) return false;
      underway.add(pair);
    }
    const from = a instanceof PdfRef ? this.old(a.number) : a;
    const to = b instanceof PdfRef ? this.new(b.number) : b;
    // An object is never a reference (7.3.10): one that leads on to others, or to itself, leads nowhere.
    if (from instanceof PdfRef || to instanceof PdfRef) return false;
    const there = b instanceof PdfRef ? { holder: b.number, path: '' } : place;
    if (!this.#compare(from, to, there, underway)) return false;
    if (b instanceof PdfRef) {
      this.#edges.add(edge(place.holder, place.path));
      if (!this.existed(b.number)) this.#cleared.add(b.number);
    }
    return true;
  }

  #compareDicts(a: PdfDict, b: PdfDict, place: Place, underway: Set<string>): boolean {
    return [...keysOf(a, b)].every((key) =>
      this.#compare(
        a.get(key) ?? null,
        b.get(key) ?? null,
        { ...place, path: join(place.path, key) },
        underway,
      ),
    );
  }

  #isSameData(a: PdfStream, b: PdfStream): boolean {
    if ('offset' in a.data && 'offset' in b.data && a.data.offset === b.data.offset) {
      return a.data.length === b.data.length;
    }
    return Buffer.compare(this.before.encodedBytes(a), this.after.encodedBytes(b)) === 0;
  }

  /** The changed objects that no rule accounts for. */
  *leftovers(): Generator<{ number: number; kind: 'changed' | 'reused' }> {
    for (const number of this.changed) {
      const here = { holder: number, path: '' };
      const existed = this.existed(number);
      if (existed && this.isSame(this.old(number), this.new(number), here)) continue;
      if (!this.#cleared.has(number)) yield { number, kind: 'changed' };
      else if (
        !this.#anywhere.has(number) &&
        !this.reach.edges(number).every((one) => this.#edges.has(one))
      ) {
        yield { number, kind: 'reused' };
      }
    }
  }
}

/** Five digits stay: what is lost is a hundredth of a point on a page of office paper. */
const roundingShare = 1e-5;

/**
 * Whether a fraction was written again with fewer digits, as poppler and mupdf do with those of a page that they
 * write anew. Whole numbers count or name something and stay what they are.
 */
function isRounded(a: PdfObject, b: PdfObject): boolean {
  if (typeof a !== 'number' || typeof b !== 'number' || Number.isInteger(a)) return false;
  return Math.abs(a - b) <= roundingShare * Math.abs(a);
}

export function keysOf(a: PdfDict, b: PdfDict): Set<string> {
  return new Set([...a.entries.keys(), ...b.entries.keys()]);
}
