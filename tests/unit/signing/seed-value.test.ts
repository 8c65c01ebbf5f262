import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { AppError } from '../../../contract/failure.ts';
import { failureMessage } from '../../../contract/messages/message.ts';
import { type SignedPdf, signPdf } from '../../../native/signing/sign-pdf.ts';
import type { SignatureWishes } from '../../../native/signing/signature-terms.ts';
import type { Signer } from '../../../native/signing/signer.ts';
import type { Stamp } from '../../../native/signing/stamp.ts';
import { scratchFolder, writeFile } from '../pdf/scratch.ts';
import { formPdf, signatureField, textField } from './form-pdf.ts';
import { createAuthority } from './software-key.ts';

/** What a template asks of a signature (ISO 32000-2, table 237 and 238), entry by entry. */

const folder = scratchFolder();
let signer: Signer;
let stranger: Signer;
let root: X509Certificate;
let asked = 0;
let count = 0;

beforeAll(() => {
  const authority = createAuthority(path.join(folder, 'pki'));
  const other = createAuthority(path.join(folder, 'other-pki'));
  root = new X509Certificate(readFileSync(authority.caFile));
  const key = authority.signer('RSA-2048', 'Nguyễn Văn Thử').signer;
  stranger = other.signer('P-256', 'Người Khác').signer;
  signer = {
    ...key,
    sign: (algorithm, data) => {
      asked++;
      return key.sign(algorithm, data);
    },
  };
});

interface Outcome {
  readonly signed: SignedPdf;
  readonly added: string;
}

async function sign(seed: string, wishes: SignatureWishes = {}, stamp?: Stamp): Promise<Outcome> {
  const fields = { 8: signatureField('cho-ky', '/SV 9 0 R'), 10: textField('ten') };
  const bytes = formPdf(fields, { objects: { 9: `<</Type/SV${seed}>>` } });
  const source = writeFile(folder, `${count++}.pdf`, bytes);
  const target = path.join(folder, `${count++}.pdf`);
  const signed = await signPdf({ source, target, signer, stamp: stamp ?? { kind: 'plain' }, ...wishes });
  // The template's only empty field.
  expect(signed.field).toBe('cho-ky');
  return { signed, added: readFileSync(target).toString('latin1', bytes.length) };
}

/** Why it was refused; and that no token was asked for it. */
async function refusal(seed: string, wishes: SignatureWishes = {}, stamp?: Stamp): Promise<unknown> {
  const before = asked;
  const error = await sign(seed, wishes, stamp).then(
    () => 'signed',
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof AppError)) return error;
  expect(error).toMatchObject({ code: 'pdf-seed-value', params: { field: 'cho-ky' } });
  expect(asked).toBe(before);
  // A reason without words would leave a hole.
  expect(failureMessage(error).why).toMatch(/“cho-ky”\. \S.*\.$/);
  return String(error.params['reason']).replace('seed-value-', '');
}

const hex = (bytes: Uint8Array) => `<${Buffer.from(bytes).toString('hex')}>`;

describe('what binds and can be met is obeyed', () => {
  it.each([
    ['the usual handler', '/Ff 1/Filter/Adobe.PPKLite'],
    ['PAdES among others', '/Ff 2/SubFilter[/adbe.pkcs7.detached/ETSI.CAdES.detached]'],
    ['a version that is known', '/Ff 4/V 3'],
    ['no status inside the signature', '/Ff 32/AddRevInfo false'],
    ['an approval signature', '/MDP<</P 0>>'],
    ['a time stamp, but only as a wish', '/TimeStamp<</URL(http://tsa.example)/Ff 0>>'],
    ['an approval needs no legal attestation', '/Ff 16/LegalAttestation[(a)]'],
    ['a document that may stay open', '/Ff 128/LockDocument/false'],
  ])('%s', async (_, seed) => {
    expect((await sign(seed)).signed).toMatchObject({ digestAlgorithm: 'sha256', certification: null });
  });

  it.each([
    ['the first that is safe', '/Ff 64/DigestMethod[/SHA1/SHA512/SHA384]', {}, 'sha512'],
    ['as strings, with hyphens', '/Ff 64/DigestMethod[(SHA-384)]', {}, 'sha384'],
    ['what is usual, where it is offered', '/Ff 64/DigestMethod[/SHA512/SHA256]', {}, 'sha256'],
    [
      'what the caller asked for',
      '/Ff 64/DigestMethod[/SHA512/SHA384]',
      { digestAlgorithm: 'sha384' },
      'sha384',
    ],
    ['a wish of the author’s', '/DigestMethod[/SHA384]', {}, 'sha384'],
    [
      'against a mere wish, what the caller asked for',
      '/DigestMethod[/SHA384]',
      { digestAlgorithm: 'sha512' },
      'sha512',
    ],
    ['an unsafe wish is passed over', '/DigestMethod[/SHA1]', {}, 'sha256'],
  ] as const)('digest: %s', async (_, seed, wishes, digest) => {
    expect((await sign(seed, wishes)).signed.digestAlgorithm).toBe(digest);
  });

  it('a time stamp, where one is put in before anybody gets the file', async () => {
    await sign('/TimeStamp<</URL(http://tsa.example)/Ff 1>>', { isTimeStamped: true });
  });

  it('a reason: the only one, or the one that was chosen', async () => {
    expect((await sign('/Ff 8/Reasons[(Approved)]')).added).toContain('/Reason (Approved)');
    const chosen = await sign('/Ff 8/Reasons[(Approved)(Seen)]', { reason: 'Seen' });
    expect(chosen.added).toContain('/Reason (Seen)');
    // A full stop, or none: no reason may be given.
    expect((await sign('/Ff 8/Reasons[(.)]')).added).not.toContain('/Reason');
    expect((await sign('/Ff 8')).added).not.toContain('/Reason');
    expect((await sign('/Reasons[(Approved)]', { reason: 'Mine' })).added).toContain('/Reason (Mine)');
  });

  it('a certification: by its level, in the signature and in the catalog', async () => {
    const { signed, added } = await sign('/MDP<</P 2>>');
    expect(signed.certification).toBe(2);
    expect(added).toMatch(
      /\/TransformMethod \/DocMDP\/TransformParams <<\/Type \/TransformParams\/P 2\/V \/1\.2>>/,
    );
    expect(added).toMatch(/\/Perms <<\/DocMDP \d+ 0 R>>/);
  });

  it('a locked document: every field, and P 1', async () => {
    const { added } = await sign('/Ff 128/LockDocument/true');
    expect(added).toMatch(
      /\/TransformMethod \/FieldMDP\/Data 1 0 R\/TransformParams <<[^>]*\/Action \/All>>/,
    );
    expect(added).toMatch(/\/Type \/SigFieldLock\/Action \/All\/P 1/);
    // The text field beside it can't be filled any more.
    expect(added).toMatch(/10 0 obj\n<<.*\/T \(ten\).*\/Ff 1>>/);
  });

  it('a certificate: itself, its authority, its name, its key usage', async () => {
    const named = (entries: string) => sign(`/Cert<</Type/SVCert${entries}>>`);
    const { raw } = signer.certificate;
    await named(`/Ff 1/Subject[${hex(stranger.certificate.raw)}${hex(raw)}]`);
    await named(`/Ff 2/Issuer[${hex(root.raw)}]`);
    const name = Buffer.from('\ufeffNguyễn Văn Thử', 'utf16le').swap16();
    await named(`/Ff 8/SubjectDN[<</CN(nobody)>><</cn ${hex(name)}/2.5.4.6(VN)>>]`);
    await named('/Ff 32/KeyUsage[(1)(11X0)]');
    // Wishes, and where to get a certificate, bind nobody.
    await named(`/Ff 64/Subject[${hex(stranger.certificate.raw)}]/URL(https://ca.example)/URLType/Browser`);
  });
});

describe('what binds and can’t be met is refused, with the very reason', () => {
  it.each([
    ['filter', '/Ff 1/Filter/Entrust.PPKEF'],
    ['subfilter', '/Ff 2/SubFilter[/adbe.pkcs7.detached]'],
    ['version', '/Ff 4/V 4'],
    ['unknown', '/Ff 512'],
    ['digest', '/Ff 64/DigestMethod[/SHA1/RIPEMD160]'],
    ['reason', '/Ff 8/Reasons[(Approved)(Seen)]'],
    ['time-stamp', '/TimeStamp<</URL(http://tsa.example)/Ff 1>>'],
    ['revocation', '/Ff 32/AddRevInfo true'],
    ['legal-attestation', '/Ff 16/LegalAttestation[(a)]/MDP<</P 2>>'],
    ['appearance', '/Ff 256/AppearanceFilter(Seal)'],
    ['key-usage', '/Cert<</Ff 32/KeyUsage[(0)(XXXXX1)]>>'],
    ['subject', '/Cert<</Ff 8/SubjectDN[<</CN(nobody)>>]>>'],
    ['subject', '/Cert<</Ff 8/SubjectDN[(CN=nobody)]>>'],
    ['certificate-policy', '/Cert<</Ff 4/OID[(2.16.704.1.1)]>>'],
    ['signature-policy', '/Cert<</SignaturePolicyOID(1.2.3)>>'],
    ['unknown', '/Cert<</Ff 16>>'],
    ['issuer', '/Cert<</Ff 2/Issuer[(no certificate)]>>'],
  ])('%s: %s', async (reason, seed) => {
    expect(await refusal(seed)).toBe(reason);
  });

  it('another certificate, another authority', async () => {
    const { raw } = stranger.certificate;
    expect(await refusal(`/Cert<</Ff 1/Subject[${hex(raw)}]>>`)).toBe('certificate');
    expect(await refusal(`/Cert<</Ff 2/Issuer[${hex(raw)}]>>`)).toBe('issuer');
  });

  it('what the caller asked for, where the form binds to something else', async () => {
    expect(await refusal('/Ff 64/DigestMethod[/SHA256]', { digestAlgorithm: 'sha512' })).toBe('digest');
    expect(await refusal('/Ff 8/Reasons[(Approved)]', { reason: 'Mine' })).toBe('reason');
    expect(await refusal('/Ff 8', { reason: 'Mine' })).toBe('reason');
    expect(await refusal('/MDP<</P 0>>', { certification: 2 })).toBe('mdp');
    expect(await refusal('/MDP<</P 3>>', { certification: 2 })).toBe('mdp');
  });

  it('a lock on everything for an approval, which number, date and seal follow', async () => {
    expect(await refusal('/Ff 128/LockDocument/true', {}, { kind: 'approval' })).toBe('lock-document');
  });
});
