import { AppError } from '../../contract/failure.ts';
import type { PdfDocument } from '../pdf/document.ts';
import { type FormField, formFields } from '../pdf/form.ts';
import { isArray, PdfDict, PdfName, type PdfObject, PdfRef, PdfString } from '../pdf/object.ts';
import type { Page, Rectangle } from '../pdf/page.ts';
import type { RevisionWriter } from '../pdf/revision-writer.ts';
import { widgetOf } from './widget.ts';

/** Annotation flags (ISO 32000-2, 12.5.3): shown in print; and not to be moved by hand. */
const print = 1 << 2;
const locked = 1 << 7;
/** Field flag: filled by programs only. */
export const readOnly = 1;

/** A new field, its widget in the same dictionary: kept apart, later filling counts as an unexplained change. */
export interface NewField {
  readonly type: 'Sig' | 'Tx';
  readonly name: string;
  readonly page: Page;
  /** In user space; of no size for an invisible signature (12.7.5.5). */
  readonly rectangle: Rectangle;
  readonly appearance: PdfRef | null;
  readonly value: PdfRef | null;
  readonly label: string;
}

/** Adds fields to their pages and to the form, which is made where there is none. Returns them in the order given. */
export function addFields(writer: RevisionWriter, fields: readonly NewField[]): PdfRef[] {
  const refs = fields.map((field) => ({ field, ref: writer.add(fieldDictionary(field)) }));
  for (const page of new Map(fields.map(({ page }) => [page.ref.number, page])).values()) {
    const own = refs.filter(({ field }) => field.page.ref.equals(page.ref)).map(({ ref }) => ref);
    const current = writer.resolve(page.ref);
    const dict = current instanceof PdfDict ? current : page.dict;
    writer.append(dict.get('Annots'), own, (array) => writer.set(page.ref, dict.with({ Annots: array })));
  }
  registerInForm(
    writer,
    refs.map(({ ref }) => ref),
    fields.some(({ type }) => type === 'Sig'),
  );
  return refs.map(({ ref }) => ref);
}

function fieldDictionary(field: NewField): PdfDict {
  const { type, name, page, rectangle, appearance, value, label } = field;
  return PdfDict.of({
    Type: new PdfName('Annot'),
    Subtype: new PdfName('Widget'),
    FT: new PdfName(type),
    T: PdfString.fromText(name),
    TU: PdfString.fromText(label),
    Rect: [...rectangle],
    P: page.ref,
    F: print | locked,
    ...(type === 'Tx' ? { Ff: readOnly, DA: PdfString.fromText('/Helv 0 Tf 0 g') } : {}),
    ...(appearance ? { AP: PdfDict.of({ N: appearance }) } : {}),
    ...(value ? { V: value } : {}),
  });
}

/** SigFlags (12.7.3): bit 1, there are signatures; bit 2, change the file by appending only. */
const signaturesExist = 3;

/** Adds fields to the form's list and, where they sign, its flags; touches only the objects that really change. */
function registerInForm(writer: RevisionWriter, refs: readonly PdfRef[], signs: boolean): void {
  const { document } = writer;
  const { catalogRef } = document;
  if (!catalogRef) throw new AppError('pdf-damaged', {});
  const catalog = writer.resolve(catalogRef);
  const root = catalog instanceof PdfDict ? catalog : document.catalog;
  const holder = root.get('AcroForm');
  const form = writer.resolve(holder);
  const formDict = form instanceof PdfDict ? form : new PdfDict();
  const changes: Record<string, PdfObject> = {};
  const fields = formDict.get('Fields');
  const list = writer.resolve(fields);
  if (refs.length > 0 && fields instanceof PdfRef && isArray(list))
    writer.append(fields, refs, () => undefined);
  else if (refs.length > 0) changes['Fields'] = [...(isArray(list) ? list : []), ...refs];
  const flags = writer.resolve(formDict.get('SigFlags'));
  const own = typeof flags === 'number' ? flags : 0;
  if (signs && (own & signaturesExist) !== signaturesExist) changes['SigFlags'] = own | signaturesExist;
  if (Object.keys(changes).length === 0) return;
  const changed = formDict.with(changes);
  if (holder instanceof PdfRef && form instanceof PdfDict) writer.set(holder, changed);
  else writer.set(catalogRef, root.with({ AcroForm: changed }));
}

/**
 * Gives a field its value and its widget's appearance. Throws `pdf-unsupported` for a field that is no object of its
 * own, as writers never make them.
 */
export function fillField(
  writer: RevisionWriter,
  field: FormField,
  value: PdfRef | PdfString,
  appearance: PdfRef | null,
): void {
  if (!field.ref) throw new AppError('pdf-unsupported', { field: field.name });
  const widget = appearance && widgetOf(writer.document, field);
  const look = appearance ? { AP: PdfDict.of({ N: appearance }) } : {};
  writer.set(field.ref, field.dict.with({ V: value, ...(widget?.isField ? look : {}) }));
  if (widget && !widget.isField) writer.set(widget.ref, widget.dict.with(look));
}

/** Fills an empty signature field, and tells readers that there are signatures now. */
export function fillSignature(
  writer: RevisionWriter,
  field: FormField,
  signature: PdfRef,
  appearance: PdfRef | null,
): void {
  fillField(writer, field, signature, appearance);
  registerInForm(writer, [], true);
}

/** The field of that name, or null. */
export function findField(writer: RevisionWriter, name: string): FormField | null {
  return fieldOfName(writer.document, name);
}

/**
 * The field of that full name, or null. Of several, which no writer should make (ISO 32000-2, 12.7.4.2 takes them for
 * one), the first that has a value: nobody is to sign in what readers may show as signed already.
 */
export function fieldOfName(document: PdfDocument, name: string): FormField | null {
  const named = formFields(document).filter((field) => field.name === name);
  return named.find(({ value }) => value !== null) ?? named[0] ?? null;
}

/** `name`, or `name-2`, `name-3`, … where it is taken. */
export function freeFieldName(writer: RevisionWriter, name: string): string {
  // A parent's name is taken, too: "a" where there is "a.b".
  const taken = new Set(
    formFields(writer.document).flatMap((field) => {
      const parts = field.name.split('.');
      return parts.map((_, index) => parts.slice(0, index + 1).join('.'));
    }),
  );
  for (let count = 1; ; count++) {
    const candidate = count === 1 ? name : `${name}-${count}`;
    if (!taken.has(candidate)) return candidate;
  }
}
