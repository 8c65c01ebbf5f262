import type { X509Certificate } from 'node:crypto';
import type { DigestAlgorithm, SignatureScheme, Signer } from './signer.ts';

/** Digests as strong as the curve's order (FIPS 186-5, 6.1.1; EN 319 122-1 leaves the choice to TS 119 312, which says the same). */
const digestOfCurve: Readonly<Record<string, DigestAlgorithm>> = {
  prime256v1: 'sha256',
  secp384r1: 'sha384',
  secp521r1: 'sha512',
};

/** The digest that suits a key where nobody asks for another: as strong as an elliptic curve, else SHA-256. */
export function defaultDigest({ publicKey }: X509Certificate): DigestAlgorithm {
  return digestOfCurve[publicKey.asymmetricKeyDetails?.namedCurve ?? ''] ?? 'sha256';
}

/** How this signer pads RSA. */
export function schemeOf({ scheme }: Pick<Signer, 'scheme'>): SignatureScheme {
  return scheme ?? 'pkcs1';
}

/** The longest signature value of this key, in bytes: RSA's modulus, or ECDSA's DER SEQUENCE of two integers. */
export function signatureLength({ publicKey }: X509Certificate): number {
  const { modulusLength, namedCurve } = publicKey.asymmetricKeyDetails ?? {};
  if (namedCurve === undefined) return Math.ceil((modulusLength ?? widestModulus) / 8);
  const order = orderLength[namedCurve] ?? widestOrder;
  // Each integer may need a zero octet in front, and both their heads; the sequence has up to three octets of its own.
  return 2 * (order + 3) + 3;
}

const orderLength: Readonly<Record<string, number>> = { prime256v1: 32, secp384r1: 48, secp521r1: 66 };
const widestOrder = 66;
const widestModulus = 16_384;
