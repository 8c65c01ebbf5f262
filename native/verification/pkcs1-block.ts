import { constants, type KeyObject, publicDecrypt } from 'node:crypto';
import { objectIdentifier, octetString, sequence } from '../asn1/der.ts';

/**
 * Whether an RSASSA-PKCS1-v1_5 signature holds a digest whose DigestInfo leaves the algorithm's NULL out, as smart-card
 * services behind iText 5 write it (`302f300b 0609…`). RFC 8017, 9.2 and B.1 have verifiers accept it; OpenSSL doesn't.
 * The block is made and compared whole, byte for byte, never parsed: a reader of DigestInfo that skips padding or puts
 * up with bytes behind the hash lets anybody sign for a key with a small exponent (Bleichenbacher, 2006).
 * `hash`: the algorithm's object identifier. False, never an error, for keys of another kind and lengths that aren't
 * the modulus'.
 */
export function holdsBareDigestInfo(
  key: KeyObject,
  hash: string,
  digest: Uint8Array,
  signature: Uint8Array,
): boolean {
  if (key.asymmetricKeyType !== 'rsa') return false;
  const length = Math.ceil((key.asymmetricKeyDetails?.modulusLength ?? 0) / 8);
  if (signature.length !== length) return false;
  const info = sequence(sequence(objectIdentifier(hash)), octetString(digest));
  // At least eight bytes of padding (RFC 8017, 9.2, step 3).
  if (info.length + 11 > length) return false;
  const block = Buffer.concat([
    Buffer.of(0x00, 0x01),
    Buffer.alloc(length - info.length - 3, 0xff),
    Buffer.of(0x00),
    info,
  ]);
  try {
    return publicDecrypt({ key, padding: constants.RSA_NO_PADDING }, signature).equals(block);
  } catch {
    // A number that isn't below the modulus is no signature of this key.
    return false;
  }
}
