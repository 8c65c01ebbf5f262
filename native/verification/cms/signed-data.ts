import { type Asn1, MalformedAsn1, tag } from '../../asn1/element.ts';
import { implicitOctetString, integerHex, octetString, oid } from '../../asn1/value.ts';
import { type Certificate, readCertificates } from '../certificate/certificate.ts';
import { nameKey } from '../certificate/name.ts';

/** CMS SignedData (RFC 5652, 5), as PDF signatures and time stamps use it: exactly one signer. */

export const contentType = {
  data: '1.2.840.113549.1.7.1',
  signedData: '1.2.840.113549.1.7.2',
  timeStampInfo: '1.2.840.113549.1.9.16.1.4',
} as const;

const id = {
  revocationArchive: '1.2.840.113583.1.1.8',
  otherOcspResponse: '1.3.6.1.5.5.7.16.2',
} as const;

/** One certificate chain needs a handful; a hostile bag must not cost a thousand parses. */
const maxCertificates = 64;
const maxRevocationValues = 64;

export interface SignerInfo {
  readonly identifier: SignerIdentifier;
  readonly digestAlgorithm: Asn1;
  readonly signatureAlgorithm: Asn1;
  readonly signature: Uint8Array;
  /** Null where the signature stands over the content itself. */
  readonly signedAttributes: SignedAttributes | null;
  readonly unsignedAttributes: Attributes;
}

export type SignerIdentifier =
  | { readonly kind: 'issuer'; readonly issuerKey: string; readonly serial: string }
  | { readonly kind: 'key'; readonly keyId: string };

/** Attribute values by type. */
export type Attributes = ReadonlyMap<string, readonly Asn1[]>;

export interface SignedAttributes {
  readonly values: Attributes;
  readonly element: Asn1;
}

/** Certificate status that travels with a signature; used only after it has been checked like any other. */
export interface RevocationValues {
  readonly crls: readonly Uint8Array[];
  readonly ocsps: readonly Uint8Array[];
}

export interface SignedData {
  readonly contentType: string;
  /** Encapsulated content; null where the signature is detached. */
  readonly content: Uint8Array | null;
  readonly certificates: readonly Certificate[];
  readonly revocation: RevocationValues;
  readonly signer: SignerInfo;
}

/** Reads a ContentInfo that holds SignedData. Throws MalformedAsn1, also where there is no or more than one signer. */
export function readSignedData(contentInfo: Asn1): SignedData {
  const [type, wrapper] = contentInfo.sequence();
  if (!type || oid(type) !== contentType.signedData || wrapper?.tag !== 0xa0) throw new MalformedAsn1('CMS');
  const signedData = wrapper.children()[0];
  const [version, digestAlgorithms, encapsulated, ...rest] = signedData?.sequence() ?? [];
  const signers = rest.pop();
  if (version?.tag !== tag.integer || digestAlgorithms?.tag !== tag.set || !encapsulated || !signers) {
    throw new MalformedAsn1('CMS');
  }
  if (rest.some((part) => part.tag !== 0xa0 && part.tag !== 0xa1)) throw new MalformedAsn1('CMS');
  const [signer, ...others] = signers.expect(tag.set).children();
  // A second signer would make "who signed this?" ambiguous (ISO 32000-2, 12.8.3.3.1: a single signer). PoDoFo writes the only one
  // twice, byte for byte: whichever a reader takes, it is the same.
  const isOther = (one: Asn1) => !signer || Buffer.compare(one.bytes, signer.bytes) !== 0;
  if (!signer || others.some(isOther)) throw new MalformedAsn1('not exactly one signer');
  const [innerType, innerContent] = encapsulated.sequence();
  if (!innerType) throw new MalformedAsn1('CMS');
  const content = innerContent?.children()[0];
  const signerInfo = readSigner(signer);
  return {
    contentType: oid(innerType),
    content: content ? octetString(content) : null,
    certificates: readBag(rest.find((part) => part.tag === 0xa0)),
    revocation: readRevocation(
      rest.find((part) => part.tag === 0xa1),
      signerInfo,
    ),
    signer: signerInfo,
  };
}

function readBag(bag: Asn1 | undefined): Certificate[] {
  const elements = bag?.children().filter((part) => part.tag === tag.sequence) ?? [];
  return readCertificates(elements.slice(0, maxCertificates).map((element) => element.bytes));
}

function readSigner(signer: Asn1): SignerInfo {
  const fields = signer.sequence();
  const [version, identifier, digestAlgorithm, ...rest] = fields;
  if (version?.tag !== tag.integer || !identifier || !digestAlgorithm) throw new MalformedAsn1('signer');
  const signed = rest[0]?.tag === 0xa0 ? rest.shift() : undefined;
  const [signatureAlgorithm, signature, unsigned, surplus] = rest;
  if (!signatureAlgorithm || !signature || surplus || (unsigned && unsigned.tag !== 0xa1)) {
    throw new MalformedAsn1('signer');
  }
  return {
    identifier: readIdentifier(identifier),
    digestAlgorithm,
    signatureAlgorithm,
    signature: octetString(signature),
    signedAttributes: signed ? { values: readSignedAttributes(signed), element: signed } : null,
    unsignedAttributes: unsigned ? readAttributes(unsigned) : new Map(),
  };
}

function readIdentifier(element: Asn1): SignerIdentifier {
  if ((element.tag & 0xdf) === 0x80) {
    return { kind: 'key', keyId: Buffer.from(implicitOctetString(element)).toString('hex') };
  }
  const [issuer, serial] = element.sequence();
  if (!issuer || !serial) throw new MalformedAsn1('signer');
  return { kind: 'issuer', issuerKey: nameKey(issuer), serial: integerHex(serial) };
}

/** Each type once (RFC 5652, 5.3): a doubled attribute would let two readers see two different values. */
function readSignedAttributes(element: Asn1): Attributes {
  const attributes = readAttributes(element);
  if (attributes.size !== element.children().length) throw new MalformedAsn1('attribute given twice');
  return attributes;
}

/** A type that comes several times, as stamps by several authorities do (EN 319 122-1, 5.3), has the values of all. */
function readAttributes(element: Asn1): Attributes {
  const attributes = new Map<string, Asn1[]>();
  for (const attribute of element.children()) {
    const [type, values] = attribute.sequence();
    if (!type || !values) throw new MalformedAsn1('attribute');
    const name = oid(type);
    const own = attributes.get(name) ?? [];
    attributes.set(name, own);
    for (const value of values.expect(tag.set).elements()) own.push(value);
  }
  return attributes;
}

/** What the `crls` field and Adobe's archive attribute bring along. */
function readRevocation(field: Asn1 | undefined, signer: SignerInfo): RevocationValues {
  const crls: Uint8Array[] = [];
  const ocsps: Uint8Array[] = [];
  for (const choice of field?.children() ?? []) {
    if (choice.tag === tag.sequence) crls.push(choice.bytes);
    else if (choice.tag === 0xa1) {
      const [type, value] = choice.children();
      if (type && value && oid(type) === id.otherOcspResponse) ocsps.push(value.bytes);
    }
  }
  const archive = signer.signedAttributes?.values.get(id.revocationArchive)?.[0];
  for (const part of archive?.sequence() ?? []) {
    const target = part.tag === 0xa0 ? crls : part.tag === 0xa1 ? ocsps : null;
    for (const value of part.children()[0]?.sequence() ?? []) target?.push(value.bytes);
  }
  return { crls: crls.slice(0, maxRevocationValues), ocsps: ocsps.slice(0, maxRevocationValues) };
}

/** The certificates that the signer may mean, among those at hand: several, where a key was certified anew. */
export function findSigners(
  identifier: SignerIdentifier,
  certificates: readonly Certificate[],
): Certificate[] {
  return certificates.filter((certificate) =>
    identifier.kind === 'key'
      ? certificate.subjectKeyId === identifier.keyId
      : certificate.serial === identifier.serial && certificate.issuerKey === identifier.issuerKey,
  );
}

/** The one value of an attribute that must have exactly one. */
export function singleValue(attributes: Attributes, type: string): Asn1 | undefined {
  const values = attributes.get(type);
  if (values && values.length !== 1) throw new MalformedAsn1('attribute with several values');
  return values?.[0];
}
