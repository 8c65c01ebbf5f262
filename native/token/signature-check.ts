import { constants, type KeyObject, publicDecrypt, type X509Certificate } from 'node:crypto';
import { p256, p384, p521 } from '@noble/curves/nist.js';
import type { DigestAlgorithm } from '../signing/signer.ts';
import { digestInfo } from './mechanism.ts';

/** Node verifies ECDSA over data only, never over a digest; hence the curves from a library. */
const curves = { 'P-256': p256, 'P-384': p384, 'P-521': p521 } as const;

function rsaMatches(key: KeyObject, algorithm: DigestAlgorithm, digest: Uint8Array, signature: Uint8Array) {
  const signed = publicDecrypt({ key, padding: constants.RSA_PKCS1_PADDING }, signature);
  return signed.equals(digestInfo(algorithm, digest));
}

function ecdsaMatches(key: KeyObject, digest: Uint8Array, signature: Uint8Array): boolean {
  const { crv, x, y } = key.export({ format: 'jwk' });
  const curve = curves[crv as keyof typeof curves];
  if (!curve || x === undefined || y === undefined) return false;
  const point = Buffer.concat([Buffer.of(0x04), Buffer.from(x, 'base64url'), Buffer.from(y, 'base64url')]);
  // Tokens give either s or n − s; both are signatures (`lowS` is a rule of block chains).
  return curve.verify(signature, digest, point, { prehash: false, lowS: false, format: 'der' });
}

/**
 * Whether a signature is this certificate's over this digest. A driver's word isn't taken for it: a wrong key, a token
 * swapped under way or a lying module would otherwise put a broken signature into a document.
 */
export function signatureMatches(
  certificate: X509Certificate,
  algorithm: DigestAlgorithm,
  digest: Uint8Array,
  signature: Uint8Array,
): boolean {
  try {
    const key = certificate.publicKey;
    if (key.asymmetricKeyType === 'rsa') return rsaMatches(key, algorithm, digest, signature);
    if (key.asymmetricKeyType === 'ec') return ecdsaMatches(key, digest, signature);
    return false;
  } catch {
    // Padding or encoding that can't even be read: certainly no match.
    return false;
  }
}
