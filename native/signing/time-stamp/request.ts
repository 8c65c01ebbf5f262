import { randomBytes } from 'node:crypto';
import { encode, integer, objectIdentifier, octetString, sequence } from '../../asn1/der.ts';
import type { DigestAlgorithm } from '../signer.ts';

const digestOid: Record<DigestAlgorithm, string> = {
  sha256: '2.16.840.1.101.3.4.2.1',
  sha384: '2.16.840.1.101.3.4.2.2',
  sha512: '2.16.840.1.101.3.4.2.3',
};

/** What is to be stamped: its digest, which is all that the authority ever sees of it. */
export interface Imprint {
  readonly algorithm: DigestAlgorithm;
  readonly digest: Uint8Array;
}

export interface StampRequest {
  /** TimeStampReq in DER. */
  readonly bytes: Uint8Array;
  readonly imprint: Imprint;
  /** Upper-case hexadecimal without leading zeros. */
  readonly nonce: string;
}

/**
 * A request (RFC 3161, 2.4.1) with a nonce, so that an old answer can't be sent again, and for the authority's
 * certificates. Eight octets of nonce: some authorities keep it in a 64-bit number.
 */
export function writeRequest(imprint: Imprint): StampRequest {
  const nonce = randomBytes(8);
  // Positive, and in as few octets as DER demands.
  nonce[0] = ((nonce[0] ?? 0) & 0x3f) | 0x40;
  const bytes = sequence(
    integer(1),
    sequence(sequence(objectIdentifier(digestOid[imprint.algorithm])), octetString(imprint.digest)),
    encode(0x02, nonce),
    encode(0x01, Uint8Array.of(0xff)),
  );
  return { bytes, imprint, nonce: nonce.toString('hex').toUpperCase() };
}
