import { expect, test } from 'vitest';
import { newIdempotencyKey } from '../../../native/sync/idempotency-key.ts';

test('a UUIDv7 (RFC 9562): version, variant and the time in front', () => {
  const now = new Date('2026-11-20T03:00:00.123Z');
  for (let round = 0; round < 200; round += 1) {
    const key = newIdempotencyKey(now);
    expect(key).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(Number.parseInt(key.replaceAll('-', '').slice(0, 12), 16)).toBe(now.getTime());
  }
});

test('no two are alike', () => {
  const now = new Date();
  expect(new Set(Array.from({ length: 1000 }, () => newIdempotencyKey(now))).size).toBe(1000);
});
