import type { X509Certificate } from 'node:crypto';
import { AppError } from '../../contract/failure.ts';
import {
  type Der,
  encode,
  integer,
  objectIdentifier,
  octetString,
  sequence,
  setOf,
  tagged,
} from '../asn1/der.ts';
import { readWhole } from '../asn1/element.ts';
import { digestAlgorithmIdentifier, signatureAlgorithmIdentifier } from './algorithm-identifier.ts';
import type { DigestAlgorithm, SignatureScheme } from './signer.ts';

const oid = {
  data: objectIdentifier('1.2.840.113549.1.7.1'),
  signedData: objectIdentifier('1.2.840.113549.1.7.2'),
} as const;

/** What a CMS signature is made over and with; see EN 319 142-1, 6.3 for what PAdES asks of it. */
export interface SignedDataInput {
  readonly certificate: X509Certificate;
  readonly chain: readonly X509Certificate[];
  readonly digestAlgorithm: DigestAlgorithm;
  /** How RSA is padded; nothing to an elliptic curve. */
  readonly scheme: SignatureScheme;
  /** Digest of the PDF's byte ranges. */
  readonly messageDigest: Uint8Array;
}

/** Issuer name and serial number, as the certificate encodes them. */
function issuerAndSerial(certificate: X509Certificate): Der {
  const [body] = readWhole(certificate.raw).sequence();
  const fields = body?.sequence() ?? [];
  // TBSCertificate (RFC 5280, 4.1): [0] version, when there, comes before serial, algorithm and issuer.
  const start = fields[0]?.tag === 0xa0 ? 1 : 0;
  const serial = fields[start];
  const issuer = fields[start + 2];
  if (!serial || !issuer) throw new AppError('input-invalid', { field: 'certificate' });
  return sequence(issuer.bytes, serial.bytes);
}

/** A detached CMS SignedData (RFC 5652, 5) in DER: one signer, its certificate and its issuers'. */
export function encodeSignedData(input: SignedDataInput, attributes: Der, signature: Uint8Array): Der {
  const { certificate, chain, digestAlgorithm, scheme } = input;
  const signerInfo = sequence(
    integer(1),
    issuerAndSerial(certificate),
    digestAlgorithmIdentifier(digestAlgorithm),
    // The same bytes as were signed, but for their tag: IMPLICIT [0] instead of SET (RFC 5652, 5.4).
    encode(0xa0, readWhole(attributes).content),
    signatureAlgorithmIdentifier(certificate, digestAlgorithm, scheme),
    octetString(signature),
  );
  const signedData = sequence(
    integer(1),
    setOf(digestAlgorithmIdentifier(digestAlgorithm)),
    sequence(oid.data),
    // IMPLICIT SET OF: sorted like any other in DER.
    encode(0xa0, readWhole(setOf(certificate.raw, ...chain.map((issuer) => issuer.raw))).content),
    setOf(signerInfo),
  );
  return sequence(oid.signedData, tagged(0, signedData));
}
