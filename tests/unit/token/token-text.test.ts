import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cleanText, shownPath } from '../../../native/token/token-text.ts';

describe('text from a token', () => {
  test('loses padding, and what hides or turns it', () => {
    expect(cleanText('  Ấn Tín\0\0   ')).toBe('Ấn Tín');
    expect(cleanText('a\u202Eb\u200Bc\r\n\u2028d\u{E0041}')).toBe('abcd');
  });

  test('is bounded and printable, whatever came', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 600 }), (raw) => {
        const text = cleanText(raw);
        expect(text.length).toBeLessThanOrEqual(200);
        expect(text.isWellFormed()).toBe(true);
        expect(text).not.toMatch(/[\p{Cc}\p{Cf}\u2028\u2029]/u);
      }),
    );
  });

  test('keeps the end of a path that is too long to show', () => {
    const path = `/${'a'.repeat(2000)}/module.so`;
    expect(shownPath(path)).toHaveLength(1000);
    expect(shownPath(path).endsWith('/module.so')).toBe(true);
  });
});
