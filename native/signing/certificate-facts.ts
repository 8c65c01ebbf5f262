import { X509Certificate } from 'node:crypto';
import { type Asn1, readWhole } from '../asn1/element.ts';
import { namedBits, octetString, oid, text } from '../asn1/value.ts';

/** What a template may ask of a certificate and Node doesn't tell (RFC 5280, 4.1). */

/** Attribute types by the names that a seed value may use (ISO 32000-2, table 238; RFC 4519), in small letters. */
const attributeTypes: Readonly<Record<string, string>> = {
  cn: '2.5.4.3',
  sn: '2.5.4.4',
  serialnumber: '2.5.4.5',
  c: '2.5.4.6',
  l: '2.5.4.7',
  st: '2.5.4.8',
  o: '2.5.4.10',
  ou: '2.5.4.11',
  t: '2.5.4.12',
  title: '2.5.4.12',
  gn: '2.5.4.42',
  uid: '0.9.2342.19200300.100.1.1',
  dc: '0.9.2342.19200300.100.1.25',
  e: '1.2.840.113549.1.9.1',
  email: '1.2.840.113549.1.9.1',
};

const keyUsageType = '2.5.29.15';
const policiesType = '2.5.29.32';
const keyUsageBits = 9;

/** TBSCertificate's fields from the serial number on: [0] version, when there, comes before. */
function fieldsOf(certificate: X509Certificate): Asn1[] {
  const fields = readWhole(certificate.raw).sequence()[0]?.sequence() ?? [];
  return fields[0]?.tag === 0xa0 ? fields.slice(1) : fields;
}

/** Whether the first part of `structure` is that identifier, as in an extension, a policy, an attribute. */
function isOf(type: string, [first]: readonly Asn1[]): boolean {
  return first !== undefined && oid(first) === type;
}

/** The DER inside an extension; null where the certificate hasn't got it. */
function extension(certificate: X509Certificate, type: string): Asn1 | null {
  const [list] = fieldsOf(certificate)
    .filter((field) => field.tag === 0xa3)
    .flatMap((field) => field.children());
  const found = list?.children().find((one) => isOf(type, one.sequence()));
  const value = found?.children().at(-1);
  return value ? readWhole(octetString(value)) : null;
}

/** KeyUsage as nine characters, digitalSignature first, `1` where set; null where the certificate doesn't say. */
export function keyUsageOf(certificate: X509Certificate): string | null {
  const usage = extension(certificate, keyUsageType);
  if (!usage) return null;
  const has = namedBits(usage);
  return Array.from({ length: keyUsageBits }, (_, bit) => (has(bit) ? '1' : '0')).join('');
}

/** Whether it was issued under that policy (RFC 5280, 4.2.1.4), given as "1.2.3"; false for what is no such number. */
export function hasPolicy(certificate: X509Certificate, policy: string): boolean {
  const policies = extension(certificate, policiesType);
  return policies?.sequence().some((one) => isOf(policy, one.sequence())) ?? false;
}

export interface SubjectAttribute {
  /** "2.5.4.3" for a common name. */
  readonly type: string;
  readonly value: string;
}

/** What its subject (RFC 5280, 4.1.2.6) holds that is text, in the certificate's order. */
export function subjectAttributes(certificate: X509Certificate): SubjectAttribute[] {
  const [, , , , subject] = fieldsOf(certificate);
  return (subject?.sequence().flatMap((set) => set.children()) ?? []).flatMap((attribute) => {
    const [type, value] = attribute.sequence();
    return type && value && !value.constructed ? [{ type: oid(type), value: text(value) }] : [];
  });
}

/**
 * Whether its subject has that attribute with that value. `name`: "CN", "2.5.4.3", …; false for one that isn't known.
 */
export function hasSubjectAttribute(certificate: X509Certificate, name: string, value: string): boolean {
  const type = attributeTypes[name.toLowerCase()] ?? name.replace(/^OID\./i, '');
  const [, , , , subject] = fieldsOf(certificate);
  const attributes = subject?.sequence().flatMap((set) => set.children()) ?? [];
  return attributes.some((attribute) => {
    const [own, said] = attribute.sequence();
    return own && said && oid(own) === type && text(said).normalize() === value.normalize();
  });
}

/** The certificate in that DER; null where it isn't one. */
export function readCertificate(der: Uint8Array): X509Certificate | null {
  try {
    return new X509Certificate(der);
  } catch {
    // Node says no more than that it can't be read.
    return null;
  }
}

/** Whether `issuer` signed that certificate. */
export function isIssuedBy(certificate: X509Certificate, issuer: X509Certificate): boolean {
  return certificate.checkIssued(issuer) && certificate.verify(issuer.publicKey);
}
