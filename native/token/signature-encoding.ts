import { AppError } from '../../contract/failure.ts';
import type { DigestAlgorithm } from '../signing/signer.ts';

/** DER of DigestInfo up to the digest (RFC 8017, 9.2, note 1), with the explicit NULL that verifiers expect. */
const digestInfoPrefix: Readonly<Record<DigestAlgorithm, Buffer>> = {
  sha256: Buffer.from('3031300d060960864801650304020105000420', 'hex'),
  sha384: Buffer.from('3041300d060960864801650304020205000430', 'hex'),
  sha512: Buffer.from('3051300d060960864801650304020305000440', 'hex'),
};

/** DigestInfo of a digest: what RSA PKCS#1 v1.5 pads and signs. */
export function digestInfo(algorithm: DigestAlgorithm, digest: Uint8Array): Buffer {
  return Buffer.concat([digestInfoPrefix[algorithm], digest]);
}

/** A whole number of a DER INTEGER: minimal, and positive. */
function integer(magnitude: Buffer): Buffer {
  let start = 0;
  while (start < magnitude.length - 1 && magnitude[start] === 0) start++;
  const digits = magnitude.subarray(start);
  const padded = (digits[0] ?? 0) >= 0x80 ? Buffer.concat([Buffer.of(0), digits]) : digits;
  return Buffer.concat([Buffer.of(0x02, padded.length), padded]);
}

/**
 * PKCS#11's r‖s (v2.40, 2.3.1) as DER SEQUENCE {r, s}. Curves up to 521 bits.
 * @throws AppError `signature-mismatch` where the halves aren't halves.
 */
export function signatureToDer(raw: Buffer): Buffer {
  if (raw.length === 0 || raw.length % 2 !== 0 || raw.length > 132) throw new AppError('signature-mismatch');
  const half = raw.length / 2;
  const body = Buffer.concat([integer(raw.subarray(0, half)), integer(raw.subarray(half))]);
  const header = body.length < 0x80 ? Buffer.of(0x30, body.length) : Buffer.of(0x30, 0x81, body.length);
  return Buffer.concat([header, body]);
}
