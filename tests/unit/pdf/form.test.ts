import { describe, expect, it } from 'vitest';
import { formFields } from '../../../native/pdf/form.ts';
import { PdfName, PdfString } from '../../../native/pdf/object.ts';
import { onePage } from './handmade-pdf.ts';
import { readPdf } from './scratch.ts';

function fieldsOf(form: string, objects: Record<number, string>) {
  const pdf = onePage({ catalog: `/AcroForm ${form}` });
  for (const [number, body] of Object.entries(objects)) pdf.object(Number(number), body);
  return formFields(readPdf(pdf.table('/Root 1 0 R', 20).bytes));
}

describe('form fields', () => {
  it('are none where there is no form, or one that is none', () => {
    expect(formFields(readPdf(onePage().table('/Root 1 0 R', 6).bytes))).toEqual([]);
    expect(fieldsOf('(text)', {})).toEqual([]);
    expect(fieldsOf('<<>>', {})).toEqual([]);
    expect(fieldsOf('<</Fields 5>>', {})).toEqual([]);
  });

  it.each([
    ['directly in the form', '<</Fields[8 0 R]>>', {}],
    ['in an array of its own', '<</Fields 9 0 R>>', { 9: '[8 0 R]' }],
    ['in a form of its own', '10 0 R', { 10: '<</Fields[8 0 R]>>' }],
  ])('listed %s', (_, form, objects) => {
    const [field] = fieldsOf(form, { 8: '<</T(a)/FT/Sig/Rect[0 0 1 1]>>', ...objects });
    expect(field).toMatchObject({ name: 'a', type: 'Sig', value: null, flags: 0 });
    expect(field?.ref?.number).toBe(8);
  });

  it('inherit type, flags and value, and join their names', () => {
    const fields = fieldsOf('<</Fields[8 0 R]>>', {
      8: '<</T(form)/FT/Tx/Ff 3/V(inherited)/Kids[9 0 R 10 0 R]>>',
      9: '<</Parent 8 0 R/T(one)>>',
      10: '<</Parent 8 0 R/T<FEFF0053006F1ED1>/FT/Sig/Ff 0/V null>>',
    });
    expect(fields.map(({ name, type, flags }) => [name, type, flags])).toEqual([
      ['form.one', 'Tx', 3],
      ['form.Soố', 'Sig', 0],
    ]);
    const [first] = fields;
    expect(first?.value instanceof PdfString && first.value.toText()).toBe('inherited');
  });

  it('whose kids are widgets are terminal', () => {
    const fields = fieldsOf('<</Fields[8 0 R]>>', {
      8: '<</T(a)/FT/Btn/V/Yes/Kids[9 0 R 10 0 R]>>',
      9: '<</Subtype/Widget/Rect[0 0 1 1]>>',
      10: '<</Subtype/Widget/Rect[0 0 1 1]>>',
    });
    expect(fields).toHaveLength(1);
    expect(fields[0]?.value).toEqual(new PdfName('Yes'));
  });

  it('that stand directly in the list have no reference', () => {
    expect(fieldsOf('<</Fields[<</T(a)/FT/Sig>>]>>', {})[0]).toMatchObject({ name: 'a', ref: null });
  });

  it('that are missing or no dictionaries are passed over', () => {
    expect(fieldsOf('<</Fields[15 0 R null 7(x) 8 0 R]>>', { 8: '<</T(a)/FT/Sig>>' })).toHaveLength(1);
  });
});
