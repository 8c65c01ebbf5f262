import { isName, PdfDict, type PdfObject, PdfRef } from '../../pdf/object.ts';
import { appearanceRefusal, showedSomething, type Widget } from './appearance-rule.ts';
import { isMarkedAnew } from './button-look.ts';
import { saysSameCharacteristics } from './characteristics.ts';
import { keysOf } from './difference.ts';
import { readOnlyBit } from './field-flags.ts';
import { isBlankValue, isFillable, isWellTyped, showsItsState } from './filled-entry.ts';
import { type FormContext, type Inherited, judgeFields, partialName, typeOf } from './form-rule.ts';
import { sayingOf } from './saying-rule.ts';
import { sentences } from './sentences.ts';
import { isDocumentTimeStamp, isNewSignature } from './signature-value.ts';
import { coveredShare, isRedrawn, mayChangeFlags } from './widget.ts';

/** Shares of the page. A larger field could hide the page behind it once it is filled, or a button pressed. */
const maxFilledShare = 1 / 3;
const maxButtonShare = 1 / 20;
const maxDepth = 32;

/** A field that was signed: unchanged, or filled where it was empty. Walks on to its kids. */
export function judgeField(number: number, context: FormContext, inherited: Inherited, depth = 0): void {
  const { difference, visited } = context;
  const before = difference.old(number);
  const after = difference.new(number);
  if (visited.has(number) || depth > maxDepth) return;
  visited.add(number);
  if (!(before instanceof PdfDict) || !(after instanceof PdfDict)) {
    if (difference.changed.has(number)) difference.add('other', sentences.objectChanged(number));
    return;
  }
  const isTouched = difference.changed.has(number) || isRedrawn(after, difference);
  // Nearly all of a large form's fields: nothing about them is to be said.
  if (!isTouched && !before.has('Kids') && !after.has('Kids')) return;
  const own: Inherited = {
    name: partialName(difference.after, after, inherited.name),
    type: typeOf(difference, after, inherited.type),
    before: before.has('V') ? difference.before.resolve(before.get('V')) : inherited.before,
    after: after.has('V') ? difference.after.resolve(after.get('V')) : inherited.after,
    flags: numberOf(after.get('Ff')) ?? inherited.flags,
  };
  if (isTouched) judgeOwn(number, before, after, own, inherited.flags, context);
  const kids = difference.after.array(after.get('Kids')) ?? [];
  if (!before.has('Kids')) {
    // What was a field and its own widget would become a field of others.
    if (after.has('Kids')) difference.add('other', sentences.fieldChanged(own.name, 'Kids'));
    return;
  }
  const place = { holder: number, path: 'Kids' };
  const areFields = kids.some((kid) => difference.after.dict(kid)?.has('T'));
  if (areFields) {
    judgeFields(before.get('Kids'), after.get('Kids'), place, context, own);
    return;
  }
  if (!difference.isSame(before.get('Kids'), after.get('Kids'), place)) {
    difference.add('other', sentences.fieldChanged(own.name, 'Kids'));
  }
  for (const kid of kids) if (kid instanceof PdfRef) judgeField(kid.number, context, own, depth + 1);
}

function judgeOwn(
  number: number,
  before: PdfDict,
  after: PdfDict,
  own: Inherited,
  inheritedFlags: number,
  context: FormContext,
): void {
  const { difference } = context;
  const place = (key: string) => ({ holder: number, path: key });
  const differs = [...keysOf(before, after)].filter(
    (key) => key !== 'Kids' && !difference.isSame(before.get(key), after.get(key), place(key)),
  );
  const filled: string[] = [];
  for (const key of differs) {
    if (isFillable(own.type, key) && isWellTyped(difference.after, own.type, key, after.get(key)))
      filled.push(key);
    else if (!before.has(key) && isPlainAddition(number, key, after, context)) continue;
    else if (key === 'F' && mayChangeFlags(numberOf(before.get(key)), numberOf(after.get(key)))) continue;
    else if (key === 'Ff' && mayChangeFieldFlags(numberOf(before.get(key)) ?? inheritedFlags, own.flags))
      continue;
    else if (key === 'MK' && saysSameCharacteristics(before, after, own.type, place(key), difference))
      continue;
    else difference.add('other', sentences.fieldChanged(own.name, key));
  }
  // An appearance replaced in place, its dictionary and the field around it untouched.
  if (isRedrawn(after, difference) && !filled.includes('AP')) {
    if (isFillable(own.type, 'AP')) filled.push('AP');
    else difference.add('other', sentences.fieldChanged(own.name, 'AP'));
  }
  if (filled.length > 0 && mayFill({ number, name: own.name, before, after }, filled, own, context)) {
    for (const key of filled) difference.allow(after.get(key), place(key), key === 'AP');
  }
  difference.clearAnywhere(number);
}

/**
 * What signers write into a field for completeness' sake: its type as an annotation, the page that shows it, its
 * tag's number.
 */
function isPlainAddition(number: number, key: string, after: PdfDict, { pageMap }: FormContext): boolean {
  const value = after.get(key);
  if (key === 'Type') return isName(value, 'Annot');
  if (key === 'P') return value instanceof PdfRef && value.number === pageMap.pageOf(number)?.ref.number;
  return key === 'StructParent' && typeof value === 'number';
}

/** Names what was filled; false where it wasn't filling. */
function mayFill(widget: Widget, keys: readonly string[], own: Inherited, context: FormContext): boolean {
  const { difference, mayRefill, pageMap } = context;
  const { number, after } = widget;
  const refuse = (text: string) => {
    difference.add('other', text);
    return false;
  };
  if (own.type === 'Sig') {
    if (!isBlankValue(own.before)) return refuse(sentences.signatureReplaced(own.name));
    const signature = isNewSignature(difference, after.get('V') ?? own.after);
    if (signature !== 'new') {
      return refuse(
        signature === 'shared' ? sentences.signatureShared(own.name) : sentences.fieldChanged(own.name, 'V'),
      );
    }
    const isTimeStamp = isDocumentTimeStamp(difference.after, own.after);
    // Anyone can get a time stamp; nobody answers for what it would show.
    if (isTimeStamp && keys.includes('AP')) return refuse(sentences.fieldChanged(own.name, 'AP'));
    // Another of the looks that an empty field brought along, or none: who signed before saw the one that it had.
    const hidden = keys.find((key) => key === 'AS' || key === 'Rect');
    if (hidden !== undefined && showedSomething(widget, own.type, own.flags, context))
      return refuse(sentences.fieldChanged(own.name, hidden));
    const refusal = appearanceRefusal(widget, context);
    if (refusal !== null) return refuse(refusal);
    const level = isTimeStamp ? 'validationData' : 'formFilling';
    const text = isTimeStamp ? sentences.timeStamp(own.name) : sentences.signatureAdded(own.name);
    difference.add(level, text, own.name);
    return true;
  }
  if (!isBlankValue(own.before) && !mayRefill) return refuse(sentences.fieldRefilled(own.name));
  // An appearance without a value would show what the form doesn't say.
  if (keys.includes('AP') && isBlankValue(own.after)) return refuse(sentences.fieldChanged(own.name, 'AP'));
  const isSettled = own.type !== 'Btn' || showsItsState(difference.after, after, own.after);
  if (!isSettled) return refuse(sentences.fieldShowsOther(own.name));
  if (own.type === 'Btn' && keys.includes('AP') && !isMarkedAnew(widget, context))
    return refuse(sentences.fieldChanged(own.name, 'AP'));
  // A look prepared for a value that somebody gives later.
  const isLookAlone = keys.every((key) => key === 'DA' || key === 'Q' || key === 'TI');
  if (isLookAlone && isBlankValue(own.after))
    return refuse(sentences.fieldChanged(own.name, keys[0] ?? 'DA'));
  const share = coveredShare(difference.after, number, after, pageMap);
  if (share > (own.type === 'Btn' ? maxButtonShare : maxFilledShare)) {
    return refuse(sentences.widgetTooLarge(own.name));
  }
  // A picture of a value that the field doesn't have was seen when it was signed; it may not become another one.
  if (!mayRefill && own.type !== 'Btn' && showedSomething(widget, own.type, own.flags, context)) {
    return refuse(sentences.fieldRefilled(own.name));
  }
  const refusal = appearanceRefusal(widget, context);
  if (refusal !== null) return refuse(refusal);
  const saying = sayingOf(widget, own.type, own.flags, own.after, context);
  if (typeof saying === 'object') return refuse(saying.refusal);
  if (saying === 'shown') difference.add('formFilling', sentences.fieldFilled(own.name), own.name);
  else difference.addUnproven(sentences.fieldUnproven(own.name), own.name);
  return true;
}

function numberOf(value: PdfObject | undefined): number | null {
  return typeof value === 'number' ? value : null;
}

/** Read-only at most, or written down though there are none, as pdf-lib does. */
function mayChangeFieldFlags(before: number, after: number): boolean {
  return after === before || after === (before | readOnlyBit);
}
