import { stream } from '../unit/verification/sample-pdf.ts';
import type { Attack } from './case.ts';
import { codes, composite, digitTables, fontFile, simple } from './font-pieces.ts';
import { filledText, look } from './habit-pieces.ts';
import { shows, words } from './lying-font.ts';
import { catalog, textField, update } from './victim.ts';

const unhinted = () => {
  const tables = digitTables();
  for (const tag of ['cvt ', 'fpgm', 'prep']) tables.delete(tag);
  return fontFile(tables);
};
const ownFont = (objects: Readonly<Record<number, string>>): Attack['make'] => {
  const withFont = catalog().replace('/F1 5 0 R >> >>', '/F1 5 0 R /Neu 50 0 R >> >>');
  const field = textField('/V (05)').replace('/F1', '/Neu');
  return ({ signed }) => update(signed, { 1: withFont, 6: field, ...objects });
};
const truthful = simple({
  maps: [{ platform: 3, encoding: 1, glyphs: '05' }],
  entries: '/Encoding /WinAnsiEncoding',
});

/**
 * What honest programs do so that nobody can tell whether people see what a field says: each is named, none is called
 * forged.
 */
export const unprovenHabits: Readonly<Record<string, Attack['make']>> = {
  'a text in UTF-16 filled in, shown by codes that nobody can read': ({ signed }) =>
    update(signed, {
      6: textField('/V <FEFF1EA1> /AP << /N 30 0 R >>'),
      30: stream(
        'BT /F9 12 Tf 2 5 Td <0041> Tj ET',
        '/Type /XObject /Subtype /Form /BBox [0 0 128 20] /Resources << /Font << /F9 51 0 R >> >>',
      ),
      51: '<< /Type /Font /Subtype /Type0 /BaseFont /X /Encoding /Identity-H /DescendantFonts [<< /Type /Font /Subtype /CIDFontType2 /BaseFont /X /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> >>] >>',
    }),
  'a font embedded that nobody here knows, as PDFBox and iText embed the office’s own': shows(
    words(codes('05')),
    composite({ program: unhinted() }),
  ),
  'a font embedded without a map for searching': shows(words(codes('05')), {
    ...composite({ program: unhinted() }),
    54: 'null',
  }),
  'a font embedded letter by letter': shows(words('(05)'), truthful),
  'a font that the form brings along, from which readers make a look up': ownFont(truthful),
  'a font that isn’t embedded, of a name that few computers know': shows(words('(05)'), {
    50: '<< /Type /Font /Subtype /TrueType /BaseFont /UTM-Avo /Encoding /WinAnsiEncoding >>',
  }),
  'a date as the form’s script formats it': (victim) => {
    const script = '/AA << /F << /S /JavaScript /JS (AFDate_FormatEx\\("d mmm yyyy"\\)) >> >>';
    const signed = victim.sign({ 6: textField(script) });
    return update(signed, { 6: filledText('22/11/2026', script), 30: look('22 Nov 2026') });
  },
  'a look that shows nothing yet': ({ signed }) =>
    update(signed, {
      6: filledText('05'),
      30: stream('/Tx BMC EMC', '/Type /XObject /Subtype /Form /BBox [0 0 128 20]'),
    }),
};
