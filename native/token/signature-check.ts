import { constants, verify, type X509Certificate } from 'node:crypto';
import { type DigestAlgorithm, digestLength, type SignatureScheme } from '../signing/signer.ts';

/**
 * Whether a signature is this certificate's over this data. A driver's word isn't taken for it: a wrong key, a token
 * swapped under way or a lying module would otherwise put a broken signature into a document.
 */
export function signatureMatches(
  certificate: X509Certificate,
  signed: { algorithm: DigestAlgorithm; scheme: SignatureScheme; data: Uint8Array },
  signature: Uint8Array,
): boolean {
  const { algorithm, scheme, data } = signed;
  try {
    const key = certificate.publicKey;
    if (key.asymmetricKeyType === 'ec')
      return verify(algorithm, data, { key, dsaEncoding: 'der' }, signature);
    if (key.asymmetricKeyType !== 'rsa') return false;
    if (scheme === 'pkcs1') return verify(algorithm, data, key, signature);
    const padding = constants.RSA_PKCS1_PSS_PADDING;
    return verify(algorithm, data, { key, padding, saltLength: digestLength[algorithm] }, signature);
  } catch {
    // Padding or encoding that can't even be read: certainly no match.
    return false;
  }
}
