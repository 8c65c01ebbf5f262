import { stream } from '../unit/verification/sample-pdf.ts';
import { placeOf, text } from './bytes.ts';
import { attacks, structural } from './case.ts';
import {
  catalog,
  coverStream,
  docMdp,
  forgedText,
  type Permission,
  page,
  resources,
  type SignOptions,
  textField,
  update,
  usualRefs,
  type Victim,
  wordsRect,
} from './victim.ts';

/**
 * Sneaky signatures ("Breaking the Specification", S&P 2021): a certification that allows further signatures (P=2) lets a signature
 * field lay other words over the certified ones.
 */
const refs = `${usualRefs} 23 0 R`;

/** The catalog that a further signature writes keeps naming the certification. */
const kept = '/Perms << /DocMDP 20 0 R >>';

function sneak(
  victim: Victim,
  level: Permission,
  options: SignOptions,
  objects: Readonly<Record<number, string>> = { 31: coverStream() },
): Buffer {
  const base = update(victim.certified[level], objects);
  return victim.signAgain(base, {
    catalogEntries: kept,
    rect: wordsRect,
    fieldEntries: '/AP << /N 31 0 R >>',
    ...options,
  });
}

/** A signature field that nobody signs, on a certified file. */
function unsigned(
  victim: Victim,
  field: string,
  more: Readonly<Record<number, string>> = { 31: coverStream() },
): Buffer {
  return update(victim.certified[2], {
    1: catalog(kept, refs),
    3: page(refs),
    23: `<< /Type /Annot /Subtype /Widget /FT /Sig /T (ky-sau) /P 3 0 R /F 4 ${field} >>`,
    ...more,
  });
}

const page2 = (height: number) => `[20 ${800 - height} 575 800]`;

/** A signature of a file certified with P=2 whose appearance, as large as the words, is drawn so. */
function drawn(content: string, entries = '', more: Readonly<Record<number, string>> = {}) {
  const look = stream(content, `/Type /XObject /Subtype /Form /BBox [0 0 160 20] ${entries}`);
  return (victim: Victim) => sneak(victim, 2, {}, { 31: look, ...more });
}

/** A signature in an empty field that was signed with two looks, of which it showed the first. */
function shownAnew(victim: Victim, rect: string, state: string): Buffer {
  const fields = [6, 7, 8, 9, 21];
  const looks = '/AP << /N << /A 31 0 R /B 32 0 R >> >>';
  const place = '[72 640 232 660]';
  const waiting = `<< /Type /Annot /Subtype /Widget /FT /Sig /T (cho) /Rect ${place} /P 3 0 R /F 4 ${looks} /AS /A >>`;
  const words = { 31: coverStream().replace('900', '100'), 32: coverStream() };
  const base = victim.sign({ 3: page('6 0 R 7 0 R 8 0 R 9 0 R'), 9: waiting, ...words }, { fields });
  const own = { name: 'cho', rect: rect || place, fieldEntries: `${looks} /AS /${state}` };
  return victim.signAgain(base, { fields, numbers: [22, 9], ...own });
}

/** Broader than anything that we reckon with. */
const endless = '[70 715 20000230 735]';

const parameters =
  '/Resources << /ExtGState << /G << /BM /Multiply >> /N << /BM [/Normal /Multiply] >> /F << /Font [5 0 R 400] >> >> >>';

const covers = attacks({
  'a signature over the words': (victim) => sneak(victim, 2, {}),
  'a signature over the words of a file certified with P=3': (victim) => sneak(victim, 3, {}),
  'a signature over the words of a file certified with P=1': (victim) => sneak(victim, 1, {}),
  'a signature over the words of a signed file': (victim) =>
    victim.signAgain(update(victim.signed, { 31: coverStream() }), {
      rect: wordsRect,
      fieldEntries: '/AP << /N 31 0 R >>',
    }),
  'a stranger’s signature over the words': (victim) =>
    victim.signByStranger(update(victim.certified[2], { 31: coverStream() }), {
      catalogEntries: kept,
      rect: wordsRect,
      fieldEntries: '/AP << /N 31 0 R >>',
    }),
  'a signature over half the page': (victim) =>
    sneak(victim, 2, { rect: page2(500), fieldEntries: '/AP << /N 31 0 R >>' }),
  'a signature whose picture is a photograph': drawn(
    '160 0 0 20 0 0 cm /I Do',
    '/Resources << /XObject << /I 32 0 R >> >>',
    {
      32: stream(
        '\xff',
        '/Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8',
      ),
    },
  ),
  'a signature in a field that was signed, too broad to be reckoned with': (victim) => {
    const fields = [6, 7, 8, 9, 21];
    const waiting = `<< /Type /Annot /Subtype /Widget /FT /Sig /T (cho) /Rect ${endless} /P 3 0 R /F 4 >>`;
    const base = victim.sign({ 3: page('6 0 R 7 0 R 8 0 R 9 0 R'), 9: waiting }, { fields });
    const look = coverStream().replace('/BBox [0 0 160 20]', '/BBox [0 0 20000160 20]');
    const own = { name: 'cho', rect: endless, fieldEntries: '/AP << /N 31 0 R >>' };
    return victim.signAgain(update(base, { 31: look }), { fields, numbers: [22, 9], ...own });
  },
  'a signature in a field that shows another of its looks': (victim) => shownAnew(victim, '', 'B'),
  'a signature whose picture masks nothing': drawn(
    '160 0 0 20 0 0 cm /I Do',
    '/Resources << /XObject << /I 32 0 R >> >>',
    {
      32: stream(
        '\xff',
        '/Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8 /SMask 33 0 R',
      ),
      33: stream(
        '\xff',
        '/Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8',
      ),
    },
  ),
  'a signature whose picture is inline': drawn('q 160 0 0 20 0 0 cm BI /W 1 /H 1 /CS /G /BPC 8 ID \xff EI Q'),
  'a signature that covers with a thick stroke': drawn('1 G 20 w 0 10 m 160 10 l S'),
  'a signature that covers with a shading': drawn(
    '/S sh',
    '/Resources << /Shading << /S << /ShadingType 2 /ColorSpace /DeviceGray /Coords [0 0 160 0] /Extend [true true] /Function << /FunctionType 2 /Domain [0 1] /C0 [1] /C1 [1] /N 1 >> >> >> >>',
  ),
  'a signature that covers with a glyph': drawn(
    '1 g BT /T 20 Tf 0 0 Td (aaaaaaaa) Tj ET',
    '/Resources << /Font << /T 34 0 R >> >>',
    {
      34: '<< /Type /Font /Subtype /Type3 /FontBBox [0 0 1 1] /FontMatrix [1 0 0 1 0 0] /FirstChar 97 /LastChar 97 /Widths [1] /CharProcs << /a 35 0 R >> /Encoding << /Type /Encoding /Differences [97 /a] >> /Resources << >> >>',
      35: stream('1 0 d0 0 0 1 1 re f'),
    },
  ),
  'a signature that blackens with a pen which darkens': drawn('/G gs 20 w 0 10 m 160 10 l S', parameters),
  'a signature that covers by a mode which no viewer takes': drawn('/N gs 1 g 0 0 160 20 re f', parameters),
  'a signature that blackens with letters over letters': drawn(
    'BT /F1 14 Tf 0 4 Td (MMMMMMMMMMMMM) Tj ET '.repeat(9),
    '/Resources << /Font << /F1 5 0 R >> >>',
  ),
  'a signature that covers with one letter': drawn('/F gs BT 0 -40 Td (M) Tj ET', parameters),
  'a signature whose picture is made of pictures': drawn(
    'q 1 0 0 1 0 0 cm /A Do Q',
    '/Resources << /XObject << /A 32 0 R >> >>',
    { 32: coverStream() },
  ),
  'a signature whose picture is scaled to its place': (victim) =>
    sneak(
      victim,
      2,
      {},
      {
        31: stream(
          '1 g 0 0 1 1 re f',
          '/Type /XObject /Subtype /Form /BBox [0 0 1 1] /Matrix [160 0 0 20 0 0]',
        ),
      },
    ),
  'a field for signing that shows words': (victim) =>
    unsigned(victim, `/Rect ${wordsRect} /AP << /N 31 0 R >>`),
  'a field for signing over the whole page': (victim) =>
    unsigned(victim, '/Rect [0 0 595 842] /AP << /N 31 0 R >>'),
  'a field for signing with a background': (victim) =>
    unsigned(victim, `/Rect ${wordsRect} /MK << /BG [1 1 1] /CA (${forgedText}) >> /AP << /N 31 0 R >>`),
  'a field whose signature is no signature': (victim) =>
    unsigned(
      victim,
      `/Rect ${wordsRect} /AP << /N 31 0 R >> /V << /Type /Sig /Contents <00> /ByteRange [0 0 0 0] >>`,
    ),
  'a field whose signature is another field’s': (victim) =>
    unsigned(victim, `/Rect ${wordsRect} /AP << /N 31 0 R >> /V 20 0 R`),
  'a field whose signature is a copy of another field’s': (victim) => {
    const { values } = placeOf(victim.certified[2]);
    const file = text(victim.certified[2]);
    const start = file.lastIndexOf('20 0 obj', values[1]) + '20 0 obj'.length;
    return unsigned(victim, `/Rect ${wordsRect} /AP << /N 31 0 R >> /V 40 0 R`, {
      31: coverStream(),
      40: file.slice(start, file.indexOf('endobj', values[2])),
    });
  },
  'a signature field of two widgets': (victim) => {
    const widget = '<< /Type /Annot /Subtype /Widget /Parent 23 0 R /P 3 0 R /F 4';
    const base = update(victim.certified[2], {
      31: coverStream(),
      36: `${widget} /Rect ${wordsRect} /AP << /N 31 0 R >> >>`,
    });
    return victim.signAgain(base, {
      catalogEntries: kept,
      fields: [6, 7, 8, 21, 23, 36],
      fieldEntries: '/Kids [36 0 R]',
    });
  },
  'a certification after the certification': (victim) =>
    sneak(victim, 2, { dictEntries: docMdp(3), catalogEntries: '/Perms << /DocMDP 22 0 R >>' }),
  'the field that was left for a second signature moved over the words': (victim) => {
    const empty = (rect: string) =>
      `<< /Type /Annot /Subtype /Widget /FT /Sig /T (ky-sau) /Rect ${rect} /P 3 0 R /F 4 >>`;
    const signed = victim.sign({ 23: empty('[300 100 400 140]') }, { certify: 2, fields: [6, 7, 8, 21, 23] });
    const base = update(signed, { 31: coverStream() });
    return victim.signAgain(base, {
      catalogEntries: kept,
      rect: wordsRect,
      fieldEntries: '/AP << /N 31 0 R >>',
    });
  },
  'the field that was left for a second signature, laid over the words beforehand': (victim) => {
    const empty = `<< /Type /Annot /Subtype /Widget /FT /Sig /T (ky-sau) /Rect ${wordsRect} /P 3 0 R /F 4 >>`;
    const signed = victim.sign({ 23: empty }, { certify: 2, fields: [6, 7, 8, 21, 23] });
    const base = update(signed, { 31: coverStream() });
    return victim.signAgain(base, {
      catalogEntries: kept,
      rect: wordsRect,
      fieldEntries: '/F 4 /AP << /N 31 0 R >>'.replace('/F 4 ', ''),
    });
  },
  'a signature that wipes words out with letters in the colour of paper': (victim) =>
    sneak(
      victim,
      2,
      {},
      {
        31: stream(
          `1 g BT /F1 30 Tf 0 0 Td (MMMMMMMM) Tj ET 0 g BT /F1 14 Tf 2 5 Td (${forgedText}) Tj ET`,
          `/Type /XObject /Subtype /Form /BBox [0 0 160 20] ${resources}`,
        ),
      },
    ),
  'a signature over what a field of the form says': (victim) => {
    const said = stream(
      'BT /F1 12 Tf 2 5 Td (100 dong) Tj ET',
      `/Type /XObject /Subtype /Form /BBox [0 0 128 20] ${resources}`,
    );
    const signed = victim.sign(
      { 6: textField('/V (100 dong) /AP << /N 32 0 R >>'), 32: said },
      { certify: 2 },
    );
    return victim.signAgain(update(signed, { 31: coverStream(128) }), {
      catalogEntries: kept,
      rect: '[72 600 200 620]',
      fieldEntries: '/AP << /N 31 0 R >>',
    });
  },
  'a signature that grows over the page as one zooms out': (victim) =>
    sneak(victim, 2, { rect: '[300 100 400 140]', fieldEntries: '/F 12 /AP << /N 31 0 R >>' }),
  'the words laid over by a form beside': (victim) =>
    update(victim.certified[2], {
      3: page(refs),
      23: `<< /Type /Annot /Subtype /Widget /FT /Sig /T (ky-sau) /Rect ${wordsRect} /P 3 0 R /F 4 /AP << /N 31 0 R >> >>`,
      31: stream(
        `1 g 0 0 160 20 re f BT /F1 14 Tf 0 g 2 5 Td (${forgedText}) Tj ET`,
        `/Type /XObject /Subtype /Form /BBox [0 0 160 20] ${resources}`,
      ),
    }),
});

/** Words that go away leave the page as that of other victims, who never had them. */
export const sneakySignature = [
  ...covers,
  ...structural({
    'a signature in a field whose look goes away': (victim) => shownAnew(victim, '[0 0 0 0]', 'A'),
  }),
];
