import { expect, test } from 'vitest';
import { nextZoom, zoomOfKey } from '../../../electron/zoom.ts';

test('in and out walk the same steps and stop at the ends', () => {
  const up = [1];
  for (let step = 0; step < 20; step += 1) up.push(nextZoom(up.at(-1) ?? 1, 'in'));
  expect(up.at(-1)).toBe(3);
  const down = [3];
  for (let step = 0; step < 20; step += 1) down.push(nextZoom(down.at(-1) ?? 1, 'out'));
  expect(down.at(-1)).toBe(0.75);
  expect(nextZoom(2.5, 'reset')).toBe(1);
  expect(nextZoom(1.3, 'in')).toBe(1.5);
  expect(nextZoom(1.3, 'out')).toBe(1.25);
});

test('the keys of every keyboard are known, and others are left to the page', () => {
  const key = (name: string, more = {}) =>
    zoomOfKey({ key: name, control: true, meta: false, alt: false, ...more });
  expect([key('+'), key('='), key('-'), key('_'), key('0'), key('a')]).toEqual([
    'in',
    'in',
    'out',
    'out',
    'reset',
    null,
  ]);
  expect(key('+', { control: false })).toBeNull();
  expect(key('+', { control: false, meta: true })).toBe('in');
  // AltGr is Ctrl and Alt together, and types characters.
  expect(key('0', { alt: true })).toBeNull();
});
