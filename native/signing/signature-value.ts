import { AppError } from '../../contract/failure.ts';
import { schemeOf } from './mechanism.ts';
import { isSignedBy } from './signature-check.ts';
import { signedAttributes } from './signed-attributes.ts';
import { encodeSignedData } from './signed-data.ts';
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
  const { certificate, chain } = signer;
  const scheme = schemeOf(signer);
  const input = { certificate, chain, digestAlgorithm, scheme, messageDigest };
  const attributes = signedAttributes(input);
  const value = await signer.sign(digestAlgorithm, attributes);
  if (!isSignedBy(certificate, { data: attributes, algorithm: digestAlgorithm, scheme }, value))
    throw new AppError('signature-mismatch');
  return encodeSignedData(input, attributes, value);
}
