import { AppError } from '../../contract/failure.ts';
import type { PdfDocument } from './document.ts';
import { isArray, isName, PdfDict, type PdfObject, PdfRef } from './object.ts';
import { WorkBudget } from './work-budget.ts';

/** A page with what it inherits (ISO 32000-2, 7.7.3.4). */
export interface Page {
  /** 0 for the first; from the end, where pages are read from there, -1 for the last. */
  readonly index: number;
  readonly ref: PdfRef;
  readonly dict: PdfDict;
  readonly resources: PdfDict;
  /** The visible box (crop box within media box) in user space: left, bottom, right, top. */
  readonly box: Rectangle;
  /** Clockwise turn in degrees for display: 0, 90, 180 or 270. */
  readonly rotation: number;
  /** Size of one user-space unit in points (PDF 1.6). */
  readonly userUnit: number;
}

export type Rectangle = readonly [left: number, bottom: number, right: number, top: number];

/** ISO 216 A4 in points, which is also what the decree prescribes: for pages that have no box at all. */
const a4: Rectangle = [0, 0, 595.276, 841.89];
const depthLimit = 64;
const pageLimit = 100_000;
/** Beyond any user space that viewers show (Annex C: 14,400 units); beyond it arithmetic turns to nonsense, too. */
const coordinateLimit = 1e7;
const userUnitLimit = 75_000;

const inheritable = ['Resources', 'MediaBox', 'CropBox', 'Rotate'] as const;

/** All pages in order, read as they are asked for. A page tree that loops shows each way round once; one that never ends is `pdf-too-complex`. */
export function* pages(document: PdfDocument): Generator<Page> {
  let index = 0;
  for (const leaf of leaves(document, 'forward')) yield new LeafPage(document, leaf, index++);
}

/** The last pages, the very last one first: of a thousand pages only these are read. Their `index` counts from the end, -1. */
export function* pagesFromEnd(document: PdfDocument): Generator<Page> {
  let index = -1;
  for (const leaf of leaves(document, 'backward')) yield new LeafPage(document, leaf, index--);
}

type Direction = 'forward' | 'backward';

interface Leaf {
  readonly ref: PdfRef;
  readonly dict: PdfDict;
  readonly inherited: PdfDict;
}

/** A node of the tree whose kids are being gone through. */
interface OpenNode {
  readonly dict: PdfDict;
  readonly kids: readonly PdfObject[];
  readonly inherited: PdfDict;
  next: number;
}

/** Walks on a list of its own: handing every page up through sixty levels costs sixty times as much. */
function* leaves(document: PdfDocument, direction: Direction): Generator<Leaf> {
  const visits = new WorkBudget(2 * pageLimit);
  // Dictionaries, since a node may stand in its parent without a number of its own.
  const ancestors = new Set<PdfDict>();
  const open: OpenNode[] = [];
  const visit = (node: PdfObject | undefined, inherited: PdfDict): Leaf | null => {
    const dict = document.dict(node);
    // What is its own ancestor shows nothing new; viewers pass over it, too.
    if (!dict || ancestors.has(dict)) return null;
    visits.spend(1);
    if (ancestors.size > depthLimit) throw new AppError('pdf-too-complex', {});
    const kids = kidsOf(document, dict);
    // A page that stands in its parent can't be referred to, so nothing can be put on it.
    if (!kids)
      return node instanceof PdfRef && isPage(document, dict) ? { ref: node, dict, inherited } : null;
    ancestors.add(dict);
    open.push({
      dict,
      kids: direction === 'forward' ? kids : kids.toReversed(),
      inherited: passedOn(dict, inherited),
      next: 0,
    });
    return null;
  };
  const root = visit(document.catalog.get('Pages'), new PdfDict());
  if (root) yield root;
  for (let node = open.at(-1); node; node = open.at(-1)) {
    if (node.next < node.kids.length) {
      const leaf = visit(node.kids[node.next++], node.inherited);
      if (leaf) yield leaf;
    } else {
      ancestors.delete(node.dict);
      open.pop();
    }
  }
}

function passedOn(dict: PdfDict, inherited: PdfDict): PdfDict {
  const own = inheritable.flatMap((key) => {
    const value = dict.get(key);
    return value === undefined ? [] : [[key, value] as const];
  });
  return own.length === 0 ? inherited : new PdfDict([...inherited.entries, ...own]);
}

/** A node's kids; some writers leave the brackets of a single one out. Null for a leaf. */
function kidsOf(document: PdfDocument, dict: PdfDict): readonly PdfObject[] | null {
  const kids = dict.get('Kids');
  const resolved = document.resolve(kids);
  if (isArray(resolved)) return resolved;
  return kids instanceof PdfRef && resolved instanceof PdfDict ? [kids] : null;
}

/** A leaf is a page whatever it calls itself, unless it is an inner node that has lost its kids. */
function isPage(document: PdfDocument, dict: PdfDict): boolean {
  const isNode = isName(document.resolve(dict.get('Type')), 'Pages');
  return !isNode || (!dict.has('Count') && (dict.has('Contents') || dict.has('MediaBox')));
}

/** Finds out what a page looks like when it is asked: of a hundred thousand pages, a few are. */
class LeafPage implements Page {
  readonly index: number;
  readonly ref: PdfRef;
  readonly dict: PdfDict;
  readonly #document: PdfDocument;
  readonly #inherited: PdfDict;
  #box: Rectangle | null = null;

  constructor(document: PdfDocument, { ref, dict, inherited }: Leaf, index: number) {
    this.#document = document;
    this.#inherited = inherited;
    this.index = index;
    this.ref = ref;
    this.dict = dict;
  }

  get resources(): PdfDict {
    return this.#document.dict(this.#entry('Resources')) ?? new PdfDict();
  }

  get box(): Rectangle {
    if (this.#box) return this.#box;
    const media = rectangle(this.#document, this.#entry('MediaBox')) ?? a4;
    const crop = rectangle(this.#document, this.#entry('CropBox'));
    this.#box = (crop && intersection(media, crop)) ?? media;
    return this.#box;
  }

  get rotation(): number {
    const rotate = this.#document.number(this.#entry('Rotate')) ?? 0;
    return (((Math.round(rotate / 90) * 90) % 360) + 360) % 360;
  }

  get userUnit(): number {
    const userUnit = this.#document.number(this.dict.get('UserUnit')) ?? 1;
    return userUnit > 0 && userUnit <= userUnitLimit ? userUnit : 1;
  }

  #entry(key: (typeof inheritable)[number]): PdfObject | undefined {
    return this.dict.get(key) ?? this.#inherited.get(key);
  }
}

/** A rectangle with its corners put in order (7.9.5), or null. */
export function rectangle(document: PdfDocument, value: PdfObject | undefined): Rectangle | null {
  const corners = (document.array(value) ?? []).map((item) => document.number(item));
  const [a, b, c, d] = corners;
  if (typeof a !== 'number' || typeof b !== 'number' || typeof c !== 'number' || typeof d !== 'number')
    return null;
  if (corners.some((corner) => Math.abs(corner ?? 0) > coordinateLimit)) return null;
  return a === c || b === d ? null : [Math.min(a, c), Math.min(b, d), Math.max(a, c), Math.max(b, d)];
}

function intersection(a: Rectangle, b: Rectangle): Rectangle | null {
  const box: Rectangle = [
    Math.max(a[0], b[0]),
    Math.max(a[1], b[1]),
    Math.min(a[2], b[2]),
    Math.min(a[3], b[3]),
  ];
  return box[0] < box[2] && box[1] < box[3] ? box : null;
}
