import type { X509Certificate } from 'node:crypto';
import { AppError } from '../../contract/failure.ts';

/** Bytes of one coordinate of the curves that tokens have. */
const coordinateBytes: Readonly<Record<string, number>> = { prime256v1: 32, secp384r1: 48, secp521r1: 66 };

/** Reads a DER INTEGER of less than 128 bytes at `at`; returns its bytes and where the next one starts. */
function readInteger(der: Uint8Array, at: number): { value: Uint8Array; end: number } {
  const length = der[at + 1];
  if (der[at] !== 0x02 || length === undefined || length > 127) throw new AppError('signature-mismatch');
  const end = at + 2 + length;
  if (end > der.length) throw new AppError('signature-mismatch');
  return { value: der.subarray(at + 2, end), end };
}

function fixed(value: Uint8Array, bytes: number): Uint8Array {
  const digits = value.subarray(value.findIndex((byte) => byte !== 0));
  if (digits.length > bytes) throw new AppError('signature-mismatch');
  const out = new Uint8Array(bytes);
  out.set(digits, bytes - digits.length);
  return out;
}

/**
 * A signature as the province's sign-in takes it: RSA as it is, ECDSA as r‖s instead of the DER SEQUENCE {r, s}
 * (X9.62) that CMS carries. Fails with `signature-mismatch` for anything else than such a SEQUENCE.
 */
export function statementSignature(certificate: X509Certificate, signature: Uint8Array): Uint8Array {
  const { asymmetricKeyType, asymmetricKeyDetails } = certificate.publicKey;
  if (asymmetricKeyType !== 'ec') return signature;
  const size = coordinateBytes[asymmetricKeyDetails?.namedCurve ?? ''];
  if (size === undefined) throw new AppError('mechanism-unsupported');
  if (signature[0] !== 0x30) throw new AppError('signature-mismatch');
  // One length byte up to 127; 0x81 and one more for P-521.
  const r = readInteger(signature, signature[1] === 0x81 ? 3 : 2);
  const s = readInteger(signature, r.end);
  return Buffer.concat([fixed(r.value, size), fixed(s.value, size)]);
}
