import { shown } from '../shown.ts';
import type { Certificate } from './certificate.ts';
import { displayName, namePart } from './name.ts';

/** What tells a certificate to a person; names are cleaned and cut, dates in ISO 8601, the serial number in upper-case hexadecimal. */
export interface CertificateDescription {
  readonly subject: string;
  readonly organisation: string;
  readonly issuer: string;
  readonly serial: string;
  readonly notBefore: string;
  readonly notAfter: string;
}

export function describe({ subject, issuer, serial, ...rest }: Certificate): CertificateDescription {
  return {
    subject: shown(displayName(subject)),
    organisation: shown(namePart(subject, 'O')),
    issuer: shown(displayName(issuer)),
    serial,
    notBefore: rest.notBefore.toISOString(),
    notAfter: rest.notAfter.toISOString(),
  };
}
