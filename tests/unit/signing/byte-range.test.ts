import { describe, expect, it } from 'vitest';
import { serialize } from '../../../native/pdf/serializer.ts';
import {
  fillByteRange,
  fillContents,
  pdfDate,
  placeholderDictionary,
} from '../../../native/signing/signature-dictionary.ts';
import { failureOf } from '../pdf/scratch.ts';

const room = 100;

function incrementAt(base: number) {
  const body = serialize(
    placeholderDictionary({ signedAt: new Date(0), reason: '/ByteRange [1] <FF>' }, room),
  );
  const bytes = Buffer.concat([Buffer.from('7 0 obj\n'), body, Buffer.from('\nendobj\ntail')]);
  const places = new Map([[7, { start: base, end: base + bytes.length }]]);
  return { bytes, base, places };
}

describe('the byte range', () => {
  it.each([0, 99_999_999, 100_000_000, 2 ** 31 - 1, 2 ** 31, 2 ** 32, 9_000_000_000])(
    'of a file of %i bytes',
    (base) => {
      const increment = incrementAt(base);
      const { bytes, gap } = fillByteRange(increment, 7);
      const text = Buffer.from(bytes).toString('latin1');
      const [, start, length, behind, rest] =
        /\/ByteRange \[(\d+) (\d+) (\d+) (\d+) *\]/.exec(text)?.map(Number) ?? [];
      expect(bytes).toHaveLength(increment.bytes.length);
      expect([start, length]).toEqual([0, base + gap.start]);
      expect([behind, (behind ?? 0) + (rest ?? 0)]).toEqual([base + gap.end, base + bytes.length]);
      expect([text[gap.start], text[gap.end - 1]]).toEqual(['<', '>']);
    },
  );

  it('is changed, and then the signature, and nothing else', () => {
    const increment = incrementAt(1000);
    const prepared = fillByteRange(increment, 7);
    const filled = fillContents(prepared, Buffer.from('abc'));
    const hidden = (bytes: Uint8Array) =>
      Buffer.from(bytes)
        .toString('latin1')
        .replace(/\/ByteRange \[[\d ]+\] */, '');
    expect(hidden(filled).replace('616263', '000000')).toBe(hidden(increment.bytes));
  });

  it('has no room for a signature that is larger', () => {
    const prepared = fillByteRange(incrementAt(0), 7);
    expect(failureOf(() => fillContents(prepared, Buffer.alloc(room)))).toBe('no failure');
    expect(failureOf(() => fillContents(prepared, Buffer.alloc(room + 1)))).toBe('signature-room-too-small');
  });
});

it('writes dates in Viet Nam’s time, across the turn of the year', () => {
  expect(pdfDate(new Date('2026-12-31T17:00:00Z'))).toBe("D:20270101000000+07'00'");
});
