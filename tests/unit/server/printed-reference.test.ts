import { expect, test } from 'vitest';
import { bearsReference } from '../../../server/printed-reference.ts';

const reference = { number: 5, code: '05/QĐ-SKHCN', date: '2026-09-02' };

test.each([
  [{}, true],
  [{ 'antin-number': '05', 'antin-date': '02/09/2026' }, true],
  [{ 'antin-number': '5' }, true],
  [{ 'antin-number': 'Số: 05/QĐ-SKHCN' }, true],
  [{ 'antin-number': 'Số: 05/QĐ-SKHCN'.normalize('NFD') }, true],
  [{ 'antin-date': '2/9/2026' }, true],
  [{ 'antin-number': '' }, false],
  [{ 'antin-number': '06' }, false],
  [{ 'antin-number': '05/QĐ-UBND' }, false],
  [{ 'antin-date': 'ngày 02 tháng 9 năm 2026' }, true],
  [{ 'antin-date': 'ngày 03 tháng 9 năm 2026' }, false],
  [{ 'antin-date': '' }, false],
  [{ 'antin-date': '09/02/2026' }, false],
  [{ 'antin-date': '2026-09-02' }, false],
] as const)('%j: %s', (fields, expected) => {
  expect(bearsReference(new Map(Object.entries(fields)), reference)).toBe(expected);
});
