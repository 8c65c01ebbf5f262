import { AppError } from '../../contract/failure.ts';
import type { PdfDocument } from '../pdf/document.ts';
import { formFields } from '../pdf/form.ts';
import { isName, PdfDict } from '../pdf/object.ts';
import { type FieldLock, lockBudget, locks, readFieldLock } from './field-lock.ts';
import type { CertificationLevel } from './signature-terms.ts';

/** What the signatures that a document bears allow to be done to it. */
export interface Restrictions {
  readonly isSigned: boolean;
  /** The strictest that any of them says; null where none says anything. */
  readonly level: CertificationLevel | null;
  readonly locks: readonly FieldLock[];
}

/** A document that is open doesn't change, and one signature asks several times. */
const known = new WeakMap<PdfDocument, Restrictions>();

/** Reads /Perms and the references and locks of all signatures (ISO 32000-2, 12.8.2 and 12.7.5.5). Throws `pdf-too-complex`. */
export function restrictionsOf(document: PdfDocument): Restrictions {
  const before = known.get(document);
  if (before) return before;
  const signed = formFields(document).flatMap(({ type, value, dict }) =>
    type === 'Sig' && value instanceof PdfDict ? [{ value, dict }] : [],
  );
  const certification = document.dict(document.dict(document.catalog.get('Perms'))?.get('DocMDP'));
  const signatures = [...(certification ? [certification] : []), ...signed.map(({ value }) => value)];
  const budget = lockBudget();
  const fieldLocks = [
    ...signed.flatMap(({ dict }) => document.dict(dict.get('Lock')) ?? []),
    ...signatures.flatMap((signature) => parametersOf(document, signature, 'FieldMDP')),
  ].map((dict) => readFieldLock(document, dict, budget));
  const levels = [
    // /P is 2 where it is left out.
    ...signatures
      .flatMap((signature) => parametersOf(document, signature, 'DocMDP'))
      .map((dict) => levelOf(document.number(dict.get('P')) ?? 2)),
    ...fieldLocks.flatMap(({ permission }) => permission ?? []),
  ];
  const found: Restrictions = {
    isSigned: signed.length > 0,
    level: levels.toSorted()[0] ?? null,
    locks: fieldLocks,
  };
  known.set(document, found);
  return found;
}

/** A level that nobody knows allows nothing: verifiers take it so, too. */
function levelOf(value: number): CertificationLevel {
  return value === 2 || value === 3 ? value : 1;
}

function parametersOf(document: PdfDocument, signature: PdfDict, method: string): PdfDict[] {
  return (document.array(signature.get('Reference')) ?? []).flatMap((item) => {
    const reference = document.dict(item);
    if (!reference || !isName(document.resolve(reference.get('TransformMethod')), method)) return [];
    return [document.dict(reference.get('TransformParams')) ?? new PdfDict()];
  });
}

/**
 * Refuses to sign where that would make an earlier signature invalid, or where nobody would see what is signed: a certification or
 * lock that allows no change (12.8.2.2, P = 1); a form that is XFA alone, whose pages are made by a program that only some
 * viewers have (12.7.8; deprecated). Throws `pdf-signing-forbidden`, `pdf-unsupported`.
 *
 * Usage rights (/Perms /UR3) are left as they are: they are Adobe Reader's licence to edit this file and say nothing of
 * other programs. Where they don't include signing, Reader takes them back; no signature suffers.
 */
export function requireSigningAllowed(document: PdfDocument): void {
  if (isPureXfa(document)) throw new AppError('pdf-unsupported', { feature: 'XFA' });
  if (restrictionsOf(document).level === 1) throw new AppError('pdf-signing-forbidden');
}

/** An XFA form without fields of its own in PDF, or one that says that its pages have to be made first (7.7.2). */
function isPureXfa(document: PdfDocument): boolean {
  const form = document.dict(document.catalog.get('AcroForm'));
  if (!form?.has('XFA') || document.resolve(form.get('XFA')) === null) return false;
  return (
    document.resolve(document.catalog.get('NeedsRendering')) === true || formFields(document).length === 0
  );
}

/** Throws `pdf-field-locked` where an earlier signature wants that field left as it was. */
export function requireUnlocked(document: PdfDocument, field: string): void {
  if (restrictionsOf(document).locks.some((lock) => locks(lock, field)))
    throw new AppError('pdf-field-locked', { field });
}
