import { AppError } from '../../contract/failure.ts';
import { type FormField, formFields } from '../pdf/form.ts';
import { isArray, PdfDict, PdfName, PdfRef, PdfString } from '../pdf/object.ts';
import type { Page, Rectangle } from '../pdf/page.ts';
import type { RevisionWriter } from '../pdf/revision-writer.ts';

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

/** Adds fields to their pages and to the form, which is made where there is none. */
export function addFields(writer: RevisionWriter, fields: readonly NewField[]): void {
  const refs = fields.map((field) => ({ field, ref: writer.add(fieldDictionary(field)) }));
  for (const page of new Set(fields.map(({ page }) => page))) {
    const own = refs.filter(({ field }) => field.page === page).map(({ ref }) => ref);
    const current = writer.resolve(page.ref);
    const dict = current instanceof PdfDict ? current : page.dict;
    writer.append(dict.get('Annots'), own, (array) => writer.set(page.ref, dict.with({ Annots: array })));
  }
  registerInForm(
    writer,
    refs.map(({ ref }) => ref),
    fields.some(({ type }) => type === 'Sig'),
  );
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

function registerInForm(writer: RevisionWriter, refs: readonly PdfRef[], signs: boolean): void {
  const { document } = writer;
  const { catalogRef } = document;
  if (!catalogRef) throw new AppError('pdf-damaged', {});
  const catalog = writer.resolve(catalogRef);
  const root = catalog instanceof PdfDict ? catalog : document.catalog;
  const holder = root.get('AcroForm');
  const form = writer.resolve(holder);
  const formDict = form instanceof PdfDict ? form : new PdfDict([['Fields', []]]);
  const flags = signs ? { SigFlags: signaturesExist } : {};
  const storeForm = (dict: PdfDict) => {
    if (holder instanceof PdfRef) writer.set(holder, dict);
    else writer.set(catalogRef, root.with({ AcroForm: dict }));
  };
  const fields = formDict.get('Fields');
  const isShared = fields instanceof PdfRef && isArray(writer.resolve(fields));
  if (isShared) writer.append(fields, refs, () => undefined);
  const needsFlags = signs && formDict.get('SigFlags') !== signaturesExist;
  if (isShared && !needsFlags) return;
  const current = writer.resolve(fields);
  const list = isShared ? fields : [...(isArray(current) ? current : []), ...refs];
  storeForm(formDict.with({ Fields: list, ...flags }));
}

/** Gives a field its value and its widget's appearance. The field must be an object of its own, as ours are. */
export function fillField(
  writer: RevisionWriter,
  field: FormField,
  value: PdfRef | PdfString,
  appearance: PdfRef | null,
): void {
  if (!field.ref) throw new AppError('pdf-unsupported', { field: field.name });
  const dict = field.dict.with({ V: value, ...(appearance ? { AP: PdfDict.of({ N: appearance }) } : {}) });
  writer.set(field.ref, dict);
}

/** The field of that name, or null. */
export function findField(writer: RevisionWriter, name: string): FormField | null {
  return formFields(writer.document).find((field) => field.name === name) ?? null;
}

/** `name`, or `name-2`, `name-3`, … where it is taken. */
export function freeFieldName(writer: RevisionWriter, name: string): string {
  const taken = new Set(formFields(writer.document).map((field) => field.name));
  for (let count = 1; ; count++) {
    const candidate = count === 1 ? name : `${name}-${count}`;
    if (!taken.has(candidate)) return candidate;
  }
}
