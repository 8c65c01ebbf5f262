import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MemorySource } from '../../../native/pdf/byte-source.ts';
import { FoundObjects } from '../../../native/pdf/found-objects.ts';
import { LandmarkFinder, SlidingSource } from '../../../native/pdf/landmark.ts';

function landmarks(text: string, window: number): string[] {
  const bytes = Buffer.from(text, 'latin1');
  const finder = new LandmarkFinder(new SlidingSource(new MemorySource(bytes), window));
  const found: string[] = [];
  for (let one = finder.next(0); one; one = finder.next(one.end))
    found.push(`${one.at} ${text.slice(one.at, one.end)}`);
  return found;
}

/** What is looked for, by an expression over the whole text. */
function expected(text: string): string[] {
  const pattern = /\d{1,10}[ \t\r\n\f\0]{1,64}\d{1,5}[ \t\r\n\f\0]{1,64}obj(?![a-zA-Z])|trailer/g;
  return [...text.matchAll(pattern)].map((match) => `${match.index} ${match[0]}`);
}

describe('landmarks', () => {
  it('are those of an expression over the whole file, wherever the window ends', () => {
    const piece = fc.oneof(
      fc.constantFrom(
        '1 0 obj',
        '23 4\robj',
        '7\n\n0 obj<<',
        'endobj',
        'trailer',
        '5 0 object',
        ' 0 obj',
        'obj',
      ),
      fc.constantFrom('12', ' ', '\n', 'x', '0', 'objobj', 'trai', 'stream'),
      fc.nat(200).map((count) => 'y'.repeat(count)),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 60 }), fc.integer({ min: 80, max: 400 }), (pieces, window) => {
        const text = pieces.join('');
        expect(landmarks(text, window)).toEqual(expected(text));
      }),
    );
  });

  it.each([(1 << 16) - 3, (1 << 16) - 1, 1 << 16, (1 << 18) - 5, (1 << 18) - 1, 1 << 18])(
    'across byte %i',
    (at) => {
      for (let shift = 0; shift < 10; shift++) {
        const text = `${'x'.repeat(at - shift)}\n12 0 obj<</A 1>>endobj trailer`;
        expect(landmarks(text, 1 << 18)).toEqual(expected(text));
      }
    },
  );
});

describe('found objects', () => {
  it('the highest rank counts, of equal ones the last added; numbers come in order', () => {
    const found = new FoundObjects();
    const at = (offset: number) => ({ kind: 'offset', offset, generation: 2 }) as const;
    found.add(9, at(100), 0);
    found.add(3, at(200), 1);
    found.add(9, at(300), 2);
    found.add(3, { kind: 'compressed', container: 77, index: 5 }, 0);
    found.add(4, { kind: 'compressed', container: 77, index: 6 }, 3);
    found.add(4, { kind: 'compressed', container: 77, index: 7 }, 3);
    expect([...found.numbers()]).toEqual([3, 4, 9]);
    expect(found.find(9)).toEqual(at(300));
    expect(found.find(3)).toEqual(at(200));
    expect(found.find(4)).toEqual({ kind: 'compressed', container: 77, index: 7 });
    expect([found.find(5), found.rankOf(5), found.has(9), found.highest]).toEqual([undefined, null, true, 9]);
  });

  it('says as a map says, for any order of additions', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.integer({ min: 1, max: 40 }), fc.nat(2 ** 40)), { maxLength: 1000 }),
        (all) => {
          const [found, map] = [new FoundObjects(), new Map<number, number>()];
          all.forEach(([number, offset], rank) => {
            found.add(number, { kind: 'offset', offset, generation: 0 }, rank);
            map.set(number, offset);
          });
          expect([...found.numbers()]).toEqual([...map.keys()].sort((a, b) => a - b));
          for (const [number, offset] of map) expect(found.find(number)).toMatchObject({ offset });
        },
      ),
    );
  });

  it('numbers beyond reason are left out', () => {
    const found = new FoundObjects();
    for (const number of [0, -1, 999_999_999])
      found.add(number, { kind: 'offset', offset: 1, generation: 0 }, 0);
    expect([...found.numbers()]).toEqual([]);
    expect(found.highest).toBe(0);
  });
});
