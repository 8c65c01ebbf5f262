import type { X509Certificate } from 'node:crypto';
import type { ReasonCode } from '../../contract/verdict.ts';
import { MalformedAsn1 } from '../asn1/element.ts';
import { readCertificate } from './certificate/certificate.ts';
import { judgeCertificate, readTrust, type TrustOptions } from './certificate/trust.ts';
import type { RevocationStatus } from './revocation/status.ts';

export interface CertificateValidation {
  /** A path to an anchor holds at that time, and the key may sign. Revocation is reported apart. */
  readonly trusted: boolean;
  readonly revocation: RevocationStatus;
  readonly reasons: readonly ReasonCode[];
  /** From the certificate to its anchor. */
  readonly chain: readonly X509Certificate[];
}

/**
 * Judges a signer's certificate before it signs or signs in (TT 15/2025, Điều 5.1 and PL II). Never throws for what the
 * certificate or the network says; "good" needs `trusted` and `revocation === 'good'`.
 */
export async function validateCertificate(
  certificate: X509Certificate,
  options: TrustOptions,
): Promise<CertificateValidation> {
  try {
    const trust = readTrust(options);
    const judgement = await judgeCertificate(
      {
        certificate: readCertificate(certificate),
        purpose: 'signing',
        at: trust.time,
        proven: false,
        certificates: [],
        revocation: { crls: [], ocsps: [] },
      },
      trust,
    );
    return { ...judgement, chain: judgement.chain.map(({ x509 }) => x509) };
  } catch (error) {
    if (!(error instanceof MalformedAsn1)) throw error;
    return { trusted: false, revocation: 'notChecked', reasons: ['chain-invalid'], chain: [certificate] };
  }
}
