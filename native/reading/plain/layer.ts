import type { PdfDocument } from '../../pdf/document.ts';
import { isArray, isName, PdfName, type PdfObject, PdfRef } from '../../pdf/object.ts';

/**
 * Whether all programs show or hide what belongs to a layer: one of the file's (ISO 32000-2, 8.11), which the default
 * configuration names once, or a membership of such layers without an expression or policy of its own. That it may be
 * hidden is another matter.
 */
export function isPlainLayer(document: PdfDocument, membership: PdfObject | undefined): boolean {
  const dict = document.dict(membership);
  if (!dict) return false;
  if (!isName(document.resolve(dict.get('Type')), 'OCMD')) return isPlainGroup(document, membership);
  const policy = document.resolve(dict.get('P'));
  const groups = dict.get('OCGs');
  const list = document.array(groups) ?? [groups ?? null];
  const isUsual = (policy === null || isName(policy, 'AnyOn')) && !dict.has('VE');
  return isUsual && list.length > 0 && list.every((group) => isPlainGroup(document, group));
}

function isPlainGroup(document: PdfDocument, group: PdfObject | undefined): boolean {
  const dict = document.dict(group);
  if (!dict || !(group instanceof PdfRef) || !isName(document.resolve(dict.get('Type')), 'OCG')) return false;
  const properties = document.dict(document.catalog.get('OCProperties'));
  const configuration = document.dict(properties?.get('D'));
  if (!properties || !configuration) return false;
  const base = document.resolve(configuration.get('BaseState'));
  const isBase = base === null || isName(base, 'ON') || isName(base, 'OFF');
  const lists = ['ON', 'OFF'].map((key) => document.resolve(configuration.get(key)));
  const [isOn, isOff] = lists.map((list) => has(list, group));
  const areLists = lists.every((list) => list === null || isArray(list));
  const isListed = has(document.resolve(properties.get('OCGs')), group);
  return isListed && isBase && areLists && !(isOn && isOff) && isForViewing(document, dict.get('Intent'));
}

function has(list: PdfObject, { number }: PdfRef): boolean {
  return isArray(list) && list.some((one) => one instanceof PdfRef && one.number === number);
}

/** Layers of another intent (8.11.2.3) are shown by some whatever their state is. */
function isForViewing(document: PdfDocument, intent: PdfObject | undefined): boolean {
  const value = document.resolve(intent);
  const names = isArray(value) ? value.map((one) => document.resolve(one)) : [value];
  return (
    value === null ||
    names.some((one) => one instanceof PdfName && (one.value === 'View' || one.value === 'All'))
  );
}
