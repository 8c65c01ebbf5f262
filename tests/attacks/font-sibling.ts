import { stream } from '../unit/verification/sample-pdf.ts';
import { attacks } from './case.ts';
import { codes, composite, type Simple, simple } from './font-pieces.ts';
import { filledText, look, off } from './habit-pieces.ts';
import { shows, words } from './lying-font.ts';
import { catalog, checkBox, choice, textField, update, type Victim } from './victim.ts';

/** The same deceits where no text field's own look is the place for them. */

const box = '/Type /XObject /Subtype /Form /BBox [0 0 128 20]';
const own = `${box} /Resources << /Font << /F2 50 0 R >> >>`;
const exchanged: Simple = {
  maps: [{ platform: 3, encoding: 1, glyphs: '98' }],
  entries: '/Encoding /WinAnsiEncoding',
};
const lying = simple(exchanged);
const formFonts = '<< /Font << /F1 5 0 R /Neu 50 0 R >> >>';
const withFont = catalog().replace('<< /Font << /F1 5 0 R >> >>', formFonts);
const byOwn = (entries = '') => textField(entries).replace('/F1', '/Neu');
const objectsOf = (font: string) => ({ ...lying, 50: font });
/** Readers make a look up by a font that the filler gives the form. */
const madeUp =
  (objects: Readonly<Record<number, string>>) =>
  ({ signed }: Victim) =>
    update(signed, { 1: withFont, 6: byOwn('/V (05)'), ...objects });
const standard = '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>';
const helvetica =
  (shown: string, value: string, entries = '/Encoding /WinAnsiEncoding') =>
  ({ signed }: Victim) =>
    update(signed, {
      6: filledText(value),
      30: stream(words(shown), own),
      50: `<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica ${entries} >>`,
    });

/** A form with a script or a flag, signed, then filled in with 05 and showing `shown`. */
const filledWith = (entries: string, shown: string) => (victim: Victim) =>
  update(victim.sign({ 6: textField(entries) }), { 6: filledText('05', entries), 30: look(shown) });
const format = '/AA << /F << /S /JavaScript /JS (AFNumber_Format\\(0\\)) >> >>';

/** A box whose state for being ticked was signed unseen: its mark comes out of a font of the form's. */
const ticked =
  (font: string, content: string, objects: Readonly<Record<number, string>> = {}) =>
  (victim: Victim) => {
    const state = (on: string) => checkBox(`/AS /${on} /V /${on} /AP << /N << /Co 44 0 R /Off 46 0 R >> >>`);
    const mark = stream(
      content,
      '/Type /XObject /Subtype /Form /BBox [0 0 20 20] /Resources << /Font << /F2 50 0 R >> >>',
    );
    const signed = victim.sign({ ...objects, 7: state('Off'), 44: mark, 46: off, 50: font });
    return update(signed, { 7: state('Co') });
  };
const mark = 'BT /F2 14 Tf 4 4 Td (5) Tj ET';

export const fontSiblings = attacks({
  'a form’s font that came along, of exchanged glyphs': madeUp(lying),
  'a form’s font that was signed, of exchanged glyphs': (victim) =>
    update(victim.sign({ ...lying, 6: byOwn() }, { formResources: formFonts }), {
      1: withFont,
      6: byOwn('/V (05)'),
    }),
  'a form’s font that is a stream': madeUp({
    50: stream('', '/Type /Font /Subtype /Type1 /BaseFont /Helvetica'),
  }),
  'a form’s font of no kind': madeUp({ 50: '<< /Type /Font /BaseFont /Helvetica >>' }),
  'a form’s font of pictures by another name': madeUp({
    50: '<< /Type /Font /Subtype /Type1 /BaseFont /D050000L /Encoding /WinAnsiEncoding >>',
  }),
  'a form’s font that its descriptor calls pictures': madeUp({
    50: '<< /Type /Font /Subtype /TrueType /BaseFont /Arial /Encoding /WinAnsiEncoding /FontDescriptor 52 0 R >>',
    52: '<< /Type /FontDescriptor /FontName /ZapfDingbats /Flags 4 >>',
  }),
  'a choice in exchanged glyphs': ({ signed }) =>
    update(signed, {
      8: choice('/V (05) /AP << /N 30 0 R >>').replace('/Ff 131072', '/Ff 393216'),
      30: stream(words('(05)'), own),
      ...lying,
    }),
  'a line of a list in exchanged glyphs': (victim) => {
    const list = (entries: string) =>
      choice(entries).replace('/Ff 131072', '').replace('[(So) (Huyen)]', '[(05) (98)]');
    return update(victim.sign({ 8: list('') }), {
      8: list('/V (05) /AP << /N 30 0 R >>'),
      30: stream(`BT /F2 8 Tf 2 11 Td (05) Tj 0 -9 Td (98) Tj ET`, own),
      ...lying,
    });
  },
  'a date in blanks, in exchanged glyphs': ({ signed }) =>
    update(signed, {
      6: filledText('05/8/2026'),
      30: stream('BT /F2 12 Tf 2 5 Td (05) Tj 40 0 Td (8) Tj ET', own),
      ...lying,
    }),
  'one of two fonts, of exchanged glyphs': shows('BT /F1 12 Tf 2 5 Td (0) Tj /F2 12 Tf (5) Tj ET', lying),
  'an embedded font behind our own': shows(
    'BT /F3 12 Tf 2 5 Td <0001> Tj /F2 12 Tf 8 0 Td (5) Tj ET',
    { ...composite(), 70: lying[50] ?? '', 52: composite()[52] ?? '' },
    '/Resources << /Font << /F2 70 0 R /F3 50 0 R >> >>',
  ),
  'a font in a form within the look': shows(
    '/X Do',
    {
      ...lying,
      31: stream(words('(05)'), own),
    },
    '/Resources << /XObject << /X 31 0 R >> >>',
  ),
  'half of a two-byte code': shows(words(codes('05').replace('>', '00>')), composite()),
  'an embedded font by the name of a standard one': shows(
    words('(05)'),
    objectsOf((lying[50] ?? '').replace('AAAAAA+Tinos', 'Helvetica')),
  ),
  'a password that can be read': filledWith('/Ff 8192', '98'),
  'a number that a script formats as another one': filledWith(format, '98'),
  'a number that a script formats as a fraction': filledWith(format, '0,5'),
  'a square in place of a number': helvetica('(10\\262)', '102'),
  'a number whose square is lost': helvetica('(10\\262)', '10'),
  'a half in place of twelve': helvetica('(\\275)', '12'),
  'a fraction by its stroke': helvetica('(1\\3322)', '12', '/Encoding /MacRomanEncoding'),
  'a product in place of its digits': helvetica('(1\\3272)', '12'),
  'a ticked box that shows a digit of its own font': ticked(
    (lying[50] ?? '').replace('AAAAAA+Tinos', 'ZapfDingbats'),
    mark,
    lying,
  ),
  'a ticked box that shows a letter which its font calls nothing': ticked(
    '<< /Type /Font /Subtype /Type0 /BaseFont /Tinos /Encoding /Identity-H /DescendantFonts [51 0 R] >>',
    `BT /F2 14 Tf 4 4 Td ${codes('9')} Tj ET`,
    composite(),
  ),
  'a ticked box that shows a picture': ticked(
    standard,
    '20 0 0 20 0 0 cm BI /W 2 /H 1 /CS /G /BPC 8 ID \x00\x80 EI',
  ),
});
