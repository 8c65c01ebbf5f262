import { describe, expect, test } from 'vitest';
import { documentType } from '../../../contract/document-type.ts';
import { deliveryCount, pendingLook, stateLook, urgencyWord } from '../../../renderer/boxes/card-state.ts';
import { boxesOf } from '../../../renderer/shell/boxes-of.ts';
import * as batchWords from '../../../renderer/words/batch.ts';
import { briefInstant, dayText, instantText, writtenDate } from '../../../renderer/words/format.ts';
import * as gateWords from '../../../renderer/words/gate.ts';
import {
  copyForms,
  fileWords,
  initialRoles,
  stampFieldHints,
  stampFieldNames,
} from '../../../renderer/words/local-file.ts';
import * as screens from '../../../renderer/words/screens.ts';
import * as tokenWords from '../../../renderer/words/token.ts';
import * as trustWords from '../../../renderer/words/trust.ts';
import { typeName } from '../../../renderer/words/type-name.ts';
import * as verdictWords from '../../../renderer/words/verdict.ts';
import * as words from '../../../renderer/words/vi.ts';

/** All texts of a table, however deep; what takes parameters is called with 1. */
function textsOf(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (typeof value === 'function') return [String(value(1, 1, 1, 1))];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsOf) : [];
}

describe('words on the screens', () => {
  const localWords = { fileWords, stampFieldNames, stampFieldHints, copyForms, initialRoles };
  const tables = [words, screens, tokenWords, verdictWords, gateWords, trustWords, batchWords, localWords];
  const texts = tables.flatMap((table) => textsOf({ ...table }));
  test('are there, composed, and Vietnamese', () => {
    expect(texts.length).toBeGreaterThan(230);
    for (const text of texts) {
      expect(text).not.toBe('');
      expect(text).toBe(text.normalize('NFC'));
      expect(text).not.toMatch(/undefined|\b(the|error|loading|cancel|retry|please|file|server)\b/i);
    }
  });
});

describe('dates', () => {
  test('are those of Viet Nam', () => {
    expect(dayText('2026-11-22T18:00:00Z')).toBe('23/11/2026');
    expect(instantText('2026-11-22T18:00:00Z')).toBe('01:00 ngày 23/11/2026');
    expect(instantText('2026-11-22T17:00:00Z')).toBe('00:00 ngày 23/11/2026');
  });
  test('are brief in lists', () => {
    const now = new Date('2026-11-22T10:00:00Z');
    expect(briefInstant('2026-11-22T01:05:00Z', now)).toBe('08:05');
    expect(briefInstant('2026-11-20T01:05:00Z', now)).toBe('20/11/2026');
  });
  test('are written as in documents (NĐ 30/2020 PL I: leading zero for days under 10 and months 1 and 2)', () => {
    expect(writtenDate('2026-01-05')).toBe('ngày 05 tháng 01 năm 2026');
    expect(writtenDate('2026-03-15')).toBe('ngày 15 tháng 3 năm 2026');
    expect(writtenDate('2026-11-09')).toBe('ngày 09 tháng 11 năm 2026');
  });
});

describe('a row', () => {
  test('names every type, and shows an unknown one as it came', () => {
    for (const type of documentType.options) expect(typeName(type)).toMatch(/^\p{Lu}/u);
    expect(typeName('phieu-la')).toBe('phieu-la');
  });
  test('marks only what is urgent', () => {
    expect(urgencyWord('normal')).toBeNull();
    expect(urgencyWord('flash')).toBe('Hỏa tốc');
  });
  test('says where a document stands, even in a state of tomorrow', () => {
    expect(stateLook({ kind: 'outgoing', state: 'issued' })).toMatchObject({ word: 'Đã phát hành' });
    expect(stateLook({ kind: 'incoming', state: 'arrived' })).toMatchObject({ word: 'Chờ đăng ký' });
    expect(stateLook({ kind: 'outgoing', state: 'recalled' })).toMatchObject({ word: 'recalled' });
  });
  test('shows what the server has not confirmed', () => {
    expect(pendingLook(null)).toBeNull();
    expect(pendingLook('confirmed')).toBeNull();
    expect(pendingLook('needsAttention')).toMatchObject({ word: 'Cần xem lại', tone: 'bad' });
  });
  test('counts deliveries', () => {
    const deliveries = (['registered', 'refused', 'arrived'] as const).map((state) => ({
      agency: 'x',
      state,
    }));
    expect(deliveryCount(deliveries)).toEqual({ all: 3, registered: 1, refused: 1 });
  });
});

test('each role begins with what waits for its hand', () => {
  expect(boxesOf('leader')).toEqual(['toSign', 'incoming', 'outgoing']);
  expect(boxesOf('clerk')).toEqual(['toIssue', 'incoming', 'outgoing']);
  expect(boxesOf('specialist')[0]).toBe('incoming');
});
