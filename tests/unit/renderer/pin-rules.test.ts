import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { AppError } from '../../../contract/failure.ts';
import { assertGoodPin } from '../../../native/token/pin-rule.ts';
import { pinComplaint, pinRules, rulesMet } from '../../../renderer/token/pin-rules.ts';
import { mayHaveHappened } from '../../../renderer/token/token-failure.ts';
import { pinRuleWords } from '../../../renderer/words/token.ts';

const length = { min: 8, max: 16 };
/** Not PINs of anything: strings of each shape. */
const shape = (...parts: [string, number][]) => parts.map(([text, times]) => text.repeat(times)).join('');
const good = shape(['A', 2], ['b', 4], ['7', 2]);
const other = shape(['C', 2], ['d', 4], ['8', 2]);

describe('rules for a new PIN', () => {
  test.each([
    ['', []],
    ['a', ['lower', 'typable']],
    [shape(['a', 8]), ['length', 'lower', 'typable']],
    [shape(['A', 1], ['a', 7]), ['length', 'upper', 'lower', 'typable']],
    [shape(['A', 1], ['a', 5], ['1', 1]), ['upper', 'lower', 'digit', 'typable']],
    [shape(['A', 1], ['a', 14], ['1', 2]), ['upper', 'lower', 'digit', 'typable']],
    [`${good} `, ['length', 'upper', 'lower', 'digit']],
    [`${good}ă`, ['length', 'upper', 'lower', 'digit']],
    [good, ['length', 'upper', 'lower', 'digit', 'typable']],
  ])('are ticked one by one (%#)', (pin, met) => {
    expect([...rulesMet(pin, '', length)]).toEqual(met);
  });

  test('the repetition counts only where something was typed', () => {
    expect(rulesMet('', '', length).has('repeated')).toBe(false);
    expect(rulesMet(good, good, length).has('repeated')).toBe(true);
    expect(rulesMet(good, other, length).has('repeated')).toBe(false);
  });

  test("follow the token's own length", () => {
    expect(rulesMet(shape(['A', 1], ['b', 4], ['1', 1]), '', { min: 6, max: 6 }).has('length')).toBe(true);
    expect(pinRuleWords.length(6, 6)).toBe('Đúng 6 ký tự');
    expect(pinRuleWords.length(length.min, length.max)).toBe('Từ 8 đến 16 ký tự');
  });

  test('are those of the token process: what is ticked here is not refused there', () => {
    const typed = fc.oneof(
      fc.string({ maxLength: 20 }),
      fc.string({ maxLength: 20, unit: fc.constantFrom('A', 'Z', 'a', 'z', '0', '9', '!', ' ', 'ă', 'Đ') }),
    );
    const accepted = (pin: string) => {
      try {
        assertGoodPin(new Uint8Array(), new TextEncoder().encode(pin), { min: 4, max: 16 });
        return true;
      } catch (thrown) {
        expect(AppError.from(thrown).code).toBe('pin-too-weak');
        return false;
      }
    };
    fc.assert(
      fc.property(typed, (pin) => {
        const all = pinRules.every((rule) => rulesMet(pin, pin, length).has(rule));
        expect(all).toBe(accepted(pin));
      }),
    );
  });
});

describe('what keeps a change from being tried', () => {
  const given = { oldPin: other, newPin: good, again: good };
  test.each([
    [{ oldPin: '' }, 'oldMissing'],
    [{ newPin: '' }, 'newMissing'],
    [{ newPin: shape(['a', 8]) }, 'unmet'],
    [{ oldPin: good }, 'same'],
    [{ again: other }, 'again'],
    [{ again: '' }, 'again'],
    [{}, null],
  ] as const)('%#: %s', (change, complaint) => {
    expect(pinComplaint({ ...given, ...change }, length)).toBe(complaint);
  });
});

test('a change is in doubt only where the token was asked and did not answer', () => {
  const failure = (
    code: 'token-timeout' | 'token-stopped' | 'pin-incorrect' | 'pin-too-weak',
    params = {},
  ) => ({
    code,
    params,
    retryable: false,
  });
  expect(mayHaveHappened(failure('token-timeout'))).toBe(true);
  expect(mayHaveHappened(failure('token-stopped', { sent: true }))).toBe(true);
  expect(mayHaveHappened(failure('token-stopped', { sent: false }))).toBe(false);
  expect(mayHaveHappened(failure('pin-incorrect'))).toBe(false);
  expect(mayHaveHappened(failure('pin-too-weak'))).toBe(false);
});
