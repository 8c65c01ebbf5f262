import { expect, test } from 'vitest';
import { BackOff } from '../../../electron/back-off.ts';

test('pauses double up to the longest, and start anew after a start that held', () => {
  let now = 0;
  const backOff = new BackOff({ first: 100, longest: 1000, heldAfter: 60_000, now: () => now });
  const pauses = Array.from({ length: 6 }, () => {
    backOff.started();
    now += 500;
    return backOff.next();
  });
  expect(pauses).toEqual([100, 200, 400, 800, 1000, 1000]);
  backOff.started();
  now += 60_000;
  expect(backOff.next()).toBe(100);
});

test('a thousand deaths later the pause is still a number', () => {
  const backOff = new BackOff({ first: 100, longest: 1000, now: () => 0 });
  backOff.started();
  for (let death = 0; death < 1000; death += 1) backOff.next();
  expect(backOff.next()).toBe(1000);
});
