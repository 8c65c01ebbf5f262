import { expect, test } from 'vitest';
import { isFormatOf } from '../../../../native/verification/changes/number-format.ts';
import { beginsWith, saidBy } from '../../../../native/verification/glyphs/letters.ts';

test.each([
  ['05/QĐ-SKHCN', '05/qdskhcn'],
  ['1.5', '1.5'],
  ['-5', '-5'],
  ['10²', '10²'],
  ['½', '½'],
  ['1⁄2', '1⁄2'],
  ['1×2', '1×2'],
  ['a·b', 'ab'],
  ['Nguyễn Văn A', 'nguyenvana'],
])('%s says %s', (text, said) => {
  expect(saidBy(text)).toBe(said);
});

test.each([
  ['102', '10²'],
  ['10', '10²'],
  ['12', '½'],
  ['12', '1⁄2'],
  ['15', '1.5'],
  ['0905', '09'],
])('%s isn’t shown by %s', (value, shown) => {
  expect(beginsWith(value, saidBy(shown))).toBe(false);
});

test.each([
  ['1000', '1.000,00', true],
  ['1000', '1,000.00', true],
  ['1000', '1000', true],
  ['-1000.5', '-1.000,50', true],
  ['1234567', '1.234.567', true],
  ['1000', '1.00', false],
  ['1000', '10.00', false],
  ['1000', '1.000.00', false],
  ['05', '98', false],
  ['5', '5.5', false],
  ['5', '-5', false],
  ['hai', '2', false],
])('%s written as %s: %s', (value, shown, expected) => {
  expect(isFormatOf(value, shown)).toBe(expected);
});
