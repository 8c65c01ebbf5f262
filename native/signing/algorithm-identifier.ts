import type { X509Certificate } from 'node:crypto';
import { AppError } from '../../contract/failure.ts';
import { type Der, integer, nullValue, objectIdentifier, sequence, tagged } from '../asn1/der.ts';
import { type DigestAlgorithm, digestLength, type SignatureScheme } from './signer.ts';

const digestOid: Record<DigestAlgorithm, Der> = {
  sha256: objectIdentifier('2.16.840.1.101.3.4.2.1'),
  sha384: objectIdentifier('2.16.840.1.101.3.4.2.2'),
  sha512: objectIdentifier('2.16.840.1.101.3.4.2.3'),
};

const ecdsaOid: Record<DigestAlgorithm, Der> = {
  sha256: objectIdentifier('1.2.840.10045.4.3.2'),
  sha384: objectIdentifier('1.2.840.10045.4.3.3'),
  sha512: objectIdentifier('1.2.840.10045.4.3.4'),
};

const rsaEncryption = objectIdentifier('1.2.840.113549.1.1.1');
const rsassaPss = objectIdentifier('1.2.840.113549.1.1.10');
const mgf1 = objectIdentifier('1.2.840.113549.1.1.8');

/** A digest as CMS names it: without parameters (RFC 5754, 2). */
export function digestAlgorithmIdentifier(algorithm: DigestAlgorithm): Der {
  return sequence(digestOid[algorithm]);
}

/**
 * How a signature by this certificate's key was made. Throws `mechanism-unsupported` for a kind of key that isn't known here.
 */
export function signatureAlgorithmIdentifier(
  certificate: X509Certificate,
  algorithm: DigestAlgorithm,
  scheme: SignatureScheme,
): Der {
  const type = certificate.publicKey.asymmetricKeyType;
  if (type === 'ec') return sequence(ecdsaOid[algorithm]);
  if (type === 'rsa' && scheme === 'pss') return pssIdentifier(algorithm);
  // RFC 3370, 3.2: RSA's parameters must be an explicit NULL; verifiers in the field insist.
  if (type === 'rsa') return sequence(rsaEncryption, nullValue());
  throw new AppError('mechanism-unsupported', { mechanism: String(type) });
}

/**
 * RSASSA-PSS-params (RFC 4055, 3.1), every one but the trailer spelled out: the defaults mean SHA-1. Inside them the digest has
 * the explicit NULL of RFC 4055, 2.1.
 */
function pssIdentifier(algorithm: DigestAlgorithm): Der {
  const digest = sequence(digestOid[algorithm], nullValue());
  const parameters = sequence(
    tagged(0, digest),
    tagged(1, sequence(mgf1, digest)),
    tagged(2, integer(digestLength[algorithm])),
  );
  return sequence(rsassaPss, parameters);
}
