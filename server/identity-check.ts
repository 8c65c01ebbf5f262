import type { X509Certificate } from 'node:crypto';
import type { ReasonCode, SignatureReport } from '../contract/verdict.ts';

/** What a certificate is worth at this moment. */
export interface CertificateStanding {
  /** The chain reaches one of the province's anchors, and every link of it holds now. */
  trusted: boolean;
  revocation: SignatureReport['revocation'];
  reasons: readonly ReasonCode[];
}

/** The cryptographic half of signing in. The rest of the server knows only this port. */
export interface IdentityCheck {
  /** Is this the certificate's key's signature over the statement's UTF-8 bytes? Cheap; asks nobody. */
  signatureFits(answer: { certificate: X509Certificate; statement: string; signature: Uint8Array }): boolean;
  /** Chain, validity and revocation now; may ask the issuer's responders. */
  standing(certificate: X509Certificate): Promise<CertificateStanding>;
}
