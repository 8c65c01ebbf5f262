import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { placeOnScreens, readWindowMemory, writeWindowMemory } from '../../../electron/window-memory.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'antin-window-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const fresh = { bounds: null, maximized: true, zoom: 1, hardwareAcceleration: true };

describe('what the window remembers', () => {
  test('is what was written, with nothing left beside it', () => {
    const file = path.join(folder, 'kept', 'window.json');
    const memory = {
      bounds: { x: -10, y: 5, width: 800, height: 600 },
      maximized: false,
      zoom: 1.5,
      hardwareAcceleration: false,
    };
    writeWindowMemory(file, memory);
    expect(readWindowMemory(file)).toEqual(memory);
    expect(readdirSync(path.dirname(file))).toEqual(['window.json']);
  });

  test.each([
    ['nothing', null],
    ['half a file', '{"zoom": 1.'],
    ['something else', '[1, 2]'],
    ['null', 'null'],
  ])('%s counts as never written', (_name, text) => {
    const file = path.join(folder, 'damaged.json');
    rmSync(file, { force: true });
    if (text !== null) writeFileSync(file, text);
    expect(readWindowMemory(file)).toEqual(fresh);
  });

  test('one bad value does not cost the others', () => {
    const file = path.join(folder, 'partly.json');
    writeFileSync(
      file,
      '{"bounds": {"x": 1, "y": 1, "width": 0, "height": 5}, "maximized": false, "zoom": 99}',
    );
    expect(readWindowMemory(file)).toEqual({ ...fresh, maximized: false });
  });
});

describe('placing the window on the screens there are', () => {
  const first = { x: 0, y: 0, width: 1920, height: 1040 };
  const second = { x: 1920, y: 0, width: 1280, height: 1024 };

  test('stays where it was', () => {
    const bounds = { x: 2000, y: 50, width: 800, height: 600 };
    expect(placeOnScreens(bounds, [first, second])).toEqual(bounds);
  });

  test('comes back when its screen is gone', () => {
    const bounds = { x: 2000, y: 50, width: 800, height: 600 };
    expect(placeOnScreens(bounds, [first])).toEqual({ x: 1120, y: 50, width: 800, height: 600 });
  });

  test('shrinks to a smaller screen', () => {
    const bounds = { x: 0, y: 0, width: 4000, height: 3000 };
    expect(placeOnScreens(bounds, [second])).toEqual(second);
  });

  test('is left to the system where nothing is known', () => {
    expect(placeOnScreens(null, [first])).toBeNull();
    expect(placeOnScreens({ x: 0, y: 0, width: 1, height: 1 }, [])).toBeNull();
  });

  test('always lies within one screen', () => {
    const rectangle = fc.record({
      x: fc.integer({ min: -9999, max: 9999 }),
      y: fc.integer({ min: -9999, max: 9999 }),
      width: fc.integer({ min: 1, max: 9999 }),
      height: fc.integer({ min: 1, max: 9999 }),
    });
    fc.assert(
      fc.property(rectangle, fc.array(rectangle, { minLength: 1, maxLength: 4 }), (bounds, screens) => {
        const placed = placeOnScreens(bounds, screens);
        const inside = screens.some(
          (screen) =>
            placed !== null &&
            placed.x >= screen.x &&
            placed.y >= screen.y &&
            placed.x + placed.width <= screen.x + screen.width &&
            placed.y + placed.height <= screen.y + screen.height,
        );
        expect(inside).toBe(true);
      }),
    );
  });
});
