import { X509Certificate } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { AppError } from '../../contract/failure.ts';
import { PdfDocument } from '../../native/pdf/document.ts';
import { formFields } from '../../native/pdf/form.ts';
import { signPdf } from '../../native/signing/sign-pdf.ts';
import type { Signer } from '../../native/signing/signer.ts';
import type { Stamp } from '../../native/signing/stamp.ts';
import { HttpFetcher, verifyPdf } from '../../native/verification/index.ts';
import { blanksWithoutLock } from '../attacks/open-blank.ts';
import { makeVictim, type Victim } from '../attacks/victim.ts';
import { onePagePdf } from '../unit/pdf/handmade-pdf.ts';
import { scratchFolder } from '../unit/pdf/scratch.ts';
import { formPdf, signatureField, textField } from '../unit/signing/form-pdf.ts';
import { createAuthority, type TestAuthority } from '../unit/signing/software-key.ts';
import { opensslCms } from '../unit/verification/hand-signer.ts';
import { openWorkbench, type Workbench } from '../unit/verification/workbench.ts';
import { mutool, pdfsig, qpdfComplaints, trustDatabase } from './signing-judges.ts';

/** An approval locks every field but number, date and seal: what it writes, who takes it, and what stays possible. */

const folder = scratchFolder();
const reference = { number: '05/QĐ-SKHCN', date: '2026-11-22' };
let authority: TestAuthority;
let trust: string;
let signers: Signer[];
let count = 0;

beforeAll(() => {
  authority = createAuthority(path.join(folder, 'pki'));
  trust = trustDatabase(folder, authority.caFile);
  signers = ['Một', 'Hai', 'Ba', 'Bốn'].map((name) => authority.signer('P-256', name).signer);
});

/** Signs with one stamp after the other, each time by somebody else; the last file. */
async function signAll(bytes: Uint8Array, stamps: readonly Stamp[]): Promise<string> {
  let source = path.join(folder, `${count++}.pdf`);
  writeFileSync(source, bytes);
  for (const [index, stamp] of stamps.entries()) {
    const signer = signers[index];
    if (!signer) throw new Error('too few signers');
    const target = path.join(folder, `${count++}.pdf`);
    await signPdf({ source, target, signer, stamp });
    source = target;
  }
  return source;
}

const refusal = (bytes: Uint8Array, stamps: readonly Stamp[]) =>
  signAll(bytes, stamps).then(
    () => 'signed',
    ({ code, params }: AppError) => [code, params],
  );

const verify = (file: string) =>
  verifyPdf(file, { anchors: [new X509Certificate(readFileSync(authority.caFile))], offline: true });

/** Every judge finds every signature as it should be. */
async function isSound(file: string, signatures: number): Promise<void> {
  expect(pdfsig(file, trust)).toMatchObject(
    Array.from({ length: signatures }, () => ({ valid: true, trusted: true })),
  );
  expect(mutool(file)).toHaveLength(signatures);
  expect(qpdfComplaints(file)).toEqual([]);
  for (const { intact, reasons } of (await verify(file)).signatures) {
    expect([intact, reasons]).toEqual([true, ['revocation-unknown']]);
  }
}

/** Action and names of each lock that stands in the file, in order. */
function locksIn(file: string): string[] {
  const text = readFileSync(file, 'latin1');
  return [...text.matchAll(/\/FieldMDP.*?\/Action \/(\w+)(?:\/Fields \[(.*?)\])?/g)].map(
    ([, action, names]) => `${action} ${names}`,
  );
}

function flagsOf(file: string): Record<string, number> {
  const document = PdfDocument.open(file);
  try {
    return Object.fromEntries(formFields(document).map(({ name, flags }) => [name, flags]));
  } finally {
    document.close();
  }
}

const template = () =>
  formPdf({
    8: textField('ghi-chu'),
    9: textField('antin-number'),
    10: signatureField('ky-2'),
    11: textField('antin-date', '/Ff 1'),
  });
const approval = { kind: 'approval', page: 1, box: { x: 100, y: 200, width: 50, height: 20 } } as const;
const seal = { kind: 'seal', ...reference } as const;

test('it names the others one by one and makes them read-only; number, date and seal follow, and a copy’s stamp', async () => {
  const approved = await signAll(template(), [approval]);
  await isSound(approved, 1);
  expect(locksIn(approved)).toEqual(['Include (ghi-chu) (ky-2)']);
  expect(flagsOf(approved)).toMatchObject({ 'ghi-chu': 1, 'ky-2': 1, 'antin-number': 0, 'antin-seal': 0 });
  const copy = {
    kind: 'copy',
    form: 'sao-y',
    page: 1,
    box: { x: 150, y: 5, width: 50, height: 12 },
  } as const;
  const copied = await signAll(template(), [approval, seal, copy]);
  await isSound(copied, 3);
  expect((await verify(copied)).signatures[0]?.changesAfter).toBe('formFilling');
});

test('an initial before it locks nothing, and a page without other fields gets no lock', async () => {
  const initial = {
    kind: 'initial',
    answersFor: 'content',
    page: 1,
    box: { x: 20, y: 250, width: 24, height: 5 },
  } as const;
  const initialled = await signAll(template(), [initial]);
  expect(locksIn(initialled)).toEqual([]);
  const sealed = await signAll(template(), [initial, approval, seal]);
  expect(locksIn(sealed)).toEqual(['Include (ghi-chu) (ky-2)']);
  await isSound(sealed, 3);
  expect(locksIn(await signAll(onePagePdf(), [approval, seal]))).toEqual([]);
});

test('a lock that a template gave its own field stands as it is', async () => {
  const own = formPdf({
    8: textField('ghi-chu'),
    9: textField('khac'),
    10: signatureField('ky', '/Lock<</Type/SigFieldLock/Action/Include/Fields[(khac)]>>'),
  });
  const approved = await signAll(own, [{ kind: 'approval', field: 'ky' }]);
  expect(locksIn(approved)).toEqual(['Include (khac)']);
  await isSound(await signAll(own, [{ kind: 'approval', field: 'ky' }, seal]), 2);
});

test('what it locks is refused before a token is asked', async () => {
  expect(await refusal(template(), [approval, { kind: 'plain', field: 'ky-2' }])).toEqual([
    'pdf-field-locked',
    { field: 'ky-2' },
  ]);
});

describe('a draft in which another field goes by the name of one that stays open', () => {
  test.each([
    ['twice the same', '(antin-number)', 'antin-number'],
    ['the same in UTF-16', '<FEFF0061006E00740069006E002D006E0075006D006200650072>', 'antin-number'],
    ['in letters of full width', '<FEFF0061006E00740069006E002DFF4E0075006D006200650072>', 'antin-ｎumber'],
    [
      'with a language’s mark',
      '<FEFF001B00760069001B0061006E00740069006E002D0064006100740065>',
      '\u001bvi\u001bantin-date',
    ],
    ['with a dot behind', '(antin-seal.x)', 'antin-seal.x'],
    ['a second agency’s seal, twice', '(antin-seal-2)', null],
  ])('%s', async (_, name, field) => {
    const surplus = textField('x').replace('(x)', name);
    const draft = formPdf({ 8: textField('antin-number'), 9: surplus });
    if (field === null) expect(await refusal(draft, [approval])).toBe('signed');
    const twice = field === null ? formPdf({ 8: surplus, 9: surplus }) : draft;
    expect(await refusal(twice, [approval])).toEqual([
      'pdf-field-ambiguous',
      { field: field ?? 'antin-seal-2' },
    ]);
  });
});

describe('without the lock each blank could be filled, and nothing was said', () => {
  let bench: Workbench;
  let victim: Victim;

  beforeAll(async () => {
    bench = await openWorkbench();
    const [signer, second] = [await bench.signer(), await bench.signer({ commonName: 'Phó Giám đốc' })];
    victim = makeVictim(opensslCms(bench, signer), opensslCms(bench, second), opensslCms(bench, second));
  });
  afterAll(() => bench.close());

  test.each(blanksWithoutLock.map((blank) => [blank.name, blank] as const))('%s', async (_, blank) => {
    writeFileSync(bench.path('blank.pdf'), blank.make(victim));
    const fetcher = new HttpFetcher({ allowPrivate: true });
    expect(await verifyPdf(bench.path('blank.pdf'), bench.trust({ fetcher }))).toMatchObject({
      verdict: 'valid',
    });
  });
});
