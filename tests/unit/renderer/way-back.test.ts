import { expect, test } from 'vitest';
import { openedFrom, rowsFrom } from '../../../renderer/boxes/way-back.ts';

test('a reader comes back to the row that they opened, else to the next', () => {
  expect(rowsFrom(['a', 'b', 'c'], 'b')).toEqual(['b', 'c']);
  expect(rowsFrom(['a', 'b', 'c'], 'c')).toEqual(['c']);
  expect(rowsFrom(['a'], 'gone')).toEqual([]);
});

test('what an older window has left in its history is no way back', () => {
  expect(openedFrom.safeParse({ box: 'incoming' }).success).toBe(false);
  expect(openedFrom.safeParse(null).success).toBe(false);
});
