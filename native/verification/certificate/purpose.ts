import type { Certificate } from './certificate.ts';
import { extendedUsage, keyUsageBit } from './extensions.ts';

/** What a certificate is judged for. */
export type Purpose = 'signing' | 'timeStamping';

/** Purposes that are never a document's signature; a certificate limited to them is used outside its scope. */
const foreignPurposes: ReadonlySet<string> = new Set([
  '1.3.6.1.5.5.7.3.1',
  '1.3.6.1.5.5.7.3.3',
  extendedUsage.timeStamping,
  extendedUsage.ocspSigning,
]);

function allowsSigning({ extendedKeyUsage }: Certificate): boolean {
  return extendedKeyUsage === null || extendedKeyUsage.some((usage) => !foreignPurposes.has(usage));
}

function hasSigningKey({ keyUsage }: Certificate): boolean {
  return keyUsage === null || keyUsage(keyUsageBit.digitalSignature) || keyUsage(keyUsageBit.nonRepudiation);
}

/** Whether the key may sign documents (RFC 5280, 4.2.1.3; TT 15/2025, PL II: "used within the permitted scope"). */
export function maySign(certificate: Certificate): boolean {
  return hasSigningKey(certificate) && allowsSigning(certificate);
}

/**
 * RFC 3161, 2.3: the key's only extended purpose is time stamping, and what it may do at all is sign (RFC 5280, 4.2.1.3). That the
 * purpose isn't marked critical is put up with: the mark is for programs that don't know the purpose, and misleads none that does.
 */
export function mayStamp(certificate: Certificate): boolean {
  const { extendedKeyUsage: purposes } = certificate;
  return purposes?.length === 1 && purposes[0] === extendedUsage.timeStamping && hasSigningKey(certificate);
}

/**
 * Whether an authority that names purposes named one that its certificates here serve. RFC 5280 leaves open what they say of those
 * below; whoever made an authority for web servers' certificates meant no officials', and OpenSSL and Windows read it so. Not asked of
 * authorities of time-stamp services: those programs don't ask it either, and the service's own certificate must say what it is for.
 */
export function mayIssueFor(authority: Certificate, purpose: Purpose): boolean {
  return purpose === 'timeStamping' || allowsSigning(authority);
}
