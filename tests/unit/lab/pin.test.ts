import { expect, test } from 'vitest';
import { randomPin } from '../../lab/tokens/pin.ts';

test('a PIN fits the offices’ rule, and no two are alike', () => {
  const pins = Array.from({ length: 500 }, randomPin);
  for (const pin of pins) {
    expect(pin).toMatch(/^[A-Za-z0-9]{12}$/);
    for (const kind of [/[A-Z]/, /[a-z]/, /[0-9]/]) expect(pin).toMatch(kind);
    expect(pin).not.toMatch(/[0O1lI]/);
  }
  expect(new Set(pins).size).toBe(pins.length);
});
