import type { X509Certificate } from 'node:crypto';

/** The certificate's common name, else its whole subject on one line. */
export function commonName(certificate: X509Certificate): string {
  const line = certificate.subject.split('\n').find((part) => part.startsWith('CN='));
  return line?.slice(3) ?? certificate.subject.replaceAll('\n', ', ');
}
