import { formFieldNames } from '../../contract/document.ts';
import { AppError } from '../../contract/failure.ts';
import type { PdfDocument } from '../pdf/document.ts';
import { type FormField, formFields } from '../pdf/form.ts';
import { PdfRef } from '../pdf/object.ts';
import { pages, rectangle } from '../pdf/page.ts';
import { fieldOfName, readOnly } from './field.ts';
import { locks } from './field-lock.ts';
import { restrictionsOf } from './permission.ts';
import { certificateFault, type SigningCertificate } from './seed-certificate.ts';
import { readSeedValue } from './seed-value.ts';
import type { Stamp } from './stamp.ts';
import { type Widget, widgetOf } from './widget.ts';

/** The field that each act uses where the document has it; the others make their own. */
const usualField: Partial<Record<Stamp['kind'], string>> = {
  approval: formFieldNames.approval,
  seal: formFieldNames.seal,
};

/** Acts that sign in a template's only empty field, whatever its name. */
const takesOnlyField: ReadonlySet<Stamp['kind']> = new Set<Stamp['kind']>(['plain', 'approval', 'seal']);

/** Prepared for somebody else's act; documents of two agencies have several. */
const reserved = new RegExp(`^(${formFieldNames.approval}|${formFieldNames.seal})(-\\d+)?$`);

/** Annotation flags (ISO 32000-2, 12.5.3): hidden; not to be viewed. */
const unseen = (1 << 1) | (1 << 5);

/**
 * The stamp with the field that it is to use: the one asked for; else the act's own; else, where the caller gave no place, the
 * only empty field that a template left for a signature, or of several the only one that this certificate may sign. Throws
 * `pdf-field-missing` where a field was asked for that can't be: one that no page shows for a stamp that has to be seen, or
 * a new one whose name would mean a field below another.
 */
export function withField<S extends Stamp>(document: PdfDocument, stamp: S, signer: SigningCertificate): S {
  const { field } = stamp;
  if (field !== undefined) {
    requireUsable(document, stamp, field);
    return stamp;
  }
  const usual = usualField[stamp.kind];
  const isPlaced = stamp.box !== undefined || stamp.page !== undefined;
  if (isPlaced || !takesOnlyField.has(stamp.kind) || (usual && fieldOfName(document, usual))) return stamp;
  const empty = candidates(document, stamp);
  // Where there are more, a form may say whose each of them is.
  const [only, another] =
    empty.length > 1 ? empty.filter((one) => mayBeSignedBy(document, one, signer)) : empty;
  return only && !another ? { ...stamp, field: only.name } : stamp;
}

function mayBeSignedBy(document: PdfDocument, { dict }: FormField, signer: SigningCertificate): boolean {
  const seed = readSeedValue(document, dict)?.certificate;
  return !seed || certificateFault(document, seed, signer) === null;
}

function requireUsable(document: PdfDocument, stamp: Stamp, name: string): void {
  const field = fieldOfName(document, name);
  // 12.7.4.2: a full stop joins a parent's name with its kid's.
  if (!field && name.includes('.')) throw new AppError('pdf-field-missing', { field: name });
  if (field?.type === 'Sig' && field.value === null && mustBeSeen(stamp) && !isSeen(document, field))
    throw new AppError('pdf-field-missing', { field: name });
}

function mustBeSeen(stamp: Stamp): boolean {
  return stamp.kind !== 'plain' || stamp.box !== undefined || stamp.image !== undefined;
}

function candidates(document: PdfDocument, stamp: Stamp): FormField[] {
  const { locks: inForce } = restrictionsOf(document);
  return formFields(document).filter(
    (field) =>
      field.type === 'Sig' &&
      field.ref !== null &&
      field.value === null &&
      // Its author lets programs change it, not people.
      (field.flags & readOnly) === 0 &&
      !reserved.test(field.name) &&
      !inForce.some((lock) => locks(lock, field.name)) &&
      (!mustBeSeen(stamp) || isSeen(document, field)),
  );
}

/** Whether a person sees what stands in the field: its widget has a size, isn't hidden, and a page lists it. */
function isSeen(document: PdfDocument, field: FormField): boolean {
  const widget = widgetOf(document, field);
  if (!widget || !rectangle(document, widget.dict.get('Rect'))) return false;
  if (((document.number(widget.dict.get('F')) ?? 0) & unseen) !== 0) return false;
  for (const page of pages(document)) if (lists(document, page.dict.get('Annots'), widget)) return true;
  return false;
}

function lists(
  document: PdfDocument,
  annotations: Parameters<PdfDocument['array']>[0],
  { ref }: Widget,
): boolean {
  const items = document.array(annotations) ?? [];
  return items.some((item) => item instanceof PdfRef && item.number === ref.number);
}
