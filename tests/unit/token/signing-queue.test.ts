import { expect, test } from 'vitest';
import { AppError } from '../../../contract/failure.ts';
import { mostTogether } from '../../../native/token/contract.ts';
import { SigningQueue } from '../../../native/token/signing-queue.ts';

const bytes = (value: number) => Uint8Array.of(value);

test('what waits goes together, as much as a quick token signs in one call, and each gets its own answer', async () => {
  const sizes: number[] = [];
  const queue = new SigningQueue(async (data) => {
    sizes.push(data.length);
    return data.map((each) => (each[0] === 7 ? new AppError('key-missing') : each));
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
    return [...data];
  });
  await Promise.all([1, 2, 3].map((value) => queue.add(bytes(value))));
  expect(sizes).toEqual([1, 1, 1]);
});

test('behind a call that cost the process nothing is sent, and the next one starts anew', async () => {
  let falls = true;
  const queue = new SigningQueue(async (data) => {
    if (falls) throw new AppError('token-timeout');
    return [...data];
  });
  const results = await Promise.allSettled([1, 2, 3].map((value) => queue.add(bytes(value))));
  expect(results).toMatchObject([
    { reason: { code: 'token-timeout' } },
    { reason: { code: 'token-stopped', params: { sent: false } } },
    { reason: { code: 'token-stopped', params: { sent: false } } },
  ]);
  falls = false;
  expect(await queue.add(bytes(4))).toEqual(bytes(4));
});

test('an answer too few is no signature', async () => {
  const queue = new SigningQueue(async () => []);
  await expect(queue.add(bytes(1))).rejects.toMatchObject({ code: 'signature-mismatch' });
});
