import { AppError } from '../../contract/failure.ts';
import type { DriverModule } from './driver-module.ts';
import { readTokenSlot, type TokenSlot } from './token-slot.ts';

/** What modules answer that don't know an empty PIN for "type it on the token" (pkcs11js can't pass none). */
const padRefusals: ReadonlySet<unknown> = new Set([
  'CKR_ARGUMENTS_BAD',
  'CKR_PIN_LEN_RANGE',
  'CKR_PIN_INVALID',
  'CKR_FUNCTION_NOT_SUPPORTED',
]);

/** A PIN that is about to be tried; null for a token with its own keys. */
export interface PinEntry {
  readonly pin: Uint8Array | null;
  readonly lastTryConfirmed: boolean;
}

/** What the next miss would mean, by the token's flags. */
export function triesOf({ flags }: TokenSlot): { triesLow: boolean; finalTry: boolean } {
  return { triesLow: flags.pinCountLow || flags.pinFinalTry, finalTry: flags.pinFinalTry };
}

/**
 * Fails where a try would be wasted or dangerous. Read anew before each, so that nobody runs blindly into a locked token (three
 * tries, then a written request).
 * @throws AppError `token-locked`, `pin-last-try`, `pin-missing`, `pin-incorrect` {reason: 'length', min, max}
 */
export function assertMayTry(slot: TokenSlot, { pin, lastTryConfirmed }: PinEntry): void {
  const { flags, pinLength } = slot;
  if (flags.pinLocked) throw new AppError('token-locked', { token: slot.label });
  if (flags.pinFinalTry && !lastTryConfirmed) throw new AppError('pin-last-try', { token: slot.label });
  // An empty PIN would start a PIN pad, or cost a try.
  if ((pin === null && !flags.protectedPath) || pin?.length === 0) throw new AppError('pin-missing');
  if (pin !== null && (pin.length < pinLength.min || pin.length > pinLength.max)) {
    throw new AppError('pin-incorrect', { reason: 'length', ...pinLength, ...triesOf(slot) });
  }
}

/** Which failure a try was, with the flags as they are after it: the person must know what the next one risks. */
export function explainTry(
  module: DriverModule,
  slot: TokenSlot['handle'],
  thrown: unknown,
  pin: Uint8Array | null,
): AppError {
  const failure = AppError.from(thrown);
  const { returnValue } = failure.params;
  if (pin === null && returnValue !== undefined && padRefusals.has(returnValue)) {
    return new AppError('pin-pad-unsupported', failure.params);
  }
  if (failure.code !== 'pin-incorrect') return failure;
  try {
    const now = readTokenSlot(module, slot);
    if (now.flags.pinLocked) return new AppError('token-locked', failure.params);
    return new AppError('pin-incorrect', { ...failure.params, ...triesOf(now) });
  } catch {
    // The token can't be asked any more; that the PIN was wrong still stands.
    return failure;
  }
}

/** The addon takes a string only, which can't be cleared; it lives in this process alone, and no longer than it. */
export function pinText(pin: Uint8Array | null): string {
  return pin === null ? '' : Buffer.from(pin.buffer, pin.byteOffset, pin.byteLength).toString('utf8');
}
