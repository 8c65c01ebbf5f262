import { createHash, type X509Certificate } from 'node:crypto';
import { AppError } from '../../contract/failure.ts';
import {
  children,
  type Der,
  element,
  integer,
  nullValue,
  objectIdentifier,
  octetString,
  readElement,
  sequence,
  setOf,
  tagged,
} from './der.ts';
import type { DigestAlgorithm } from './signer.ts';

const oid = {
  data: '1.2.840.113549.1.7.1',
  signedData: '1.2.840.113549.1.7.2',
  contentType: '1.2.840.113549.1.9.3',
  messageDigest: '1.2.840.113549.1.9.4',
  signingCertificateV2: '1.2.840.113549.1.9.16.2.47',
  rsaEncryption: '1.2.840.113549.1.1.1',
} as const;

const digestOid: Record<DigestAlgorithm, string> = {
  sha256: '2.16.840.1.101.3.4.2.1',
  sha384: '2.16.840.1.101.3.4.2.2',
  sha512: '2.16.840.1.101.3.4.2.3',
};

const ecdsaOid: Record<DigestAlgorithm, string> = {
  sha256: '1.2.840.10045.4.3.2',
  sha384: '1.2.840.10045.4.3.3',
  sha512: '1.2.840.10045.4.3.4',
};

/** What a CMS signature is made over and with; see EN 319 142-1, 6.3 for what PAdES asks of it. */
export interface SignedDataInput {
  readonly certificate: X509Certificate;
  readonly chain: readonly X509Certificate[];
  readonly digestAlgorithm: DigestAlgorithm;
  /** Digest of the PDF's byte ranges. */
  readonly messageDigest: Uint8Array;
}

function digestAlgorithmIdentifier(algorithm: DigestAlgorithm): Der {
  return sequence(objectIdentifier(digestOid[algorithm]));
}

function signatureAlgorithmIdentifier(certificate: X509Certificate, algorithm: DigestAlgorithm): Der {
  const type = certificate.publicKey.asymmetricKeyType;
  // RFC 3370, 3.2: RSA's parameters must be an explicit NULL; verifiers in the field insist.
  if (type === 'rsa') return sequence(objectIdentifier(oid.rsaEncryption), nullValue());
  if (type === 'ec') return sequence(objectIdentifier(ecdsaOid[algorithm]));
  throw new AppError('mechanism-unsupported', { mechanism: String(type) });
}

function attribute(type: string, value: Der): Der {
  return sequence(objectIdentifier(type), setOf(value));
}

/** Issuer name and serial number, as the certificate encodes them. */
function issuerAndSerial(certificate: X509Certificate): Der {
  const [body] = children(readElement(certificate.raw));
  if (!body) throw new AppError('input-invalid', { field: 'certificate' });
  const fields = children(body);
  // TBSCertificate (RFC 5280, 4.1): [0] version, when there, comes before serial, algorithm and issuer.
  const start = fields[0]?.tag === 0xa0 ? 1 : 0;
  const serial = fields[start];
  const issuer = fields[start + 2];
  if (!serial || !issuer) throw new AppError('input-invalid', { field: 'certificate' });
  return sequence(issuer.whole, serial.whole);
}

/** ESSCertIDv2 (RFC 5035): binds the signature to this very certificate. SHA-256 is its default, so left out. */
function signingCertificateV2(certificate: X509Certificate): Der {
  const hash = createHash('sha256').update(certificate.raw).digest();
  return sequence(sequence(sequence(octetString(hash))));
}

/**
 * The attributes that are signed, as SET OF. No signing-time: in PAdES the claimed time is the signature dictionary's /M
 * (EN 319 142-1, 6.3).
 */
export function signedAttributes({ certificate, messageDigest }: SignedDataInput): Der {
  return setOf(
    attribute(oid.contentType, objectIdentifier(oid.data)),
    attribute(oid.messageDigest, octetString(messageDigest)),
    attribute(oid.signingCertificateV2, signingCertificateV2(certificate)),
  );
}

/** A detached CMS SignedData (RFC 5652, 5) in DER: one signer, its certificate and its issuers'. */
export function encodeSignedData(input: SignedDataInput, attributes: Der, signature: Uint8Array): Der {
  const { certificate, chain, digestAlgorithm } = input;
  const signerInfo = sequence(
    integer(1),
    issuerAndSerial(certificate),
    digestAlgorithmIdentifier(digestAlgorithm),
    // The same bytes as were signed, but for their tag: IMPLICIT [0] instead of SET (RFC 5652, 5.4).
    element(0xa0, readElement(attributes).content),
    signatureAlgorithmIdentifier(certificate, digestAlgorithm),
    octetString(signature),
  );
  const signedData = sequence(
    integer(1),
    setOf(digestAlgorithmIdentifier(digestAlgorithm)),
    sequence(objectIdentifier(oid.data)),
    // IMPLICIT SET OF: sorted like any other in DER.
    element(0xa0, readElement(setOf(certificate.raw, ...chain.map((issuer) => issuer.raw))).content),
    setOf(signerInfo),
  );
  return sequence(objectIdentifier(oid.signedData), tagged(0, signedData));
}

/** Room for a signature value by this key, in bytes: RSA's modulus, or ECDSA's DER SEQUENCE at its longest. */
export function signatureLength(certificate: X509Certificate): number {
  const { asymmetricKeyType, asymmetricKeyDetails } = certificate.publicKey;
  if (asymmetricKeyType === 'rsa') return Math.ceil((asymmetricKeyDetails?.modulusLength ?? 4096) / 8);
  return 2 * (66 + 3) + 4;
}
