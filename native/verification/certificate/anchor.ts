import type { X509Certificate } from 'node:crypto';
import { isSignatureOf, isWeakKey } from '../signature-algorithm.ts';
import { readBundle } from './bundle.ts';
import { type Certificate, isSelfIssued, readCertificate } from './certificate.ts';
import { type CertificateDescription, describe } from './description.ts';
import { keyUsageBit } from './extensions.ts';

/** What tells an anchor to a person. */
export interface AnchorFacts extends CertificateDescription {
  /** By `fingerprintOf`. */
  readonly fingerprint: string;
  readonly isRoot: boolean;
}

/** The certificates of a file or an answer: DER, PEM (one or more), or PKCS#7 without signatures. Empty where there is none. */
export function readAnchors(bytes: Uint8Array): X509Certificate[] {
  return readBundle(bytes).map(({ x509 }) => x509);
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
  const { fingerprint } = certificate;
  return { fingerprint, ...describe(certificate), isRoot: isRoot(certificate) };
}

function isRoot(certificate: Certificate): boolean {
  if (!isSelfIssued(certificate)) return false;
  const { signatureAlgorithm: algorithm } = certificate;
  return (
    algorithm !== null &&
    isSignatureOf(algorithm, certificate.publicKey, certificate.toBeSigned, certificate.signature)
  );
}
