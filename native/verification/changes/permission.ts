import type { PdfDocument } from '../../pdf/document.ts';
import { isName, PdfDict, PdfName, type PdfObject, PdfString } from '../../pdf/object.ts';
import type { SignatureClaim } from '../integrity/signature-claim.ts';
import { type Changes, isGraver } from './comparison.ts';
import type { ChangeLevel, Finding } from './difference.ts';

/** What a signature itself allows to be changed later (ISO 32000-2, 12.8.2). */
export interface Permission {
  /** The gravest change that a certification allows; null where the signature doesn't certify. */
  readonly upTo: ChangeLevel | null;
  readonly isLocked: (field: string) => boolean;
}

/** DocMDP's P: 1 nothing but validation data and time stamps, 2 filling and signing, 3 annotations, too. */
const levels: Readonly<Record<number, ChangeLevel>> = {
  1: 'validationData',
  2: 'formFilling',
  3: 'annotations',
};

/** Reads DocMDP and FieldMDP from the signature, and the lock of its field. */
export function readPermission(document: PdfDocument, claim: SignatureClaim): Permission {
  const references = document.array(claim.value?.get('Reference')) ?? [];
  const transforms = references.flatMap((reference) => {
    const dict = document.dict(reference);
    return dict ? [dict] : [];
  });
  const parameters = (method: string) =>
    transforms
      .filter((dict) => isName(document.resolve(dict.get('TransformMethod')), method))
      .map((dict) => document.dict(dict.get('TransformParams')) ?? new PdfDict());
  const lock = document.dict(claim.fieldDict.get('Lock'));
  const limits = [
    ...parameters('DocMDP').map((dict) => document.number(dict.get('P')) ?? 2),
    ...(lock?.has('P') ? [document.number(lock.get('P')) ?? 1] : []),
  ];
  const locks = [...parameters('FieldMDP'), ...(lock ? [lock] : [])].map((dict) => readLock(document, dict));
  return {
    upTo: limits.length === 0 ? null : (levels[Math.min(...limits)] ?? 'validationData'),
    isLocked: (field) => locks.some((one) => one(field)),
  };
}

function readLock(document: PdfDocument, dict: PdfDict): (field: string) => boolean {
  const action = document.resolve(dict.get('Action'));
  const names = (document.array(dict.get('Fields')) ?? []).map((name) => text(document.resolve(name)));
  // A locked parent locks its kids.
  const isOf = (field: string, name: string) => field === name || field.startsWith(`${name}.`);
  const isNamed = (field: string) => names.some((name) => isOf(field, name));
  const isSaid = (field: string) => names.some((name) => isOf(said(field), said(name)));
  switch (action instanceof PdfName ? action.value : '') {
    case 'Include':
      return isSaid;
    case 'Exclude':
      return (field) => !isNamed(field);
    default:
      return () => true;
  }
}

/** A name as people read it: composed or not, without marks of languages (ISO 32000-2, 7.9.2.2.1). What locks must hold for all of them. */
function said(name: string): string {
  const parts = name.split('\u001b').filter((_, index) => index % 2 === 0);
  return parts.join('').normalize('NFKC');
}

function text(value: PdfObject): string {
  return value instanceof PdfString ? value.toText() : '';
}

/** Whether what was changed is more than the signature allows. */
export function exceeds({ level, findings }: Changes, permission: Permission): boolean {
  if (permission.upTo && isGraver(level, permission.upTo)) return true;
  const isBreach = ({ field, level: own }: Finding) =>
    field !== undefined && own === 'formFilling' && permission.isLocked(field);
  return findings.some(isBreach);
}
