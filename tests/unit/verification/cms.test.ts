import { constants, createHash, sign } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { SignatureReport } from '../../../contract/verdict.ts';
import { encode, sequence, tagged } from '../../../native/asn1/der.ts';
import { readWhole } from '../../../native/asn1/element.ts';
import { signedAttributes } from '../../../native/signing/signed-attributes.ts';
import { encodeSignedData } from '../../../native/signing/signed-data.ts';
import type { SignatureScheme } from '../../../native/signing/signer.ts';
import { verifyPdf } from '../../../native/verification/index.ts';
import { usualValidity } from '../../lab/pki/authority.ts';
import { type HandSignature, handSign, openssl, opensslCms, withoutNull } from './hand-signer.ts';
import { samplePdf } from './sample-pdf.ts';
import { openWorkbench, type SoftSigner, type Workbench } from './workbench.ts';

let bench: Workbench;
let rsa: SoftSigner;
let ec: SoftSigner;
let ec521: SoftSigner;

beforeAll(async () => {
  bench = await openWorkbench();
  rsa = await bench.signer();
  ec = await bench.signer({ keyType: 'ec' });
  ec521 = await bench.signer({ keyType: 'ec', curve: 'P-521' });
});
afterAll(() => bench.close());

async function verify(signature: HandSignature): Promise<SignatureReport | undefined> {
  writeFileSync(bench.path('case.pdf'), handSign(samplePdf(), signature));
  return (await verifyPdf(bench.path('case.pdf'), bench.trust())).signatures[0];
}

/** The content of one DER element. */
function content(der: Buffer): Buffer {
  const length = der.readUInt8(1);
  return der.subarray(length < 0x80 ? 2 : 2 + (length & 0x7f));
}

/** The message with one more certificate, before all others. */
function withFirstCertificate(der: Buffer, certificate: Uint8Array): Uint8Array {
  const [type, wrapper] = readWhole(der).sequence();
  const parts = wrapper?.children()[0]?.sequence() ?? [];
  const changed = parts.map(({ tag, bytes, content: inner }) =>
    tag === 0xa0 ? encode(tag, certificate, inner) : bytes,
  );
  return sequence(type?.bytes ?? new Uint8Array(), tagged(0, sequence(...changed)));
}

/** A ContentInfo whose three outer levels have indefinite lengths (X.690, 8.1.3.6). */
function indefinite(der: Buffer): Buffer {
  const outer = content(der);
  const type = outer.subarray(0, 2 + outer.readUInt8(1));
  const signedData = content(content(outer.subarray(type.length)));
  return Buffer.concat([
    Buffer.from('3080', 'hex'),
    type,
    Buffer.from('a0803080', 'hex'),
    signedData,
    Buffer.alloc(6),
  ]);
}

describe('algorithms, with messages that openssl made', () => {
  const cases: [string, () => SoftSigner, string[], string][] = [
    ['RSA PKCS#1 v1.5 SHA-256', () => rsa, ['-cades', '-md', 'sha256'], 'RSA-PKCS1v15 SHA-256'],
    ['RSA PKCS#1 v1.5 SHA-512', () => rsa, ['-cades', '-md', 'sha512'], 'RSA-PKCS1v15 SHA-512'],
    ['RSA-PSS', () => rsa, ['-cades', '-md', 'sha256', '-keyopt', 'rsa_padding_mode:pss'], 'RSA-PSS SHA-256'],
    [
      'RSA-PSS with a salt of its own length',
      () => rsa,
      ['-cades', '-md', 'sha384', '-keyopt', 'rsa_padding_mode:pss', '-keyopt', 'rsa_pss_saltlen:20'],
      'RSA-PSS SHA-384',
    ],
    [
      'RSA-PSS with a mask by SHA-1, as Java’s signers write it',
      () => rsa,
      ['-cades', '-md', 'sha256', '-keyopt', 'rsa_padding_mode:pss', '-keyopt', 'rsa_mgf1_md:sha1'],
      'RSA-PSS SHA-256',
    ],
    ['ECDSA', () => ec, ['-cades', '-md', 'sha256'], 'ECDSA SHA-256'],
    ['ECDSA over P-521', () => ec521, ['-cades', '-md', 'sha512'], 'ECDSA SHA-512'],
    ['a signer named by key identifier', () => rsa, ['-cades', '-keyid'], 'RSA-PKCS1v15 SHA-256'],
  ];
  for (const [name, signer, options, algorithm] of cases) {
    test(name, async () => {
      const report = await verify({ cms: opensslCms(bench, signer(), options) });
      expect(report).toMatchObject({ verdict: 'valid', intact: true, algorithm, level: 'b' });
    });
  }

  test('a DigestInfo without its NULL, as smart-card services behind iText 5 write it', async () => {
    const report = await verify({ cms: (bytes) => withoutNull(opensslCms(bench, rsa)(bytes), rsa.key) });
    expect(report).toMatchObject({ verdict: 'valid', intact: true, algorithm: 'RSA-PKCS1v15 SHA-256' });
  });

  test('indefinite lengths, as streaming programs write', async () => {
    const cms = opensslCms(bench, rsa);
    const report = await verify({ cms: (bytes) => indefinite(cms(bytes)) });
    expect(report).toMatchObject({ verdict: 'valid', intact: true });
  });

  test('content of its own, although streamed, is refused', async () => {
    const cms = opensslCms(bench, rsa, ['-cades', '-stream']);
    expect((await verify({ cms }))?.reasons).toEqual(['cms-malformed']);
  });

  test('without signed attributes, as old programs sign', async () => {
    const plain = { cms: opensslCms(bench, rsa, ['-noattr']), subFilter: 'adbe.pkcs7.detached' };
    expect(await verify(plain)).toMatchObject({ verdict: 'valid', level: 'none' });
    // EN 319 122-1 knows no such form.
    expect((await verify({ ...plain, subFilter: 'ETSI.CAdES.detached' }))?.reasons).toEqual([
      'cms-malformed',
    ]);
  });

  test('SHA-1 is named as obsolete, and never valid', async () => {
    const report = await verify({
      cms: opensslCms(bench, rsa, ['-md', 'sha1']),
      subFilter: 'adbe.pkcs7.detached',
    });
    expect(report).toMatchObject({ verdict: 'indeterminate', reasons: ['hash-obsolete'], intact: true });
  });

  test('adbe.pkcs7.sha1 is checked and named as obsolete', async () => {
    const sign = opensslCms(bench, rsa, ['-nodetach']);
    const sha1 = (bytes: Uint8Array) => createHash('sha1').update(bytes).digest();
    const honest = await verify({ cms: (bytes) => sign(sha1(bytes)), subFilter: 'adbe.pkcs7.sha1' });
    expect(honest).toMatchObject({ verdict: 'indeterminate', intact: true, reasons: ['hash-obsolete'] });
    const forged = await verify({ cms: () => sign(sha1(Buffer.from('x'))), subFilter: 'adbe.pkcs7.sha1' });
    expect(forged).toMatchObject({ verdict: 'invalid', intact: false });
  });

  test('an unknown or bare form is not enough information', async () => {
    const cms = opensslCms(bench, rsa);
    const bare = () => Buffer.concat([Buffer.from('04820100', 'hex'), Buffer.alloc(256, 1)]);
    expect(await verify({ cms: bare, subFilter: 'adbe.x509.rsa_sha1' })).toMatchObject({
      verdict: 'indeterminate',
    });
    // A message under the name of a bare value is neither.
    expect(await verify({ cms, subFilter: 'adbe.x509.rsa_sha1' })).toMatchObject({ verdict: 'invalid' });
    expect(await verify({ cms, subFilter: 'Foxit.something' })).toMatchObject({
      verdict: 'indeterminate',
      reasons: ['algorithm-unsupported'],
    });
  });
});

describe('messages that don’t fit', () => {
  test('made for another file', async () => {
    const cms = opensslCms(bench, rsa);
    const report = await verify({ cms: () => cms(Buffer.from('another file')) });
    expect(report).toMatchObject({ verdict: 'invalid', intact: false, reasons: ['digest-mismatch'] });
  });

  test('with content of its own instead of the file', async () => {
    const cms = opensslCms(bench, rsa, ['-cades', '-nodetach']);
    expect((await verify({ cms }))?.reasons).toEqual(['cms-malformed']);
  });

  test('without attributes, over what says that it is something else than data', async () => {
    const sign = opensslCms(bench, rsa, ['-noattr']);
    const [data, stamp] = ['06092a864886f70d010701', '060b2a864886f70d0109100104'];
    const cms = (bytes: Uint8Array) => {
      const contentInfo = readWhole(sign(bytes)).sequence();
      const [version, digests, inner, ...rest] = contentInfo[1]?.children()[0]?.sequence() ?? [];
      expect(Buffer.from(inner?.content ?? []).toString('hex')).toBe(data);
      const parts = [version, digests].map((part) => part?.bytes ?? new Uint8Array());
      const other = sequence(Buffer.from(stamp, 'hex'));
      const signedData = sequence(...parts, other, ...rest.map(({ bytes: each }) => each));
      return sequence(contentInfo[0]?.bytes ?? new Uint8Array(), tagged(0, signedData));
    };
    expect((await verify({ cms, subFilter: 'adbe.pkcs7.detached' }))?.reasons).toEqual(['cms-malformed']);
  });

  test('that say that they are about something else than data', async () => {
    const kind = ['-cades', '-md', 'sha256', '-econtent_type', '1.2.840.113549.1.9.16.1.4'];
    for (const subFilter of ['ETSI.CAdES.detached', 'adbe.pkcs7.detached']) {
      const report = await verify({ cms: opensslCms(bench, rsa, kind), subFilter });
      expect(report).toMatchObject({ verdict: 'invalid', reasons: ['cms-malformed'] });
    }
  });

  test('algorithms beside the signature that aren’t those under it', async () => {
    const signed = (beside: SignatureScheme) => (bytes: Uint8Array) => {
      const { certificate, chain } = rsa;
      const messageDigest = createHash('sha256').update(bytes).digest();
      const input = { certificate, chain, digestAlgorithm: 'sha256', scheme: 'pss', messageDigest } as const;
      const attributes = signedAttributes(input);
      const padding = beside === 'pss' ? constants.RSA_PKCS1_PSS_PADDING : constants.RSA_PKCS1_PADDING;
      const value = sign('sha256', attributes, { key: rsa.key, padding, saltLength: 32 });
      return encodeSignedData({ ...input, scheme: beside }, attributes, value);
    };
    expect(await verify({ cms: signed('pss') })).toMatchObject({ verdict: 'valid' });
    // A sound signature by itself; its signer said that it would be another kind.
    expect(await verify({ cms: signed('pkcs1') })).toMatchObject({
      verdict: 'invalid',
      reasons: ['signature-mismatch'],
    });
  });

  test('two signers', async () => {
    const other = await bench.signer();
    opensslCms(bench, other)(Buffer.from('writes the files'));
    const name = bench.path(other.certificate.serialNumber);
    const cms = opensslCms(bench, rsa, ['-signer', `${name}.pem`, '-inkey', `${name}.key`]);
    expect((await verify({ cms, room: 16_000 }))?.reasons).toEqual(['cms-malformed']);
  });

  test('a renewed certificate has the old one’s key identifier: the one named under the signature counts', async () => {
    const old = await bench.signer();
    const cms = opensslCms(bench, old, ['-cades', '-keyid']);
    cms(Buffer.from('writes the key'));
    const key = bench.path(`${old.certificate.serialNumber}.key`);
    const request = openssl(['req', '-new', '-key', key, '-subj', '/CN=Giam doc', '-outform', 'DER']);
    const validity = usualValidity();
    const renewed = await bench.pki.issuingAuthority.issue(request, 'person', validity);
    const both = (bytes: Uint8Array) => withFirstCertificate(cms(bytes), renewed.raw);
    expect(await verify({ cms: both })).toMatchObject({
      verdict: 'valid',
      signer: { serial: old.certificate.serialNumber },
    });
  });

  test('another certificate put under the signature', async () => {
    const { certificate } = rsa;
    const cms = opensslCms(bench, rsa, ['-cades', '-keyid', '-nocerts'], false);
    // Same key, same issuer, another certificate: only the signed certificate hash tells them apart.
    const key = bench.path(`${certificate.serialNumber}.key`);
    const request = openssl(['req', '-new', '-key', key, '-subj', '/CN=Ke mao danh', '-outform', 'DER']);
    const validity = {
      notBefore: new Date(Date.now() - 86_400_000),
      notAfter: new Date(Date.now() + 86_400_000),
    };
    const other = await bench.pki.issuingAuthority.issue(request, 'agency', validity);
    const path = bench.path('case.pdf');
    writeFileSync(path, handSign(samplePdf(), { cms }));
    const right = await verifyPdf(path, bench.trust({ intermediates: [bench.pki.issuing, certificate] }));
    expect(right.signatures[0]).toMatchObject({ verdict: 'valid' });
    const wrong = await verifyPdf(path, bench.trust({ intermediates: [bench.pki.issuing, other] }));
    expect(wrong.signatures[0]?.reasons).toContain('signing-certificate-mismatch');
    const none = await verifyPdf(path, bench.trust());
    expect(none.signatures[0]).toMatchObject({ verdict: 'indeterminate', signer: null });
  });
});
