import type { PdfDocument } from '../../pdf/document.ts';
import { formFields } from '../../pdf/form.ts';
import { isArray, PdfDict, PdfName, type PdfObject, PdfRef, PdfString } from '../../pdf/object.ts';
import { defaultFont } from '../appearance/default-look.ts';
import { looksAlikeMadeUp, needsAppearances } from './appearance-switch.ts';
import { type Difference, keysOf, type Place } from './difference.ts';
import { judgeField } from './field-rule.ts';
import { isBlankValue } from './filled-entry.ts';
import { judgeNewField } from './new-field-rule.ts';
import type { PageMap } from './page-map.ts';
import { join } from './reach.ts';
import { sentences } from './sentences.ts';
import { clearShared } from './shared-resources.ts';

/** What the rules of the form share. */
export interface FormContext {
  readonly difference: Difference;
  readonly pageMap: PageMap;
  /** A certification that says so lets filled fields be filled again. */
  readonly mayRefill: boolean;
  /** Widgets of signature fields that later revisions added; their pages may show them. */
  readonly newWidgets: Set<number>;
  readonly visited: Set<number>;
}

/** What a field passes on to its kids (ISO 32000-2, 12.7.4.1). */
export interface Inherited {
  readonly name: string;
  readonly type: string;
  readonly before: PdfObject;
  readonly after: PdfObject;
  /** Field flags (table 227). */
  readonly flags: number;
}

export const nothingInherited: Inherited = { name: '', type: '', before: null, after: null, flags: 0 };

/** The interactive form: it may gain signature fields, and empty fields may be filled; everything else stays. */
export function judgeForm(
  before: PdfObject | undefined,
  after: PdfObject | undefined,
  place: Place,
  context: FormContext,
): void {
  const { difference } = context;
  const old = difference.before.dict(before);
  const entered = difference.enter(after, place);
  if (!(entered.value instanceof PdfDict)) {
    if (old) difference.add('other', sentences.catalogChanged('AcroForm'));
    return;
  }
  const now = entered.value;
  for (const key of keysOf(old ?? new PdfDict(), now)) {
    const at = { ...entered.place, path: join(entered.place.path, key) };
    if (key === 'Fields') judgeFields(old?.get(key), now.get(key), at, context, nothingInherited);
    else if (difference.isSame(old?.get(key), now.get(key), at)) continue;
    else if (key === 'SigFlags') continue;
    else if (key === 'NeedAppearances') {
      judgeAppearanceSwitch(context);
    } else if (key === 'DA' && !old?.has(key) && !isMadeUpBy(null, difference)) continue;
    else if (key === 'DR' && gainsOnly(old?.get(key), now.get(key), at, difference, 2)) continue;
    else difference.add('other', sentences.formChanged(key));
  }
  if (old?.has('DR'))
    judgeResources(old.get('DR'), now.get('DR'), { ...entered.place, path: 'DR' }, difference);
}

/** The form's resources that were replaced in place, they or a list in them, by ones with more in them. */
function judgeResources(
  before: PdfObject | undefined,
  after: PdfObject | undefined,
  at: Place,
  difference: Difference,
): void {
  const isChanged = (value: PdfObject | undefined) =>
    value instanceof PdfRef && difference.changed.has(value.number);
  const parts = difference.after.dict(after)?.entries.values() ?? [];
  if (!isChanged(after) && ![...parts].some(isChanged)) return;
  if (gainsOnly(before, after, at, difference, 2)) clearShared(before, after, difference);
}

/**
 * With /NeedAppearances viewers show what fields say instead of how they looked when they were signed. Only where no field
 * said or showed anything yet, or where that is the same, is that no change.
 */
function judgeAppearanceSwitch(context: FormContext): void {
  const { difference } = context;
  const [was, is] = [needsAppearances(difference.before), needsAppearances(difference.after)];
  if (was === is) return;
  const isBlank = formFields(difference.before).every(
    ({ type, value, dict }) =>
      type === 'Sig' || (isBlankValue(value) && !dict.has('AP') && !dict.has('Kids')),
  );
  if (isBlank || looksAlikeMadeUp(context)) difference.add('formFilling', sentences.formSettings());
  else difference.add('other', sentences.formChanged('NeedAppearances'));
}

/**
 * Whether a field that said something when it was signed leaves it to readers to draw its appearance by the resource of this name, or,
 * for null, by the form's /DA: nobody knows how it looked before there was any. A colour space that stands for a device's (8.6.5.6)
 * is in every such look; where no font is named, each reader takes one by a name of its own.
 */
function isMadeUpBy(name: string | null, { before, after }: Difference): boolean {
  const areAll = [before, after].some(needsAppearances);
  return formFields(before).some(({ type, value, dict }) => {
    const isText = type === 'Tx' || type === 'Ch';
    const widgets = (before.array(dict.get('Kids')) ?? [dict]).map((kid) => before.dict(kid));
    const haveLooks = widgets.every((widget) => widget?.has('AP'));
    if (!isText || isBlankValue(value) || (haveLooks && !areAll)) return false;
    const fonts = widgets.map((widget) => widget && defaultFont(before, widget));
    const isOfAll = name !== null && /^Default(?:Gray|RGB|CMYK)$/.test(name);
    return isOfAll || fonts.some((font) => font === name || (name !== null && font === null));
  });
}

/** Whether a dictionary (of dictionaries) lost and replaced nothing; what it gained is allowed. */
function gainsOnly(
  before: PdfObject | undefined,
  after: PdfObject | undefined,
  place: Place,
  difference: Difference,
  depth: number,
  isShared = false,
): boolean {
  const old = difference.before.dict(before) ?? new PdfDict();
  const now = difference.after.dict(after);
  if (!now) return false;
  const base = after instanceof PdfRef ? { holder: after.number, path: '' } : place;
  const fits = [...keysOf(old, now)].every((key) => {
    const at = { ...base, path: join(base.path, key) };
    const names = depth > 1 ? [...(difference.after.dict(now.get(key))?.entries.keys() ?? [])] : [key];
    if (!old.has(key) && names.some((name) => isMadeUpBy(name, difference))) return false;
    if (!old.has(key)) difference.allow(now.get(key), at);
    const value = now.get(key);
    const isRewritten = value instanceof PdfRef && difference.changed.has(value.number);
    const isKept = !isRewritten || depth === 1;
    if (!old.has(key) || (isKept && difference.isSame(old.get(key), value, at))) return true;
    return depth > 1 && gainsOnly(old.get(key), value, at, difference, depth - 1, isRewritten);
  });
  // A list that was replaced in place may be a page's, too: that is looked at where it is cleared.
  if (fits && after instanceof PdfRef && !isShared) {
    difference.enter(after, place);
  }
  return fits;
}

/** A list of fields, at the form's top or under a field: every one that was signed stays, in order. */
export function judgeFields(
  before: PdfObject | undefined,
  after: PdfObject | undefined,
  place: Place,
  context: FormContext,
  inherited: Inherited,
): void {
  const { difference } = context;
  const old = difference.before.array(before) ?? [];
  const entered = difference.enter(after, place);
  const now = isArray(entered.value) ? entered.value : [];
  const signed = new Map(
    old.flatMap((item) => (item instanceof PdfRef ? [[item.number, item] as const] : [])),
  );
  const seen = new Set<number>();
  now.forEach((item, index) => {
    const at = { ...entered.place, path: join(entered.place.path, index) };
    if (!(item instanceof PdfRef)) {
      if (!old.some((one) => difference.isSame(one, item, at))) {
        difference.add('other', sentences.fieldAdded(inherited.name));
      }
      return;
    }
    difference.allowEdge(at);
    if (seen.has(item.number))
      difference.add('other', sentences.fieldDoubled(nameOf(item, context, inherited)));
    else if (signed.has(item.number)) judgeField(item.number, context, inherited);
    else judgeNewField(item, at, context, inherited);
    seen.add(item.number);
  });
  for (const [number] of signed) {
    if (seen.has(number)) continue;
    difference.add(
      'other',
      sentences.fieldRemoved(partialName(difference.before, difference.old(number), inherited.name)),
    );
  }
}

function nameOf(ref: PdfRef, { difference }: FormContext, inherited: Inherited): string {
  return partialName(difference.after, difference.new(ref.number), inherited.name);
}

/** A field's full name: partial names joined by dots. */
export function partialName(document: PdfDocument, field: PdfObject, parent: string): string {
  const own = field instanceof PdfDict ? document.resolve(field.get('T')) : undefined;
  const part = own instanceof PdfString ? own.toText() : '';
  return [parent, part].filter((name) => name !== '').join('.');
}

export function typeOf(difference: Difference, dict: PdfDict, inherited: string): string {
  const type = difference.after.resolve(dict.get('FT'));
  return type instanceof PdfName ? type.value : inherited;
}
