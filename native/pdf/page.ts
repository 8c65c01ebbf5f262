import { AppError } from '../../contract/failure.ts';
import type { PdfDocument } from './document.ts';
import { PdfDict, type PdfObject, PdfRef } from './object.ts';

/** A page with what it inherits (ISO 32000-2, 7.7.3.4). */
export interface Page {
  /** 0 for the first. */
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

const inheritable = ['Resources', 'MediaBox', 'CropBox', 'Rotate'] as const;

/** All pages in order, read as they are asked for. A loop in the tree ends in `pdf-damaged`. */
export function* pages(document: PdfDocument): Generator<Page> {
  let index = 0;
  for (const leaf of leaves(document, document.catalog.get('Pages'), new PdfDict(), new Set(), 0)) {
    if (index >= pageLimit) throw new AppError('pdf-too-complex', {});
    yield toPage(document, leaf, index++);
  }
}

interface Leaf {
  readonly ref: PdfRef;
  readonly dict: PdfDict;
  readonly inherited: PdfDict;
}

function* leaves(
  document: PdfDocument,
  node: PdfObject | undefined,
  inherited: PdfDict,
  seen: Set<number>,
  depth: number,
): Generator<Leaf> {
  const dict = document.dict(node);
  if (!dict || !(node instanceof PdfRef)) return;
  if (seen.has(node.number) || depth > depthLimit) throw new AppError('pdf-damaged', { object: node.number });
  seen.add(node.number);
  const kids = document.array(dict.get('Kids'));
  if (!kids) {
    yield { ref: node, dict, inherited };
    return;
  }
  const own = inheritable.flatMap((key) => {
    const value = dict.get(key);
    return value === undefined ? [] : [[key, value] as const];
  });
  const passedOn = new PdfDict([...inherited.entries, ...own]);
  for (const kid of kids) yield* leaves(document, kid, passedOn, seen, depth + 1);
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
    userUnit: userUnit > 0 ? userUnit : 1,
  };
}

/** A rectangle with its corners put in order (7.9.5), or null. */
export function rectangle(document: PdfDocument, value: PdfObject | undefined): Rectangle | null {
  const corners = (document.array(value) ?? []).map((item) => document.number(item));
  const [a, b, c, d] = corners;
  if (typeof a !== 'number' || typeof b !== 'number' || typeof c !== 'number' || typeof d !== 'number')
    return null;
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
