import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import * as asn1 from 'asn1js';
import { beforeAll, describe, expect, it } from 'vitest';
import { signPdf } from '../../native/signing/sign-pdf.ts';
import type { DigestAlgorithm, SignatureScheme, Signer } from '../../native/signing/signer.ts';
import { verifyPdf } from '../../native/verification/index.ts';
import { onePagePdf } from '../unit/pdf/handmade-pdf.ts';
import { scratchFolder, writeFile } from '../unit/pdf/scratch.ts';
import { createAuthority, type KeyKind, type TestAuthority } from '../unit/signing/software-key.ts';
import {
  mutool,
  opensslVerifies,
  pdfsig,
  qpdfComplaints,
  signedRanges,
  trustDatabase,
} from './signing-judges.ts';

/** Every mechanism that a key can sign with, before every judge that knows it. */

interface Mechanism {
  readonly kind: KeyKind;
  readonly scheme?: SignatureScheme;
  /** What is asked for; what the key suggests where it is left out. */
  readonly asked?: DigestAlgorithm;
  readonly digest: DigestAlgorithm;
  readonly algorithm: string;
}

const mechanisms: readonly Mechanism[] = [
  { kind: 'RSA-2048', digest: 'sha256', algorithm: 'RSA-PKCS1v15 SHA-256' },
  { kind: 'RSA-2048', asked: 'sha384', digest: 'sha384', algorithm: 'RSA-PKCS1v15 SHA-384' },
  { kind: 'RSA-2048', asked: 'sha512', digest: 'sha512', algorithm: 'RSA-PKCS1v15 SHA-512' },
  { kind: 'RSA-4096', digest: 'sha256', algorithm: 'RSA-PKCS1v15 SHA-256' },
  { kind: 'RSA-2048', scheme: 'pss', digest: 'sha256', algorithm: 'RSA-PSS SHA-256' },
  { kind: 'RSA-2048', scheme: 'pss', asked: 'sha384', digest: 'sha384', algorithm: 'RSA-PSS SHA-384' },
  { kind: 'RSA-4096', scheme: 'pss', asked: 'sha512', digest: 'sha512', algorithm: 'RSA-PSS SHA-512' },
  { kind: 'P-256', digest: 'sha256', algorithm: 'ECDSA SHA-256' },
  { kind: 'P-256', asked: 'sha512', digest: 'sha512', algorithm: 'ECDSA SHA-512' },
  { kind: 'P-384', digest: 'sha384', algorithm: 'ECDSA SHA-384' },
  { kind: 'P-384', asked: 'sha256', digest: 'sha256', algorithm: 'ECDSA SHA-256' },
  { kind: 'P-521', digest: 'sha512', algorithm: 'ECDSA SHA-512' },
];

const folder = scratchFolder();
let authority: TestAuthority;
let trust: string;
const signers = new Map<string, Signer>();

beforeAll(() => {
  authority = createAuthority(path.join(folder, 'pki'));
  trust = trustDatabase(folder, authority.caFile);
});

function signerOf(kind: KeyKind, scheme: SignatureScheme = 'pkcs1'): Signer {
  const name = `${kind} ${scheme}`;
  const signer = signers.get(name) ?? authority.signer(kind, 'Nguyễn Văn Thử', scheme).signer;
  signers.set(name, signer);
  return signer;
}

describe.each(mechanisms)('$algorithm by $kind', ({ kind, scheme, asked, digest, algorithm }) => {
  it('convinces every judge', async () => {
    const name = [kind, scheme, asked].join('-');
    const source = writeFile(folder, `${name}-source.pdf`, onePagePdf());
    const target = path.join(folder, `${name}.pdf`);
    const signed = await signPdf({
      ...{ source, target, signer: signerOf(kind, scheme), stamp: { kind: 'plain' } },
      ...(asked && { digestAlgorithm: asked }),
    });
    expect(signed.digestAlgorithm).toBe(digest);

    expect(pdfsig(target, trust)).toMatchObject([{ valid: true, trusted: true, whole: true }]);
    // mupdf checks through openssl's PKCS#7, which knows nothing of PSS.
    if (scheme !== 'pss') expect(mutool(target)).toEqual(['unchanged']);
    expect(qpdfComplaints(target)).toEqual([]);
    const [range] = signedRanges(readFileSync(target));
    if (!range) throw new Error('no signature found');
    opensslVerifies(folder, range, authority.caFile);
    const anchors = [new X509Certificate(readFileSync(authority.caFile))];
    const report = await verifyPdf(target, { anchors, offline: true });
    expect(report.signatures).toMatchObject([{ intact: true, trusted: true, algorithm }]);

    // What was needed and what was thought needed differ by the shortness of ECDSA's integers at most.
    const room = (range.range[2] - range.range[1] - 2) / 2;
    expect(room - range.cms.length).toBeGreaterThanOrEqual(8192);
    expect(room - range.cms.length).toBeLessThan(8192 + 12);
  });
});

describe('RSASSA-PSS', () => {
  it('spells its parameters out: digest and mask with an explicit NULL, salt as long as the digest', async () => {
    const target = path.join(folder, 'pss.pdf');
    const source = writeFile(folder, 'pss-source.pdf', onePagePdf());
    const signer = signerOf('RSA-2048', 'pss');
    await signPdf({ source, target, signer, stamp: { kind: 'plain' }, digestAlgorithm: 'sha384' });
    const [range] = signedRanges(readFileSync(target));
    if (!range) throw new Error('no signature found');
    const schema = new asn1.Sequence({
      value: [
        new asn1.ObjectIdentifier({ value: '1.2.840.113549.1.1.10' }),
        new asn1.Sequence({
          value: [
            explicit(0, digestWithNull()),
            explicit(
              1,
              new asn1.Sequence({
                value: [new asn1.ObjectIdentifier({ value: '1.2.840.113549.1.1.8' }), digestWithNull()],
              }),
            ),
            explicit(2, new asn1.Integer({ value: 48 })),
          ],
        }),
      ],
    });
    const expected = Buffer.from(schema.toBER());
    expect(range.cms.includes(expected)).toBe(true);
  });
});

function explicit(tagNumber: number, value: asn1.AsnType): asn1.Constructed {
  return new asn1.Constructed({ idBlock: { tagClass: 3, tagNumber }, value: [value] });
}

function digestWithNull(): asn1.Sequence {
  return new asn1.Sequence({
    value: [new asn1.ObjectIdentifier({ value: '2.16.840.1.101.3.4.2.2' }), new asn1.Null()],
  });
}
