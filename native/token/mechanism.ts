import { AppError } from '../../contract/failure.ts';
import type { DigestAlgorithm } from '../signing/signer.ts';

/** CK_MECHANISM_TYPE and CK_KEY_TYPE numbers (PKCS#11 v2.40, 6.1); here, so that this file needs no driver. */
const CKM_RSA_PKCS = 0x0001;
const CKM_ECDSA = 0x1041;
const CKK_RSA = 0x00;
const CKK_EC = 0x03;

/** DER of DigestInfo up to the digest (RFC 8017, 9.2, note 1), with the explicit NULL that verifiers expect. */
const digestInfoPrefix: Readonly<Record<DigestAlgorithm, Buffer>> = {
  sha256: Buffer.from('3031300d060960864801650304020105000420', 'hex'),
  sha384: Buffer.from('3041300d060960864801650304020205000430', 'hex'),
  sha512: Buffer.from('3051300d060960864801650304020305000440', 'hex'),
};

export const digestLength: Readonly<Record<DigestAlgorithm, number>> = { sha256: 32, sha384: 48, sha512: 64 };

/** DigestInfo of a digest: what RSA PKCS#1 v1.5 pads and signs. */
export function digestInfo(algorithm: DigestAlgorithm, digest: Uint8Array): Buffer {
  return Buffer.concat([digestInfoPrefix[algorithm], digest]);
}

/** One way to have a digest signed: the mechanism, what is handed to C_Sign, and how its answer is read. */
export interface SigningMechanism {
  readonly type: number;
  input(algorithm: DigestAlgorithm, digest: Uint8Array): Buffer;
  /** The token's answer in the form that CMS carries. */
  output(signature: Buffer): Buffer;
}

const rsa: SigningMechanism = {
  type: CKM_RSA_PKCS,
  input: digestInfo,
  output: (signature) => signature,
};

/** Bytes of a curve's order, by CKA_EC_PARAMS (DER of the curve's OID) in hexadecimal: P-256, P-384, P-521. */
const orderBytes: Readonly<Record<string, number>> = {
  '06082a8648ce3d030107': 32,
  '06052b81040022': 48,
  '06052b81040023': 66,
};

/** ECDSA uses a digest's leftmost bits only, as many as the order has (FIPS 186-5, 6.4.1); some tokens refuse to be given more. */
function ecdsa(parameters: Buffer | null): SigningMechanism {
  const most = orderBytes[parameters?.toString('hex') ?? ''];
  return {
    type: CKM_ECDSA,
    input: (_algorithm, digest) => Buffer.from(digest.subarray(0, most)),
    output: signatureToDer,
  };
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

/**
 * The mechanism for a key, by its CKA_KEY_TYPE and, for an elliptic curve, its CKA_EC_PARAMS.
 * @throws AppError `mechanism-unsupported`
 */
export function mechanismFor(keyType: number, parameters: Buffer | null): SigningMechanism {
  if (keyType === CKK_RSA) return rsa;
  if (keyType === CKK_EC) return ecdsa(parameters);
  throw new AppError('mechanism-unsupported', { mechanism: `CKK 0x${keyType.toString(16)}` });
}
