import { expect, test } from 'vitest';
import { isDateInBlanks } from '../../../native/verification/appearance/date-in-blanks.ts';

test.each([
  ['02/9/2026', '02', true],
  ['02/9/2026', '029', true],
  ['02/9/2026', '022026', true],
  ['02/9/2026', '0292026', true],
  ['02/9/2026', '', false],
  ['02/9/2026', '92026', false],
  ['02/9/2026', '0', false],
  ['02/9/2026', '0202026', false],
  ['01/12/2026', '01122026', true],
  ['1/12/2026', '112', false],
  ['100.000', '100', false],
  ['02/9/2026 ', '02', false],
])('%j may show %j: %s', (said, shown, expected) => {
  expect(isDateInBlanks(said, shown)).toBe(expected);
});
