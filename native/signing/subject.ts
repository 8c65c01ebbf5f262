import type { X509Certificate } from 'node:crypto';

/** The certificate's common name, else its whole subject on one line. */
export function commonName(certificate: X509Certificate): string {
  const [name] = namesIn(certificate, 'CN');
  return name ?? certificate.subject.replaceAll('\n', ', ');
}

/** The organisations that a certificate's holder belongs to, the nearest first: units (OU), then the organisation (O). */
export function organisationsOf(certificate: X509Certificate): string[] {
  return [...namesIn(certificate, 'OU'), ...namesIn(certificate, 'O')];
}

type Subject = ReturnType<X509Certificate['toLegacyObject']>['subject'];

/** A batch asks for the names of one certificate again and again, and each time it would be taken apart whole. */
const subjects = new WeakMap<X509Certificate, Subject>();

/** Not from `certificate.subject`, which escapes commas and other characters of the names. */
function namesIn(certificate: X509Certificate, attribute: 'CN' | 'OU' | 'O'): string[] {
  const subject = subjects.get(certificate) ?? certificate.toLegacyObject().subject;
  subjects.set(certificate, subject);
  const value: unknown = subject[attribute];
  const values: unknown[] = Array.isArray(value) ? value : [value];
  return values.filter((item) => typeof item === 'string');
}
