import type { Handle } from 'pkcs11js';
import type { TokenFlags } from '../../contract/token.ts';
import { cryptoki, type DriverModule } from './driver-module.ts';
import { cleanText } from './token-text.ts';

/** A token as it sits in its slot right now. Read anew before each decision: tokens come, go and lock. */
export interface TokenSlot {
  readonly handle: Handle;
  readonly number: number;
  readonly label: string;
  readonly serial: string;
  readonly manufacturer: string;
  readonly model: string;
  readonly flags: TokenFlags;
  readonly initialised: boolean;
  /** A PIN for its user has been set; without one nobody can log in. */
  readonly pinSet: boolean;
  readonly loginRequired: boolean;
  /** Changes when objects on the token, or other programs' sessions with it, have: flags, sessions and free memory. */
  readonly state: string;
  /** In bytes; where a token gives nonsense, everything is allowed and the token itself decides. */
  readonly pinLength: { readonly min: number; readonly max: number };
}

/** CK_SLOT_ID is an unsigned long: four bytes on Windows, eight elsewhere. */
export function slotNumber(handle: Handle): number {
  const number = handle.length === 8 ? Number(handle.readBigUInt64LE()) : handle.readUInt32LE();
  return Math.min(number, Number.MAX_SAFE_INTEGER);
}

/** @throws AppError as in return-value.ts; `token-removed` where the slot is empty by now. */
export function readTokenSlot(module: DriverModule, handle: Handle): TokenSlot {
  const info = module.call('C_GetTokenInfo', (library) => library.C_GetTokenInfo(handle));
  const has = (flag: number) => (info.flags & flag) !== 0;
  const sane = info.maxPinLen > 0 && info.maxPinLen <= 255 && info.minPinLen <= info.maxPinLen;
  return {
    handle,
    number: slotNumber(handle),
    label: cleanText(info.label),
    serial: cleanText(info.serialNumber),
    manufacturer: cleanText(info.manufacturerID),
    model: cleanText(info.model),
    flags: {
      pinCountLow: has(cryptoki.CKF_USER_PIN_COUNT_LOW),
      pinFinalTry: has(cryptoki.CKF_USER_PIN_FINAL_TRY),
      pinLocked: has(cryptoki.CKF_USER_PIN_LOCKED),
      protectedPath: has(cryptoki.CKF_PROTECTED_AUTHENTICATION_PATH),
      pinToBeChanged: has(cryptoki.CKF_USER_PIN_TO_BE_CHANGED),
    },
    initialised: has(cryptoki.CKF_TOKEN_INITIALIZED),
    pinSet: has(cryptoki.CKF_USER_PIN_INITIALIZED),
    loginRequired: has(cryptoki.CKF_LOGIN_REQUIRED),
    state: [
      ...[info.flags, info.sessionCount, info.rwSessionCount],
      ...[info.freePublicMemory, info.freePrivateMemory],
    ].join(),
    pinLength: sane ? { min: info.minPinLen, max: info.maxPinLen } : { min: 0, max: 255 },
  };
}
