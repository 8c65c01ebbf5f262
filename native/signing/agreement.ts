import { formFieldNames } from '../../contract/document.ts';
import { AppError } from '../../contract/failure.ts';
import type { PdfDocument } from '../pdf/document.ts';
import type { PdfDict, PdfRef } from '../pdf/object.ts';
import type { RevisionWriter } from '../pdf/revision-writer.ts';
import { approvalLock } from './approval-lock.ts';
import { docMdpReference, putPermission } from './certification.ts';
import { fieldOfName } from './field.ts';
import {
  fieldMdpReference,
  lockEverything,
  locks,
  putLock,
  readFieldLock,
  setLockedReadOnly,
} from './field-lock.ts';
import { requireUnlocked, restrictionsOf } from './permission.ts';
import { readSeedValue } from './seed-value.ts';
import { obeySeedValue } from './seed-value-check.ts';
import {
  type CertificationLevel,
  type SignatureTerms,
  type SignatureWishes,
  type SignerIdentity,
  usualTerms,
} from './signature-terms.ts';
import type { Stamp } from './stamp.ts';

interface Parties {
  /** The field that is signed, by its full name. */
  readonly field: string;
  readonly stamp: Stamp;
  readonly signer: SignerIdentity;
  readonly wishes: SignatureWishes;
}

/**
 * What the signature will be: the caller's wishes as far as the field's seed value and the document's earlier
 * signatures let them come true; an approval locks what nothing may follow it in. Throws `pdf-field-locked`,
 * `pdf-field-ambiguous`, `pdf-seed-value`, `pdf-certification-refused`.
 */
export function agreeTerms(document: PdfDocument, { field, stamp, signer, wishes }: Parties): SignatureTerms {
  for (const name of [field, ...filledBy(stamp)]) requireUnlocked(document, name);
  const existing = fieldOfName(document, field);
  const ownLock = document.dict(existing?.dict.get('Lock'));
  const lock = ownLock && readFieldLock(document, ownLock);
  const seed = existing && readSeedValue(document, existing.dict);
  const circumstances = { document, field, signer, wishes, lock };
  const terms = seed ? obeySeedValue(seed, circumstances) : usualTerms(wishes, signer, lock);
  if (terms.certification !== null) requireCertifiable(document, stamp, terms.certification);
  // An approval is followed by number, date and seal, so that a field that locks them is no place for it.
  if (
    stamp.kind === 'approval' &&
    terms.lock &&
    sealing.some((name) => terms.lock && locks(terms.lock, name))
  )
    throw new AppError('pdf-seed-value', { field, reason: 'seed-value-lock-document' });
  // What a template says of its own field stands as it is.
  return stamp.kind === 'approval' && terms.lock === null
    ? { ...terms, lock: approvalLock(document, field) }
    : terms;
}

const sealing = [formFieldNames.number, formFieldNames.date, formFieldNames.seal];

/** The fields that a stamp fills besides its signature's. */
function filledBy(stamp: Stamp): string[] {
  if (stamp.kind !== 'seal') return [];
  return [
    ...(stamp.number === undefined ? [] : [formFieldNames.number]),
    ...(stamp.date === undefined ? [] : [formFieldNames.date]),
  ];
}

/**
 * ISO 32000-2, 12.8.2.2: a certification is the document's first signature and its only one. A leader never certifies
 * with "no changes allowed": number, date and seal come later.
 */
function requireCertifiable(document: PdfDocument, stamp: Stamp, level: CertificationLevel): void {
  const { isSigned, level: inForce } = restrictionsOf(document);
  if (isSigned || inForce !== null)
    throw new AppError('pdf-certification-refused', { reason: 'certification-not-first' });
  if (stamp.kind === 'approval' && level === 1)
    throw new AppError('pdf-certification-refused', { reason: 'certification-closes' });
}

/** The signature references that the terms ask for; none for a plain approval signature. */
export function referencesFor(terms: SignatureTerms, catalog: PdfRef): PdfDict[] {
  const { certification, lock } = terms;
  return [
    ...(certification === null ? [] : [docMdpReference(certification)]),
    ...(lock === null ? [] : [fieldMdpReference(lock, catalog)]),
  ];
}

/** Writes what the terms change in the document beside the signature: /Perms, locked fields, the field's own lock. */
export function carryOut(
  writer: RevisionWriter,
  { certification, lock }: SignatureTerms,
  { field, signature }: { readonly field: string; readonly signature: PdfRef },
): void {
  if (certification !== null) putPermission(writer, signature);
  if (lock === null) return;
  setLockedReadOnly(writer, lock, field);
  const existing = fieldOfName(writer.document, field);
  if (lock === lockEverything && existing?.ref) putLock(writer, existing.ref, lock);
}
