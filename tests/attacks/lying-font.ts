import { stream } from '../unit/verification/sample-pdf.ts';
import type { Attack } from './case.ts';
import {
  type Composite,
  codes,
  composedOf,
  composite,
  digitTables,
  exchangedOutlines,
  fontFile,
  foreign,
  glyphOf,
  movedOutlines,
  outlinesOf,
  programWith,
  withOutlines,
} from './font-pieces.ts';
import { textField, update, type Victim } from './victim.ts';

/**
 * A filled field whose letters are drawn by a font, and the same one without the deceit, which shows what the field
 * says.
 */
export interface FontDeceit {
  readonly make: Attack['make'];
  readonly honest: Attack['make'];
  /** What the honest one is to a verifier: its letters are known by their outlines, or nobody can tell. */
  readonly honestly: 'valid' | 'indeterminate';
}

const box = '/Type /XObject /Subtype /Form /BBox [0 0 128 20]';
const fonts = '/Resources << /Font << /F1 5 0 R /F2 50 0 R >> >>';

/** The number's field says 05 and shows `content`; fonts from number 50 on. */
export const shows =
  (content: string, objects: Readonly<Record<number, string>>, resources = fonts) =>
  ({ signed }: Victim) =>
    update(signed, {
      6: textField('/V (05) /AP << /N 30 0 R >>'),
      30: stream(content, `${box} ${resources}`),
      ...objects,
    });

export const words = (operand: string) => `BT /F2 12 Tf 2 5 Td ${operand} Tj ET`;
const spread = `BT /F2 12 Tf 40 5 Td ${codes('05')} Tj ET`;

/** Our own digits, with something about their font made otherwise. */
function embedded(deceit: Composite, shown = '05', content = words(codes(shown))): FontDeceit {
  return {
    make: shows(content, composite(deceit)),
    honest: shows(words(codes('05')), composite()),
    honestly: 'valid',
  };
}

/** Codes that are Unicode, and a map for searching that says otherwise: 98 is shown, 05 is read. */
const unicode = (encoding: string, collection: string): FontDeceit => ({
  make: shows(words('<00390038>'), foreign(encoding, collection, '<0039> <0030> <0038> <0035>')),
  honest: shows(words('<00300035>'), foreign(encoding, collection, '<0030> <0030> <0035> <0035>')),
  honestly: 'indeterminate',
});

/** A collection's numbers of 9 and 8, and of 0 and 5. */
const numbered = (collection: string): FontDeceit => ({
  make: shows(words('<001a0019>'), foreign('Identity-H', collection, '<001a> <0030> <0019> <0035>')),
  honest: shows(words('<00110016>'), foreign('Identity-H', collection, '<0011> <0030> <0016> <0035>')),
  honestly: 'indeterminate',
});

const map = (entries: string, cmap: string) => ({
  60: stream(cmap, `/Type /CMap /CMapName /Neu ${entries}`),
});
const cmap = (body: string, writing = 0) =>
  `/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> def /CMapName /Neu def /CMapType 1 def /WMode ${writing} def 1 begincodespacerange <0000> <ffff> endcodespacerange ${body} endcmap end end`;
const exchanging = `2 begincidchar <000${glyphOf('0')}> ${glyphOf('9')} <000${glyphOf('5')}> ${glyphOf('8')} endcidchar`;

/** Codes that a character map of the file's own makes characters of. */
const mapped = (body: string, entries = '', writing?: number): FontDeceit => ({
  make: shows(words(codes('05')), {
    ...composite({ encoding: '60 0 R' }),
    ...map(entries, cmap(body, writing)),
  }),
  honest: shows(words(codes('05')), composite()),
  honestly: 'valid',
});

/** From characters to glyphs: 9 and 8 for 0 and 5. */
const exchange = (() => {
  const numbers = [0, glyphOf('9'), glyphOf('8'), glyphOf('8'), glyphOf('9')];
  return stream(numbers.map((glyph) => `\0${String.fromCharCode(glyph)}`).join(''));
})();

export const fontDeceits: Readonly<Record<string, FontDeceit>> = {
  'Japanese codes that are Unicode': unicode('UniJIS-UCS2-H', 'Japan1'),
  'Chinese codes that are Unicode': unicode('UniGB-UCS2-H', 'GB1'),
  'Taiwan’s codes that are Unicode': unicode('UniCNS-UCS2-H', 'CNS1'),
  'Korean codes that are Unicode': unicode('UniKS-UCS2-H', 'Korea1'),
  'Japanese codes that are UTF-16': unicode('UniJIS-UTF16-H', 'Japan1'),
  'Chinese codes that are UTF-16': unicode('UniGB-UTF16-H', 'GB1'),
  'a Japanese collection’s numbers': numbered('Japan1'),
  'a Chinese collection’s numbers': numbered('GB1'),
  'Taiwan’s collection’s numbers': numbered('CNS1'),
  'a Korean collection’s numbers': numbered('Korea1'),
  'characters less wide than nothing by default': embedded({ widths: '/DW -1000' }, '05', spread),
  'characters less wide than nothing': embedded({ widths: '/W [1 [-1000 -1000]]' }, '05', spread),
  'a range of characters less wide than nothing': embedded({ widths: '/W [1 2 -1000]' }, '05', spread),
  'characters with two widths': embedded({ widths: '/W [1 [-1000 -1000] 1 [500 500]]' }, '05', spread),
  'a range and a list of widths': embedded({ widths: '/W [1 2 -1000 1 [500 500]]' }, '05', spread),
  'characters without a width': embedded({ widths: '/DW 0' }),
  'characters as wide as the field': embedded({ widths: '/DW 9000' }),
  'a width that isn’t a number': embedded({ widths: '/DW -1000 /W [1 [500 (500)]]' }, '05', spread),
  'steps back between characters that are wide for some': embedded(
    { widths: '/DW 3000' },
    '05',
    `BT /F2 12 Tf 60 5 Td [${codes('0')} 4000 ${codes('5')}] TJ ET`,
  ),
  'a map for searching that says otherwise': embedded({ claims: '0805' }, '98'),
  'a map for searching that leaves a digit out': {
    ...embedded({ claims: '05' }, '059'),
    make: shows(words(codes('059')), composite({ claims: '05' })),
  },
  'a map from characters to other glyphs': {
    ...embedded({}),
    make: shows(words(codes('05')), { ...composite({ descendant: '/CIDToGIDMap 55 0 R' }), 55: exchange }),
  },
  'the outlines of other digits': embedded({ program: exchangedOutlines({ '0': '9', '5': '8' }) }),
  'one digit’s outline': embedded({ program: exchangedOutlines({ '5': '9' }) }),
  'a digit composed of another one': embedded({
    program: withOutlines([
      ...outlinesOf().slice(0, 1),
      composedOf(4),
      composedOf(3),
      ...outlinesOf().slice(3),
    ]),
  }),
  'a digit composed of itself': embedded({
    program: withOutlines([
      ...outlinesOf().slice(0, 1),
      composedOf(1),
      composedOf(2),
      ...outlinesOf().slice(3),
    ]),
  }),
  'outlines that are cut off': embedded({
    program: withOutlines(outlinesOf().map((record) => record.subarray(0, 40))),
  }),
  'digits without outlines': embedded({ program: withOutlines(outlinesOf().map(() => Buffer.alloc(0))) }),
  'digits that begin elsewhere': embedded({ program: movedOutlines({ '0': 1024, '5': -1024 }) }),
  'letters of another size': embedded({
    program: programWith('head', (head) => {
      head.writeUInt16BE(16_384, 18);
      return head;
    }),
  }),
  'a program of two kinds': embedded({ descriptor: '/FontFile3 53 0 R' }, '98'),
  'a program that isn’t one': embedded({ program: Buffer.from('no font') }),
  'a program cut off': embedded({ program: fontFile(digitTables()).subarray(0, 900) }),
  'another collection’s characters': embedded({ collection: 'Japan1', claims: '0805' }, '98'),
  'a character map of the file’s own': mapped(exchanging),
  'a character map that uses another one': mapped(exchanging, '/UseCMap /Identity-H'),
  'a character map that a range exchanges': mapped(
    `1 begincidrange <0001> <0002> ${glyphOf('8')} endcidrange`,
  ),
  'a character map for writing downwards': mapped(
    '1 begincidrange <0000> <00ff> 0 endcidrange',
    '/WMode 1',
    1,
  ),
  'writing downwards': embedded({ encoding: '/Identity-V', widths: '/DW2 [880 1000]' }),
  'writing upwards': embedded({
    encoding: '/Identity-V',
    descendant: '/CIDToGIDMap /Identity /DW2 [880 -1000]',
  }),
};

/** Fonts of which other readers than those at hand, which pass over these parts, may make something else. */
export const suspectFonts: Readonly<Record<string, FontDeceit>> = {
  'instructions of somebody else’s': embedded({
    program: programWith('fpgm', (fpgm) => fpgm.fill(0x4f)),
  }),
  'a program with pictures': embedded({
    program: fontFile(new Map([...digitTables(), ['sbix', Buffer.alloc(16)]])),
  }),
  'a matrix that mirrors': embedded({ entries: '/FontMatrix [-0.001 0 0 0.001 0 0]' }),
  'Japanese writing downwards': unicode('UniJIS-UCS2-V', 'Japan1'),
};
