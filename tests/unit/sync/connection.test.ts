import { expect, test } from 'vitest';
import { AppError } from '../../../contract/failure.ts';
import { Connection } from '../../../native/sync/connection.ts';

function connection() {
  const state = { now: new Date('2026-11-20T00:00:00.000Z'), changes: 0, back: 0 };
  const line = new Connection(() => state.now, {
    onBack: () => {
      state.back += 1;
    },
    onChange: () => {
      state.changes += 1;
    },
  });
  return { state, line };
}

test('a clock that is off is measured and shown', () => {
  const { state, line } = connection();
  expect(line.serverNow()).toEqual(state.now);
  line.answered(new Date('2026-11-20T00:10:00.000Z'));
  expect(line.line).toMatchObject({ online: true, failure: null, clockOffsetMs: 600_500 });
  expect(line.serverNow()).toEqual(new Date('2026-11-20T00:10:00.500Z'));
  expect(state.changes).toBe(1);
  state.now = new Date('2026-11-20T00:00:00.900Z');
  line.answered(new Date('2026-11-20T00:10:00.000Z'));
  expect(line.line.clockOffsetMs).toBe(600_500);
  expect(state.changes).toBe(1);
  line.answered(null);
  expect(line.line.clockOffsetMs).toBe(600_500);
});

test('going and coming of the line are told once each; a refusal is no trouble with the line', () => {
  const { state, line } = connection();
  line.answered(null);
  line.failed(new AppError('document-state'));
  expect(line.line.online).toBe(true);
  line.failed(new AppError('server-unreachable'));
  line.failed(new AppError('server-unreachable'));
  expect(line.line).toMatchObject({ online: false, failure: { code: 'server-unreachable' } });
  expect(state.changes).toBe(2);
  line.answered(null);
  expect(line.line).toMatchObject({ online: true, failure: null });
  line.closed(new AppError('session-expired'));
  expect(line.line).toMatchObject({ online: false, failure: { code: 'session-expired' } });
});

test('a line that comes is told once, also the first one, and not while it stays', () => {
  const { state, line } = connection();
  line.answered(null);
  line.answered(null);
  expect(state.back).toBe(1);
  line.failed(new AppError('server-unreachable'));
  expect(state.back).toBe(1);
  line.answered(null);
  expect(state.back).toBe(2);
});

test.each([
  ['nothing is known', null, 0],
  ['the clocks agree', 0, 500],
  ['this one is a minute late', 59_000, 59_500],
  ['this one is a minute early', -60_000, -59_500],
  ['the server says ten minutes later', 600_000, 0],
  ['the server says tomorrow', 86_400_000, 0],
  ['the server says ten years ago', -315_360_000_000, 0],
  [
    'the server says the year 9999',
    Date.parse('9999-01-01T00:00:00Z') - Date.parse('2026-11-20T00:00:00Z'),
    0,
  ],
])('where %s, the claimed time moves by at most a minute', (_, offset, moved) => {
  const { state, line } = connection();
  line.answered(offset === null ? null : new Date(state.now.getTime() + offset));
  expect(line.now().getTime() - state.now.getTime()).toBe(moved);
  const isApart = offset !== null && moved === 0 && offset !== 0;
  expect(line.clockFault()?.code ?? null).toBe(isApart ? 'clock-differs' : null);
  if (isApart)
    expect(line.clockFault()?.params).toEqual({ minutes: Math.round(Math.abs(offset + 500) / 60_000) });
});
