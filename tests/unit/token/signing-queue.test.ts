import { expect, test } from 'vitest';
import { AppError } from '../../../contract/failure.ts';
import { mostTogether } from '../../../native/token/signing-lane.ts';
import { SigningQueue } from '../../../native/token/signing-queue.ts';

const bytes = (value: number) => Uint8Array.of(value);
const matches = () => true;

test('what waits goes together, as much as a quick token signs in one call, and each gets its own answer', async () => {
  const sizes: number[] = [];
  const queue = new SigningQueue(async (data) => {
    sizes.push(data.length);
    return { answers: data.map((each) => (each[0] === 7 ? new AppError('key-missing') : each)), matches };
  });
  const results = await Promise.allSettled(
    Array.from({ length: 200 }, (_, value) => queue.add(bytes(value))),
  );
  expect(sizes[0]).toBe(1);
  expect(Math.max(...sizes)).toBeGreaterThan(1);
  expect(Math.max(...sizes)).toBeLessThanOrEqual(mostTogether);
  expect(sizes.reduce((sum, size) => sum + size)).toBe(200);
  for (const [value, result] of results.entries()) {
    if (value === 7) expect(result).toMatchObject({ reason: { code: 'key-missing' } });
    else expect(result).toEqual({ status: 'fulfilled', value: bytes(value) });
  }
});

test('a slow token is asked for one at a time', async () => {
  const sizes: number[] = [];
  const queue = new SigningQueue(async (data) => {
    sizes.push(data.length);
    await new Promise((resolve) => setTimeout(resolve, 60));
    return { answers: data, matches };
  });
  await Promise.all([1, 2, 3].map((value) => queue.add(bytes(value))));
  expect(sizes).toEqual([1, 1, 1]);
});

test('behind a call that cost the process nothing is sent, and the next one starts anew', async () => {
  const sent: number[] = [];
  let falls = true;
  const queue = new SigningQueue(async (data) => {
    sent.push(...data.map(([value = 0]) => value));
    if (falls) throw new AppError(sent.length === 1 ? 'token-timeout' : 'token-stopped', {});
    return { answers: data, matches };
  });
  const results = await Promise.allSettled([1, 2, 3, 4].map((value) => queue.add(bytes(value))));
  const stopped = { reason: { code: 'token-stopped' } };
  expect(results).toMatchObject([{ reason: { code: 'token-timeout' } }, stopped, stopped, stopped]);
  // The second was at hand; those behind it were kept.
  expect(sent).toEqual([1, 2]);
  falls = false;
  expect(await queue.add(bytes(5))).toEqual(bytes(5));
});

test('one call is at hand while another is under way, and no more', async () => {
  let now = 0;
  let most = 0;
  const queue = new SigningQueue(async (data) => {
    most = Math.max(most, ++now);
    await new Promise((resolve) => setTimeout(resolve, 5));
    now -= 1;
    return { answers: data, matches };
  });
  await Promise.all(Array.from({ length: 40 }, (_, value) => queue.add(bytes(value))));
  expect(most).toBe(2);
});

test('an answer too few is no signature', async () => {
  const queue = new SigningQueue(async () => ({ answers: [], matches }));
  await expect(queue.add(bytes(1))).rejects.toMatchObject({ code: 'signature-mismatch' });
});

test('what comes back wrong is no signature, and the rest are', async () => {
  const queue = new SigningQueue(async (data) => ({ answers: data, matches: ([value]) => value !== 2 }));
  const results = await Promise.allSettled([1, 2, 3].map((value) => queue.add(bytes(value))));
  expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
  expect(results[1]).toMatchObject({ reason: { code: 'signature-mismatch' } });
});

test('the next ones are on their way before the last ones are looked at', async () => {
  const events: string[] = [];
  const queue = new SigningQueue(async (data) => {
    events.push('sent');
    await new Promise((resolve) => setTimeout(resolve, 60));
    return { answers: data, matches: () => events.push('looked at') > 0 };
  });
  await Promise.all([1, 2, 3].map((value) => queue.add(bytes(value))));
  expect(events.lastIndexOf('sent')).toBeLessThan(events.indexOf('looked at'));
});
