import { expect, test } from 'vitest';
import { Turnstile } from '../../../native/core/turnstile.ts';

test('one at a time, in the order of coming, and a fall lets the next one in', async () => {
  const turnstile = new Turnstile();
  const order: string[] = [];
  const pass = (name: string, fails = false) =>
    turnstile.pass(async () => {
      order.push(`${name} in`);
      await new Promise((resolve) => setImmediate(resolve));
      order.push(`${name} out`);
      if (fails) throw new Error(name);
      return name;
    });
  const all = Promise.allSettled([pass('a'), pass('b', true), pass('c')]);
  expect(turnstile.busy).toBe(true);
  expect((await all).map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
  expect(order).toEqual(['a in', 'a out', 'b in', 'b out', 'c in', 'c out']);
  expect(turnstile.busy).toBe(false);
});
