import { expect, test } from 'vitest';
import { MemorySource } from '../../../native/pdf/byte-source.ts';
import { isPlainObject, readPlainObject } from '../../../native/verification/changes/plain-object.ts';

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
  expect(readPlainObject(new MemorySource(Buffer.from(text)), 0, true)).toEqual(isPlain ? [] : null);
});

test('no key twice in a trailer', () => {
  expect(isPlainObject(new MemorySource(Buffer.from('<< /Root 1 0 R /Root 1 0 R >>')), 0)).toBe(false);
});

test('what is beyond the limits is told, and makes no reference', () => {
  const read = (text: string) => readPlainObject(new MemorySource(Buffer.from(text)), 0, true);
  expect(read('<< /Rotate 99999999999 /A [1 -4294967326] >>')).toEqual([
    'Rotate 99999999999',
    'A -4294967326',
  ]);
  const long = 'n'.repeat(128);
  expect(read(`<< /${long} /${long}# >>`)).toBeNull();
  expect(read(`<< /${long} 1 /A /${long} >>`)).toEqual([`/${long}`, `/${long}`]);
  expect(read('<< /A 4294967326 0 R >>')).toBeNull();
  expect(isPlainObject(new MemorySource(Buffer.from('<< /A 4294967326 >>')), 0)).toBe(false);
});
