import type { X509Certificate } from 'node:crypto';

export type DigestAlgorithm = 'sha256' | 'sha384' | 'sha512';

/**
 * What signs: a key on a token or in a PKCS#12 file. Signing and PDF code know only this port, so that neither ever
 * meets a driver or a PIN.
 */
export interface Signer {
  readonly certificate: X509Certificate;
  /** Issuers from the signer's own upwards, as far as known; without the signer's certificate. */
  readonly chain: readonly X509Certificate[];
  /**
   * Signs a digest. RSA: PKCS#1 v1.5 over the DigestInfo. EC: ECDSA as DER SEQUENCE {r, s}, the form that CMS carries.
   * Fails with an AppError of the token's family.
   */
  sign(algorithm: DigestAlgorithm, digest: Uint8Array): Promise<Uint8Array>;
}
