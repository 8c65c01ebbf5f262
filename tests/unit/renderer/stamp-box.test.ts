import fc from 'fast-check';
import { expect, test } from 'vitest';
import { boxOfKey, fitted, leastBox, moved, resized } from '../../../renderer/document/stamp-box.ts';

const page = { width: 210, height: 297 };
const box = { x: 120, y: 215, width: 52, height: 22 };
const plain = { shiftKey: false, ctrlKey: false, altKey: false, metaKey: false };

test('arrows move it by a millimetre, with Ctrl by ten, with Shift they resize it', () => {
  expect(boxOfKey({ ...plain, key: 'ArrowLeft' }, box, page)).toEqual({ ...box, x: 119 });
  expect(boxOfKey({ ...plain, key: 'ArrowDown', ctrlKey: true }, box, page)).toEqual({ ...box, y: 225 });
  expect(boxOfKey({ ...plain, key: 'ArrowRight', shiftKey: true }, box, page)).toEqual({ ...box, width: 53 });
  expect(boxOfKey({ ...plain, key: 'Enter' }, box, page)).toBeNull();
  expect(boxOfKey({ ...plain, key: 'ArrowLeft', altKey: true }, box, page)).toBeNull();
});

const within = (of: typeof box, sheet: typeof page) =>
  of.x >= 0 && of.y >= 0 && of.x + of.width <= sheet.width + 1e-9 && of.y + of.height <= sheet.height + 1e-9;

test('whatever a hand does, it stays on the page and can be read', () => {
  const length = fc.double({ min: -2000, max: 2000, noNaN: true });
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.boolean(), length, length)), (steps) => {
      const end = steps.reduce(
        (at, [resizes, right, down]) => (resizes ? resized : moved)(at, right, down, page),
        box,
      );
      expect(within(end, page)).toBe(true);
      expect(end.width).toBeGreaterThanOrEqual(leastBox.width - 1e-9);
      expect(end.height).toBeGreaterThanOrEqual(leastBox.height - 1e-9);
    }),
  );
});

test('on a smaller page it is moved, and shrunk only where it must be', () => {
  expect(fitted(box, { width: 148, height: 210 })).toEqual({ ...box, x: 96, y: 188 });
  expect(fitted(box, { width: 40, height: 20 })).toEqual({ x: 0, y: 0, width: 40, height: 20 });
});
