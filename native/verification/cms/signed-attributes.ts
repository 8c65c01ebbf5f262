import { createHash } from 'node:crypto';
import { encode, toDer } from '../../asn1/der.ts';
import { type Asn1, MalformedAsn1, tag } from '../../asn1/element.ts';
import { integerHex, octetString, oid, time } from '../../asn1/value.ts';
import type { Certificate } from '../certificate/certificate.ts';
import { type HashName, hashAlgorithm } from '../signature-algorithm.ts';
import { type SignedAttributes, singleValue } from './signed-data.ts';

const id = {
  contentType: '1.2.840.113549.1.9.3',
  messageDigest: '1.2.840.113549.1.9.4',
  signingTime: '1.2.840.113549.1.9.5',
  signingCertificate: '1.2.840.113549.1.9.16.2.12',
  signingCertificateV2: '1.2.840.113549.1.9.16.2.47',
} as const;

/** What a signer said, under its signature, besides the content. */
export interface SignedStatements {
  readonly contentType: string;
  readonly messageDigest: Uint8Array;
  readonly signingTime: Date | null;
  /** Whether the certificate named under the signature is the one given; null where none is named. */
  namesCertificate(certificate: Certificate): boolean | null;
}

/** RFC 5652, 11: content type and message digest must be there. Throws MalformedAsn1. */
export function readStatements({ values }: SignedAttributes): SignedStatements {
  const type = singleValue(values, id.contentType);
  const digest = singleValue(values, id.messageDigest);
  if (!type || !digest) throw new MalformedAsn1('signed attributes incomplete');
  const when = singleValue(values, id.signingTime);
  const v1 = singleValue(values, id.signingCertificate);
  const v2 = singleValue(values, id.signingCertificateV2);
  return {
    contentType: oid(type),
    messageDigest: octetString(digest),
    signingTime: when ? time(when) : null,
    namesCertificate: (certificate) =>
      v1 || v2
        ? (!v1 || isNamed(v1, certificate, 'sha1')) && (!v2 || isNamed(v2, certificate, 'sha256'))
        : null,
  };
}

/**
 * ESSCertID and ESSCertIDv2 (RFC 5035): the first entry is the signer's own certificate, by hash and, where given, by
 * serial number. Without this check another certificate for the same key could be put under an honest signature.
 */
function isNamed(attribute: Asn1, certificate: Certificate, byDefault: HashName): boolean {
  const first = attribute.sequence()[0]?.sequence()[0];
  const parts = first?.sequence() ?? [];
  const named = byDefault === 'sha256' && parts[0]?.tag === tag.sequence ? parts.shift() : undefined;
  const hash = named ? hashAlgorithm(named) : byDefault;
  const [certificateHash, issuerSerial] = parts;
  if (!certificateHash || !hash) return false;
  const expected = createHash(hash).update(certificate.x509.raw).digest();
  if (!expected.equals(octetString(certificateHash))) return false;
  const serial = issuerSerial?.sequence().at(-1);
  return !serial || integerHex(serial) === certificate.serial;
}

/**
 * The bytes that a signature over signed attributes stands over: their DER encoding as a SET, not the [0] that they are
 * stored under (RFC 5652, 5.4). Producers that neither sort nor use definite lengths exist, so what is stored is tried first.
 */
export function signedForms({ element }: SignedAttributes): Uint8Array[] {
  const der = toDer(element, tag.set);
  const stored = element.indefinite ? der : encode(tag.set, element.content);
  return Buffer.compare(stored, der) === 0 ? [stored] : [stored, der];
}
