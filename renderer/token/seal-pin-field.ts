import { type SealedPin, sealPin } from '../../contract/sealed-pin.ts';
import type { CoreConnection } from '../core/core-connection.ts';

/**
 * Takes the PIN out of its field and seals it for the token process. The field is empty before anything is waited for;
 * the only other copy, the bytes, is cleared whether or not sealing works.
 * @throws AppError where the core can't give the token process' key
 */
export async function sealPinField(field: HTMLInputElement, core: CoreConnection): Promise<SealedPin> {
  const pin = new TextEncoder().encode(field.value);
  field.value = '';
  try {
    const key = await core.call((client, options) => client.tokens.pinKey({}, options));
    return await sealPin(pin, key);
  } finally {
    pin.fill(0);
  }
}
