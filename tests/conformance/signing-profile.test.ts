import { createHash, X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import * as asn1 from 'asn1js';
import { beforeAll, describe, expect, it } from 'vitest';
import { signPdf } from '../../native/signing/sign-pdf.ts';
import type { DigestAlgorithm, Signer } from '../../native/signing/signer.ts';
import { onePagePdf } from '../unit/pdf/handmade-pdf.ts';
import { scratchFolder, writeFile } from '../unit/pdf/scratch.ts';
import { createAuthority, type KeyKind, type TestAuthority } from '../unit/signing/software-key.ts';
import { type SignedRange, signedRanges } from './signing-judges.ts';

/** What EN 319 142-1 (6.3), EN 319 122-1 and VGCA's practice ask of the CMS and its dictionary, read by asn1js. */

const oid = {
  data: '1.2.840.113549.1.7.1',
  signedData: '1.2.840.113549.1.7.2',
  contentType: '1.2.840.113549.1.9.3',
  messageDigest: '1.2.840.113549.1.9.4',
  signingTime: '1.2.840.113549.1.9.5',
  algorithmProtection: '1.2.840.113549.1.9.52',
  signingCertificateV2: '1.2.840.113549.1.9.16.2.47',
  rsaEncryption: '1.2.840.113549.1.1.1',
  ecdsaWithSha256: '1.2.840.10045.4.3.2',
  sha256: '2.16.840.1.101.3.4.2.1',
};

const folder = scratchFolder();
let authority: TestAuthority;

beforeAll(() => {
  authority = createAuthority(path.join(folder, 'pki'));
});

interface Signed {
  readonly text: string;
  readonly part: SignedRange;
  readonly signer: Signer;
}

async function signed(kind: KeyKind, digestAlgorithm: DigestAlgorithm = 'sha256'): Promise<Signed> {
  const root = new X509Certificate(readFileSync(authority.caFile));
  const key = authority.signer(kind, 'Trần Thị Mẫu').signer;
  // The root stands in for an intermediate: two certificates make the order of the set visible.
  const signer = { ...key, chain: [root] };
  const source = writeFile(folder, 'source.pdf', onePagePdf());
  const target = path.join(folder, `${kind}-${digestAlgorithm}.pdf`);
  const signedAt = new Date('2026-03-05T07:07:09Z');
  await signPdf({
    source,
    target,
    signer,
    stamp: { kind: 'plain' },
    digestAlgorithm,
    signedAt,
    replace: true,
  });
  const bytes = readFileSync(target);
  const [part] = signedRanges(bytes);
  if (!part) throw new Error('no signature found');
  return { text: bytes.toString('latin1'), part, signer };
}

function parsed(bytes: Uint8Array): asn1.AsnType {
  const { offset, result } = asn1.fromBER(Uint8Array.from(bytes).buffer);
  expect(offset).toBe(bytes.length);
  return result;
}

function children(node: asn1.AsnType | undefined): asn1.AsnType[] {
  if (!(node instanceof asn1.Constructed)) throw new Error('not constructed');
  return node.valueBlock.value;
}

function oidOf(node: asn1.AsnType | undefined): string {
  if (!(node instanceof asn1.ObjectIdentifier)) throw new Error('no object identifier');
  return node.valueBlock.toString();
}

interface SignerInfo {
  readonly digest: asn1.AsnType[];
  readonly attributes: Map<string, asn1.AsnType[]>;
  readonly algorithm: asn1.AsnType[];
  readonly encapsulated: asn1.AsnType[];
  readonly certificates: asn1.AsnType[];
}

function signerInfoOf(cms: Uint8Array): SignerInfo {
  const [contentType, content] = children(parsed(cms));
  expect(oidOf(contentType)).toBe(oid.signedData);
  const [, , encapsulated, certificates, infos] = children(children(content)[0]);
  const [, , digest, attributes, algorithm] = children(children(infos)[0]);
  const entries = children(attributes).map((attribute) => {
    const [type, values] = children(attribute);
    return [oidOf(type), children(values)] as const;
  });
  return {
    digest: children(digest),
    attributes: new Map(entries),
    algorithm: children(algorithm),
    encapsulated: children(encapsulated),
    certificates: children(certificates),
  };
}

/** Every SET and every implicit set (the two that a SignedData has) in DER's ascending order. */
function unsortedSets(node: asn1.AsnType): string[] {
  if (!(node instanceof asn1.Constructed)) return [];
  const items = node.valueBlock.value;
  const encodings = items.map((item) => Buffer.from(item.toBER()));
  const sorted = encodings.toSorted((a, b) => Buffer.compare(a, b));
  const isSet = node instanceof asn1.Set;
  const wrong = isSet && sorted.some((encoding, index) => !encoding.equals(encodings[index] ?? Buffer.of()));
  return [...(wrong ? [node.toString()] : []), ...items.flatMap(unsortedSets)];
}

describe.each(['RSA-2048', 'P-256'] as const)('%s', (kind) => {
  it('signs content type, digest and certificate, and no signing time', async () => {
    const { part, signer } = await signed(kind);
    const { attributes, encapsulated } = signerInfoOf(part.cms);
    expect([...attributes.keys()].toSorted()).toEqual(
      [oid.algorithmProtection, oid.contentType, oid.messageDigest, oid.signingCertificateV2].toSorted(),
    );
    expect(attributes.has(oid.signingTime)).toBe(false);
    expect(oidOf(attributes.get(oid.contentType)?.[0])).toBe(oid.data);
    expect(encapsulated.map(oidOf)).toEqual([oid.data]);
    const digest = attributes.get(oid.messageDigest)?.[0];
    const value = digest instanceof asn1.OctetString ? Buffer.from(digest.valueBlock.valueHexView) : null;
    expect(value).toEqual(createHash('sha256').update(part.signed).digest());
    const identifier = children(children(attributes.get(oid.signingCertificateV2)?.[0])[0])[0];
    const [hash] = children(identifier);
    const certificateHash =
      hash instanceof asn1.OctetString ? Buffer.from(hash.valueBlock.valueHexView) : null;
    expect(certificateHash).toEqual(createHash('sha256').update(signer.certificate.raw).digest());
  });

  it('names its algorithms as verifiers in the field insist', async () => {
    const { part } = await signed(kind);
    const { algorithm, digest } = signerInfoOf(part.cms);
    expect(oidOf(digest[0])).toBe(oid.sha256);
    if (kind === 'P-256') {
      expect(algorithm.map(oidOf)).toEqual([oid.ecdsaWithSha256]);
    } else {
      expect(oidOf(algorithm[0])).toBe(oid.rsaEncryption);
      expect(algorithm[1]).toBeInstanceOf(asn1.Null);
    }
  });

  it('is DER: sets in order, certificates among them, lengths as short as can be', async () => {
    const { part } = await signed(kind);
    const tree = parsed(part.cms);
    expect(unsortedSets(tree)).toEqual([]);
    const certificates = signerInfoOf(part.cms).certificates.map((item) => Buffer.from(item.toBER()));
    expect(certificates).toHaveLength(2);
    expect(certificates).toEqual(certificates.toSorted((a, b) => Buffer.compare(a, b)));
    expect(Buffer.from(tree.toBER()).equals(part.cms)).toBe(true);
  });

  it('says in its dictionary what and when, in Viet Nam’s time', async () => {
    const { text, part } = await signed(kind);
    const dictionary = text.slice(text.lastIndexOf('/Type /Sig', part.range[1]), part.range[2] + 200);
    expect(dictionary).toContain('/SubFilter /ETSI.CAdES.detached');
    expect(dictionary).toContain("/M (D:20260305140709+07'00')");
    expect(text).not.toMatch(/\/Cert\b/);
  });

  it('covers the whole file but the signature between its angle brackets', async () => {
    const { text, part } = await signed(kind);
    const [start, length, behind, rest] = part.range;
    expect(start).toBe(0);
    expect(text[length]).toBe('<');
    expect(text[behind - 1]).toBe('>');
    expect(text.slice(length + 1, behind - 1)).toMatch(/^[0-9A-F]+$/);
    expect(behind + rest).toBe(text.length);
  });

  it('leaves room for a time stamp', async () => {
    const { part } = await signed(kind);
    const room = (part.range[2] - part.range[1] - 2) / 2;
    expect(room - part.cms.length).toBeGreaterThanOrEqual(8000);
  });
});

it.each(['sha384', 'sha512'] as const)('signs with %s', async (algorithm) => {
  const { part } = await signed('RSA-2048', algorithm);
  const { attributes } = signerInfoOf(part.cms);
  const digest = attributes.get(oid.messageDigest)?.[0];
  const value = digest instanceof asn1.OctetString ? Buffer.from(digest.valueBlock.valueHexView) : null;
  expect(value).toEqual(createHash(algorithm).update(part.signed).digest());
});
