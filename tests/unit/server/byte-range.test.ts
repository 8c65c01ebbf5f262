import { expect, test } from 'vitest';
import { byteRange } from '../../../server/byte-range.ts';

test.each([
  [undefined, 100, 'whole'],
  ['bytes=0-0', 100, { first: 0, last: 0 }],
  ['bytes=10-19', 100, { first: 10, last: 19 }],
  ['bytes=90-', 100, { first: 90, last: 99 }],
  ['bytes=90-1000', 100, { first: 90, last: 99 }],
  ['bytes=-10', 100, { first: 90, last: 99 }],
  ['bytes=-1000', 100, { first: 0, last: 99 }],
  ['bytes=100-', 100, 'unsatisfiable'],
  ['bytes=-0', 100, 'unsatisfiable'],
  ['bytes=0-', 0, 'unsatisfiable'],
  ['bytes=-5', 0, 'unsatisfiable'],
  ['bytes=9-3', 100, 'whole'],
  ['bytes=-', 100, 'whole'],
  ['bytes=0-1,5-6', 100, 'whole'],
  ['bytes=a-b', 100, 'whole'],
  ['lines=1-2', 100, 'whole'],
  ['bytes=99999999999999999999-', 100, 'whole'],
] as const)('%s of %i bytes', (header, size, expected) => {
  expect(byteRange(header, size)).toEqual(expected);
});
