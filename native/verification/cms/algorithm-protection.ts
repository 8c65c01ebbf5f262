import { encode } from '../../asn1/der.ts';
import { MalformedAsn1, readWhole, tag } from '../../asn1/element.ts';
import {
  type HashName,
  hashAlgorithm,
  type SignatureAlgorithm,
  signatureAlgorithm,
} from '../signature-algorithm.ts';
import { type SignedAttributes, singleValue } from './signed-data.ts';

const algorithmProtection = '1.2.840.113549.1.9.52';

/**
 * Whether the algorithms that the signer named under its signature (CMSAlgorithmProtection, RFC 6211) are those that stand beside
 * it, where anybody could have put others; true where the signer named none. What counts is what is meant, not how it is
 * spelled: absent parameters and NULL are one. Throws MalformedAsn1.
 */
export function namesTheseAlgorithms(
  { values }: SignedAttributes,
  hash: HashName,
  algorithm: SignatureAlgorithm,
): boolean {
  const value = singleValue(values, algorithmProtection);
  if (!value) return true;
  const [digest, named, surplus] = value.sequence();
  // Exactly one of signatureAlgorithm [1] and macAlgorithm [2]; the latter belongs to other messages.
  if (!digest || named?.tag !== 0xa1 || surplus) throw new MalformedAsn1('algorithm protection');
  const own = signatureAlgorithm(readWhole(encode(tag.sequence, named.content)), hash);
  return (
    hashAlgorithm(digest) === hash &&
    own?.scheme === algorithm.scheme &&
    own.hash === algorithm.hash &&
    own.mask?.hash === algorithm.mask?.hash &&
    own.mask?.saltLength === algorithm.mask?.saltLength
  );
}
