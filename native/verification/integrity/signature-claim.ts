import { AppError } from '../../../contract/failure.ts';
import type { PdfDocument } from '../../pdf/document.ts';
import { type FormField, formFields, formSources } from '../../pdf/form.ts';
import { isName, PdfDict, type PdfObject, PdfRef, PdfString } from '../../pdf/object.ts';
import { pages } from '../../pdf/page.ts';
import type { Revision } from '../../pdf/revision.ts';
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
 * Fields looked at in all revisions and for all signatures together: half a second's work. Honest files have a few thousand fields
 * and a few dozen signatures.
 */
const fieldVisits = 180_000;

/**
 * All signatures that the file claims, oldest first: those of its newest revision, and those that an earlier revision had and a
 * later one took away, since taking a signature away is a change like any other.
 */
export function findClaims(document: PdfDocument): SignatureClaim[] {
  const { revisions } = document;
  if (revisions.length > maxRevisions) throw new AppError('pdf-too-complex', {});
  const newest = new Map(claimsOf(document).map((claim) => [identity(claim), claim]));
  const earlier = new Map<string, SignatureClaim>();
  const visits = new WorkBudget(fieldVisits);
  let form = inForm(document);
  for (const revision of revisions.slice(0, document.revision.index).reverse()) {
    const then = document.at(revision);
    // A revision that leaves the form alone shows the fields of the one before it: nobody walks them for each of a thousand.
    const own = isFormLeft(form, then, revisions[revision.index + 1]) ? form : inForm(then);
    const shown = own === form ? besideForm(then, own) : claimsOf(then);
    // Each of many signatures touches the form, and is compared with all that came behind it.
    if (own !== form) visits.spend(own.count * (1 + revisions.length / 32));
    form = own;
    for (const claim of shown) {
      // A field filled in place keeps its identity; only what has a place of its own can be missing later.
      if (!claim.places || newest.has(identity(claim))) continue;
      earlier.set(identity(claim), { ...claim, present: !claim.isListed });
    }
  }
  const claims = [...newest.values(), ...earlier.values()];
  if (claims.length > maxClaims) throw new AppError('pdf-too-complex', {});
  visits.spend(claims.length * inForm(document).count);
  return claims.sort((a, b) => placeOf(a) - placeOf(b));
}

/** Whether `later`, which came upon `then`, speaks of nothing that the form of the state behind it rests on. */
function isFormLeft(form: InForm, then: PdfDocument, later: Revision | undefined): boolean {
  if (form.root === null || then.catalogRef?.number !== form.root) return false;
  for (const { first, count } of later?.ranges() ?? []) {
    if (count > form.sources.size) {
      for (const number of form.sources) if (number >= first && number < first + count) return false;
    } else
      for (let number = first; number < first + count; number++) if (form.sources.has(number)) return false;
  }
  return true;
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
  const form = inForm(document);
  return [...form.claims, ...besideForm(document, form)];
}

/** What the form of a document, and of all states of the file in which the same objects say so, shows of signatures. */
interface InForm {
  readonly claims: readonly SignatureClaim[];
  /** Of all fields. */
  readonly count: number;
  readonly names: ReadonlyMap<string, number>;
  readonly values: ReadonlyMap<string, number>;
  readonly listed: ReadonlySet<number>;
  /** The objects on which this rests. */
  readonly sources: ReadonlySet<number>;
  /** The catalog's number. */
  readonly root: number | null;
}

const forms = new WeakMap<PdfDocument, InForm>();

function inForm(document: PdfDocument): InForm {
  const known = forms.get(document) ?? readForm(document);
  forms.set(document, known);
  return known;
}

function readForm(document: PdfDocument): InForm {
  const fields = formFields(document);
  const names = count(fields.map(({ name }) => name));
  const signed = fields.filter((field) => field.type === 'Sig' && field.value !== null);
  const values = count(signed.flatMap(({ dict }) => valueNumber(dict) ?? []));
  const isShared = (field: FormField) =>
    (names.get(field.name) ?? 0) > 1 || (values.get(valueNumber(field.dict) ?? '') ?? 0) > 1;
  const claims = signed.map((field) => toClaim(document, field, isShared(field)));
  const listed = new Set(fields.flatMap(({ ref }) => (ref ? [ref.number] : [])));
  const root = document.catalogRef?.number ?? null;
  return { claims, count: fields.length, names, values, listed, sources: formSources(document), root };
}

/** The signatures that a revision shows besides those in its form. */
function besideForm(document: PdfDocument, { names, values, listed, claims }: InForm): SignatureClaim[] {
  const beside: SignatureClaim[] = [];
  for (const field of standaloneFields(document, listed)) {
    const number = valueNumber(field.dict);
    const shares = names.has(field.name) || (number !== null && values.has(number));
    beside.push({ ...toClaim(document, field, shares), isListed: false });
  }
  const certification = document.dict(document.catalog.get('Perms'))?.get('DocMDP');
  const isKnown = [...claims, ...beside].some(
    ({ valueRef }) => certification instanceof PdfRef && valueRef?.number === certification.number,
  );
  // A certification that no field shows: readers that look at /Perms alone would show it.
  if (certification instanceof PdfRef && !isKnown) {
    const value = document.dict(certification);
    const places = value ? signaturePlaces(document, certification, false) : null;
    const orphan = {
      field: 'DocMDP',
      fieldDict: new PdfDict(),
      present: true,
      isListed: true,
      ambiguous: true,
    };
    beside.push({ ...orphan, value, valueRef: certification, places });
  }
  return beside;
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
