import { PdfDict, PdfRef } from '../../pdf/object.ts';
import { appearanceRefusal } from './appearance-rule.ts';
import type { Place } from './difference.ts';
import { type FormContext, type Inherited, partialName, typeOf } from './form-rule.ts';
import { sentences } from './sentences.ts';
import { isDocumentTimeStamp, isNewSignature, isSignatureValue } from './signature-value.ts';
import { coveredShare, hasAppearance, hasSteadyFlags } from './widget.ts';

/** A signature's picture may lie over another one's (the seal over a third of the leader's), but not over the page. */
const maxNewShare = 1 / 3;

/** What a new signature field and its widget may consist of (ISO 32000-2, tables 166, 191, 226 and 234). */
const keys = new Set(
  'Type Subtype FT T TU TM V Rect F Ff P AP AS MK DA Q BS Border C H M NM Parent Kids Lock SV Contents StructParent Lang DR'.split(
    ' ',
  ),
);

/** A field that a later revision adds: a signature field only, signed or still empty. */
export function judgeNewField(ref: PdfRef, place: Place, context: FormContext, inherited: Inherited): void {
  const { difference } = context;
  const dict = difference.new(ref.number);
  const name = partialName(difference.after, dict, inherited.name);
  const fault =
    dict instanceof PdfDict ? faultOf(ref, dict, name, inherited.type, context) : sentences.fieldAdded(name);
  // Refused or not, what the field brings along is named once, as the field.
  difference.allow(ref, place);
  if (dict instanceof PdfDict) {
    for (const widget of widgetsOf(ref, dict, context)) context.newWidgets.add(widget.ref.number);
  }
  if (fault !== null || !(dict instanceof PdfDict)) {
    difference.add('other', fault ?? sentences.fieldAdded(name));
    return;
  }
  const value = dict.get('V');
  if (!isSignatureValue(difference.after, value)) {
    difference.add('formFilling', sentences.signatureFieldAdded(name));
  } else if (isDocumentTimeStamp(difference.after, value)) {
    difference.add('validationData', sentences.timeStamp(name), name);
  } else {
    difference.add('formFilling', sentences.signatureAdded(name), name);
  }
}

/** Why a field may not be added; null where it may. */
function faultOf(
  ref: PdfRef,
  dict: PdfDict,
  name: string,
  inheritedType: string,
  context: FormContext,
): string | null {
  const { difference } = context;
  // Turning an object that was signed as something else into a field.
  if (difference.existed(ref.number)) return sentences.objectChanged(ref.number);
  if (typeOf(difference, dict, inheritedType) !== 'Sig') return sentences.fieldAdded(name);
  const value = dict.get('V');
  const signature = isNewSignature(difference, value);
  if (signature === 'shared') return sentences.signatureShared(name);
  const isSigned = signature === 'new';
  if (!isSigned && difference.after.resolve(value) !== null) return sentences.fieldAdded(name);
  // Somebody signs for how the field looks.
  const answered = isSigned && !isDocumentTimeStamp(difference.after, value);
  for (const widget of widgetsOf(ref, dict, context)) {
    // A kid with a name, a type or a value of its own is a field of its own, which nobody may add.
    const isField =
      ['T', 'V', 'Kids'].some((key) => widget.dict.has(key)) ||
      typeOf(difference, widget.dict, 'Sig') !== 'Sig';
    if (widget.ref !== ref && isField) return sentences.fieldAdded(name);
    const fault = widgetFault(widget, answered, name, context);
    if (fault !== null) return fault;
  }
  return null;
}

interface Widget {
  readonly ref: PdfRef;
  readonly dict: PdfDict;
}

function widgetFault(
  { ref, dict }: Widget,
  answered: boolean,
  name: string,
  context: FormContext,
): string | null {
  const { difference, pageMap } = context;
  const surplus = [...dict.entries.keys()].filter((key) => !keys.has(key) && !isOwnDefault(key, dict));
  if (surplus.includes('A') || surplus.includes('AA')) return sentences.widgetActs(name);
  if (surplus[0] !== undefined) return sentences.fieldChanged(name, surplus[0]);
  const share = coveredShare(difference.after, ref.number, dict, pageMap);
  if (share > maxNewShare) return sentences.widgetTooLarge(name);
  const flags = difference.after.number(dict.get('F'));
  if (share > 0 && !hasSteadyFlags(flags, pageMap.pageOf(ref.number)?.rotation ?? 0))
    return sentences.fieldChanged(name, 'F');
  // An empty field with a picture is a picture that nobody has signed for; a time stamp anyone can get.
  if (!answered && share > 0 && hasAppearance(difference.after, dict)) return sentences.fieldAdded(name);
  if (difference.existed(ref.number)) return sentences.objectChanged(ref.number);
  return appearanceRefusal({ number: ref.number, name, before: null, after: dict }, context);
}

/** LibreOffice gives a signature as the value that its field goes back to (table 226, /DV), too. */
function isOwnDefault(key: string, dict: PdfDict): boolean {
  const [value, defaultValue] = [dict.get('V'), dict.get('DV')];
  return (
    key === 'DV' &&
    value instanceof PdfRef &&
    defaultValue instanceof PdfRef &&
    value.number === defaultValue.number
  );
}

/** The field's own dictionary, which may be its widget, too, and its kids. */
function widgetsOf(ref: PdfRef, dict: PdfDict, { difference }: FormContext): Widget[] {
  const kids = (difference.after.array(dict.get('Kids')) ?? []).flatMap((kid) => {
    const own = difference.after.dict(kid);
    return kid instanceof PdfRef && own ? [{ ref: kid, dict: own }] : [];
  });
  return [{ ref, dict }, ...kids];
}
