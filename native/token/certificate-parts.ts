import { AppError } from '../../contract/failure.ts';
import type { SubjectName } from '../../contract/holder.ts';
import { type Asn1, MalformedAsn1, readWhole } from '../asn1/element.ts';
import { namedBits, octetString, oid, text } from '../asn1/value.ts';

/**
 * What Node's X509Certificate doesn't tell, or not safely, of a certificate's DER (RFC 5280, 4.1): its `toLegacyObject()`, the only
 * other way to a name's attributes, crashes the process where the public key can't be decoded.
 */
export interface CertificateParts {
  readonly subject: SubjectName;
  readonly issuer: SubjectName;
  /** Whether the key usage lets it sign documents. Without the extension everything is allowed. */
  readonly permitsSigning: boolean;
}

/** Short names of the attributes that anybody here asks for. */
const attributeNames: Readonly<Record<string, string>> = {
  '2.5.4.3': 'CN',
  '2.5.4.4': 'SN',
  '2.5.4.5': 'serialNumber',
  '2.5.4.10': 'O',
  '2.5.4.11': 'OU',
  '2.5.4.42': 'GN',
  '0.9.2342.19200300.100.1.1': 'UID',
};

const keyUsageId = '2.5.29.15';

/** RFC 5280, 4.2.1.3. */
const digitalSignature = 0;
const nonRepudiation = 1;

/** Name (RFC 5280, 4.1.2.4): a SEQUENCE of SETs of {type, value}. */
function readName(name: Asn1 | undefined): SubjectName {
  const attributes: Record<string, string[]> = {};
  for (const pair of name?.sequence().flatMap((set) => set.children()) ?? []) {
    const [type, value] = pair.sequence();
    const known = type && attributeNames[oid(type)];
    if (known === undefined || !value || value.constructed) continue;
    attributes[known] ??= [];
    attributes[known].push(text(value));
  }
  return attributes;
}

function permitsSigning(extensions: readonly Asn1[]): boolean {
  for (const extension of extensions) {
    const [id, ...rest] = extension.sequence();
    if (!id || oid(id) !== keyUsageId) continue;
    const value = rest.at(-1);
    if (!value) return false;
    const has = namedBits(readWhole(octetString(value)));
    return has(digitalSignature) || has(nonRepudiation);
  }
  return true;
}

/** @throws AppError `certificate-missing` where the DER isn't a certificate's */
export function readCertificateParts(der: Uint8Array): CertificateParts {
  try {
    return partsOf(readWhole(der));
  } catch (error) {
    if (error instanceof MalformedAsn1) throw new AppError('certificate-missing', {}, { cause: error });
    throw error;
  }
}

function partsOf(certificate: Asn1): CertificateParts {
  const fields = certificate.sequence()[0]?.sequence() ?? [];
  // [0] version is left out in version 1 certificates.
  if (fields[0]?.tag === 0xa0) fields.shift();
  const [, , issuer, , subject, , ...optional] = fields;
  const extensions = optional.find((field) => field.tag === 0xa3)?.children()[0];
  return {
    issuer: readName(issuer),
    subject: readName(subject),
    permitsSigning: permitsSigning(extensions?.sequence() ?? []),
  };
}
