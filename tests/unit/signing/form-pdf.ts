import { type OnePage, onePage } from '../pdf/handmade-pdf.ts';

/** One page with a form: fields by object number from 8 on, all of them at the form's top and on the page. */
export function formPdf(fields: Readonly<Record<number, string>>, more: FormPdf = {}): Buffer {
  const numbers = Object.keys(fields);
  const refs = numbers.map((number) => `${number} 0 R`).join(' ');
  const others = more.objects ?? {};
  const page = onePage({
    page: `/MediaBox[0 0 595 842]/Annots[${refs}]${more.page ?? ''}`,
    catalog: `/AcroForm<</Fields[${refs}]${more.form ?? ''}>>${more.catalog ?? ''}`,
  });
  for (const [number, body] of Object.entries({ ...fields, ...others })) page.object(Number(number), body);
  const size = Math.max(...[...numbers, ...Object.keys(others)].map(Number)) + 1;
  return page.table('/Root 1 0 R', size).bytes;
}

export interface FormPdf extends OnePage {
  /** More entries of the form's dictionary. */
  readonly form?: string;
  /** More objects, by number. */
  readonly objects?: Readonly<Record<number, string>>;
}

/** An empty signature field, merged with its widget. */
export function signatureField(name: string, entries = ''): string {
  return `<</Type/Annot/Subtype/Widget/FT/Sig/T(${name})/Rect[100 300 250 350]/F 4/P 3 0 R${entries}>>`;
}

/** A text field, merged with its widget. */
export function textField(name: string, entries = ''): string {
  return `<</Type/Annot/Subtype/Widget/FT/Tx/T(${name})/Rect[300 300 400 320]/F 4/P 3 0 R${entries}>>`;
}
