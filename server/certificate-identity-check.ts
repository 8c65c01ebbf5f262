import type { X509Certificate } from 'node:crypto';
import { validateCertificate, verifyStatement } from '../native/verification/index.ts';
import type { CertificateStanding, IdentityCheck } from './identity-check.ts';
import type { ProvinceTrust } from './province-trust.ts';

/** The real check, against the province's anchors. */
export class CertificateIdentityCheck implements IdentityCheck {
  readonly #trust: ProvinceTrust;

  constructor(trust: ProvinceTrust) {
    this.#trust = trust;
  }

  signatureFits(answer: Parameters<IdentityCheck['signatureFits']>[0]): boolean {
    return verifyStatement(answer);
  }

  async standing(certificate: X509Certificate): Promise<CertificateStanding> {
    return validateCertificate(certificate, this.#trust);
  }
}
