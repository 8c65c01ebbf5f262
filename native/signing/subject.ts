import type { X509Certificate } from 'node:crypto';

/** The certificate's common name, else its whole subject on one line. */
export function commonName(certificate: X509Certificate): string {
  // Not from `certificate.subject`, which escapes commas and other characters of the name.
  const name: unknown = certificate.toLegacyObject().subject.CN;
  const names: unknown[] = Array.isArray(name) ? name : [name];
  const first = names.find((value) => typeof value === 'string');
  return typeof first === 'string' ? first : certificate.subject.replaceAll('\n', ', ');
}
