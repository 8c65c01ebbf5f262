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
  for (const leaf of allLeaves(document, 'forward')) yield toPage(document, leaf, index++);
}

/** The last pages, the very last one first: of a thousand pages only these are read. Their `index` counts from the end, -1. */
export function* pagesFromEnd(document: PdfDocument): Generator<Page> {
  let index = -1;
  for (const leaf of allLeaves(document, 'backward')) yield toPage(document, leaf, index--);
}

type Direction = 'forward' | 'backward';

interface Leaf {
  readonly ref: PdfRef;
  readonly dict: PdfDict;
  readonly inherited: PdfDict;
}

function* allLeaves(document: PdfDocument, direction: Direction): Generator<Leaf> {
  const walk: Walk = { document, direction, ancestors: new Set(), visits: new WorkBudget(2 * pageLimit) };
  yield* leaves(walk, document.catalog.get('Pages'), new PdfDict());
}

interface Walk {
  readonly document: PdfDocument;
  readonly direction: Direction;
  /** Dictionaries, since a node may stand in its parent without a number of its own. */
  readonly ancestors: Set<PdfDict>;
  readonly visits: WorkBudget;
}

function* leaves(walk: Walk, node: PdfObject | undefined, inherited: PdfDict): Generator<Leaf> {
  const { document, ancestors } = walk;
  const dict = document.dict(node);
  // What is its own ancestor shows nothing new; viewers pass over it, too.
  if (!dict || ancestors.has(dict)) return;
  walk.visits.spend(1);
  if (ancestors.size > depthLimit) throw new AppError('pdf-too-complex', {});
  const kids = kidsOf(document, dict);
  if (!kids) {
    // A page that stands in its parent can't be referred to, so nothing can be put on it.
    if (node instanceof PdfRef && isPage(document, dict)) yield { ref: node, dict, inherited };
    return;
  }
  const own = inheritable.flatMap((key) => {
    const value = dict.get(key);
    return value === undefined ? [] : [[key, value] as const];
  });
  const passedOn = new PdfDict([...inherited.entries, ...own]);
  ancestors.add(dict);
  for (const kid of walk.direction === 'forward' ? kids : kids.toReversed())
    yield* leaves(walk, kid, passedOn);
  ancestors.delete(dict);
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

function toPage(document: PdfDocument, { ref, dict, inherited }: Leaf, index: number): Page {
  const entry = (key: (typeof inheritable)[number]) => dict.get(key) ?? inherited.get(key);
  const media = rectangle(document, entry('MediaBox')) ?? a4;
  const crop = rectangle(document, entry('CropBox'));
  const rotate = document.number(entry('Rotate')) ?? 0;
  const userUnit = document.number(dict.get('UserUnit')) ?? 1;
  return {
    index,
    ref,
    dict,
    resources: document.dict(entry('Resources')) ?? new PdfDict(),
    box: (crop && intersection(media, crop)) ?? media,
    rotation: (((Math.round(rotate / 90) * 90) % 360) + 360) % 360,
    userUnit: userUnit > 0 && userUnit <= userUnitLimit ? userUnit : 1,
  };
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
