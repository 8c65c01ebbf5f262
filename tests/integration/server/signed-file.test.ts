import { sign } from 'node:crypto';
import { copyFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { NodeCompiler } from '@myriaddreamin/typst-ts-node-compiler';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { formFieldNames } from '../../../contract/document.ts';
import { AppError } from '../../../contract/failure.ts';
import { PdfDocument } from '../../../native/pdf/document.ts';
import { formFields } from '../../../native/pdf/form.ts';
import { PdfDict, PdfName, PdfStream, PdfString } from '../../../native/pdf/object.ts';
import { RevisionWriter } from '../../../native/pdf/revision-writer.ts';
import { signPdf } from '../../../native/signing/sign-pdf.ts';
import type { Signer } from '../../../native/signing/signer.ts';
import type { Stamp } from '../../../native/signing/stamp.ts';
import { PdfSignedFileCheck } from '../../../server/pdf-signed-file-check.ts';
import { provinceTrust } from '../../../server/province-trust.ts';
import type { RequiredSigner, SignedFile } from '../../../server/signed-file-check.ts';
import { twoReadings } from '../../unit/reading/two-readings.ts';
import { formPdf, textField } from '../../unit/signing/form-pdf.ts';
import { arrival, type Data } from '../../unit/verification/gate/arrival.ts';
import { appendUpdate } from '../../unit/verification/sample-pdf.ts';
import { Authority, type Identity } from './identities.ts';

const reference = { number: 5, code: '05/QĐ-SKHCN', date: '2026-09-02' };

let dir: string;
let leader: Identity;
let other: Identity;
let agency: Identity;
let check: PdfSignedFileCheck;

const at = (name: string) => join(dir, name);

function signerOf({ certificate, key }: Identity): Signer {
  return {
    certificate,
    chain: [],
    sign: async (algorithm, data) => sign(algorithm, data, { key, dsaEncoding: 'der' }),
  };
}

function compile(): Buffer {
  const fonts = dirname(createRequire(import.meta.url).resolve('@expo-google-fonts/tinos/package.json'));
  const documents = new URL('../../lab/documents/', import.meta.url).pathname;
  const compiler = NodeCompiler.create({ workspace: documents, fontArgs: [{ fontPaths: [fonts] }] });
  return compiler.pdf({ mainFilePath: join(documents, 'decision.typ') });
}

/** The reason of a rejection, or null where the file may take its step. */
async function reasonFor(file: Partial<SignedFile> & { path: string; previousPath: string }) {
  try {
    await check.check({ signers: [approver()], reference: null, ...file });
    return null;
  } catch (error) {
    if (error instanceof AppError && error.code === 'signed-file-rejected') return error.params['reason'];
    throw error;
  }
}

const approver = (): RequiredSigner => ({ who: 'approver', certificates: [leader.certificate] });
const seal = (): RequiredSigner => ({ who: 'agency', certificates: [agency.certificate] });

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'antin-signed-file-'));
  const authority = await Authority.create(dir);
  [leader, other, agency] = await Promise.all([
    authority.issue('leader'),
    authority.issue('other'),
    authority.issue('agency'),
  ]);
  check = new PdfSignedFileCheck(provinceTrust([authority.certificate], false));
  await writeFile(at('draft.pdf'), compile());
  const approval = { kind: 'approval' } as const;
  const number = reference.code;
  await signPdf({
    source: at('draft.pdf'),
    target: at('approved.pdf'),
    signer: signerOf(leader),
    stamp: approval,
  });
  await signPdf({
    source: at('draft.pdf'),
    target: at('by-other.pdf'),
    signer: signerOf(other),
    stamp: approval,
  });
  for (const [name, stamp, identity] of [
    ['sealed.pdf', { kind: 'seal', number, date: reference.date }, agency],
    ['wrong-number.pdf', { kind: 'seal', number: '06/QĐ-SKHCN', date: reference.date }, agency],
    ['no-number.pdf', { kind: 'seal' }, agency],
    ['sealed-by-other.pdf', { kind: 'seal', number, date: reference.date }, other],
  ] as const) {
    await signPdf({ source: at('approved.pdf'), target: at(name), signer: signerOf(identity), stamp });
  }
});
afterAll(() => rm(dir, { recursive: true, force: true }));

test('an approval by the right certificate passes, by another not', async () => {
  const previousPath = at('draft.pdf');
  expect(await reasonFor({ path: at('approved.pdf'), previousPath })).toBeNull();
  expect(await reasonFor({ path: at('by-other.pdf'), previousPath })).toBe('approval-signature-missing');
});

test('a sealed file passes with both signatures and the register’s number and date', async () => {
  const previousPath = at('approved.pdf');
  const signers = [approver(), seal()];
  expect(await reasonFor({ path: at('sealed.pdf'), previousPath, signers, reference })).toBeNull();
  const byOther = { path: at('sealed-by-other.pdf'), previousPath, signers, reference };
  expect(await reasonFor(byOther)).toBe('agency-signature-missing');
  for (const name of ['wrong-number.pdf', 'no-number.pdf']) {
    expect(await reasonFor({ path: at(name), previousPath, signers, reference })).toBe('reference-mismatch');
  }
});

/** Number and date filled in by another program, in the font that every reader has, and sealed without ours. */
async function sealedAfter(name: string, look: (text: string) => string, font: PdfDict): Promise<string> {
  const document = PdfDocument.open(at('approved.pdf'));
  const writer = new RevisionWriter(document);
  const values: Readonly<Record<string, string>> = {
    [formFieldNames.number]: '05',
    [formFieldNames.date]: '02/09/2026',
  };
  for (const { name: field, ref, dict } of formFields(document)) {
    const value = values[field];
    if (value === undefined || !ref) continue;
    const [left = 0, bottom = 0, right = 0, top = 0] = document.array(dict.get('Rect'))?.map(Number) ?? [];
    const entries = PdfDict.of({
      Type: new PdfName('XObject'),
      Subtype: new PdfName('Form'),
      BBox: [0, 0, right - left, top - bottom],
      Resources: PdfDict.of({ Font: PdfDict.of({ F: writer.add(font) }) }),
    });
    const content = Buffer.from(`BT /F 6 Tf 1 5 Td (${look(value)}) Tj ET`);
    const drawn = writer.add(new PdfStream(entries, { bytes: content }));
    writer.set(ref, dict.with({ V: PdfString.fromText(value), AP: PdfDict.of({ N: drawn }) }));
  }
  const original = document.source.read(0, document.source.length);
  await writeFile(at(`filled-${name}`), Buffer.concat([original, writer.build().bytes]));
  document.close();
  const signer = signerOf(agency);
  await signPdf({ source: at(`filled-${name}`), target: at(name), signer, stamp: { kind: 'seal' } });
  return at(name);
}

test('number and date in another font than ours are refused, though they say what the register gave', async () => {
  const signers = [approver(), seal()];
  const previousPath = at('approved.pdf');
  const helvetica = PdfDict.of({
    Type: new PdfName('Font'),
    Subtype: new PdfName('Type1'),
    BaseFont: new PdfName('Helvetica'),
    Encoding: new PdfName('WinAnsiEncoding'),
  });
  const plain = await sealedAfter('helvetica.pdf', (text) => text.replaceAll('/', ''), helvetica);
  expect(await reasonFor({ path: plain, previousPath, signers, reference })).toBe('appearance-unproven');
  // The same file is nothing to be said against where nobody's register is concerned.
  expect(await reasonFor({ path: plain, previousPath, signers })).toBeNull();
  const unknown = helvetica.with({ BaseFont: new PdfName('UTM-Avo') });
  const path = await sealedAfter('unknown.pdf', (text) => text.replaceAll('/', ''), unknown);
  expect(await reasonFor({ path, previousPath, signers, reference })).toBe('appearance-unproven');
});

test('the gate knows the signers by their registered certificates, and others by what theirs say', async () => {
  const signers = [approver(), seal()];
  const subject = 'Về việc thành lập Tổ triển khai ký số và gửi, nhận văn bản điện tử';
  const document = arrival({ subject, ...reference });
  const findings = async (name: string, known: RequiredSigner[] | null) =>
    (await check.findings({ path: at(name), signers: known, document })).map(({ code }) => code);
  expect(await findings('sealed.pdf', signers)).toEqual([]);
  expect(await findings('approved.pdf', signers)).toEqual(['agency-signature-missing']);
  expect(await findings('sealed-by-other.pdf', signers)).toEqual(['agency-signature-missing']);
  expect(await findings('draft.pdf', signers)).toEqual([
    'approval-signature-missing',
    'agency-signature-missing',
  ]);
  // All certificates here name people: by their words alone nobody signed for an agency.
  expect(await findings('sealed.pdf', null)).toEqual(['agency-signature-missing']);
  const broken = await readFile(at('sealed.pdf'));
  broken.writeUInt8(broken.readUInt8(300) ^ 1, 300);
  await writeFile(at('sealed-broken.pdf'), broken);
  expect((await findings('sealed-broken.pdf', signers))[0]).toMatch(/^(signature-invalid|file-unreadable)$/);
});

test('the gate holds number, date and subject of the data against what the sealed file shows', async () => {
  const signers = [approver(), seal()];
  const subject = 'Về việc thành lập Tổ triển khai ký số và gửi, nhận văn bản điện tử';
  const findings = (data: Data) =>
    check.findings({ path: at('sealed.pdf'), signers, document: arrival(data) });
  expect(await findings({ subject, ...reference })).toEqual([]);
  const others = await findings({ subject: 'Về việc khác', code: '99/QĐ-BYT', date: '2026-09-03' });
  expect(others).toEqual([
    { code: 'reference-differs', params: { page: '05/QĐ-SKHCN', data: '99/QĐ-BYT' } },
    { code: 'date-differs', params: { page: '2026-09-02', data: '2026-09-03' } },
    { code: 'subject-differs', params: { page: subject, data: 'Về việc khác' } },
  ]);
});

test('a file that doesn’t continue the one before, or isn’t longer, is refused', async () => {
  expect(await reasonFor({ path: at('sealed.pdf'), previousPath: at('by-other.pdf') })).toBe(
    'not-a-continuation',
  );
  expect(await reasonFor({ path: at('draft.pdf'), previousPath: at('draft.pdf') })).toBe(
    'not-a-continuation',
  );
});

test('bytes changed or added after the signature are found', async () => {
  const approved = await readFile(at('approved.pdf'));
  const draft = await readFile(at('draft.pdf'));
  await writeFile(at('unsigned.pdf'), Buffer.concat([draft, Buffer.from('% nothing\n')]));
  expect(await reasonFor({ path: at('unsigned.pdf'), previousPath: at('draft.pdf') })).toBe(
    'approval-signature-missing',
  );
  await writeFile(at('appended.pdf'), Buffer.concat([approved, Buffer.from('\n1 0 obj\n(x)\nendobj\n')]));
  expect(await reasonFor({ path: at('appended.pdf'), previousPath: at('draft.pdf') })).not.toBeNull();
  const broken = Buffer.from(approved);
  const place = broken.lastIndexOf('endobj');
  broken.writeUInt8(broken.readUInt8(place - 2) ^ 1, place - 2);
  await writeFile(at('broken.pdf'), broken);
  expect(await reasonFor({ path: at('broken.pdf'), previousPath: at('draft.pdf') })).not.toBeNull();
});

test('what can’t be read is refused, not stumbled over', async () => {
  await writeFile(at('rubbish.pdf'), 'rubbish');
  await writeFile(at('more-rubbish.pdf'), 'rubbish and more /ByteRange');
  const reason = await reasonFor({ path: at('more-rubbish.pdf'), previousPath: at('rubbish.pdf') });
  expect(['unreadable', 'approval-signature-missing']).toContain(reason);
});

test('what programs read differently is refused, however well it is signed', async () => {
  await writeFile(at('two.pdf'), twoReadings['an end of stream that is left out'] ?? Buffer.of());
  await signPdf({
    source: at('two.pdf'),
    target: at('two-signed.pdf'),
    signer: signerOf(leader),
    stamp: { kind: 'plain' },
  });
  expect(await reasonFor({ path: at('two-signed.pdf'), previousPath: at('two.pdf') })).toBe('file-deceptive');
});

describe('a blank that somebody fills between approval and seal', () => {
  const note = (entries = '') => textField('ghi-chu', entries);
  const draft = () => formPdf({ 8: note(), 9: textField('antin-number'), 10: textField('antin-date') });

  /** Signed by the leader with this stamp, filled by somebody, sealed: why the server refuses it. */
  async function reasonAfter(stamp: Stamp, filled: Readonly<Record<number, string>>) {
    const [source, approved, blank, sealed] = ['a', 'b', 'c', 'd'].map((name) => at(`blank-${name}.pdf`));
    if (!source || !approved || !blank || !sealed) throw new Error('no names');
    for (const file of [approved, sealed]) await rm(file, { force: true });
    await writeFile(source, draft());
    await signPdf({ source, target: approved, signer: signerOf(leader), stamp });
    const bytes = await readFile(approved);
    await writeFile(blank, Object.keys(filled).length > 0 ? appendUpdate(bytes, filled) : bytes);
    await signPdf({
      source: blank,
      target: sealed,
      signer: signerOf(agency),
      // A number that is there already stays.
      stamp: { kind: 'seal', date: reference.date, ...(filled[9] ? {} : { number: reference.code }) },
    }).catch(async (error: AppError) => {
      // Our own signing won't seal it any more; somebody else's might.
      expect(error.code).toBe('signature-harmed');
      await signPdf({
        source: blank,
        target: sealed,
        signer: signerOf(agency),
        stamp: { kind: 'plain' },
      }).catch(() => copyFile(blank, sealed));
    });
    return reasonFor({ path: sealed, previousPath: approved, signers: [approver(), seal()], reference });
  }
  const unlocked = { kind: 'plain' } as const;
  const box = { x: 100, y: 200, width: 50, height: 20 };
  const locked = { kind: 'approval', page: 1, box } as const;
  const other = '/V (95)/DA(/Helv 10 Tf 0 g)';

  test('is refused, whether the approval locks it or, as approvals once did, doesn’t; so is another number', async () => {
    expect(await reasonAfter(unlocked, {})).toBeNull();
    expect(await reasonAfter(unlocked, { 8: note(other) })).toBe('changed-after-approval');
    expect(await reasonAfter(unlocked, { 9: textField('antin-number', other) })).toBe('reference-mismatch');
    expect(await reasonAfter(locked, { 8: note(`/Ff 1${other}`) })).toBe('change-not-permitted');
  });
});
