import { expect, test } from 'vitest';
import type { Fetcher } from '../../../native/verification/revocation/fetcher.ts';
import { forgetFailures, remembered } from '../../../native/verification/revocation/memory.ts';

const unused = () => Promise.reject(new Error('not asked'));

/** Counts what is really asked for. */
function desk() {
  const fetcher: Fetcher = { get: unused, post: unused };
  let asked = 0;
  const ask = (key: string, answer: () => Promise<string | null>) =>
    remembered(fetcher, key, () => {
      asked += 1;
      return answer();
    });
  return { fetcher, ask, asked: () => asked };
}

test('a failure is remembered until the line is back, what was brought beyond that', async () => {
  const { fetcher, ask, asked } = desk();
  expect(await ask('list', () => Promise.resolve('list'))).toBe('list');
  expect(await ask('answer', unused)).toBeNull();
  expect(await ask('answer', () => Promise.resolve('answer'))).toBeNull();
  forgetFailures(fetcher);
  expect(await ask('answer', () => Promise.resolve('answer'))).toBe('answer');
  expect(await ask('list', unused)).toBe('list');
  expect(asked()).toBe(3);
});

test('what was asked for before the line was back is asked for again, and does not take the new answer’s place', async () => {
  const { fetcher, ask } = desk();
  const late = Promise.withResolvers<string | null>();
  const before = ask('answer', () => late.promise);
  forgetFailures(fetcher);
  expect(await ask('answer', () => Promise.resolve('answer'))).toBe('answer');
  late.resolve(null);
  expect(await before).toBeNull();
  expect(await ask('answer', unused)).toBe('answer');
});

test('one fetcher’s line is not another’s', async () => {
  const [one, other] = [desk(), desk()];
  await one.ask('answer', unused);
  forgetFailures(other.fetcher);
  expect(await one.ask('answer', () => Promise.resolve('answer'))).toBeNull();
});
