import {
  BaseStringBlock,
  BitString,
  Constructed,
  fromBER,
  ObjectIdentifier,
  OctetString,
  Sequence,
} from 'asn1js';
import { AppError } from '../../contract/failure.ts';
import type { SubjectName } from '../../contract/holder.ts';

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

/** RFC 5280, 4.2.1.3: digitalSignature (0) or nonRepudiation (1), the two highest bits of the first octet. */
const signingBits = 0b1100_0000;

/** What a SEQUENCE, SET or tagged value holds; nothing for any other value. */
function within(block: unknown): readonly unknown[] {
  return block instanceof Constructed ? block.valueBlock.value : [];
}

function readName(name: unknown): SubjectName {
  const attributes: Record<string, string[]> = {};
  // Name is a SEQUENCE of SETs of {type, value}.
  for (const pair of within(name).flatMap(within)) {
    const [type, value] = within(pair);
    if (!(type instanceof ObjectIdentifier) || !(value instanceof BaseStringBlock)) continue;
    const known = attributeNames[type.getValue()];
    if (known === undefined) continue;
    attributes[known] ??= [];
    attributes[known].push(value.getValue());
  }
  return attributes;
}

function permitsSigning(extensions: readonly unknown[]): boolean {
  for (const extension of extensions) {
    const [id, ...rest] = within(extension);
    if (!(id instanceof ObjectIdentifier) || id.getValue() !== keyUsageId) continue;
    const value = rest.at(-1);
    if (!(value instanceof OctetString)) return false;
    const bits = fromBER(value.valueBlock.valueHexView).result;
    const [first = 0] = bits instanceof BitString ? bits.valueBlock.valueHexView : [];
    return (first & signingBits) !== 0;
  }
  return true;
}

/** @throws AppError `certificate-missing` where the DER isn't a certificate's */
export function readCertificateParts(der: Uint8Array): CertificateParts {
  const [toBeSigned] = within(fromBER(der).result);
  if (!(toBeSigned instanceof Sequence)) throw new AppError('certificate-missing');
  const fields = toBeSigned.valueBlock.value;
  // [0] version is left out in version 1 certificates.
  const start = fields[0]?.idBlock.tagClass === 3 ? 1 : 0;
  const tagged = fields.find(({ idBlock }) => idBlock.tagClass === 3 && idBlock.tagNumber === 3);
  return {
    issuer: readName(fields[start + 2]),
    subject: readName(fields[start + 4]),
    permitsSigning: permitsSigning(within(within(tagged)[0])),
  };
}
