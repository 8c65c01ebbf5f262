import { describe, expect, test } from 'vitest';
import { AppError } from '../../../contract/failure.ts';
import { assertGoodPin, newPinLength } from '../../../native/token/pin-rule.ts';

const device = { min: 4, max: 16 };
const bytes = (text: string) => new TextEncoder().encode(text);

function refusal(newPin: string, of = device): string | null {
  try {
    assertGoodPin(bytes('Old0Old0'), bytes(newPin), of);
    return null;
  } catch (thrown) {
    return AppError.from(thrown).code;
  }
}

describe('a new PIN', () => {
  // Made up here from parts, so that no text of this file is anybody's PIN.
  const good = ['Ab', '3'].join('').repeat(3);
  test.each([
    [good, null],
    [good.toLowerCase(), 'pin-too-weak'],
    [good.toUpperCase(), 'pin-too-weak'],
    ['Ab'.repeat(4), 'pin-too-weak'],
    [good.slice(0, 7), 'pin-too-weak'],
    [good.repeat(2).slice(0, 16), null],
    [good.repeat(2).slice(0, 17), 'pin-too-weak'],
    [`${good}ă`, 'pin-too-weak'],
    [`${good} `, 'pin-too-weak'],
    ['Old0Old0', 'pin-unchanged'],
  ])('%s: %s', (pin, expected) => {
    expect(refusal(pin)).toBe(expected);
  });

  test('is as long as rule and token together allow', () => {
    expect(newPinLength(device)).toEqual({ min: 8, max: 16 });
    expect(newPinLength({ min: 10, max: 12 })).toEqual({ min: 10, max: 12 });
    expect(newPinLength({ min: 4, max: 6 })).toEqual({ min: 6, max: 6 });
    expect(newPinLength({ min: 0, max: 255 })).toEqual({ min: 8, max: 16 });
  });
});
