import { createHash, type X509Certificate } from 'node:crypto';
import { type Der, encode, objectIdentifier, octetString, sequence, setOf } from '../asn1/der.ts';
import { readWhole } from '../asn1/element.ts';
import { digestAlgorithmIdentifier, signatureAlgorithmIdentifier } from './algorithm-identifier.ts';
import type { SignedDataInput } from './signed-data.ts';
import type { DigestAlgorithm } from './signer.ts';

const oid = {
  data: objectIdentifier('1.2.840.113549.1.7.1'),
  contentType: objectIdentifier('1.2.840.113549.1.9.3'),
  messageDigest: objectIdentifier('1.2.840.113549.1.9.4'),
  algorithmProtection: objectIdentifier('1.2.840.113549.1.9.52'),
  signingCertificateV2: objectIdentifier('1.2.840.113549.1.9.16.2.47'),
} as const;

/**
 * The attributes that are signed, as SET OF (RFC 5652, 11; EN 319 142-1, 6.3). No signing-time: in PAdES the claimed time is
 * the signature dictionary's /M.
 */
export function signedAttributes(input: SignedDataInput): Der {
  const { certificate, digestAlgorithm, messageDigest } = input;
  return setOf(
    attribute(oid.contentType, oid.data),
    attribute(oid.messageDigest, octetString(messageDigest)),
    attribute(oid.signingCertificateV2, signingCertificateV2(certificate, digestAlgorithm)),
    attribute(oid.algorithmProtection, algorithmProtection(input)),
  );
}

function attribute(type: Der, value: Der): Der {
  return sequence(type, setOf(value));
}

/**
 * SigningCertificateV2 (RFC 5035, 3): binds the signature to this very certificate, by the digest that signs, so that the
 * weakest link isn't here. SHA-256 is ESSCertIDv2's default and left out, as DER wants it. No issuerSerial: EN 319 122-1,
 * 6.3 g asks for none, since SignerInfo names issuer and serial already.
 */
function signingCertificateV2(certificate: X509Certificate, algorithm: DigestAlgorithm): Der {
  const hash = octetString(createHash(algorithm).update(certificate.raw).digest());
  const named = algorithm === 'sha256' ? [] : [digestAlgorithmIdentifier(algorithm)];
  return sequence(sequence(sequence(...named, hash)));
}

/**
 * CMSAlgorithmProtection (RFC 6211; RFC 8933 asks signers for it): the algorithms once more, under the signature. SignerInfo
 * names them outside of it, where an attacker could put a weaker hash or other PSS parameters. Verifiers that don't know
 * the attribute pass over it.
 */
function algorithmProtection({ certificate, digestAlgorithm, scheme }: SignedDataInput): Der {
  const signature = signatureAlgorithmIdentifier(certificate, digestAlgorithm, scheme);
  return sequence(
    digestAlgorithmIdentifier(digestAlgorithm),
    // IMPLICIT [1]: the identifier's content under another tag.
    encode(0xa1, readWhole(signature).content),
  );
}
