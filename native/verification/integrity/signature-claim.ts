import { AppError } from '../../../contract/failure.ts';
import type { PdfDocument } from '../../pdf/document.ts';
import { type FormField, formFields } from '../../pdf/form.ts';
import { isName, PdfDict, type PdfObject, PdfRef, PdfString } from '../../pdf/object.ts';
import { pages } from '../../pdf/page.ts';
import { WorkBudget } from '../../pdf/work-budget.ts';
import { readable } from './readable.ts';
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
  /** In the form's list of fields. */
  readonly isListed: boolean;
  /** Another field of the same revision has the same name, or the same value. */
  readonly ambiguous: boolean;
}

/** Honest files have a few dozen; each costs a comparison of two documents. */
const maxClaims = 500;
const maxRevisions = 1024;
/**
 * Fields looked at in all revisions and for all signatures together: a second's work. Honest files have a few hundred fields and a few
 * dozen revisions; half a megabyte of thirty thousand fields and a thousand empty updates took minutes.
 */
const fieldVisits = 150_000;

/**
 * All signatures that the file claims, oldest first: those of its newest revision, and those that an earlier revision had and a
 * later one took away, since taking a signature away is a change like any other.
 */
export function findClaims(document: PdfDocument): SignatureClaim[] {
  if (document.revisions.length > maxRevisions) throw new AppError('pdf-too-complex', {});
  const claims = new Map<string, SignatureClaim>();
  for (const claim of claimsOf(document)) claims.set(identity(claim), claim);
  const visits = new WorkBudget(fieldVisits);
  const fields = formFields(document).length;
  for (const revision of document.revisions.slice(0, -1)) {
    const then = document.at(revision);
    // Each is looked for in one revision after the other.
    visits.spend(fields * (1 + document.revisions.length / 32));
    for (const claim of claimsOf(then)) {
      // A field filled in place keeps its identity; only what has a place of its own can be missing later.
      if (!claim.places || claims.has(identity(claim))) continue;
      claims.set(identity(claim), { ...claim, present: !claim.isListed });
    }
  }
  if (claims.size > maxClaims) throw new AppError('pdf-too-complex', {});
  visits.spend(claims.size * fields);
  return [...claims.values()].sort((a, b) => placeOf(a) - placeOf(b));
}

/** A document never changes: what it shows is looked for once, though it is asked for as the file and as what was signed. */
const shown = new WeakMap<PdfDocument, readonly SignatureClaim[]>();

/** The signatures that one revision shows: in its form, alone on a page, or as a certification that only /Perms names. */
export function claimsOf(document: PdfDocument): readonly SignatureClaim[] {
  const known = shown.get(document) ?? claimsIn(document);
  shown.set(document, known);
  return known;
}

function claimsIn(document: PdfDocument): SignatureClaim[] {
  const fields = formFields(document);
  const names = count(fields.map(({ name }) => name));
  const signed = fields.filter((field) => field.type === 'Sig' && field.value !== null);
  const values = count(signed.flatMap(({ dict }) => valueNumber(dict) ?? []));
  const isShared = (field: FormField) =>
    (names.get(field.name) ?? 0) > 1 || (values.get(valueNumber(field.dict) ?? '') ?? 0) > 1;
  const claims = signed.map((field) => toClaim(document, field, isShared(field)));
  const listed = new Set(fields.flatMap(({ ref }) => (ref ? [ref.number] : [])));
  for (const field of standaloneFields(document, listed)) {
    const number = valueNumber(field.dict);
    const shares = names.has(field.name) || (number !== null && values.has(number));
    claims.push({ ...toClaim(document, field, shares), isListed: false });
  }
  const known = new Set(claims.flatMap(({ valueRef }) => (valueRef ? [valueRef.number] : [])));
  const certification = document.dict(document.catalog.get('Perms'))?.get('DocMDP');
  // A certification that no field shows: readers that look at /Perms alone would show it.
  if (certification instanceof PdfRef && !known.has(certification.number)) {
    const value = document.dict(certification);
    const places = value ? signaturePlaces(document, certification, false) : null;
    const orphan = {
      field: 'DocMDP',
      fieldDict: new PdfDict(),
      present: true,
      isListed: true,
      ambiguous: true,
    };
    claims.push({ ...orphan, value, valueRef: certification, places });
  }
  return claims;
}

/**
 * Signed fields that stand on a page but not in the form's list: poppler writes them so where the form is a direct
 * dictionary, and viewers show them. A later revision's are found among its own objects, the original's on its pages.
 */
function* standaloneFields(document: PdfDocument, listed: ReadonlySet<number>): Generator<FormField> {
  for (const number of widgetNumbers(document)) {
    if (listed.has(number)) continue;
    const ref = new PdfRef(number, 0);
    const dict = readable(document, number);
    if (!(dict instanceof PdfDict) || !isName(dict.get('FT'), 'Sig')) continue;
    const value = document.resolve(dict.get('V'));
    const name = document.resolve(dict.get('T'));
    if (value === null) continue;
    yield { name: name instanceof PdfString ? name.toText() : '', type: 'Sig', ref, dict, value, flags: 0 };
  }
}

function* widgetNumbers(document: PdfDocument): Generator<number> {
  if (document.revision.index > 0) {
    yield* document.revision.numbers();
    return;
  }
  for (const page of pages(document)) {
    for (const annotation of document.array(page.dict.get('Annots')) ?? []) {
      if (annotation instanceof PdfRef) yield annotation.number;
    }
  }
}

function toClaim(document: PdfDocument, field: FormField, sharedName: boolean): SignatureClaim {
  const raw: PdfObject = field.dict.get('V') ?? null;
  const valueRef = raw instanceof PdfRef ? raw : null;
  const value = field.value instanceof PdfDict ? field.value : null;
  const holder = valueRef ?? field.ref;
  const places =
    value && raw !== null && holder ? signaturePlaces(document, holder, valueRef === null) : null;
  // A value inherited from a parent would belong to all its kids at once.
  const ambiguous = sharedName || raw === null;
  const base = { field: field.name, fieldDict: field.dict, present: true, isListed: true };
  return { ...base, value, valueRef, places, ambiguous };
}

/** The object that holds a field's signature; null for one that stands in the field itself. */
function valueNumber(field: PdfDict): string | null {
  const value = field.get('V');
  return value instanceof PdfRef ? String(value.number) : null;
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
