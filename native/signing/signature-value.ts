import { AppError } from '../../contract/failure.ts';
import { isSignedBy } from './signature-check.ts';
import { encodeSignedData, signedAttributes } from './signed-data.ts';
import type { DigestAlgorithm, Signer } from './signer.ts';

/**
 * Has a document's digest signed: the CMS for /Contents, in DER. This is the only step that waits for a token. What comes
 * back is checked against the certificate. Throws `signature-mismatch` and the signer's failures (`token-…`, `pin-…`).
 */
export async function signDigest(
  signer: Signer,
  digestAlgorithm: DigestAlgorithm,
  messageDigest: Uint8Array,
): Promise<Uint8Array> {
  const input = { certificate: signer.certificate, chain: signer.chain, digestAlgorithm, messageDigest };
  const attributes = signedAttributes(input);
  const value = await signer.sign(digestAlgorithm, attributes);
  if (!isSignedBy(signer.certificate, digestAlgorithm, attributes, value))
    throw new AppError('signature-mismatch');
  return encodeSignedData(input, attributes, value);
}
