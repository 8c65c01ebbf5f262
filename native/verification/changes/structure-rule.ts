import { AppError } from '../../../contract/failure.ts';
import type { PdfDocument } from '../../pdf/document.ts';
import { isArray, isName, PdfDict, type PdfObject, PdfRef } from '../../pdf/object.ts';
import type { WorkBudget } from '../../pdf/work-budget.ts';
import { type Difference, keysOf, type Place } from './difference.ts';
import type { FormContext } from './form-rule.ts';
import { join } from './reach.ts';
import { sentences } from './sentences.ts';

/**
 * The structure tree (ISO 32000-2, 14.7), which programs for people who can't see read aloud. Signing a tagged document adds the
 * tags of new signature fields and nothing else: every tag that was signed keeps its place among the others.
 */
export function judgeStructure(
  before: PdfObject | undefined,
  after: PdfObject | undefined,
  place: Place,
  context: FormContext,
): void {
  const { difference } = context;
  const [old, now] = [difference.before.dict(before), difference.after.dict(after)];
  const isSameRoot = before instanceof PdfRef && after instanceof PdfRef && before.number === after.number;
  if (!old || !now || !isSameRoot) {
    if (!difference.isSame(before, after, place))
      difference.add('other', sentences.catalogChanged('StructTreeRoot'));
    return;
  }
  const root = after.number;
  for (const number of difference.changed) {
    if (number !== root && isElement(difference.old(number))) judgeElement(number, context);
  }
  for (const key of keysOf(old, now)) {
    const at = { holder: root, path: key };
    const isFine =
      key === 'ParentTree'
        ? gainsEntries(old.get(key), now.get(key), at, context)
        : key === 'K'
          ? gainsKids(old.get(key), now.get(key), at, context)
          : difference.isSame(old.get(key), now.get(key), at) ||
            (key === 'ParentTreeNextKey' && isLater(old.get(key), now.get(key)));
    if (!isFine) difference.add('other', sentences.catalogChanged('StructTreeRoot'));
  }
  if (difference.changed.has(root)) difference.clearAnywhere(root);
}

function isLater(before: PdfObject | undefined, after: PdfObject | undefined): boolean {
  return (
    typeof after === 'number' && (before === undefined || (typeof before === 'number' && after >= before))
  );
}

function isElement(value: PdfObject): boolean {
  return value instanceof PdfDict && value.has('S') && value.has('P') && !value.has('Subtype');
}

/** A tag that was signed: it may gain kids for new signature fields. */
function judgeElement(number: number, context: FormContext): void {
  const { difference } = context;
  const [before, after] = [difference.old(number), difference.new(number)];
  const isFine =
    before instanceof PdfDict &&
    after instanceof PdfDict &&
    [...keysOf(before, after)].every((key) => {
      const at = { holder: number, path: key };
      if (key === 'K') return gainsKids(before.get(key), after.get(key), at, context);
      return difference.isSame(before.get(key), after.get(key), at);
    });
  if (isFine) difference.clearAnywhere(number);
}

/** Whether all kids that were there still are, in their order, and new ones are tags of new widgets. */
function gainsKids(
  before: PdfObject | undefined,
  after: PdfObject | undefined,
  place: Place,
  context: FormContext,
): boolean {
  const { difference } = context;
  if (difference.isSame(before, after, place)) {
    if (!(after instanceof PdfRef) || !difference.changed.has(after.number)) return true;
  }
  const signed = [...kidsOf(difference.before, before)];
  const entered = isArray(difference.after.resolve(after))
    ? difference.enter(after, place)
    : { value: [after ?? null], place };
  const kids = isArray(entered.value) ? entered.value : [];
  const isList = isArray(difference.after.resolve(after));
  for (const [index, kid] of kids.entries()) {
    const at = isList ? { ...entered.place, path: join(entered.place.path, index) } : place;
    const [next] = signed;
    if (next !== undefined && isSameKid(difference, next, kid, at)) {
      signed.shift();
      difference.allowEdge(at);
    } else if (isWidgetTag(kid, context, 0)) difference.allow(kid, at);
    else return false;
  }
  return signed.length === 0;
}

function kidsOf(document: PdfDocument, value: PdfObject | undefined): readonly PdfObject[] {
  if (value === undefined || value === null) return [];
  const resolved = document.resolve(value);
  return isArray(resolved) ? resolved : [value];
}

function isSameKid(difference: Difference, before: PdfObject, after: PdfObject, at: Place): boolean {
  if (before instanceof PdfRef && after instanceof PdfRef) return before.number === after.number;
  return difference.isSame(before, after, at);
}

const tagKeys = new Set(['Type', 'S', 'P', 'K', 'Pg', 'ID', 'T', 'Lang', 'Alt', 'A', 'R']);
const referenceKeys = new Set(['Type', 'Obj', 'Pg']);
const tagDepth = 4;

/** A new tag whose content is new signature fields' widgets, so that nothing on the page is read in another way. */
function isWidgetTag(kid: PdfObject, context: FormContext, depth: number): boolean {
  const { difference, newWidgets } = context;
  if (depth > tagDepth || (kid instanceof PdfRef && difference.existed(kid.number))) return false;
  const dict = difference.after.resolve(kid);
  if (!(dict instanceof PdfDict)) return false;
  if (isName(dict.get('Type'), 'OBJR')) {
    const target = dict.get('Obj');
    const isPlain = [...dict.entries.keys()].every((key) => referenceKeys.has(key));
    return isPlain && target instanceof PdfRef && newWidgets.has(target.number);
  }
  if (!dict.has('S') || [...dict.entries.keys()].some((key) => !tagKeys.has(key))) return false;
  const kids = kidsOf(difference.after, dict.get('K'));
  return kids.length > 0 && kids.every((one) => isWidgetTag(one, context, depth + 1));
}

const treeDepth = 32;
const nodeKeys = new Set(['Nums', 'Kids', 'Limits', 'Type']);

/** Whether the map from widgets and pages to their tags (14.7.5.4) lost nothing; what it gained must be new tags. */
function gainsEntries(
  before: PdfObject | undefined,
  after: PdfObject | undefined,
  place: Place,
  context: FormContext,
): boolean {
  const { difference } = context;
  const [old, now] = [new Map<number, Entry>(), new Map<number, Entry>()];
  const budget = context.pageMap.tags;
  readTree(difference.before, before, place, old, budget);
  const nodes = readTree(difference.after, after, place, now, budget);
  for (const [key, { value }] of old) {
    const entry = now.get(key);
    if (!entry || !difference.isSame(value, entry.value, entry.place)) return false;
    difference.allowEdge(entry.place);
  }
  for (const [key, { value, place: at }] of now) {
    if (old.has(key)) continue;
    if (!isWidgetTag(value, context, 0)) return false;
    difference.allow(value, at);
  }
  for (const { ref, place: at } of nodes) {
    const node = difference.changed.has(ref.number) ? difference.new(ref.number) : null;
    if (node instanceof PdfDict && [...node.entries.keys()].some((key) => !nodeKeys.has(key))) return false;
    difference.enter(ref, at);
  }
  return true;
}

interface Entry {
  readonly value: PdfObject;
  readonly place: Place;
}

interface Node {
  readonly ref: PdfRef;
  readonly place: Place;
}

/** Reads a number tree (7.9.7) and returns its nodes that are objects of their own. */
function readTree(
  document: PdfDocument,
  tree: PdfObject | undefined,
  root: Place,
  entries: Map<number, Entry>,
  budget: WorkBudget,
): Node[] {
  const nodes: Node[] = [];
  const visit = (node: PdfObject | undefined, place: Place, depth: number) => {
    budget.spend(1);
    if (depth > treeDepth) throw new AppError('pdf-too-complex', {});
    const own = node instanceof PdfRef ? { holder: node.number, path: '' } : place;
    if (node instanceof PdfRef) nodes.push({ ref: node, place });
    const dict = document.dict(node);
    const list = (key: string) => {
      const value = dict?.get(key);
      const at = { ...own, path: join(own.path, key) };
      if (value instanceof PdfRef) nodes.push({ ref: value, place: at });
      return {
        items: document.array(value) ?? [],
        at: value instanceof PdfRef ? { holder: value.number, path: '' } : at,
      };
    };
    const numbers = list('Nums');
    for (let index = 0; index + 1 < numbers.items.length; index += 2) {
      budget.spend(1);
      const key = document.number(numbers.items[index]);
      const value = numbers.items[index + 1] ?? null;
      if (key !== null)
        entries.set(key, { value, place: { ...numbers.at, path: join(numbers.at.path, index + 1) } });
    }
    const kids = list('Kids');
    kids.items.forEach((kid, index) => {
      visit(kid, { ...kids.at, path: join(kids.at.path, index) }, depth + 1);
    });
  };
  visit(tree, root, 0);
  return nodes;
}
