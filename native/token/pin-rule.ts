import { AppError } from '../../contract/failure.ts';

/** The offices' rule for PINs of government tokens: at least eight characters, with capitals, small letters and digits. */
const shortest = 8;
/** Government tokens take up to sixteen; used where a token doesn't say. */
const usualLongest = 16;

const kinds = [/[A-Z]/, /[a-z]/, /[0-9]/];
/** What every keyboard layout and input method types alike: "ă" is one or two characters, and three bytes, by whoever sends it. */
const typable = /^[\x21-\x7e]+$/;

/** How long a new PIN of a token may be, in characters: the rule and CK_TOKEN_INFO together. */
export function newPinLength(device: { min: number; max: number }): { min: number; max: number } {
  const max = device.max > 0 && device.max < 255 ? device.max : usualLongest;
  // A token that can't hold as many as the rule wants takes as many as it can.
  return { min: Math.min(Math.max(shortest, device.min), max), max };
}

/**
 * Fails with `pin-too-weak` {min, max} or `pin-unchanged`; checked before the token is asked, so that nothing costs a try.
 * The PINs' buffers are the caller's to clear.
 */
export function assertGoodPin(
  oldPin: Uint8Array,
  newPin: Uint8Array,
  device: { min: number; max: number },
): void {
  const length = newPinLength(device);
  const text = Buffer.from(newPin.buffer, newPin.byteOffset, newPin.byteLength).toString('latin1');
  const fits = text.length >= length.min && text.length <= length.max;
  if (!fits || !typable.test(text) || !kinds.every((kind) => kind.test(text))) {
    throw new AppError('pin-too-weak', length);
  }
  if (Buffer.compare(oldPin, newPin) === 0) throw new AppError('pin-unchanged');
}
