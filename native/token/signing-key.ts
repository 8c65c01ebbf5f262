import type { Handle } from 'pkcs11js';
import { AppError } from '../../contract/failure.ts';
import type { StoredCertificate } from './certificate-reader.ts';
import { cryptoki, type DriverModule } from './driver-module.ts';
import { type KeyObject, keyOf, readKeys } from './key-objects.ts';
import type { KeyKind, SigningMechanism } from './mechanism.ts';
import { readAttribute } from './object-search.ts';

/** Room for any signature that a token makes: RSA up to 8192 bits. Too small a buffer leaves the operation open. */
const signatureRoom = 1024;

/** A private key found in a logged-in session. */
export interface SigningKey {
  readonly object: Handle;
  readonly kind: KeyKind;
  /** CKA_ALWAYS_AUTHENTICATE: each signature wants the PIN once more, between C_SignInit and C_Sign. */
  readonly pinEachSignature: boolean;
}

/** CK_ULONG as a driver stores it: four bytes on Windows, eight elsewhere, little-endian on all that we run on. */
function unsignedLong(value: Buffer | null): number | null {
  if (value?.length === 8) return Number(value.readBigUInt64LE());
  return value?.length === 4 ? value.readUInt32LE() : null;
}

/**
 * A certificate's private key: by CKA_ID or modulus; through the public key object, since a curve's private key tells nothing
 * of its point; and where all that leads nowhere, the only key there is. A wrong guess can't do harm: what it signs
 * is checked against the certificate.
 */
function choose(
  module: DriverModule,
  session: Handle,
  certificate: StoredCertificate,
): KeyObject | undefined {
  const keys = readKeys(module, session, 'private');
  const direct = keyOf(certificate, keys);
  if (direct) return direct;
  const half = keyOf({ ...certificate, id: '' }, readKeys(module, session, 'public'));
  const throughHalf = half && half.id !== '' ? keys.find((key) => key.id === half.id) : undefined;
  if (throughHalf) return throughHalf;
  const [only, another] = keys;
  return another || certificate.id !== '' ? undefined : only;
}

/** @throws AppError `key-missing`; `mechanism-unsupported` where the token won't say what kind of key it is */
export function findSigningKey(
  module: DriverModule,
  session: Handle,
  certificate: StoredCertificate,
): SigningKey {
  const object = choose(module, session, certificate)?.handle;
  if (!object) throw new AppError('key-missing');
  const read = (type: number) => readAttribute(module, session, object, type);
  const type = unsignedLong(read(cryptoki.CKA_KEY_TYPE));
  if (type === null) throw new AppError('mechanism-unsupported', { mechanism: 'CKA_KEY_TYPE' });
  const parameters = type === cryptoki.CKK_EC ? read(cryptoki.CKA_EC_PARAMS) : null;
  const always = read(cryptoki.CKA_ALWAYS_AUTHENTICATE);
  return { object, kind: { type, parameters }, pinEachSignature: always !== null && always[0] !== 0 };
}

/**
 * Has data signed. `authenticate` logs in for this one signature, where the key wants that; where it throws, the operation is
 * left open, and the session must be closed.
 * @throws AppError as in return-value.ts
 */
export function signData(
  module: DriverModule,
  session: Handle,
  key: SigningKey,
  way: SigningMechanism,
  data: Uint8Array,
  authenticate: () => void,
): Uint8Array {
  const input = way.input(data);
  module.call('C_SignInit', (library) => library.C_SignInit(session, way.mechanism, key.object));
  if (key.pinEachSignature) authenticate();
  const raw = module.call('C_Sign', (library) => library.C_Sign(session, input, Buffer.alloc(signatureRoom)));
  return way.output(raw);
}
