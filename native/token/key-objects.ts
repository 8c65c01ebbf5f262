import type { Handle } from 'pkcs11js';
import { cryptoki, type DriverModule } from './driver-module.ts';
import { isSameNumber, type KeyNumbers } from './key-numbers.ts';
import { findObjects, readAttribute } from './object-search.ts';

/** A key object on a token; its numbers are read only when they are asked for. */
export interface KeyObject {
  readonly handle: Handle;
  /** CKA_ID in hexadecimal; empty where it has none. */
  readonly id: string;
  has(numbers: KeyNumbers): boolean;
}

/** The keys of one class that the session can see. */
export function readKeys(module: DriverModule, session: Handle, kind: 'private' | 'public'): KeyObject[] {
  const value = kind === 'private' ? cryptoki.CKO_PRIVATE_KEY : cryptoki.CKO_PUBLIC_KEY;
  const handles = findObjects(module, session, [{ type: cryptoki.CKA_CLASS, value }]);
  return handles.map((handle) => {
    const read = (type: number) => readAttribute(module, session, handle, type);
    return {
      handle,
      id: read(cryptoki.CKA_ID)?.toString('hex') ?? '',
      has: (numbers) => {
        const stored = read(numbers.kind === 'RSA' ? cryptoki.CKA_MODULUS : cryptoki.CKA_EC_POINT);
        return stored !== null && isSameNumber(numbers, stored);
      },
    };
  });
}

/**
 * The key of a certificate among keys: by CKA_ID, as PKCS#11 wants it, or else by its numbers, since some personalising
 * programs leave CKA_ID out or give each object one of its own.
 */
export function keyOf(
  certificate: { id: string; numbers: KeyNumbers | null },
  keys: readonly KeyObject[],
): KeyObject | undefined {
  const { id, numbers } = certificate;
  const byId = id === '' ? undefined : keys.find((key) => key.id === id);
  return byId ?? (numbers === null ? undefined : keys.find((key) => key.has(numbers)));
}
