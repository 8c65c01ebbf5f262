import { AppError } from '../../../contract/failure.ts';
import type { PdfDocument } from '../../pdf/document.ts';
import { type FormField, formFields } from '../../pdf/form.ts';
import { PdfDict, type PdfObject, PdfRef } from '../../pdf/object.ts';
import { type EntryPlaces, signaturePlaces } from './signature-place.ts';

/** A signature field that has a value: the claim that somebody signed. */
export interface SignatureClaim {
  /** Fully qualified field name. */
  readonly field: string;
  readonly fieldDict: PdfDict;
  /** The signature dictionary; null where the field's value isn't one. */
  readonly value: PdfDict | null;
  readonly valueRef: PdfRef | null;
  readonly places: EntryPlaces | null;
  /** False where the newest revision no longer shows this signature. */
  readonly present: boolean;
  /** Another field of the same revision has the same name, or the same value. */
  readonly ambiguous: boolean;
}

/** Honest files have a few dozen; each costs a comparison of two documents. */
const maxClaims = 500;
const maxRevisions = 1024;

/**
 * All signatures that the file claims, oldest first: those of its newest revision, and those that an earlier revision had and a
 * later one took away, since taking a signature away is a change like any other.
 */
export function findClaims(document: PdfDocument): SignatureClaim[] {
  const claims = new Map<string, SignatureClaim>();
  for (const claim of claimsOf(document, true)) claims.set(identity(claim), claim);
  if (document.revisions.length > maxRevisions) throw new AppError('pdf-too-complex', {});
  for (const revision of document.revisions.slice(0, -1)) {
    for (const claim of claimsOf(document.at(revision), false)) {
      // A field filled in place keeps its identity; only what has a place of its own can be missing later.
      if (claim.places && !claims.has(identity(claim))) claims.set(identity(claim), claim);
    }
  }
  if (claims.size > maxClaims) throw new AppError('pdf-too-complex', {});
  return [...claims.values()].sort((a, b) => placeOf(a) - placeOf(b));
}

/** The signatures that one revision shows. */
export function claimsOf(document: PdfDocument, present: boolean): SignatureClaim[] {
  const fields = formFields(document);
  const names = count(fields.map(({ name }) => name));
  const signed = fields.filter((field) => field.type === 'Sig' && field.value !== null);
  const claims = signed.map((field) => toClaim(document, field, present, (names.get(field.name) ?? 0) > 1));
  const known = new Set(claims.flatMap(({ valueRef }) => (valueRef ? [valueRef.number] : [])));
  const certification = document.dict(document.catalog.get('Perms'))?.get('DocMDP');
  // A certification that no field shows: readers that look at /Perms alone would show it.
  if (certification instanceof PdfRef && !known.has(certification.number)) {
    const value = document.dict(certification);
    const places = value ? signaturePlaces(document, certification, false) : null;
    const orphan = { field: 'DocMDP', fieldDict: new PdfDict(), present, ambiguous: true };
    claims.push({ ...orphan, value, valueRef: certification, places });
  }
  return claims;
}

function toClaim(
  document: PdfDocument,
  field: FormField,
  present: boolean,
  sharedName: boolean,
): SignatureClaim {
  const raw: PdfObject = field.dict.get('V') ?? null;
  const valueRef = raw instanceof PdfRef ? raw : null;
  const value = field.value instanceof PdfDict ? field.value : null;
  const holder = valueRef ?? field.ref;
  const places =
    value && raw !== null && holder ? signaturePlaces(document, holder, valueRef === null) : null;
  // A value inherited from a parent would belong to all its kids at once.
  const ambiguous = sharedName || raw === null;
  return { field: field.name, fieldDict: field.dict, value, valueRef, places, present, ambiguous };
}

/** A signature is where its /Contents stands: no two share that. */
function identity(claim: SignatureClaim): string {
  const start = claim.places?.get('Contents')?.[0]?.start;
  return start === undefined ? `field ${claim.field}` : `at ${start}`;
}

function placeOf(claim: SignatureClaim): number {
  return claim.places?.get('Contents')?.[0]?.start ?? Number.MAX_SAFE_INTEGER;
}

function count(names: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return counts;
}
