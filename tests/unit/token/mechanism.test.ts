import {
  constants,
  createHash,
  generateKeyPairSync,
  privateEncrypt,
  sign,
  verify,
  X509Certificate,
} from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { mechanismFor, namesOf, signingMechanisms } from '../../../native/token/mechanism.ts';
import { signatureMatches } from '../../../native/token/signature-check.ts';
import { digestInfo, signatureToDer } from '../../../native/token/signature-encoding.ts';

const algorithms = ['sha256', 'sha384', 'sha512'] as const;
const text = Buffer.from('Quyết định');
const rsaKey = { type: 0, parameters: null };
const p256 = { type: 3, parameters: Buffer.from('06082a8648ce3d030107', 'hex') };

/** Only the key of a certificate is looked at. */
function certificateOf(publicKey: X509Certificate['publicKey']): X509Certificate {
  return Object.create(X509Certificate.prototype, { publicKey: { value: publicKey } }) as X509Certificate;
}

function flipped(signature: Buffer): Buffer {
  const broken = Buffer.from(signature);
  broken[9] = (broken[9] ?? 0) ^ 1;
  return broken;
}

describe('RSA', () => {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const certificate = certificateOf(publicKey);

  test.each(algorithms)('%s: what a token pads and signs is what verifiers expect', (algorithm) => {
    const digest = createHash(algorithm).update(text).digest();
    const way = mechanismFor(rsaKey, algorithm, 'pkcs1', null);
    expect(way.input(text).equals(digestInfo(algorithm, digest))).toBe(true);
    const signature = privateEncrypt(privateKey, way.input(text));
    expect(signature.equals(sign(algorithm, text, privateKey))).toBe(true);
    const signed = { algorithm, scheme: 'pkcs1', data: text } as const;
    expect(signatureMatches(certificate, signed, signature)).toBe(true);
    expect(signatureMatches(certificate, signed, flipped(signature))).toBe(false);
    expect(signatureMatches(certificate, { ...signed, scheme: 'pss' }, signature)).toBe(false);
  });

  test.each(algorithms)('%s: PSS is checked with a salt as long as the digest, and no other', (algorithm) => {
    const padding = constants.RSA_PKCS1_PSS_PADDING;
    const saltLength = createHash(algorithm).digest().length;
    const signed = { algorithm, scheme: 'pss', data: text } as const;
    const right = sign(algorithm, text, { key: privateKey, padding, saltLength });
    expect(signatureMatches(certificate, signed, right)).toBe(true);
    expect(signatureMatches(certificate, signed, flipped(right))).toBe(false);
    const short = sign(algorithm, text, { key: privateKey, padding, saltLength: 8 });
    expect(signatureMatches(certificate, signed, short)).toBe(false);
  });

  test('a signature over something else does not match', () => {
    const signed = { algorithm: 'sha256', scheme: 'pkcs1', data: Buffer.from('other') } as const;
    expect(signatureMatches(certificate, signed, sign('sha256', text, privateKey))).toBe(false);
    expect(signatureMatches(certificate, signed, new Uint8Array())).toBe(false);
  });
});

describe.each(['P-256', 'P-384', 'P-521'])('ECDSA on %s', (namedCurve) => {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve });

  test.each(algorithms)('%s: r‖s becomes the DER that verifiers take', (algorithm) => {
    const certificate = certificateOf(publicKey);
    for (let round = 0; round < 8; round++) {
      const raw = sign(algorithm, text, { key: privateKey, dsaEncoding: 'ieee-p1363' });
      const der = mechanismFor({ type: 3, parameters: null }, algorithm, 'pkcs1', null).output(raw);
      expect(verify(algorithm, text, publicKey, der)).toBe(true);
      const signed = { algorithm, scheme: 'pkcs1', data: text } as const;
      expect(signatureMatches(certificate, signed, der)).toBe(true);
      expect(signatureMatches(certificate, signed, raw)).toBe(false);
      expect(signatureMatches(certificate, { ...signed, data: Buffer.from('other') }, der)).toBe(false);
    }
  });
});

describe('the mechanism', () => {
  const { CKM_RSA_PKCS, CKM_SHA256_RSA_PKCS, CKM_SHA512_RSA_PKCS_PSS, CKM_ECDSA_SHA384 } = signingMechanisms;

  test('by digest is taken where a token has both, and the token’s own hash where it has not', () => {
    const both = mechanismFor(rsaKey, 'sha256', 'pkcs1', [CKM_SHA256_RSA_PKCS, CKM_RSA_PKCS]);
    expect(both.name).toBe('CKM_RSA_PKCS');
    const own = mechanismFor(rsaKey, 'sha256', 'pkcs1', [CKM_SHA256_RSA_PKCS]);
    expect(own).toMatchObject({ name: 'CKM_SHA256_RSA_PKCS', mechanism: { mechanism: CKM_SHA256_RSA_PKCS } });
    expect(own.input(text).equals(text)).toBe(true);
    expect(mechanismFor(p256, 'sha384', 'pkcs1', [CKM_ECDSA_SHA384]).name).toBe('CKM_ECDSA_SHA384');
  });

  test('for PSS says hash, mask and salt', () => {
    const way = mechanismFor(rsaKey, 'sha512', 'pss', [CKM_SHA512_RSA_PKCS_PSS]);
    expect(way.mechanism).toEqual({
      mechanism: CKM_SHA512_RSA_PKCS_PSS,
      parameter: { type: 5, hashAlg: 0x270, mgf: 4, saltLen: 64 },
    });
  });

  test('that is not offered is refused, with what is', () => {
    expect(() => mechanismFor(rsaKey, 'sha384', 'pkcs1', [CKM_SHA256_RSA_PKCS, 0x250])).toThrowError(
      expect.objectContaining({
        code: 'mechanism-unsupported',
        params: { mechanism: 'CKM_RSA_PKCS, CKM_SHA384_RSA_PKCS', offered: 'CKM_SHA256_RSA_PKCS' },
      }),
    );
    expect(namesOf([0x250, CKM_RSA_PKCS])).toEqual(['CKM_RSA_PKCS']);
  });
});

test('any r and s become minimal, positive integers', () => {
  const half = fc.uint8Array({ minLength: 1, maxLength: 66 });
  fc.assert(
    fc.property(half, (r) => {
      const der = signatureToDer(Buffer.concat([r, r]));
      const start = der[1] === 0x81 ? 3 : 2;
      expect(der[start]).toBe(0x02);
      const integer = der.subarray(start + 2, start + 2 + (der[start + 1] ?? 0));
      expect((integer[0] ?? 0) < 0x80).toBe(true);
      expect(integer.length === 1 || integer[0] !== 0 || (integer[1] ?? 0) >= 0x80).toBe(true);
      expect(BigInt(`0x${integer.toString('hex')}`)).toBe(BigInt(`0x${Buffer.from(r).toString('hex')}`));
    }),
  );
});

test('a curve is given no more of a digest than its order has bits', () => {
  const digest = createHash('sha512').update(text).digest();
  expect(mechanismFor(p256, 'sha512', 'pkcs1', null).input(text).equals(digest.subarray(0, 32))).toBe(true);
  const unknown = { type: 3, parameters: null };
  expect(mechanismFor(unknown, 'sha512', 'pkcs1', null).input(text).equals(digest)).toBe(true);
});

test.each([0, 63, 134])('%d bytes are not two halves of a signature', (length) => {
  expect(() => signatureToDer(Buffer.alloc(length))).toThrowError(
    expect.objectContaining({ code: 'signature-mismatch' }),
  );
});

test('another type of key is refused', () => {
  expect(() => mechanismFor({ type: 1, parameters: null }, 'sha256', 'pkcs1', null)).toThrowError(
    expect.objectContaining({ code: 'mechanism-unsupported' }),
  );
});
