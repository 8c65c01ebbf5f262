import fc from 'fast-check';
import { expect, test } from 'vitest';
import { savedName } from '../../../native/desk/saved-name.ts';

test.each([
  ['Quyết định số 05.pdf', { act: 'approve' }, 1, 'Quyet-dinh-so-05-da-ky.pdf'],
  ['Quyết định số 05.pdf'.normalize('NFD'), { act: 'approve' }, 1, 'Quyet-dinh-so-05-da-ky.pdf'],
  ['ĐỀ ÁN (bản cuối).PDF', { act: 'seal' }, 2, 'DE-AN-ban-cuoi-da-dong-dau-2.pdf'],
  ['../../etc/passwd', { act: 'plain' }, 1, 'etc-passwd-da-ky.pdf'],
  ['文書.pdf', { act: 'plain' }, 1, 'van-ban-da-ky.pdf'],
  ['Công văn.pdf', { act: 'copy', form: 'trich-sao' }, 1, 'Cong-van-trich-sao.pdf'],
] as const)('%s, %o, %d: %s', (name, wish, count, expected) => {
  expect(savedName(name, wish, count)).toBe(expected);
});

test('any name becomes one that every system and every province’s rule takes', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: 'grapheme', maxLength: 300 }),
      fc.integer({ min: 1, max: 100 }),
      (name, count) => {
        const saved = savedName(name, { act: 'approve' }, count);
        expect(saved.length).toBeLessThanOrEqual(50);
        expect(saved).toMatch(/^[A-Za-z0-9_]([A-Za-z0-9_-]*[A-Za-z0-9_])?\.pdf$/);
      },
    ),
  );
});
