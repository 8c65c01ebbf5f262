import { AppError } from '../../contract/failure.ts';
import type { PdfDocument } from './document.ts';
import { type PdfDict, PdfName, type PdfObject, PdfRef, PdfString } from './object.ts';

/** A terminal field of the interactive form (ISO 32000-2, 12.7.4). */
export interface FormField {
  /** Fully qualified: partial names joined by dots. */
  readonly name: string;
  /** `Sig`, `Tx`, `Btn`, `Ch`, or an empty string. */
  readonly type: string;
  /** Null for a field that stands directly in its parent's array. */
  readonly ref: PdfRef | null;
  readonly dict: PdfDict;
  readonly value: PdfObject;
  /** Inherited too; 12.7.4.1: bit 1 read only. */
  readonly flags: number;
}

const depthLimit = 32;
const visitLimit = 50_000;

interface Inherited {
  readonly name: string;
  readonly type: PdfObject;
  readonly flags: number;
  readonly value: PdfObject | undefined;
}

interface Form {
  readonly fields: readonly FormField[];
  /** Numbers of the objects that say so. */
  readonly sources: ReadonlySet<number>;
}

/** An open document doesn't change, and whoever signs or compares asks for its fields many times. */
const known = new WeakMap<PdfDocument, Form>();

/**
 * The form's terminal fields in order, each once. Throws `pdf-damaged` for a field that is its own ancestor and
 * `pdf-too-complex` for an absurd number of them.
 */
export function formFields(document: PdfDocument): readonly FormField[] {
  return formOf(document).fields;
}

/** The objects on which `formFields` rests: a later revision that leaves them alone has the same fields. */
export function formSources(document: PdfDocument): ReadonlySet<number> {
  return formOf(document).sources;
}

function formOf(document: PdfDocument): Form {
  const found = known.get(document);
  if (found) return found;
  const { result: fields, asked: sources } = document.noting(() => readFields(document));
  const form = { fields, sources };
  known.set(document, form);
  return form;
}

function readFields(document: PdfDocument): FormField[] {
  const form = document.dict(document.catalog.get('AcroForm'));
  const fields: FormField[] = [];
  const seen = new Set<number>();
  const ancestors = new Set<number>();
  let visits = 0;
  const visit = (node: PdfObject, inherited: Inherited, depth: number) => {
    const ref = node instanceof PdfRef ? node : null;
    if (depth > depthLimit || ++visits > visitLimit) throw new AppError('pdf-too-complex', {});
    if (ref && ancestors.has(ref.number)) throw new AppError('pdf-damaged', { object: ref.number });
    // Listed twice, as some writers do: one field all the same.
    if (ref && seen.has(ref.number)) return;
    if (ref) seen.add(ref.number);
    const dict = document.dict(node);
    if (!dict) return;
    const own = passOn(document, dict, inherited);
    const kids = document.array(dict.get('Kids')) ?? [];
    // Kids with a name are fields; kids without are this field's widgets (12.7.4.1).
    const children = kids.filter((kid) => document.dict(kid)?.has('T'));
    if (children.length > 0) {
      if (ref) ancestors.add(ref.number);
      for (const child of children) visit(child, own, depth + 1);
      if (ref) ancestors.delete(ref.number);
      return;
    }
    const type = document.resolve(own.type);
    fields.push({
      name: own.name,
      type: type instanceof PdfName ? type.value : '',
      ref,
      dict,
      value: document.resolve(own.value),
      flags: own.flags,
    });
  };
  for (const field of document.array(form?.get('Fields')) ?? []) {
    visit(field, { name: '', type: null, flags: 0, value: undefined }, 0);
  }
  return fields;
}

function passOn(document: PdfDocument, dict: PdfDict, inherited: Inherited): Inherited {
  const partial = document.resolve(dict.get('T'));
  const part = partial instanceof PdfString ? partial.toText() : '';
  return {
    name: [inherited.name, part].filter((name) => name !== '').join('.'),
    type: dict.get('FT') ?? inherited.type,
    flags: document.number(dict.get('Ff')) ?? inherited.flags,
    value: dict.get('V') ?? inherited.value,
  };
}
