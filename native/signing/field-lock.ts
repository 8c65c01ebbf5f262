import type { PdfDocument } from '../pdf/document.ts';
import { formFields } from '../pdf/form.ts';
import { isName, PdfDict, PdfName, type PdfRef, PdfString } from '../pdf/object.ts';
import type { RevisionWriter } from '../pdf/revision-writer.ts';
import { WorkBudget } from '../pdf/work-budget.ts';
import { readOnly } from './field.ts';
import type { CertificationLevel } from './signature-terms.ts';

/** Which fields nobody may fill any more (ISO 32000-2, table 236, /Lock of a signature field; table 259, FieldMDP). */
export interface FieldLock {
  readonly action: 'All' | 'Include' | 'Exclude';
  /** Full names; what they lock or spare includes the fields below them. */
  readonly fields: ReadonlySet<string>;
  /** PDF 2.0: what the document as a whole allows from then on; null where the lock says nothing of that. */
  readonly permission: CertificationLevel | null;
}

export const lockEverything: FieldLock = { action: 'All', fields: new Set(), permission: 1 };

/** Names in all locks of a document. A small file can name one long list a thousand times. */
export const lockBudget = () => new WorkBudget(200_000);

/**
 * Reads a /Lock or FieldMDP's parameters. What can't be understood locks everything: a guess must not unlock. Throws
 * `pdf-too-complex` where the budget is used up.
 */
export function readFieldLock(document: PdfDocument, dict: PdfDict, budget = lockBudget()): FieldLock {
  const action = document.resolve(dict.get('Action'));
  const names = document.array(dict.get('Fields')) ?? [];
  budget.spend(names.length);
  const fields = names.flatMap((name) => {
    const text = document.resolve(name);
    return text instanceof PdfString ? [text.toText()] : [];
  });
  const level = document.number(dict.get('P'));
  return {
    action: isName(action, 'Include') ? 'Include' : isName(action, 'Exclude') ? 'Exclude' : 'All',
    fields: new Set(fields),
    permission: level === 1 || level === 2 || level === 3 ? level : null,
  };
}

/** Whether a lock is on the field of that full name. */
export function locks({ action, fields }: FieldLock, name: string): boolean {
  if (action === 'All') return true;
  const parts = name.split('.');
  const isNamed = parts.some((_, index) => fields.has(parts.slice(0, index + 1).join('.')));
  return isNamed === (action === 'Include');
}

function parameters({ action, fields }: FieldLock): PdfDict {
  return PdfDict.of({
    Type: new PdfName('TransformParams'),
    V: new PdfName('1.2'),
    Action: new PdfName(action),
    ...(action === 'All' ? {} : { Fields: [...fields].map((name) => PdfString.fromText(name)) }),
  });
}

/**
 * The signature reference that makes a lock binding (ISO 32000-2, 12.8.2.4). No /DigestMethod: it belongs to an object digest
 * that PDF 1.5 had and nobody computes; PAdES signs the byte range alone.
 */
export function fieldMdpReference(lock: FieldLock, catalog: PdfRef): PdfDict {
  return PdfDict.of({
    Type: new PdfName('SigRef'),
    TransformMethod: new PdfName('FieldMDP'),
    // Required for this method only: what the parameters speak of.
    Data: catalog,
    TransformParams: parameters(lock),
  });
}

/**
 * Makes the locked fields read-only, so that viewers don't offer to fill what would break the signature (12.7.5.5). `except`
 * is the signature's own field. Fields that are no objects of their own stay as they are: the lock itself binds them all the same.
 */
export function setLockedReadOnly(writer: RevisionWriter, lock: FieldLock, except: string): void {
  for (const { name, ref, flags } of formFields(writer.document)) {
    if (!ref || name === except || (flags & readOnly) !== 0 || !locks(lock, name)) continue;
    const field = writer.resolve(ref);
    if (field instanceof PdfDict) writer.set(ref, field.with({ Ff: flags | readOnly }));
  }
}

/** Writes the lock on the signature's own field, where it didn't come from there. */
export function putLock(writer: RevisionWriter, ref: PdfRef, lock: FieldLock): void {
  const field = writer.resolve(ref);
  if (!(field instanceof PdfDict)) return;
  const dict = parameters(lock).with({
    Type: new PdfName('SigFieldLock'),
    V: undefined,
    P: lock.permission ?? undefined,
  });
  // An object of its own (table 235: shall be indirect).
  writer.set(ref, field.with({ Lock: writer.add(dict) }));
}
