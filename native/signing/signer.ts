import type { X509Certificate } from 'node:crypto';

export type DigestAlgorithm = 'sha256' | 'sha384' | 'sha512';

/** In bytes; also the length of a PSS salt (RFC 4055, 3.1). */
export const digestLength: Readonly<Record<DigestAlgorithm, number>> = { sha256: 32, sha384: 48, sha512: 64 };

/** How an RSA signature is padded (RFC 8017): PKCS#1 v1.5 or PSS. An elliptic curve has but one way. */
export type SignatureScheme = 'pkcs1' | 'pss';

/**
 * What signs: a key on a token or in a PKCS#12 file. Signing and PDF code know only this port, so that neither ever
 * meets a driver or a PIN.
 */
export interface Signer {
  readonly certificate: X509Certificate;
  /** Issuers from the signer's own upwards, as far as known; without the signer's certificate. */
  readonly chain: readonly X509Certificate[];
  /** How RSA signatures of this signer are padded; PKCS#1 v1.5 where it is left out. */
  readonly scheme?: SignatureScheme;
  /**
   * Signs `data`, which is short: signed attributes or a statement, never a document. The whole data and not its digest,
   * since some tokens sign only with their own hash mechanism. RSA: padded as `scheme` says, PSS with a salt as
   * long as the digest. EC: ECDSA as DER SEQUENCE {r, s}, the
   * form that CMS carries. Fails with an AppError of the token's family.
   */
  sign(algorithm: DigestAlgorithm, data: Uint8Array): Promise<Uint8Array>;
}
