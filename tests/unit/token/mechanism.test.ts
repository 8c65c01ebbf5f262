import { createHash, generateKeyPairSync, privateEncrypt, sign, verify, X509Certificate } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { digestInfo, mechanismFor, signatureToDer } from '../../../native/token/mechanism.ts';
import { signatureMatches } from '../../../native/token/signature-check.ts';

const algorithms = ['sha256', 'sha384', 'sha512'] as const;
const text = Buffer.from('Quyết định');

/** Only the key of a certificate is looked at. */
function certificateOf(publicKey: X509Certificate['publicKey']): X509Certificate {
  return Object.create(X509Certificate.prototype, { publicKey: { value: publicKey } }) as X509Certificate;
}

describe('RSA', () => {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });

  test.each(algorithms)('%s: what a token pads and signs is what verifiers expect', (algorithm) => {
    const digest = createHash(algorithm).update(text).digest();
    const signature = privateEncrypt(privateKey, digestInfo(algorithm, digest));
    expect(signature.equals(sign(algorithm, text, privateKey))).toBe(true);
    expect(signatureMatches(certificateOf(publicKey), algorithm, digest, signature)).toBe(true);
    const broken = Buffer.from(signature);
    broken[9] = (broken[9] ?? 0) ^ 1;
    expect(signatureMatches(certificateOf(publicKey), algorithm, digest, broken)).toBe(false);
  });

  test('a signature over another digest or algorithm does not match', () => {
    const digest = createHash('sha256').update('other').digest();
    const signature = sign('sha256', text, privateKey);
    expect(signatureMatches(certificateOf(publicKey), 'sha256', digest, signature)).toBe(false);
    expect(signatureMatches(certificateOf(publicKey), 'sha256', digest, new Uint8Array())).toBe(false);
  });
});

describe.each(['P-256', 'P-384', 'P-521'])('ECDSA on %s', (namedCurve) => {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve });

  test.each(algorithms)('%s: r‖s becomes the DER that verifiers take', (algorithm) => {
    for (let round = 0; round < 8; round++) {
      const raw = sign(algorithm, text, { key: privateKey, dsaEncoding: 'ieee-p1363' });
      const der = mechanismFor(3, null).output(raw);
      expect(verify(algorithm, text, publicKey, der)).toBe(true);
      const digest = createHash(algorithm).update(text).digest();
      expect(signatureMatches(certificateOf(publicKey), algorithm, digest, der)).toBe(true);
      expect(signatureMatches(certificateOf(publicKey), algorithm, digest, raw)).toBe(false);
      digest[0] = (digest[0] ?? 0) ^ 1;
      expect(signatureMatches(certificateOf(publicKey), algorithm, digest, der)).toBe(false);
    }
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
  const p256 = Buffer.from('06082a8648ce3d030107', 'hex');
  const digest = createHash('sha512').update(text).digest();
  expect(mechanismFor(3, p256).input('sha512', digest).equals(digest.subarray(0, 32))).toBe(true);
  expect(mechanismFor(3, null).input('sha512', digest).equals(digest)).toBe(true);
});

test.each([0, 63, 134])('%d bytes are not two halves of a signature', (length) => {
  expect(() => signatureToDer(Buffer.alloc(length))).toThrowError(
    expect.objectContaining({ code: 'signature-mismatch' }),
  );
});

test('another type of key is refused', () => {
  expect(() => mechanismFor(1, null)).toThrowError(
    expect.objectContaining({ code: 'mechanism-unsupported' }),
  );
});
