import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readByteRange } from '../../../electron/byte-range.ts';

describe('reading a Range header (RFC 9110 §14)', () => {
  test.each([
    ['bytes=0-0', { start: 0, end: 0 }],
    ['bytes=10-19', { start: 10, end: 19 }],
    ['bytes=90-', { start: 90, end: 99 }],
    ['bytes=90-1000', { start: 90, end: 99 }],
    ['bytes=-1', { start: 99, end: 99 }],
    ['bytes=-1000', { start: 0, end: 99 }],
  ])('%s of 100 bytes', (header, range) => {
    expect(readByteRange(header, 100)).toEqual(range);
  });

  test.each(['bytes=100-', 'bytes=100-200', 'bytes=-0', 'bytes=999999999999999-'])(
    '%s can not be met',
    (header) => {
      expect(readByteRange(header, 100)).toBe('unsatisfiable');
    },
  );

  test.each([
    null,
    '',
    'bytes',
    'bytes=',
    'bytes=-',
    'bytes=5-4',
    'bytes=0-1,5-6',
    'lines=0-1',
    'bytes=0x1-2',
    'bytes=-1-2',
    `bytes=${'9'.repeat(40)}-`,
  ])('%j asks for the whole file', (header) => {
    expect(readByteRange(header, 100)).toBeNull();
  });

  test('nothing of an empty file can be met', () => {
    expect(readByteRange('bytes=0-', 0)).toBe('unsatisfiable');
    expect(readByteRange('bytes=-5', 0)).toBe('unsatisfiable');
  });

  test('a range never leaves the file, whatever is asked', () => {
    fc.assert(
      fc.property(fc.string(), fc.nat(), fc.nat(), fc.nat(), (noise, first, last, bytes) => {
        for (const header of [noise, `bytes=${first}-${last}`, `bytes=${first}-`, `bytes=-${last}`]) {
          const range = readByteRange(header, bytes);
          if (range === null || range === 'unsatisfiable') continue;
          expect(range.start).toBeGreaterThanOrEqual(0);
          expect(range.end).toBeGreaterThanOrEqual(range.start);
          expect(range.end).toBeLessThan(bytes);
        }
      }),
    );
  });
});
