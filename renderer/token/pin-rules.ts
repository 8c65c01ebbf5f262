/**
 * What a new PIN has to be: the offices' rule (eight characters or more, with capitals, small letters and digits) and what the
 * token can hold. The token process checks the same before it asks the token; here it is shown while the person types.
 */
export const pinRules = ['length', 'upper', 'lower', 'digit', 'typable', 'repeated'] as const;
export type PinRule = (typeof pinRules)[number];

export interface PinLength {
  min: number;
  max: number;
}

/** Where a token doesn't say: government tokens take up to sixteen characters. */
export const usualPinLength: PinLength = { min: 8, max: 16 };

/** Which rules a new PIN and its repetition meet. Only yes or no leaves this function, nothing of the PIN itself. */
export function rulesMet(pin: string, again: string, { min, max }: PinLength): ReadonlySet<PinRule> {
  const checks: Record<PinRule, boolean> = {
    length: pin.length >= min && pin.length <= max,
    upper: /[A-Z]/.test(pin),
    lower: /[a-z]/.test(pin),
    digit: /[0-9]/.test(pin),
    // "ă" is one or two characters, and three bytes, by whoever sends it: another keyboard couldn't repeat it.
    typable: /^[\x21-\x7e]+$/.test(pin),
    repeated: pin !== '' && pin === again,
  };
  return new Set(pinRules.filter((rule) => checks[rule]));
}

export type PinComplaint = 'oldMissing' | 'newMissing' | 'unmet' | 'same' | 'again';

/** The first thing that keeps a change from being tried; null where the token may be asked. */
export function pinComplaint(
  { oldPin, newPin, again }: Record<'oldPin' | 'newPin' | 'again', string>,
  length: PinLength,
): PinComplaint | null {
  if (!oldPin) return 'oldMissing';
  if (!newPin) return 'newMissing';
  const met = rulesMet(newPin, again, length);
  if (pinRules.some((rule) => rule !== 'repeated' && !met.has(rule))) return 'unmet';
  if (oldPin === newPin) return 'same';
  return met.has('repeated') ? null : 'again';
}
