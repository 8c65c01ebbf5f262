import type { X509Certificate } from 'node:crypto';
import { constants, verify } from 'node:crypto';
import { type DigestAlgorithm, digestLength, type SignatureScheme } from './signer.ts';

/** What a signature is said to be over, and made with. */
export interface SignedBytes {
  readonly data: Uint8Array;
  readonly algorithm: DigestAlgorithm;
  readonly scheme: SignatureScheme;
}

/**
 * True where `signature` is this certificate's over `data` (hashed here), made in just the way that is said. What a token
 * returns is checked with this before it is written anywhere: a module may lie or be broken.
 */
export function isSignedBy(
  certificate: X509Certificate,
  { data, algorithm, scheme }: SignedBytes,
  signature: Uint8Array,
): boolean {
  const key = certificate.publicKey;
  try {
    if (key.asymmetricKeyType === 'ec')
      return verify(algorithm, data, { key, dsaEncoding: 'der' }, signature);
    const padding = scheme === 'pss' ? constants.RSA_PKCS1_PSS_PADDING : constants.RSA_PKCS1_PADDING;
    const saltLength = scheme === 'pss' ? { saltLength: digestLength[algorithm] } : {};
    return verify(algorithm, data, { key, padding, ...saltLength }, signature);
  } catch {
    // openssl refuses what isn't even of a signature's form; for the caller that is the same "no".
    return false;
  }
}
