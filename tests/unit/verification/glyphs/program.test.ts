import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { Fingerprints } from '../../../../native/verification/glyphs/fingerprint.ts';
import { recognised } from '../../../../native/verification/glyphs/known-glyph.ts';
import { readProgram } from '../../../../native/verification/glyphs/program.ts';
import {
  composedOf,
  digitTables,
  exchangedOutlines,
  fontFile,
  glyphOf,
  outlinesOf,
  programWith,
  withOutlines,
} from '../../../attacks/font-pieces.ts';

/** What the digits of a program are, as our reader knows them; `claimed` is what the file says of each. */
function digitsOf(bytes: Uint8Array, claimed = '0589'): (string | null)[] | null {
  const program = readProgram(bytes);
  if (!program) return null;
  const prints = new Fingerprints(program);
  return Array.from(claimed, (claim, index) => {
    const print = prints.of(index + 1);
    return print ? recognised(program, print, claim) : print;
  });
}

test('digits are known by their outlines, whatever the file says of them', () => {
  const own = fontFile(digitTables());
  expect(digitsOf(own)).toEqual(['0', '5', '8', '9']);
  expect(digitsOf(own, '9850')).toEqual(['0', '5', '8', '9']);
  expect(digitsOf(exchangedOutlines({ '0': '9' }))).toEqual([null, '5', '8', '9']);
});

test('a digit composed of another is neither', () => {
  const composed = withOutlines([
    ...outlinesOf().slice(0, 1),
    composedOf(glyphOf('9')),
    ...outlinesOf().slice(2),
  ]);
  expect(digitsOf(composed)).toEqual([null, '5', '8', '9']);
});

test.each([
  ['instructions', 'fpgm'],
  ['values that instructions reckon with', 'cvt '],
  ['instructions before all others', 'prep'],
])('other %s could draw equal outlines otherwise', (_, tag) => {
  const changed = programWith(tag, (table) => {
    table.writeUInt8(table.readUInt8(0) ^ 1, 0);
    return table;
  });
  expect(digitsOf(changed)).toEqual([null, null, null, null]);
});

test('one byte of an outline makes it another', () => {
  const outlines = outlinesOf().map((record) => Buffer.from(record));
  const five = outlines[glyphOf('5')];
  five?.writeUInt8((five.at(60) ?? 0) ^ 4, 60);
  expect(digitsOf(withOutlines(outlines))).toEqual(['0', null, '8', '9']);
});

test('tables that some readers draw by, and doubled ones, are no program to us', () => {
  for (const tag of ['sbix', 'COLR', 'SVG ', 'EBDT', 'CFF ', 'gvar', 'vmtx']) {
    expect(readProgram(fontFile(new Map([...digitTables(), [tag, Buffer.alloc(8)]]))), tag).toBeNull();
  }
  const doubled = fontFile(new Map([...digitTables(), ['name', Buffer.alloc(8)]]));
  const at = doubled.indexOf('name', 0, 'latin1');
  doubled.write('glyf', at, 'latin1');
  expect(readProgram(doubled)).toBeNull();
});

test('a glyph composed of itself a thousand times, each time anew, comes to an end', () => {
  const components = Buffer.alloc(10 + 1000 * 6);
  components.writeInt16BE(-1, 0);
  for (let index = 0; index < 1000; index++) {
    components.writeUInt16BE(0x0022, 10 + index * 6);
    components.writeUInt16BE(glyphOf('5'), 12 + index * 6);
  }
  const outlines = outlinesOf().map((record, glyph) => (glyph === glyphOf('5') ? components : record));
  expect(digitsOf(withOutlines(outlines))).toEqual(['0', null, '8', '9']);
});

test('a program that is cut off anywhere ends in no answer, never in a fault', () => {
  const own = fontFile(digitTables());
  for (let length = 0; length < own.length; length += 7) {
    const digits = digitsOf(own.subarray(0, length));
    for (const digit of digits ?? [])
      expect(digit === null || digit === '' || '0589'.includes(digit)).toBe(true);
  }
});

test('whatever bytes are changed, a digit is itself or unknown', () => {
  const own = fontFile(digitTables());
  const change = fc.record({ at: fc.nat(own.length - 1), value: fc.integer({ min: 0, max: 255 }) });
  fc.assert(
    fc.property(fc.array(change, { minLength: 1, maxLength: 12 }), (changes) => {
      const bytes = Buffer.from(own);
      for (const { at, value } of changes) bytes.writeUInt8(value, at);
      // Where a glyph's place is another one's, it is that digit: told by what is drawn.
      for (const digit of digitsOf(bytes) ?? []) expect(digit === null || '0589'.includes(digit)).toBe(true);
    }),
    { numRuns: 300 },
  );
});

test('the whole of Tinos has tables that we don’t vouch for', () => {
  const file = createRequire(import.meta.url).resolve(
    '@expo-google-fonts/tinos/400Regular/Tinos_400Regular.ttf',
  );
  expect(readProgram(readFileSync(file))).toBeNull();
});
