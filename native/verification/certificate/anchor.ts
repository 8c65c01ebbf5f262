import { createHash, type X509Certificate } from 'node:crypto';
import { shown } from '../shown.ts';
import { isSignatureOf, isWeakKey } from '../signature-algorithm.ts';
import { readBundle } from './bundle.ts';
import { type Certificate, isSelfIssued, readCertificate } from './certificate.ts';
import { keyUsageBit } from './extensions.ts';
import { displayName, namePart } from './name.ts';

/** What tells an anchor to a person: dates in ISO 8601, the fingerprint in lower-case hexadecimal. */
export interface AnchorFacts {
  readonly fingerprint: string;
  readonly subject: string;
  readonly organisation: string;
  readonly issuer: string;
  readonly serial: string;
  readonly notBefore: string;
  readonly notAfter: string;
  readonly isRoot: boolean;
}

/** The certificates of a file or an answer: DER, PEM (one or more), or PKCS#7 without signatures. Empty where there is none. */
export function readAnchors(bytes: Uint8Array): X509Certificate[] {
  return readBundle(bytes).map(({ x509 }) => x509);
}

/** SHA-256 of a certificate's DER, lower-case hexadecimal. */
export function fingerprintOf({ raw }: X509Certificate): string {
  return createHash('sha256').update(raw).digest('hex');
}

/**
 * Why a certificate can't be trusted as an anchor, or null where it can: it must be an authority's (RFC 5280, 4.2.1.9; version
 * 1 roots have no way to say so), with a key that TT 15/2025, PL I still allows. Its own signature isn't looked at: whoever
 * adds it vouches for it, and so SHA-1 doesn't matter here. Throws MalformedAsn1.
 */
export function anchorFault(x509: X509Certificate): 'not-an-authority' | 'algorithm-weak' | null {
  const certificate = readCertificate(x509);
  const mayIssue = certificate.version3
    ? certificate.isAuthority && (certificate.keyUsage?.(keyUsageBit.certSign) ?? true)
    : isRoot(certificate);
  if (!mayIssue) return 'not-an-authority';
  return isWeakKey(certificate.publicKey) ? 'algorithm-weak' : null;
}

/** Throws MalformedAsn1. */
export function anchorFacts(x509: X509Certificate): AnchorFacts {
  const certificate = readCertificate(x509);
  return {
    fingerprint: fingerprintOf(x509),
    subject: shown(displayName(certificate.subject)),
    organisation: shown(namePart(certificate.subject, 'O')),
    issuer: shown(displayName(certificate.issuer)),
    serial: certificate.serial,
    notBefore: certificate.notBefore.toISOString(),
    notAfter: certificate.notAfter.toISOString(),
    isRoot: isRoot(certificate),
  };
}

function isRoot(certificate: Certificate): boolean {
  if (!isSelfIssued(certificate)) return false;
  const { signatureAlgorithm: algorithm } = certificate;
  return (
    algorithm !== null &&
    isSignatureOf(algorithm, certificate.publicKey, certificate.toBeSigned, certificate.signature)
  );
}
