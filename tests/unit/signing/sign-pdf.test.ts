import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { formFields } from '../../../native/pdf/form.ts';
import { PdfRef, PdfString } from '../../../native/pdf/object.ts';
import { pages } from '../../../native/pdf/page.ts';
import type { Stamp } from '../../../native/signing/stamp.ts';
import { onePage, onePagePdf } from '../pdf/handmade-pdf.ts';
import { failure, fieldOf, inspect, openDesk } from './desk.ts';
import { withEmptyField } from './template.ts';

const { sign } = openDesk();

describe('the form', () => {
  const catalogWith = (form: string) => onePage({ catalog: `/AcroForm ${form}` });

  it.each([
    ['none', '', 'catalog'],
    ['an empty one, direct', '/AcroForm<<>>', 'catalog'],
    ['direct, its list direct', '/AcroForm<</Fields[8 0 R]>>', 'catalog'],
    ['direct, its list an object', '/AcroForm<</Fields 9 0 R/SigFlags 3>>', 'list'],
    ['an object, its list direct', '/AcroForm 10 0 R', 'form'],
    ['an object, its list one, too', '/AcroForm 11 0 R', 'list'],
  ])('%s: the objects that change are as few as can be', async (_, catalog, changed) => {
    const bytes = onePage({ catalog })
      .object(8, '<</T(other)/FT/Tx/V(kept)>>')
      .object(9, '[8 0 R]')
      .object(10, '<</Fields[8 0 R]>>')
      .object(11, '<</Fields 9 0 R/SigFlags 3>>')
      .table('/Root 1 0 R', 12).bytes;
    const { file, added } = await sign(bytes);
    const touched = [...added.matchAll(/^(\d+) 0 obj$/gm)]
      .map(([, number]) => Number(number))
      .filter((number) => number < 12);
    expect(touched).toEqual({ catalog: [1, 3], list: [3, 9], form: [3, 10] }[changed]);
    expect(fieldOf(file, 'antin-signature')).toMatchObject({ type: 'Sig' });
    const flags = inspect(file, (document) =>
      document.dict(document.catalog.get('AcroForm'))?.get('SigFlags'),
    );
    expect(flags).toBe(3);
  });

  it('keeps what else it says: XFA, NeedAppearances, resources, higher flags', async () => {
    const bytes = catalogWith(
      '<</Fields[8 0 R]/XFA[(x)]/NeedAppearances true/DR<</Font<</Helv 5 0 R>>>>/SigFlags 5>>',
    )
      .object(8, '<</T(other)/FT/Tx/V(kept)>>')
      .table('/Root 1 0 R', 9).bytes;
    const { file } = await sign(bytes);
    const form = inspect(file, (document) => document.dict(document.catalog.get('AcroForm')));
    expect([...(form?.entries.keys() ?? [])]).toEqual(['Fields', 'XFA', 'NeedAppearances', 'DR', 'SigFlags']);
    expect(form?.get('SigFlags')).toBe(7);
    expect(form?.get('NeedAppearances')).toBe(true);
  });

  it('a name that is taken gets a number', async () => {
    const once = await sign(onePagePdf());
    const twice = await sign(readFileSync(once.file));
    expect([once.signed.field, twice.signed.field]).toEqual(['antin-signature', 'antin-signature-2']);
  });
});

describe('the page', () => {
  it.each([
    ['none', ''],
    ['direct', '/Annots[8 0 R]'],
    ['an object of their own', '/Annots 9 0 R'],
    ['missing', '/Annots 15 0 R'],
  ])('annotations: %s', async (_, annotations) => {
    const bytes = onePage({ page: `/MediaBox[0 0 595 842]${annotations}` })
      .object(8, '<</Type/Annot/Subtype/Text/Rect[0 0 9 9]>>')
      .object(9, '[8 0 R]')
      .table('/Root 1 0 R', 10).bytes;
    const { file } = await sign(bytes, { kind: 'plain', box: { x: 10, y: 10, width: 50, height: 10 } });
    inspect(file, (document) => {
      const [page] = [...pages(document)];
      const list = document.array(page?.dict.get('Annots')) ?? [];
      expect(list).toHaveLength(annotations === '' || annotations.includes('15') ? 1 : 2);
      const last = list.at(-1);
      expect(last instanceof PdfRef && formFields(document).some(({ ref }) => ref?.equals(last))).toBe(true);
    });
  });

  it('one that is not there is named, and how many there are', async () => {
    const wanted = sign(onePagePdf(), { kind: 'plain', page: 7, box: { x: 1, y: 1, width: 9, height: 9 } });
    await expect(wanted).rejects.toMatchObject({ code: 'pdf-page-missing', params: { page: 7, pages: 1 } });
  });

  it('a document without pages is damaged', async () => {
    const bytes = Buffer.from(
      onePagePdf().toString('latin1').replace('/Kids[3 0 R]', '/Kids[     ]'),
      'latin1',
    );
    expect(await failure(sign(bytes, { kind: 'approval' }))).toBe('pdf-damaged');
  });
});

describe('an existing field', () => {
  it.each([
    ['merged with its widget', {}],
    ['apart from its widget', { separateWidget: true }],
    ['that does not say its page', { withoutPage: true }],
  ])('%s keeps its place and shows the signature there', async (_, options) => {
    const { file, signed, added } = await sign(withEmptyField(onePagePdf(), 'cho-ky', options), {
      kind: 'plain',
      field: 'cho-ky',
    });
    expect(signed.field).toBe('cho-ky');
    inspect(file, (document) => {
      expect(formFields(document)).toHaveLength(1);
      const [page] = [...pages(document)];
      const [widget] = document.array(page?.dict.get('Annots')) ?? [];
      const dict = document.dict(widget);
      expect(dict?.get('Rect')).toEqual([100, 300, 250, 350]);
      const appearance = document.dict(document.dict(dict?.get('AP'))?.get('N'));
      expect(document.array(appearance?.get('BBox'))?.map((item) => Math.round(Number(item)))).toEqual([
        0, 0, 150, 50,
      ]);
    });
    expect(added).toContain('/SigFlags 3');
  });

  it('is used by an approval, too', async () => {
    const { file, signed } = await sign(withEmptyField(onePagePdf(), 'antin-approval'), { kind: 'approval' });
    expect(signed.field).toBe('antin-approval');
    expect(fieldOf(file, 'antin-approval')?.dict.get('Rect')).toEqual([100, 300, 250, 350]);
  });

  it('that is signed already is refused; one of another kind, too', async () => {
    const once = await sign(withEmptyField(onePagePdf(), 'cho-ky'), { kind: 'plain', field: 'cho-ky' });
    const again = sign(readFileSync(once.file), { kind: 'plain', field: 'cho-ky' });
    await expect(again).rejects.toMatchObject({ code: 'pdf-field-signed', params: { field: 'cho-ky' } });
    const text = onePage({ catalog: '/AcroForm<</Fields[8 0 R]>>' })
      .object(8, '<</T(ten)/FT/Tx>>')
      .table('/Root 1 0 R', 9);
    expect(await failure(sign(text.bytes, { kind: 'plain', field: 'ten' }))).toBe('pdf-field-missing');
  });

  it('a name that no field has makes a new one', async () => {
    expect((await sign(onePagePdf(), { kind: 'plain', field: 'mới' })).signed.field).toBe('mới');
  });
});

describe('a seal', () => {
  const seal: Stamp = { kind: 'seal', number: '05/QĐ-SKHCN', date: '2026-11-22' };

  it('never goes on without number and date fields', async () => {
    await expect(sign(onePagePdf(), seal)).rejects.toMatchObject({
      code: 'pdf-field-missing',
      params: { field: 'antin-number' },
    });
  });

  it('fills what the approval prepared, and signs in the prepared field', async () => {
    const approved = await sign(onePagePdf(), { kind: 'approval' });
    const { file, signed } = await sign(readFileSync(approved.file), seal);
    expect(signed.field).toBe('antin-seal');
    const text = (name: string) => {
      const value = fieldOf(file, name)?.value;
      return value instanceof PdfString ? value.toText() : null;
    };
    // Nothing is printed on this page, so the whole code and the whole date are shown.
    expect([text('antin-number'), text('antin-date')]).toEqual([
      'Số: 05/QĐ-SKHCN',
      'ngày 22 tháng 11 năm 2026',
    ]);
  });

  it('finds a place of its own on a page without fields, where the number is there already', async () => {
    expect((await sign(onePagePdf(), { kind: 'seal' })).signed.field).toBe('antin-seal');
  });
});

describe('what forbids signing', () => {
  const certified = (level: string) =>
    onePage({ catalog: '/Perms<</DocMDP 8 0 R>>/AcroForm<</Fields[]>>' })
      .object(
        8,
        `<</Type/Sig/Reference[<</TransformMethod/DocMDP/TransformParams<</Type/TransformParams${level}>>>>]>>`,
      )
      .table('/Root 1 0 R', 9).bytes;

  it('a certification that allows no change', async () => {
    expect(await failure(sign(certified('/P 1')))).toBe('pdf-signing-forbidden');
    expect(await failure(sign(certified('/P 2')))).toBe('no failure');
    expect(await failure(sign(certified('')))).toBe('no failure');
  });
});

it('a broken cross-reference is rebuilt, and the result says so', async () => {
  const broken = Buffer.from(
    onePagePdf()
      .toString('latin1')
      .replace(/startxref\n\d+/, 'startxref\n12'),
    'latin1',
  );
  const { file, signed } = await sign(broken, { kind: 'approval' });
  expect(signed.recovered).toBe(true);
  expect(inspect(file, (document) => [document.recovered, document.revisions.length])).toEqual([false, 1]);
  const second = await sign(readFileSync(file), { kind: 'seal', number: '1', date: '2026-01-01' });
  expect(second.signed.recovered).toBe(false);
});
