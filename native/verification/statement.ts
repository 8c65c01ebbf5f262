import { verify, type X509Certificate } from 'node:crypto';
import { isWeakKey } from './signature-algorithm.ts';

/**
 * Whether `signature` over the UTF-8 text `statement` was made with the certificate's key: RSA PKCS#1 v1.5 or ECDSA as
 * r‖s (IEEE P1363, as PKCS#11 gives it), both over SHA-256. False, never an error, for anything else. Says nothing about
 * the certificate itself: ask `validateCertificate`.
 */
export function verifyStatement({
  certificate,
  statement,
  signature,
}: {
  certificate: X509Certificate;
  statement: string;
  signature: Uint8Array;
}): boolean {
  try {
    const key = certificate.publicKey;
    if ((key.asymmetricKeyType !== 'rsa' && key.asymmetricKeyType !== 'ec') || isWeakKey(key)) return false;
    return verify('sha256', Buffer.from(statement, 'utf8'), { key, dsaEncoding: 'ieee-p1363' }, signature);
  } catch {
    return false;
  }
}
