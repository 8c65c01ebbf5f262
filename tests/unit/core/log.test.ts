import { expect, test } from 'vitest';
import { AppError } from '../../../contract/failure.ts';
import { Log } from '../../../native/core/log.ts';

function logged(write: (log: Log) => void): Record<string, unknown> {
  const lines: string[] = [];
  write(new Log((line) => void lines.push(line)));
  expect(lines).toHaveLength(1);
  expect(lines[0]?.endsWith('\n')).toBe(true);
  return JSON.parse(lines[0] ?? '');
}

test('what the person saw stands as its code, what it came from as its cause', () => {
  const cause = new TypeError('fetch failed', { cause: new Error('connect ECONNREFUSED') });
  const line = logged((log) =>
    log.failure('call', new AppError('server-unreachable', {}, { cause }), { call: 'a.b' }),
  );
  expect(line).toMatchObject({ level: 'warning', event: 'call', code: 'server-unreachable', call: 'a.b' });
  expect(line['cause']).toBe('TypeError: fetch failed ← Error: connect ECONNREFUSED');
  expect(line).not.toHaveProperty('stack');
});

test('a fault of the program has its stack', () => {
  const line = logged((log) => log.failure('call', new RangeError('oops')));
  expect(line).toMatchObject({ level: 'error', code: 'internal' });
  expect(line['stack']).toContain('log.test.ts');
});

test('secrets stay out, by name and by look', () => {
  const bearer = 'q7'.repeat(30);
  const digest = 'ab'.repeat(32);
  const line = logged((log) =>
    log.failure('x', new AppError('internal', {}, { cause: new Error(`Bearer ${bearer}`) }), {
      pin: '12345678',
      bearer,
      digest,
    }),
  );
  const text = JSON.stringify(line);
  expect(text).not.toContain(bearer);
  expect(text).not.toContain('12345678');
  expect(line['digest']).toBe(digest);
});
