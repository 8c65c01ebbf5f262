import type { PdfDocument } from '../../pdf/document.ts';
import { isArray, isName, type PdfDict, type PdfObject, PdfRef } from '../../pdf/object.ts';

const deepest = 64;
const mostNodes = 200_000;

/**
 * Whether all programs find the same pages: a tree (ISO 32000-2, 7.7.3) whose nodes say truly what they are and how many pages hang from
 * them, with each page once. Of a count that isn't true some show the first pages, and some look for others.
 */
export function isPlainTree(document: PdfDocument): boolean {
  const root = document.catalog.get('Pages');
  return root instanceof PdfRef && leavesOf(document, root, { seen: new Set(), depth: 0 }) !== null;
}

interface Walk {
  readonly seen: Set<number>;
  readonly depth: number;
}

/** How many pages hang from a node; null where one of them isn't what it should be. */
function leavesOf(document: PdfDocument, node: PdfRef, { seen, depth }: Walk): number | null {
  const dict = document.dict(node);
  if (!dict || depth > deepest || seen.has(node.number) || seen.size > mostNodes) return null;
  seen.add(node.number);
  const type = document.resolve(dict.get('Type'));
  if (isName(type, 'Page')) return !dict.has('Kids') && depth > 0 && isPlainSize(document, dict) ? 1 : null;
  const kids = document.resolve(dict.get('Kids'));
  if (!isName(type, 'Pages') || !isArray(kids)) return null;
  let count = 0;
  for (const kid of kids) {
    const leaves = kid instanceof PdfRef ? leavesOf(document, kid, { seen, depth: depth + 1 }) : null;
    if (leaves === null) return null;
    count += leaves;
  }
  return document.resolve(dict.get('Count')) === count ? count : null;
}

/** Boxes of four numbers with something in them, and a turn by whole quarters, wherever they come from. */
function isPlainSize(document: PdfDocument, page: PdfDict): boolean {
  const [media, crop] = ['MediaBox', 'CropBox'].map((key) => inherited(document, page, key));
  const rotation = inherited(document, page, 'Rotate') ?? null;
  const turn = document.resolve(rotation);
  const isTurn = turn === null || (typeof turn === 'number' && turn % 90 === 0);
  const isCrop = crop === undefined || isBox(document, crop);
  return isTurn && media !== undefined && isBox(document, media) && isCrop;
}

function inherited(document: PdfDocument, page: PdfDict, key: string): PdfObject | undefined {
  let node: PdfDict | null = page;
  for (let depth = 0; node && depth < deepest; depth++) {
    const value = node.get(key);
    if (value !== undefined) return value;
    node = document.dict(node.get('Parent'));
  }
  return undefined;
}

function isBox(document: PdfDocument, value: PdfObject): boolean {
  const items = document.array(value) ?? [];
  const [left, bottom, right, top] = items.map((item) => document.number(item));
  if (items.length !== 4 || left == null || bottom == null || right == null || top == null) return false;
  return (
    left !== right &&
    bottom !== top &&
    !isChained(document, value) &&
    !items.some((item) => isChained(document, item))
  );
}

/** A reference to a reference: poppler doesn't follow it. */
function isChained(document: PdfDocument, value: PdfObject): boolean {
  return value instanceof PdfRef && document.object(value) instanceof PdfRef;
}
