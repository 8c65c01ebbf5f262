import { schemeOf, signatureLength } from './mechanism.ts';
import { signedAttributes } from './signed-attributes.ts';
import { encodeSignedData } from './signed-data.ts';
import { type DigestAlgorithm, digestLength, type Signer } from './signer.ts';

/** A time stamp with its chain, to be put in later: the government's service embeds two certificates. */
const timeStampRoom = 8192;

/**
 * Bytes for the CMS and a time stamp in it. Everything but the signature value is known beforehand, and that one's length is:
 * so the first layout is the right one, and no token is asked twice.
 */
export function contentsRoom(signer: Omit<Signer, 'sign'>, digestAlgorithm: DigestAlgorithm): number {
  const { certificate, chain } = signer;
  const messageDigest = new Uint8Array(digestLength[digestAlgorithm]);
  const input = { certificate, chain, digestAlgorithm, scheme: schemeOf(signer), messageDigest };
  const longest = new Uint8Array(signatureLength(certificate));
  return encodeSignedData(input, signedAttributes(input), longest).length + timeStampRoom;
}
