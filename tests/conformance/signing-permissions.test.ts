import { execFileSync } from 'node:child_process';
import { randomBytes, X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { AppError } from '../../contract/failure.ts';
import { PdfDocument } from '../../native/pdf/document.ts';
import { formFields } from '../../native/pdf/form.ts';
import { signPdf } from '../../native/signing/sign-pdf.ts';
import type { SignatureWishes } from '../../native/signing/signature-terms.ts';
import type { Signer } from '../../native/signing/signer.ts';
import type { Stamp } from '../../native/signing/stamp.ts';
import { verifyPdf } from '../../native/verification/index.ts';
import { onePagePdf } from '../unit/pdf/handmade-pdf.ts';
import { scratchFolder, writeFile } from '../unit/pdf/scratch.ts';
import { formPdf, signatureField, textField } from '../unit/signing/form-pdf.ts';
import { createAuthority, type TestAuthority } from '../unit/signing/software-key.ts';
import {
  mutool,
  opensslVerifies,
  pdfsig,
  qpdfComplaints,
  signedRanges,
  trustDatabase,
} from './signing-judges.ts';

/** Locks and certifications (ISO 32000-2, 12.7.5.5 and 12.8.2): written as judges read them, kept as others wrote them. */

const folder = scratchFolder();
let authority: TestAuthority;
let trust: string;
let signers: Signer[] = [];
let asked = 0;
let count = 0;

beforeAll(() => {
  authority = createAuthority(path.join(folder, 'pki'));
  trust = trustDatabase(folder, authority.caFile);
  // pdfsig trips over one certificate that signs twice in a file.
  signers = ['Một', 'Hai', 'Ba'].map((name) => {
    const { signer } = authority.signer('P-256', name);
    return {
      ...signer,
      sign: (algorithm, data) => {
        asked++;
        return signer.sign(algorithm, data);
      },
    };
  });
});

interface Act extends SignatureWishes {
  readonly stamp: Stamp;
}

const plain = (field?: string): Stamp => ({ kind: 'plain', ...(field !== undefined && { field }) });
const number = '05/QĐ-SKHCN';
const date = '2026-11-22';

/** Signs again and again, each time by somebody else. Returns the last file. */
async function signAll(bytes: Buffer, acts: readonly Act[]): Promise<string> {
  let source = writeFile(folder, `${count++}.pdf`, bytes);
  for (const [index, act] of acts.entries()) {
    const signer = signers[index];
    if (!signer) throw new Error('too few signers');
    const target = path.join(folder, `${count++}.pdf`);
    await signPdf({ source, target, signer, ...act });
    source = target;
  }
  return source;
}

/** How the last act was refused; and that no token was asked for it. */
async function refusal(bytes: Buffer, acts: readonly Act[]): Promise<unknown> {
  const before = asked;
  const thrown: unknown = await signAll(bytes, acts).then(
    () => 'signed',
    (error: unknown) => error,
  );
  expect(asked - before).toBe(thrown instanceof AppError ? acts.length - 1 : acts.length);
  return thrown instanceof AppError ? [thrown.code, thrown.params] : thrown;
}

/** Every judge finds all signatures as they should be. */
async function allAreSound(file: string, signatures: number): Promise<void> {
  const trusting = { anchors: [new X509Certificate(readFileSync(authority.caFile))], offline: true };
  const last = signatures - 1;
  const all = Array.from({ length: signatures }, (_, index) => index);
  expect(pdfsig(file, trust)).toMatchObject(
    all.map((index) => ({ valid: true, trusted: true, whole: index === last })),
  );
  expect(mutool(file)).toEqual(all.map((index) => (index === last ? 'unchanged' : 'edited')));
  expect(qpdfComplaints(file)).toEqual([]);
  for (const range of signedRanges(readFileSync(file))) opensslVerifies(folder, range, authority.caFile);
  const report = await verifyPdf(file, trusting);
  expect(report.signatures).toMatchObject(
    all.map((index) => ({
      intact: true,
      trusted: true,
      // Nobody was asked about revocation; nothing else is held against them.
      reasons: ['revocation-unknown'],
      changesAfter: index === last ? 'none' : 'formFilling',
    })),
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

describe('a field’s /Lock', () => {
  const locked = (lock: string) =>
    formPdf(
      {
        8: signatureField('ky', '/Lock 12 0 R'),
        9: textField('a', '/Ff 2'),
        10: textField('b'),
        11: signatureField('sau'),
      },
      { objects: { 12: `<</Type/SigFieldLock${lock}>>` } },
    );

  it.each([
    ['All', '/Action/All', { a: 3, b: 1, sau: 1 }],
    ['Include', '/Action/Include/Fields[(a)]', { a: 3, b: 0, sau: 0 }],
    ['Exclude', '/Action/Exclude/Fields[(a)(sau)]', { a: 2, b: 1, sau: 0 }],
  ])(
    '%s: becomes a reference of the signature, and makes what it locks read-only',
    async (action, lock, flags) => {
      const file = await signAll(locked(lock), [{ stamp: plain('ky') }]);
      await allAreSound(file, 1);
      expect(flagsOf(file)).toEqual({ ky: 0, ...flags });
      const text = readFileSync(file, 'latin1');
      const fields = /\/Fields(\[.*?\])/.exec(lock)?.[1];
      expect(text).toContain(
        `/TransformMethod /FieldMDP/Data 1 0 R/TransformParams <</Type /TransformParams/V /1.2/Action /${action}` +
          `${fields === undefined ? '' : `/Fields ${fields.replaceAll(')(', ') (')}`}>>`,
      );
      // PAdES has no object digests.
      expect(text).not.toContain('/DigestMethod');
    },
  );

  it('is kept by whoever signs next: in a field that it spares, and nowhere else', async () => {
    const acts = (next: string | undefined) => [{ stamp: plain('ky') }, { stamp: plain(next) }];
    await allAreSound(await signAll(locked('/Action/Include/Fields[(a)]'), acts('sau')), 2);
    await allAreSound(await signAll(locked('/Action/Exclude/Fields[(sau)]'), acts('sau')), 2);
    expect(await refusal(locked('/Action/All'), acts('sau'))).toEqual(['pdf-field-locked', { field: 'sau' }]);
    expect(await refusal(locked('/Action/All'), acts('mới'))).toEqual(['pdf-field-locked', { field: 'mới' }]);
    expect(await refusal(locked('/Action/Exclude/Fields[(sau)]'), acts('mới'))).toEqual([
      'pdf-field-locked',
      { field: 'mới' },
    ]);
    expect(await refusal(locked('/Action/Include/Fields[(sau)]'), acts('sau'))).toEqual([
      'pdf-field-locked',
      { field: 'sau' },
    ]);
  });

  it('with /P (PDF 2.0) speaks for the document: 1 closes it, 2 leaves it open to signatures', async () => {
    const acts = [{ stamp: plain('ky') }, { stamp: plain('sau') }];
    const lock = (level: number) => locked(`/Action/Include/Fields[(a)]/P ${level}`);
    expect(await refusal(lock(1), acts)).toEqual(['pdf-signing-forbidden', {}]);
    await allAreSound(await signAll(lock(2), acts), 2);
  });

  it('on number or date keeps a seal from filling them, not from sealing', async () => {
    const prepared = formPdf(
      {
        8: signatureField('ky', '/Lock<</Type/SigFieldLock/Action/Include/Fields[(antin-number)]>>'),
        9: textField('antin-number', '/Ff 1'),
        10: textField('antin-date', '/Ff 1'),
        11: signatureField('antin-seal'),
      },
      {},
    );
    const signed = { stamp: plain('ky') };
    expect(await refusal(prepared, [signed, { stamp: { kind: 'seal', number, date } }])).toEqual([
      'pdf-field-locked',
      { field: 'antin-number' },
    ]);
    await allAreSound(await signAll(prepared, [signed, { stamp: { kind: 'seal', date } }]), 2);
  });

  it('that would lock number and date is no place for an approval', async () => {
    expect(
      await refusal(locked('/Action/All'), [{ stamp: { kind: 'approval', field: 'ky' } }]),
    ).toMatchObject(['pdf-seed-value', { reason: 'seed-value-lock-document' }]);
  });
});

describe('a certification', () => {
  it.each([1, 2, 3] as const)('of level %i is what judges say it is', async (level) => {
    const file = await signAll(onePagePdf(), [{ stamp: plain(), certification: level }]);
    await allAreSound(file, 1);
    const text = readFileSync(file, 'latin1');
    expect(text).toContain(
      `/Reference [<</Type /SigRef/TransformMethod /DocMDP/TransformParams <</Type /TransformParams/P ${level}/V /1.2>>>>]`,
    );
    const [, permission] = /\/Perms <<\/DocMDP (\d+) 0 R>>/.exec(text) ?? [];
    expect(text).toMatch(new RegExp(`^${permission} 0 obj\\n<</Type /Sig/`, 'm'));
  });

  it('is kept by whoever signs next', async () => {
    const acts = (certification: 1 | 2 | 3) => [{ stamp: plain(), certification }, { stamp: plain() }];
    expect(await refusal(onePagePdf(), acts(1))).toEqual(['pdf-signing-forbidden', {}]);
    await allAreSound(await signAll(onePagePdf(), acts(2)), 2);
    await allAreSound(await signAll(onePagePdf(), acts(3)), 2);
  });

  it('can be an approval’s, as long as number, date and seal may follow', async () => {
    const approval = { stamp: { kind: 'approval' } as const, certification: 2 as const };
    const sealed = await signAll(onePagePdf(), [approval, { stamp: { kind: 'seal', number, date } }]);
    await allAreSound(sealed, 2);
    expect(await refusal(onePagePdf(), [{ ...approval, certification: 1 }])).toEqual([
      'pdf-certification-refused',
      { reason: 'certification-closes' },
    ]);
  });

  it('is the first signature and the only one', async () => {
    const late = ['pdf-certification-refused', { reason: 'certification-not-first' }];
    const certify = { stamp: plain(), certification: 2 as const };
    expect(await refusal(onePagePdf(), [{ stamp: plain() }, certify])).toEqual(late);
    expect(await refusal(onePagePdf(), [certify, certify])).toEqual(late);
  });

  it('stands in /Perms beside usage rights, which stay', async () => {
    for (const permissions of ['/Perms<</UR3 14 0 R>>', '/Perms 15 0 R']) {
      const bytes = formPdf(
        { 8: textField('a') },
        {
          catalog: permissions,
          objects: { 14: '<</Type/Sig/Filter/Adobe.PPKLite>>', 15: '<</UR3 14 0 R>>' },
        },
      );
      const file = await signAll(bytes, [{ stamp: plain(), certification: 2 }]);
      const document = PdfDocument.open(file);
      expect([...(document.dict(document.catalog.get('Perms'))?.entries.keys() ?? [])]).toEqual([
        'UR3',
        'DocMDP',
      ]);
      document.close();
      await allAreSound(file, 1);
    }
  });
});

it('a protected document’s lock, reason and certification are enciphered with it, and read all the same', async () => {
  const open = formPdf({
    8: signatureField('ky', '/Lock<</Type/SigFieldLock/Action/Include/Fields[(a)]>>'),
    9: textField('a'),
    10: signatureField('sau'),
  });
  const [source, closed] = ['open', 'closed'].map((name) => path.join(folder, `${name}.pdf`));
  if (!source || !closed) throw new Error('no paths');
  writeFile(folder, 'open.pdf', open);
  const password = randomBytes(9).toString('base64url');
  // Gaps in the numbers of a file made by hand are worth a warning to qpdf.
  const options = ['--warning-exit-0', '--encrypt', password, password, '256', '--', source, closed];
  // From a file: arguments can be read by everybody on the machine.
  execFileSync('qpdf', [`@${writeFile(folder, 'options', Buffer.from(options.join('\n')))}`], {
    stdio: 'pipe',
  });
  const acts = [
    { stamp: plain('ky'), certification: 2, reason: 'Phê duyệt' },
    { stamp: plain('sau') },
    { stamp: plain('a.b') },
  ] as const;
  let last = closed;
  for (const [index, act] of acts.entries()) {
    const signer = signers[index];
    if (!signer) throw new Error('too few signers');
    const target = path.join(folder, `closed-${index}.pdf`);
    const signed = signPdf({ source: last, target, signer, password, ...act });
    if (index === 2) {
      await expect(signed).rejects.toMatchObject({ code: 'pdf-field-missing' });
      break;
    }
    await signed;
    last = target;
  }
  const anchors = [new X509Certificate(readFileSync(authority.caFile))];
  const report = await verifyPdf(last, { anchors, offline: true, password });
  expect(report.signatures).toMatchObject([
    { intact: true, reasons: ['revocation-unknown'], changesAfter: 'formFilling' },
    { intact: true, reasons: ['revocation-unknown'], changesAfter: 'none' },
  ]);
  const text = readFileSync(last, 'latin1');
  expect(text).toContain('/TransformMethod /FieldMDP');
  // The locked field's name and the reason are nobody's to read without the password.
  expect(text.slice(readFileSync(closed).length)).not.toContain('/Fields [(a)]');
});
