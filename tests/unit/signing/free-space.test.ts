import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { BoxMm } from '../../../native/pdf/page-geometry.ts';
import { FreeSpace } from '../../../native/signing/free-space.ts';

const a4 = { width: 210, height: 297 };

function overlap(a: BoxMm, b: BoxMm): boolean {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}

const millimetre = (max: number) => fc.double({ min: 0, max, noNaN: true });
const box = fc.record({
  x: fc.double({ min: -50, max: 260, noNaN: true }),
  y: fc.double({ min: -50, max: 350, noNaN: true }),
  width: millimetre(90),
  height: millimetre(40),
});

describe('the free place nearest to a wished one', () => {
  it('covers nothing and lies on the page, wherever things stand', () => {
    fc.assert(
      fc.property(
        fc.array(box, { maxLength: 60 }),
        fc.record({
          width: fc.double({ min: 1, max: 80, noNaN: true }),
          height: fc.double({ min: 1, max: 50, noNaN: true }),
        }),
        fc.record({ x: millimetre(210), y: millimetre(297) }),
        (taken, size, near) => {
          const found = new FreeSpace(a4, taken).nearest(size, near);
          if (!found) return;
          expect(taken.filter((other) => overlap(other, found))).toEqual([]);
          expect([found.width, found.height]).toEqual([size.width, size.height]);
          expect(found.x >= 0 && found.y >= 0).toBe(true);
          expect(found.x + found.width <= a4.width && found.y + found.height <= a4.height).toBe(true);
        },
      ),
      { numRuns: 300 },
    );
  });

  it('is the wished one where that is free, to the fraction of a millimetre', () => {
    const near = { x: 33.3, y: 44.4 };
    expect(new FreeSpace(a4, []).nearest({ width: 50, height: 35 }, near)).toEqual({
      ...near,
      width: 50,
      height: 35,
    });
  });

  it('takes from its size the size alone', () => {
    const size = { x: 1, y: 2, width: 50, height: 35 };
    const found = new FreeSpace(a4, [{ x: 0, y: 0, width: 100, height: 60 }]).nearest(size, { x: 10, y: 10 });
    expect(found && [found.width, found.height]).toEqual([50, 35]);
    expect(found && (found.x > 100 || found.y > 60)).toBe(true);
  });

  it('is none where the page is full, or only beyond reach', () => {
    const rows = Array.from({ length: 60 }, (_, row) => ({ x: 0, y: row * 5, width: 210, height: 4 }));
    expect(new FreeSpace(a4, rows).nearest({ width: 10, height: 10 }, { x: 0, y: 0 })).toBeNull();
    const upper = [{ x: 0, y: 0, width: 210, height: 150 }];
    expect(new FreeSpace(a4, upper).nearest({ width: 10, height: 10 }, { x: 50, y: 20 }, 40)).toBeNull();
    expect(new FreeSpace(a4, upper).nearest({ width: 10, height: 10 }, { x: 50, y: 20 })?.y).toBeGreaterThan(
      150,
    );
  });

  it('a scan, a frame around everything and a tinted ground are paper', () => {
    const scan = [{ x: 0, y: 0, width: 210, height: 297 }];
    expect(new FreeSpace(a4, scan).isFree({ x: 10, y: 10, width: 10, height: 10 })).toBe(true);
  });

  it('a plan of many metres is searched as fast as a page', () => {
    const plan = { width: 100_000, height: 50_000 };
    const found = new FreeSpace(plan, [{ x: 0, y: 0, width: 9000, height: 9000 }]).nearest(
      { width: 50, height: 35 },
      { x: 10, y: 10 },
    );
    expect(found && (found.x > 9000 || found.y > 9000)).toBe(true);
  });
});
