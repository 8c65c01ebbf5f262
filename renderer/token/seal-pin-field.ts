import { type SealedPin, sealPin } from '../../contract/sealed-pin.ts';
import type { CoreConnection } from '../core/core-connection.ts';

/**
 * Takes PINs out of their fields and seals them for the token process, in the fields' order. All fields are empty before
 * anything is waited for; the only other copies, the bytes, are cleared whether or not sealing works.
 * @throws AppError where the core can't give the token process' key
 */
export async function sealPinFields(
  fields: readonly HTMLInputElement[],
  core: CoreConnection,
): Promise<SealedPin[]> {
  const pins = fields.map((field) => {
    const pin = new TextEncoder().encode(field.value);
    field.value = '';
    return pin;
  });
  try {
    const key = await core.call((client, options) => client.tokens.pinKey({}, options));
    return await Promise.all(pins.map((pin) => sealPin(pin, key)));
  } finally {
    for (const pin of pins) pin.fill(0);
  }
}

/** The same for one field. */
export async function sealPinField(field: HTMLInputElement, core: CoreConnection): Promise<SealedPin> {
  const [pin] = await sealPinFields([field], core);
  if (!pin) throw new Error('a field without a PIN');
  return pin;
}
