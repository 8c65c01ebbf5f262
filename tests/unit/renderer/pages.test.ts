import { describe, expect, test } from 'vitest';
import { moveOfKey } from '../../../renderer/pdf/page-keys.ts';
import { canvasScale, livePages, pageInView, placePages } from '../../../renderer/pdf/page-layout.ts';
import { pdfFailure } from '../../../renderer/pdf/pdf-failure.ts';

const a4 = { width: 595, height: 842 };

describe('the column of pages', () => {
  const places = placePages([a4, { width: 842, height: 595 }, a4], 595, 1, 10);

  test('gives each page the column’s width and its own height', () => {
    expect(places.map(({ top }) => Math.round(top))).toEqual([0, 852, 1282]);
    expect(places.map(({ width }) => width)).toEqual([595, 595, 595]);
  });

  test('knows the page in view', () => {
    expect(pageInView(places, 0, 600)).toBe(0);
    expect(pageInView(places, 852, 600)).toBe(1);
    expect(pageInView(places, 5000, 600)).toBe(2);
    expect(pageInView([], 0, 600)).toBe(0);
  });

  test('keeps at most three pages alive', () => {
    expect(livePages(0, 1)).toEqual([0]);
    expect(livePages(0, 1000)).toEqual([0, 1]);
    expect(livePages(500, 1000)).toEqual([499, 500, 501]);
    expect(livePages(999, 1000)).toEqual([998, 999]);
  });

  test('bounds a canvas whatever the zoom', () => {
    expect(canvasScale(600, 850, 2)).toBe(2);
    const scale = canvasScale(5000, 20_000, 2);
    expect(5000 * scale * 20_000 * scale).toBeLessThanOrEqual(8_000_001);
  });
});

describe('keys of the pages', () => {
  const press = (key: string, change = {}) =>
    moveOfKey({ key, ctrlKey: false, altKey: false, metaKey: false, ...change });
  test('turn and size them', () => {
    expect(['PageDown', 'PageUp', 'Home', 'End', '+', '-', '0'].map((key) => press(key))).toEqual([
      'next',
      'previous',
      'first',
      'last',
      'larger',
      'smaller',
      'fit',
    ]);
  });
  test('leave Enter, and whatever comes with Ctrl, alone', () => {
    expect(press('Enter')).toBeNull();
    expect(press('+', { ctrlKey: true })).toBeNull();
  });
});

test('a document that cannot be shown says why', () => {
  const named = (name: string) => Object.assign(new Error('x'), { name });
  expect(pdfFailure(named('PasswordException')).code).toBe('pdf-encrypted');
  expect(pdfFailure(named('InvalidPDFException')).code).toBe('pdf-damaged');
  expect(pdfFailure(new TypeError('fetch failed')).code).toBe('file-unreadable');
  expect(pdfFailure('?').code).toBe('pdf-damaged');
});
