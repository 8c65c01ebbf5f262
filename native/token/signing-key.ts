import type { Handle } from 'pkcs11js';
import { AppError } from '../../contract/failure.ts';
import type { DigestAlgorithm } from '../signing/signer.ts';
import { cryptoki, type DriverModule } from './driver-module.ts';
import { mechanismFor, type SigningMechanism } from './mechanism.ts';
import { findObjects, readAttribute } from './object-search.ts';

/** Room for any signature that a token makes: RSA up to 8192 bits. Too small a buffer leaves the operation open. */
const signatureRoom = 1024;

/** A private key found in a logged-in session, and how to sign with it. */
export interface SigningKey {
  readonly object: Handle;
  readonly mechanism: SigningMechanism;
}

/** CK_ULONG as a driver stores it: four bytes on Windows, eight elsewhere, little-endian on all that we run on. */
function unsignedLong(value: Buffer | null): number | null {
  if (value?.length === 8) return Number(value.readBigUInt64LE());
  return value?.length === 4 ? value.readUInt32LE() : null;
}

/**
 * The private key with this CKA_ID (hexadecimal).
 * @throws AppError `key-missing`; `mechanism-unsupported` for a key of another type, or one that wants its PIN anew for each
 * signature (CKA_ALWAYS_AUTHENTICATE), which a login for many can't serve.
 */
export function findSigningKey(module: DriverModule, session: Handle, id: string): SigningKey {
  const [object] = findObjects(module, session, [
    { type: cryptoki.CKA_CLASS, value: cryptoki.CKO_PRIVATE_KEY },
    { type: cryptoki.CKA_ID, value: Buffer.from(id, 'hex') },
  ]);
  if (!object) throw new AppError('key-missing');
  const always = readAttribute(module, session, object, cryptoki.CKA_ALWAYS_AUTHENTICATE);
  if (always && always[0] !== 0) {
    throw new AppError('mechanism-unsupported', { mechanism: 'CKA_ALWAYS_AUTHENTICATE' });
  }
  const keyType = unsignedLong(readAttribute(module, session, object, cryptoki.CKA_KEY_TYPE));
  if (keyType === null) throw new AppError('mechanism-unsupported', { mechanism: 'CKA_KEY_TYPE' });
  const isCurve = keyType === cryptoki.CKK_EC;
  const parameters = isCurve ? readAttribute(module, session, object, cryptoki.CKA_EC_PARAMS) : null;
  return { object, mechanism: mechanismFor(keyType, parameters) };
}

/** Has a digest signed. @throws AppError as in return-value.ts */
export function signDigest(
  module: DriverModule,
  session: Handle,
  key: SigningKey,
  algorithm: DigestAlgorithm,
  digest: Uint8Array,
): Uint8Array {
  const input = key.mechanism.input(algorithm, digest);
  module.call('C_SignInit', (library) =>
    library.C_SignInit(session, { mechanism: key.mechanism.type }, key.object),
  );
  const raw = module.call('C_Sign', (library) => library.C_Sign(session, input, Buffer.alloc(signatureRoom)));
  return key.mechanism.output(raw);
}
