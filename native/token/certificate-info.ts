import { X509Certificate } from 'node:crypto';
import { holderOf, type SubjectName } from '../../contract/holder.ts';
import { type CertificateInfo, certificateInfo } from '../../contract/token.ts';
import { readCertificateParts } from './certificate-parts.ts';
import { cleanText } from './token-text.ts';

const curveBits: Readonly<Record<string, number>> = { prime256v1: 256, secp384r1: 384, secp521r1: 521 };

type KeyFacts = Pick<CertificateInfo, 'keyType' | 'keyBits'>;

function keyFacts(certificate: X509Certificate): KeyFacts {
  try {
    const { asymmetricKeyType, asymmetricKeyDetails } = certificate.publicKey;
    if (asymmetricKeyType === 'rsa') {
      return { keyType: 'RSA', keyBits: asymmetricKeyDetails?.modulusLength ?? 0 };
    }
    if (asymmetricKeyType === 'ec') {
      return { keyType: 'EC', keyBits: curveBits[asymmetricKeyDetails?.namedCurve ?? ''] ?? 0 };
    }
  } catch {
    // A key of a kind that OpenSSL doesn't know: shown, but not usable.
  }
  return { keyType: 'unknown', keyBits: 0 };
}

function first(name: SubjectName, attribute: string): string {
  const value = name[attribute];
  return cleanText((typeof value === 'string' ? value : value?.[0]) ?? '');
}

/** The name that a person would use; for a certificate without a common name, all of the distinguished name. */
function displayName(name: SubjectName, whole: string): string {
  return first(name, 'CN') || cleanText(whole.replaceAll('\n', ', '));
}

/**
 * What a certificate from a token says, as the contract has it; null where it can't be read. `id` is the CKA_ID in
 * hexadecimal. The certificate is the token's word: whether to trust it is decided elsewhere.
 */
export function describeCertificate(
  id: string,
  der: Uint8Array,
  hasPrivateKey: boolean,
): CertificateInfo | null {
  try {
    const certificate = new X509Certificate(der);
    const { subject, issuer, permitsSigning } = readCertificateParts(der);
    const key = keyFacts(certificate);
    const usable = key.keyType !== 'unknown' && key.keyBits > 0 && !certificate.ca;
    const described = certificateInfo.safeParse({
      id,
      subject: displayName(subject, certificate.subject),
      organisation: first(subject, 'O'),
      holder: holderOf(subject),
      serial: certificate.serialNumber,
      issuer: displayName(issuer, certificate.issuer),
      notBefore: certificate.validFromDate.toISOString(),
      notAfter: certificate.validToDate.toISOString(),
      ...key,
      canSign: usable && permitsSigning,
      hasPrivateKey,
    });
    return described.success ? described.data : null;
  } catch {
    // Not X.509, or dates that no calendar has: nothing here that a person could choose.
    return null;
  }
}
