import type { X509Certificate } from 'node:crypto';

/** What makes a public key that key: an RSA modulus without leading zeros, or an uncompressed curve point (0x04 ‖ x ‖ y). */
export type KeyNumbers = { readonly kind: 'RSA' | 'EC'; readonly value: Buffer };

/** A certificate's; null for a key of another kind, or one that can't be decoded. */
export function numbersOf(certificate: X509Certificate): KeyNumbers | null {
  try {
    const { kty, n, x, y } = certificate.publicKey.export({ format: 'jwk' });
    if (kty === 'RSA' && n !== undefined) return { kind: 'RSA', value: Buffer.from(n, 'base64url') };
    if (kty === 'EC' && x !== undefined && y !== undefined) {
      const point = [Buffer.of(0x04), Buffer.from(x, 'base64url'), Buffer.from(y, 'base64url')];
      return { kind: 'EC', value: Buffer.concat(point) };
    }
  } catch {
    // A curve that Node can't export: nothing to compare.
  }
  return null;
}

/**
 * Whether a token's CKA_MODULUS or CKA_EC_POINT is that number. Tokens write moduli with or without a leading zero, and points
 * with or without the OCTET STRING around them (PKCS#11 v2.40, 2.3.3).
 */
export function isSameNumber(numbers: KeyNumbers, stored: Buffer): boolean {
  const { kind, value } = numbers;
  const extra = stored.length - value.length;
  if (extra < 0 || extra > (kind === 'RSA' ? 1 : 3)) return false;
  if (!stored.subarray(extra).equals(value)) return false;
  return kind === 'EC' ? extra === 0 || stored[0] === 0x04 : extra === 0 || stored[0] === 0;
}
