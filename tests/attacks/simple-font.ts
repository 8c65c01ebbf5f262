import { stream } from '../unit/verification/sample-pdf.ts';
import { codes, composite, type Simple, simple } from './font-pieces.ts';
import { type FontDeceit, shows, words } from './lying-font.ts';

const windows = '/Encoding /WinAnsiEncoding';
const unicode = (glyphs: string) => ({ platform: 3, encoding: 1, glyphs });
const symbols = (glyphs: string) => ({ platform: 3, encoding: 0, glyphs });
const bytes = (glyphs: string) => ({ platform: 1, encoding: 0, glyphs });

/** A program with maps of its own, as Word embeds it; 98 is shown where its maps say so. */
const embedded = (deceit: Simple, honest: Simple, shown = '(05)'): FontDeceit => ({
  make: shows(words(shown), simple(deceit)),
  honest: shows(words('(05)'), simple(honest)),
  honestly: 'indeterminate',
});

const helvetica = (entries: string) => `<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica ${entries} >>`;
const plain = helvetica(windows);
/** A font that isn't embedded, beside the one that every reader has. */
const bare = (
  font: string,
  content = words('(05)'),
  more: Readonly<Record<number, string>> = {},
): FontDeceit => ({
  make: shows(content, { 50: font, ...more }),
  honest: shows(words('(05)'), { 50: plain }),
  honestly: 'valid',
});
const widths = (width: number) => `/FirstChar 48 /LastChar 57 /Widths [${`${width} `.repeat(10)}]`;
const map = (pairs: string) => ({ 54: stream(`1 beginbfchar ${pairs} endbfchar`) });
const far = 'BT /F2 12 Tf 40 5 Td (05) Tj ET';

const drawn = (entries: string, more: Readonly<Record<number, string>> = {}, width = 600): FontDeceit =>
  bare(
    `<< /Type /Font /Subtype /Type3 /FontBBox [0 0 600 900] /FirstChar 48 /LastChar 53 /Widths [${`${width} `.repeat(6)}] /CharProcs << /zero 60 0 R /five 61 0 R >> /Encoding << /Type /Encoding /Differences [48 /zero 53 /five] >> ${entries} >>`,
    words('(05)'),
    {
      60: stream(`${width} 0 d0 50 0 100 700 re 50 0 400 100 re f`),
      61: stream(`${width} 0 d0 50 0 100 700 re f`),
      ...more,
    },
  );
const upright = '/FontMatrix [0.001 0 0 0.001 0 0]';

export const simpleFontDeceits: Readonly<Record<string, FontDeceit>> = {
  'a map of bytes that leads to other digits': embedded(
    { maps: [bytes('98')], flags: 4 },
    { maps: [bytes('05')], flags: 4 },
  ),
  'a map of symbols that leads to other digits': embedded(
    { maps: [symbols('98')], flags: 4 },
    { maps: [symbols('05')], flags: 4 },
  ),
  'a map of Unicode that leads to other digits': embedded(
    { maps: [unicode('98')], entries: windows },
    { maps: [unicode('05')], entries: windows },
  ),
  'maps of which each leads to others': embedded(
    { maps: [bytes('05'), unicode('98')], entries: windows },
    { maps: [bytes('05'), unicode('05')], entries: windows },
  ),
  'a map of symbols beside an encoding': embedded(
    { maps: [symbols('98'), bytes('05')], entries: windows, flags: 4 },
    { maps: [symbols('05'), bytes('05')], entries: windows, flags: 4 },
  ),
  'an encoding that leads to other digits': embedded(
    { maps: [unicode('05')], entries: '/Encoding << /Differences [48 /nine 53 /eight] >>', claims: '0589' },
    { maps: [unicode('05')], entries: '/Encoding << /Differences [48 /zero 53 /five] >>', claims: '0589' },
  ),
  'a map for searching that says otherwise': embedded(
    { maps: [unicode('05')], entries: windows, claims: '8905' },
    { maps: [unicode('05')], entries: windows, claims: '0589' },
    '(89)',
  ),
  'letters less wide than nothing': bare(
    helvetica(`${windows} ${widths(-900)} /FontDescriptor 52 0 R`),
    far,
    {
      52: '<< /Type /FontDescriptor /FontName /Helvetica /Flags 32 >>',
    },
  ),
  'letters less wide than nothing where no width is given': bare(
    helvetica(`${windows} /FirstChar 32 /LastChar 32 /Widths [300] /FontDescriptor 52 0 R`),
    far,
    { 52: '<< /Type /FontDescriptor /FontName /Helvetica /Flags 32 /MissingWidth -900 >>' },
  ),
  'letters that have no width': bare(helvetica(`${windows} ${widths(0)} /FontDescriptor 52 0 R`), far, {
    52: '<< /Type /FontDescriptor /FontName /Helvetica /Flags 32 >>',
  }),
  'letters whose order hangs on their width': bare(
    helvetica(`${windows} ${widths(3000)}`),
    'BT /F2 12 Tf 60 5 Td [(0) 2300 (5)] TJ ET',
  ),
  'letters that move back by less than their width': bare(
    helvetica(`${windows} ${widths(3000)}`),
    'BT /F2 12 Tf 60 5 Td -27 Tc (05) Tj ET',
  ),
  'a descriptor that names a font of pictures': bare(
    '<< /Type /Font /Subtype /TrueType /BaseFont /Arial /Encoding /WinAnsiEncoding /FontDescriptor 52 0 R >>',
    words('(05)'),
    { 52: '<< /Type /FontDescriptor /FontName /ZapfDingbats /Flags 4 >>' },
  ),
  'a font of pictures by another name': bare('<< /Type /Font /Subtype /Type1 /BaseFont /D050000L >>'),
  'small capitals and fractions': bare(helvetica('/Encoding /MacExpertEncoding')),
  'names of glyphs that few fonts have': bare(
    helvetica('/Encoding << /Differences [48 /zero.alt 53 /five.alt] >>'),
  ),
  'digits that are their own names': bare(helvetica('/Encoding << /Differences [48 /0 53 /5] >>')),
  'a stroke that a map makes a digit': bare(
    helvetica(`${windows} /ToUnicode 54 0 R`),
    words('(0|)'),
    map('<7c> <0035>'),
  ),
  'a sign of money that a map makes a digit': bare(
    helvetica(`${windows} /ToUnicode 54 0 R`),
    words('(0$)'),
    map('<24> <0035>'),
  ),
  'a sign that a map makes nothing': bare(
    helvetica(`${windows} /ToUnicode 54 0 R`),
    words('(05\\263)'),
    map('<b3> <>'),
  ),
  'a font in place of a stream’s dictionary': bare(
    stream('', '/Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding'),
  ),
  'a font that is a name': bare('/Helvetica'),
  'a font that is a number': bare('5'),
  'a font that is a list': bare('[/Helvetica]'),
  'a font that is nothing': bare('null'),
  'a font of no kind': bare('<< /Type /Font /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>'),
  'a composite font of nothing': bare(
    '<< /Type /Font /Subtype /Type0 /BaseFont /Tinos /Encoding /Identity-H >>',
    words(codes('05')),
  ),
  'a composite font without codes': bare(
    composite()[50]?.replace('/Encoding /Identity-H', '') ?? '',
    words(codes('05')),
    { ...composite(), 50: composite()[50]?.replace('/Encoding /Identity-H', '') ?? '' },
  ),
  'drawings called digits': drawn(upright),
  'drawings that a matrix mirrors': drawn('/FontMatrix [-0.001 0 0 0.001 0.6 0]'),
  'drawings that stand on their head': drawn('/FontMatrix [0.001 0 0 -0.001 0 0.9]'),
  'drawings by the name of a font': drawn(`${upright} /BaseFont /Helvetica`),
  'drawings that show other letters': drawn(`${upright} /Resources << /Font << /F1 5 0 R >> >>`, {
    60: stream('600 0 d0 BT /F1 1000 Tf (9) Tj ET'),
    61: stream('600 0 d0 BT /F1 1000 Tf (8) Tj ET'),
  }),
  'drawings less wide than nothing': drawn(upright, {}, -600),
};

/** Deceits that the readers at hand pass over, or show alike: others go by these parts. */
export const suspectSimpleFonts: Readonly<Record<string, FontDeceit>> = {
  'words to be copied in place of those shown': bare(
    plain,
    `/Span << /ActualText (98) >> BDC ${words('(05)')} EMC`,
  ),
  'words to be copied, from the resources': {
    ...bare(plain),
    make: shows(
      `/Span /P BDC ${words('(05)')} EMC`,
      { 50: plain },
      '/Resources << /Font << /F2 50 0 R >> /Properties << /P << /ActualText (98) >> >> >>',
    ),
  },
  'a font of an unknown kind': bare('<< /Type /Font /Subtype /Schrift /BaseFont /Helvetica >>'),
  'a font without a name': bare('<< /Type /Font /Subtype /Type1 /Encoding /WinAnsiEncoding >>'),
  'a font of another type': bare(
    '<< /Type /XObject /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>',
  ),
  'a list of kinds in place of a kind': bare('<< /Type /Font /Subtype [/Type1] /BaseFont /Helvetica >>'),
};
