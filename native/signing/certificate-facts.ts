import { X509Certificate } from 'node:crypto';
import { children, type DerNode, objectIdentifier, readElement } from './der.ts';

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

const keyUsageType = objectIdentifier('2.5.29.15');
const policiesType = objectIdentifier('2.5.29.32');
const keyUsageBits = 9;

/** TBSCertificate's fields from the serial number on: [0] version, when there, comes before. */
function fieldsOf(certificate: X509Certificate): DerNode[] {
  const [body] = children(readElement(certificate.raw));
  const fields = body ? children(body) : [];
  return fields[0]?.tag === 0xa0 ? fields.slice(1) : fields;
}

function isType(node: DerNode | undefined, type: Uint8Array): boolean {
  return node !== undefined && Buffer.compare(node.whole, type) === 0;
}

/** The DER inside an extension; null where the certificate hasn't got it. */
function extension(certificate: X509Certificate, type: Uint8Array): DerNode | null {
  const [list] = fieldsOf(certificate)
    .filter(({ tag }) => tag === 0xa3)
    .flatMap(children);
  const found = list && children(list).find((one) => isType(children(one)[0], type));
  const value = found && children(found).at(-1);
  return value ? readElement(value.content) : null;
}

/** KeyUsage as nine characters, digitalSignature first, `1` where set; null where the certificate doesn't say. */
export function keyUsageOf(certificate: X509Certificate): string | null {
  const bits = extension(certificate, keyUsageType);
  if (!bits) return null;
  const octets = [...bits.content.subarray(1)].map((octet) => octet.toString(2).padStart(8, '0'));
  return octets.join('').padEnd(keyUsageBits, '0').slice(0, keyUsageBits);
}

/** Whether it was issued under that policy (RFC 5280, 4.2.1.4), given as "1.2.3"; false for what is no such number. */
export function hasPolicy(certificate: X509Certificate, policy: string): boolean {
  const policies = extension(certificate, policiesType);
  if (!policies || !/^[0-2](\.\d+)+$/.test(policy)) return false;
  const type = objectIdentifier(policy);
  return children(policies).some((one) => isType(children(one)[0], type));
}

/** Whether its subject has that attribute with that value. `name`: "CN", "2.5.4.3", …; false for one that isn't known. */
export function hasSubjectAttribute(certificate: X509Certificate, name: string, value: string): boolean {
  const type = attributeTypes[name.toLowerCase()] ?? name.replace(/^OID\./i, '');
  if (!/^[0-2](\.\d+)+$/.test(type)) return false;
  const wanted = objectIdentifier(type);
  const [, , , , subject] = fieldsOf(certificate);
  const attributes = subject ? children(subject).flatMap(children).map(children) : [];
  return attributes.some(([own, text]) => isType(own, wanted) && text && textOf(text) === value.normalize());
}

/** UniversalString and BMPString by their width; T61String in practice is Latin-1; the others are UTF-8 or ASCII. */
function textOf({ tag, content }: DerNode): string {
  const bytes = Buffer.from(content);
  if (tag === 0x1e && bytes.length % 2 === 0) return bytes.swap16().toString('utf16le').normalize();
  return bytes.toString(tag === 0x14 ? 'latin1' : 'utf8').normalize();
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
