import { describe, expect, test } from 'vitest';
import { signingAct } from '../../../contract/signing-act.ts';
import { firstTyped, offeredActs, wishOf } from '../../../renderer/files/wish.ts';
import { stampFieldTexts } from '../../../renderer/words/local-file.ts';

describe('what a person wants on a file', () => {
  test('every act is offered once', () => {
    expect([...offeredActs].sort()).toEqual([...signingAct.options].sort());
  });

  test.each([
    ['plain', {}, { act: 'plain' }],
    ['seal', { number: '  ', date: '' }, { act: 'seal' }],
    [
      'seal',
      { number: '05/QĐ-SKHCN', date: '2026-03-05' },
      { act: 'seal', number: '05/QĐ-SKHCN', date: '2026-03-05' },
    ],
    ['copy', { form: 'sao-luc', text: 'of another stamp' }, { act: 'copy', form: 'sao-luc' }],
    ['initial', firstTyped('initial', '2026-03-05'), { act: 'initial', answersFor: 'content' }],
  ] as const)('%s with %o', (act, typed, wish) => {
    expect(wishOf(act, typed)).toEqual(wish);
  });

  test.each([
    ['directive', { text: ' \n ' }],
    ['appendix', {}],
    ['incoming', { date: '2026-03-05' }],
    ['incoming', { arrivalNumber: '12', date: '05/03/2026' }],
    ['directive', { text: 'a'.repeat(1001) }],
  ] as const)('%s isn’t whole with %o', (act, typed) => {
    expect(wishOf(act, typed)).toBeNull();
  });

  test('what was typed is read again in the window that asks', () => {
    const wish = wishOf('incoming', { arrivalNumber: '12', date: '2026-03-05', forwardedTo: 'Văn phòng' });
    expect(wish && stampFieldTexts(wish)).toEqual([
      ['arrivalNumber', '12'],
      ['date', 'ngày 05 tháng 3 năm 2026'],
      ['forwardedTo', 'Văn phòng'],
    ]);
  });
});
