import { expect, test } from 'vitest';
import { MemorySource } from '../../../native/pdf/byte-source.ts';
import { isPlainObject } from '../../../native/verification/changes/plain-object.ts';

test.each([
  ['<< /A 1 /B 2 0 R /C [1 2 0 R 3 0 R 4 (x)] /D << >> >>', true],
  ['[1 [2] << /A null >> true]', true],
  ['<< /A 1 /A 2 >>', false],
  ['<< /A 2 0 R /A 2 0 R >>', true],
  ['<< /A 2 0 R /A 3 0 R >>', false],
  ['<< /A 2 0 R /A 2 >>', false],
  ['<< /A 2 /A 2 0 R >>', false],
  ['<< /A 2 0 R /A [2 0 R] >>', false],
  ['<< /A 2 0 R /A 2 0 R /A 3 0 R >>', false],
  ['<< /A 1 0 >>', false],
  ['<< /A 1 0 0 R >>', false],
  ['<< /A R >>', false],
  ['<< /A >>', false],
  ['<< /A (x) (y) >>', false],
  ['<< /A --1 >>', false],
  ['[1 R]', false],
  ['[1 [2] 0 R]', false],
  ['[1.5 0 R]', false],
  ['[1 (x) R]', false],
  ['[word]', false],
  ['[1', false],
  ['[1 >>', false],
] as const)('%s: %s', (text, isPlain) => {
  expect(isPlainObject(new MemorySource(Buffer.from(text)), 0, true)).toBe(isPlain);
});

test('no key twice in a trailer', () => {
  expect(isPlainObject(new MemorySource(Buffer.from('<< /Root 1 0 R /Root 1 0 R >>')), 0)).toBe(false);
});
