import type { X509Certificate } from 'node:crypto';
import { constants, verify } from 'node:crypto';
import type { DigestAlgorithm } from './signer.ts';

/**
 * True where `signature` is this certificate's over `data` (hashed here). What a token returns is checked with this
 * before it is written anywhere: a module may lie or be broken.
 */
export function isSignedBy(
  certificate: X509Certificate,
  algorithm: DigestAlgorithm,
  data: Uint8Array,
  signature: Uint8Array,
): boolean {
  const key = certificate.publicKey;
  try {
    if (key.asymmetricKeyType === 'ec')
      return verify(algorithm, data, { key, dsaEncoding: 'der' }, signature);
    return verify(algorithm, data, { key, padding: constants.RSA_PKCS1_PADDING }, signature);
  } catch {
    // openssl refuses what isn't even of a signature's form; for the caller that is the same "no".
    return false;
  }
}
