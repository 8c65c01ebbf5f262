import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { AppError } from '../../../contract/failure.ts';
import { PdfDocument } from '../../../native/pdf/document.ts';
import { formFields } from '../../../native/pdf/form.ts';
import { signPdf } from '../../../native/signing/sign-pdf.ts';
import type { Signer } from '../../../native/signing/signer.ts';
import type { Stamp } from '../../../native/signing/stamp.ts';
import { onePage } from '../pdf/handmade-pdf.ts';
import { scratchFolder, writeFile } from '../pdf/scratch.ts';
import { formPdf, signatureField, textField } from './form-pdf.ts';
import { createAuthority } from './software-key.ts';

/** Which field a signature goes into, in forms of every build. */

const folder = scratchFolder();
let signer: Signer;
let count = 0;

beforeAll(() => {
  signer = createAuthority(path.join(folder, 'pki')).signer('P-256', 'Nguyễn Văn Thử').signer;
});

const box = { x: 20, y: 30, width: 60, height: 20 };
const plain: Stamp = { kind: 'plain' };
const named = (field: string): Stamp => ({ kind: 'plain', field });

async function sign(bytes: Buffer, stamp: Stamp): Promise<string> {
  const source = writeFile(folder, `${count++}.pdf`, bytes);
  const target = path.join(folder, `${count++}.pdf`);
  await signPdf({ source, target, signer, stamp });
  return target;
}

/** The names of the fields that hold a signature then, or the failure. */
async function signedFields(bytes: Buffer, stamp: Stamp): Promise<unknown> {
  const file = await sign(bytes, stamp).catch((error: unknown) => error);
  if (file instanceof AppError) return [file.code, file.params];
  if (typeof file !== 'string') throw file;
  const document = PdfDocument.open(file);
  try {
    return formFields(document).flatMap(({ name, type, value }) => (type === 'Sig' && value ? [name] : []));
  } finally {
    document.close();
  }
}

describe('where nobody names a field', () => {
  it('the only empty one is used, by every act that a template may have a field for', async () => {
    const template = formPdf({ 8: textField('a'), 9: signatureField('x') });
    expect(await signedFields(template, plain)).toEqual(['x']);
    expect(await signedFields(template, { kind: 'approval' })).toEqual(['x']);
    expect(await signedFields(template, { kind: 'seal' })).toEqual(['x']);
  });

  it('of two, none is guessed', async () => {
    const two = formPdf({ 8: signatureField('x'), 9: signatureField('y') });
    expect(await signedFields(two, plain)).toEqual(['antin-signature']);
  });

  it('of several, the only one that a form lets this certificate sign is taken', async () => {
    const owned = (name: string) => `/SV<</Cert<</Ff 8/SubjectDN[<</CN(${name})>>]>>>>`;
    const utf16 = Buffer.from('\ufeffNguyễn Văn Thử', 'utf16le').swap16().toString('latin1');
    const own = utf16.replace(/[\\()\r]/g, (character) => `\\${character === '\r' ? 'r' : character}`);
    const three = formPdf({
      8: signatureField('x', owned('Somebody')),
      9: signatureField('y', owned(own)),
      10: signatureField('z', owned('Nobody')),
    });
    expect(await signedFields(three, plain)).toEqual(['y']);
    expect(await signedFields(three, named('x'))).toMatchObject([
      'pdf-seed-value',
      { reason: 'seed-value-subject' },
    ]);
  });

  it('the one that is left when the other is signed is used', async () => {
    const two = formPdf({ 8: signatureField('x'), 9: signatureField('y') });
    const once = readFileSync(await sign(two, named('x')));
    expect(await signedFields(once, plain)).toEqual(['x', 'y']);
  });

  it('one that is prepared for another act isn’t taken', async () => {
    const prepared = formPdf({ 8: signatureField('antin-seal'), 9: signatureField('antin-seal-2') });
    expect(await signedFields(prepared, plain)).toEqual(['antin-signature']);
    expect(await signedFields(prepared, { kind: 'approval' })).toEqual(['antin-approval']);
    expect(await signedFields(formPdf({ 8: signatureField('antin-approval') }), plain)).toEqual([
      'antin-signature',
    ]);
  });

  it('one that people may not change isn’t taken', async () => {
    expect(await signedFields(formPdf({ 8: signatureField('x', '/Ff 1') }), plain)).toEqual([
      'antin-signature',
    ]);
  });

  it('a place that the caller gives is kept', async () => {
    const template = formPdf({ 8: signatureField('x') });
    expect(await signedFields(template, { kind: 'plain', box })).toEqual(['antin-signature']);
    expect(await signedFields(template, { kind: 'approval', page: 1 })).toEqual(['antin-approval']);
  });

  it.each([
    ['hidden', formPdf({ 8: signatureField('x').replace('/F 4', '/F 2') }).toString('latin1')],
    [
      'of no size',
      formPdf({ 8: signatureField('x').replace('[100 300 250 350]', '[0 0 0 0]') }).toString('latin1'),
    ],
    [
      'on no page',
      formPdf({ 8: signatureField('x') })
        .toString('latin1')
        .replace('/Annots[8', '/Annots[5'),
    ],
  ])('one that nobody sees (%s) is no place for a stamp, but for an invisible signature', async (_, file) => {
    const bytes = Buffer.from(file, 'latin1');
    expect(await signedFields(bytes, { kind: 'approval' })).toEqual(['antin-approval']);
    expect(await signedFields(bytes, plain)).toEqual(['x']);
    const missing = ['pdf-field-missing', { field: 'x' }];
    expect(await signedFields(bytes, { kind: 'approval', field: 'x' })).toEqual(missing);
    expect(await signedFields(bytes, { kind: 'plain', field: 'x', box })).toEqual(missing);
  });
});

describe('names', () => {
  it('of fields below others are joined by dots', async () => {
    const nested = formPdf(
      { 8: '<</T(a)/Kids[9 0 R]>>' },
      { objects: { 9: '<</T(b)/Parent 8 0 R/FT/Sig/Kids[10 0 R]>>', 10: kid } },
    );
    expect(await signedFields(nested, named('a.b'))).toEqual(['a.b']);
    // The type may come from above.
    const inherited = formPdf(
      { 8: '<</T(a)/FT/Sig/Kids[9 0 R]>>' },
      { objects: { 9: '<</T(b)/Parent 8 0 R/Kids[10 0 R]>>', 10: kid } },
    );
    expect(await signedFields(inherited, plain)).toEqual(['a.b']);
  });

  const kid = '<</Parent 9 0 R/Type/Annot/Subtype/Widget/Rect[100 300 250 350]/F 4>>';

  it('with a dot of their own are taken as they are', async () => {
    expect(await signedFields(formPdf({ 8: signatureField('a.b') }), named('a.b'))).toEqual(['a.b']);
  });

  it('with a dot that no field has make none, since they would mean a field below another', async () => {
    expect(await signedFields(formPdf({ 8: textField('a') }), named('a.b'))).toEqual([
      'pdf-field-missing',
      { field: 'a.b' },
    ]);
  });

  it('that a parent has are not given to a new field', async () => {
    const parent = formPdf(
      { 8: '<</T(antin-signature)/Kids[9 0 R]>>' },
      { objects: { 9: '<</T(b)/FT/Tx>>' } },
    );
    expect(await signedFields(parent, plain)).toEqual(['antin-signature-2']);
  });

  it('that two fields have mean a signed one, where one of them is', async () => {
    const twice = formPdf({ 8: signatureField('x'), 9: signatureField('x') });
    const once = await sign(twice, named('x'));
    expect(await signedFields(twice, named('x'))).toEqual(['x']);
    expect(await signedFields(readFileSync(once), named('x'))).toEqual(['pdf-field-signed', { field: 'x' }]);
  });
});

describe('the form', () => {
  it('without a list of fields gets one', async () => {
    const bytes = onePage({ catalog: '/AcroForm<</SigFlags 0>>' }).table('/Root 1 0 R', 6).bytes;
    expect(await signedFields(bytes, plain)).toEqual(['antin-signature']);
  });

  it('in object streams, with its list, is changed where it stands', async () => {
    const loose = onePage({ catalog: '/AcroForm 8 0 R', page: '/MediaBox[0 0 595 842]/Annots[10 0 R]' })
      .object(6, 'null')
      .object(7, 'null')
      .object(8, '<</Fields 9 0 R>>')
      .object(9, '[10 0 R 11 0 R]')
      .object(10, signatureField('x'))
      .object(11, textField('y'))
      .table('/Root 1 0 R', 12).bytes;
    const file = writeFile(folder, 'loose.pdf', loose);
    const packed = path.join(folder, 'packed.pdf');
    execFileSync('qpdf', ['--object-streams=generate', file, packed], { stdio: 'pipe' });
    expect(await signedFields(readFileSync(packed), named('x'))).toEqual(['x']);
    expect(await signedFields(readFileSync(packed), { kind: 'plain', box })).toEqual(['antin-signature']);
  });

  it.each([
    ['without fields of its own', '', '<</Fields[]/XFA 8 0 R>>'],
    ['whose pages are yet to be made', '/NeedsRendering true', '<</Fields[9 0 R]/XFA[(a) 8 0 R]>>'],
  ])('of XFA %s is refused: what is signed is not what people see', async (_, catalog, form) => {
    const bytes = onePage({ catalog: `${catalog}/AcroForm${form}` })
      .stream(8, '<xdp/>')
      .object(9, textField('a'))
      .table('/Root 1 0 R', 10).bytes;
    expect(await signedFields(bytes, plain)).toEqual(['pdf-unsupported', { feature: 'XFA' }]);
  });

  it('of both kinds is signed, its XFA kept', async () => {
    const bytes = onePage({ catalog: '/AcroForm<</Fields[9 0 R]/XFA 8 0 R>>' })
      .stream(8, '<xdp/>')
      .object(9, textField('a'))
      .table('/Root 1 0 R', 10).bytes;
    expect(await signedFields(bytes, plain)).toEqual(['antin-signature']);
    const text = readFileSync(await sign(bytes, plain), 'latin1');
    expect(text.slice(bytes.length)).toContain('/XFA 8 0 R');
  });
});

describe('hostile forms', () => {
  const names = `[${'(n)'.repeat(50_000)}]`;

  it('whose locks name one long list again and again are refused', async () => {
    const numbers = Array.from({ length: 50 }, (_, index) => index + 8);
    const field = (number: number) => signatureField(`s${number}`, '/V 100 0 R/Lock 101 0 R');
    const fields = Object.fromEntries(numbers.map((number) => [number, field(number)]));
    const lock = '<</Type/SigFieldLock/Action/Exclude/Fields 102 0 R>>';
    const bytes = formPdf(fields, { objects: { 100: '<</Type/Sig>>', 101: lock, 102: names } });
    expect(await signedFields(bytes, plain)).toEqual(['pdf-too-complex', {}]);
  });

  it('that ask for one of fifty thousand certificates are refused', async () => {
    const seed = `<</Cert<</Ff 2/Issuer ${names}>>>>`;
    const bytes = formPdf({ 8: signatureField('x', '/SV 9 0 R') }, { objects: { 9: seed } });
    expect(await signedFields(bytes, plain)).toEqual(['pdf-too-complex', {}]);
  });

  const withField = (entries: string) =>
    formPdf({ 8: signatureField('x', entries) }, { catalog: '/Perms[/DocMDP]', form: '/SigFlags(3)' });

  it('whose seed value, lock and permissions are no such things are signed all the same', async () => {
    expect(await signedFields(withField('/SV 8 0 R/Lock[1]'), named('x'))).toEqual(['x']);
  });

  it('which name the field’s page twice, and differently, are not: programs take one or the other', async () => {
    const finding = 'structure-ambiguous';
    const answer = await signedFields(withField('/P null'), named('x'));
    expect(answer).toEqual(['document-deceptive', { finding }]);
  });
});

describe('an answer that is longer than was thought', () => {
  /** A signer whose chain has as many certificates as `lengthAt` says, by how often it was looked at. */
  function growing(lengthAt: (look: number) => number) {
    const asked: number[] = [];
    let looks = 0;
    const grown: Signer = {
      certificate: signer.certificate,
      get chain() {
        return Array.from({ length: lengthAt(looks++) }, () => signer.certificate);
      },
      sign: (algorithm, data) => {
        asked.push(data.length);
        return signer.sign(algorithm, data);
      },
    };
    return { grown, asked };
  }

  it('gets its room in a new layout, for which the token is asked once more', async () => {
    const { grown, asked } = growing((look) => (look === 0 ? 0 : 40));
    const source = writeFile(folder, 'late.pdf', formPdf({ 8: textField('a') }));
    await signPdf({ source, target: path.join(folder, 'late-signed.pdf'), signer: grown, stamp: plain });
    expect(asked).toHaveLength(2);
  });

  it('and outgrows the new layout, too, is refused', async () => {
    const { grown, asked } = growing((look) => 40 * look);
    const source = writeFile(folder, 'endless.pdf', formPdf({ 8: textField('a') }));
    const target = path.join(folder, 'endless-signed.pdf');
    const failing = signPdf({ source, target, signer: grown, stamp: plain });
    await expect(failing).rejects.toMatchObject({ code: 'signature-room-too-small' });
    expect(asked).toHaveLength(2);
    expect(existsSync(target)).toBe(false);
  });
});
