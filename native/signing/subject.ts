import type { X509Certificate } from 'node:crypto';
import { type SubjectAttribute, subjectAttributes } from './certificate-facts.ts';

/** The certificate's common name, else its whole subject on one line. */
export function commonName(certificate: X509Certificate): string {
  const [name] = namesIn(certificate, 'CN');
  return name ?? certificate.subject.replaceAll('\n', ', ');
}

/**
 * The organisations that a certificate's holder belongs to, the nearest first: units (OU), then the organisation (O).
 */
export function organisationsOf(certificate: X509Certificate): string[] {
  return [...namesIn(certificate, 'OU'), ...namesIn(certificate, 'O')];
}

type Attribute = keyof typeof attributeTypes;
const attributeTypes = { CN: '2.5.4.3', OU: '2.5.4.11', O: '2.5.4.10' } as const;

/** A batch asks for the names of one certificate again and again, and each time it would be taken apart whole. */
const subjects = new WeakMap<X509Certificate, readonly SubjectAttribute[]>();

/**
 * Not from `certificate.subject`, which escapes commas and other characters of the names, nor from Node's
 * `toLegacyObject()`, which ends the process over a key on a curve without a NIST name (Brainpool, secp256k1).
 */
function namesIn(certificate: X509Certificate, attribute: Attribute): string[] {
  const subject = subjects.get(certificate) ?? subjectAttributes(certificate);
  subjects.set(certificate, subject);
  return subject.flatMap(({ type, value }) => (type === attributeTypes[attribute] ? [value] : []));
}
