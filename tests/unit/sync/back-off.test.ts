import { expect, test } from 'vitest';
import { Alarm } from '../../../native/sync/alarm.ts';
import { BackOff } from '../../../native/sync/back-off.ts';

test('waits double up to the longest, each spread by half', () => {
  const backOff = new BackOff({ firstMs: 100, longestMs: 1000 });
  for (const full of [100, 200, 400, 800, 1000, 1000]) {
    const wait = backOff.next();
    expect(wait).toBeGreaterThanOrEqual(full / 2);
    expect(wait).toBeLessThanOrEqual(full);
  }
  backOff.reset();
  expect(backOff.next()).toBeLessThanOrEqual(100);
  for (let failures = 0; failures < 2000; failures += 1) expect(backOff.next()).toBeLessThanOrEqual(1000);
});

test('a wait ends by its time, by the alarm, or by being given up', async () => {
  const alarm = new Alarm();
  const never = new AbortController();
  await alarm.wait(1, never.signal);
  const rung = alarm.wait(null, never.signal);
  alarm.ring();
  await rung;
  const givenUp = alarm.wait(null, never.signal);
  never.abort();
  await givenUp;
});

test('an alarm that rang while nobody waited is heard by the next one, once', async () => {
  const alarm = new Alarm();
  const signal = new AbortController().signal;
  alarm.ring();
  await alarm.wait(null, signal);
  let over = false;
  const second = alarm.wait(null, signal).then(() => {
    over = true;
  });
  await new Promise((resolve) => setImmediate(resolve));
  expect(over).toBe(false);
  alarm.ring();
  await second;
});
