import { stream } from '../unit/verification/sample-pdf.ts';
import { attacks, structural } from './case.ts';
import { choice, resources, textField, update, type Victim, wordsRect } from './victim.ts';

/** Appearances that say one thing to whoever reads them by machine and show another one to people, or another one to each reader. */

const box = '/Type /XObject /Subtype /Form /BBox [0 0 128 20]';
const words = (text: string, font = 'F1') => `BT /${font} 12 Tf 2 5 Td (${text}) Tj ET`;

/** The number's field says `value` and shows `content`. */
function filled(content: string, own = resources, more: Readonly<Record<number, string>> = {}, value = '05') {
  return ({ signed }: Victim) =>
    update(signed, {
      6: textField(`/V (${value}) /AP << /N 30 0 R >>`),
      30: stream(content, `${box} ${own}`),
      ...more,
    });
}

const helvetica = '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica';
const fonts = (font: string) => `/Resources << /Font << /F1 5 0 R /F2 ${font} >> >>`;
const map = (pairs: string) => stream(`1 beginbfchar ${pairs} endbfchar`);
const parameters = (entries: string) => `/Resources << /ExtGState << /G << ${entries} >> >> >>`;

/** Forms within forms, `content` in the innermost. */
function nested(count: number, content: string): Record<number, string> {
  const form = '/Type /XObject /Subtype /Form /BBox [0 0 600 842]';
  const forms = Array.from({ length: count }, (_, index) => [
    60 + index,
    stream('/X Do', `${form} /Resources << /XObject << /X ${61 + index} 0 R >> >>`),
  ]);
  return { ...Object.fromEntries(forms), [60 + count]: stream(content, `${form} ${resources}`) };
}
const outermost = '/Resources << /XObject << /X 60 0 R >> >>';
const formAndFont = '/Resources << /Font << /F1 5 0 R >> /XObject << /X 60 0 R >> >>';

const cover = '1 g 0 0 160 20 re f';
/** The next signature, over the page's words. */
function signedOver(content: string, own = '', more: Readonly<Record<number, string>> = {}) {
  return (victim: Victim) =>
    victim.signAgain(
      update(victim.signed, {
        31: stream(content, `/Type /XObject /Subtype /Form /BBox [0 0 160 20] ${own}`),
        ...more,
      }),
      { rect: wordsRect, fieldEntries: '/AP << /N 31 0 R >>' },
    );
}

export const lyingLooks = [
  ...attacks({
    'another number, beside a font that tells nothing': filled(
      words('95'),
      fonts(`${helvetica} /Encoding << /Differences [1 /g1] >> >>`),
    ),
    'digits that the encoding turns into others': filled(
      words('05', 'F2'),
      fonts(`${helvetica} /Encoding << /Differences [48 /nine] >> >>`),
    ),
    'digits that the encoding turns into others, and the map back': filled(
      words('05', 'F2'),
      fonts(`${helvetica} /Encoding << /Differences [48 /nine] >> /ToUnicode 50 0 R >>`),
      { 50: map('<30> <0030>') },
    ),
    'digits that the map alone turns into others': filled(
      words('95', 'F2'),
      fonts(`${helvetica} /ToUnicode 50 0 R >>`),
      { 50: map('<39> <0030>') },
    ),
    'digits that nobody can tell': filled(
      words('05', 'F2'),
      fonts(`${helvetica} /Encoding << /Differences [48 /g17] >> >>`),
    ),
    'Cyrillic letters that look like noughts': filled(
      words('5\x01\x01', 'F2'),
      fonts(`${helvetica} /Encoding << /Differences [1 /uni041E] >> >>`),
      {},
      '5',
    ),
    'digits in circles': filled(
      words('\xb4', 'F2'),
      fonts('<< /Type /Font /Subtype /Type1 /BaseFont /ZapfDingbats >>'),
    ),
    'digits drawn from right to left': filled('BT /F1 12 Tf 20 5 Td (0) Tj -10 0 Td (5) Tj ET'),
    'digits that lean': filled('BT /F1 12 Tf 0.99 0.1 -0.1 0.99 2 5 Tm (95) Tj ET'),
    'a part of the number': filled(words('9'), undefined, {}, '0905'),
    'a part of the number, up to a point': filled(words('100'), undefined, {}, '100.000'),
    'the digits of a fraction as a whole number': filled(words('15'), undefined, {}, '1.5'),
    'the digits of a whole number as a fraction': filled(words('1.5'), undefined, {}, '15'),
    'a debt as what is owned': filled(words('5'), undefined, {}, '-5'),
    'a point that the map takes away': filled(
      words('1.5', 'F2'),
      fonts(`${helvetica} /ToUnicode 50 0 R >>`),
      { 50: map('<2e> <0020>') },
      '15',
    ),
    'all of it, but unseen letters': filled(
      'BT /F1 12 Tf 3 Tr 2 5 Td (05) Tj 0 Tr (900) Tj ET',
      undefined,
      {},
      '05900',
    ),
    'all of it, a part in the colour of paper': filled(
      'BT /F1 12 Tf 1 g 2 5 Td (05) Tj 0 g (900) Tj ET',
      undefined,
      {},
      '05900',
    ),
    'all of it, a part painted over': filled(`${words('05900')} 1 g 0 0 16 20 re f`, undefined, {}, '05900'),
    'all of it, a part cut off': filled(`16 0 112 20 re W n ${words('05900')}`, undefined, {}, '05900'),
    'all of it, a part cut off by a clip with a corner': filled(
      `0 0 m 128 0 l 128 20 l 16 20 l 16 3 l 0 3 l h W n ${words('05900')}`,
      undefined,
      {},
      '05900',
    ),
    'all of it, a part cut off at its end': filled(
      `0 0 20 20 re W n ${words('05900')}`,
      undefined,
      {},
      '05900',
    ),
    'digits that stand on their head': filled('1 0 0 -1 0 20 cm BT /F1 12 Tf 2 5 Td (05) Tj ET'),
    'digits that the text’s matrix mirrors': filled('BT /F1 12 Tf -1 0 0 1 40 5 Tm (05) Tj ET'),
    'all of it, a part cut off by a line': filled(
      `q 0 0 m 128 20 l W n BT /F1 12 Tf 2 5 Td (05) Tj ET Q BT /F1 12 Tf 16 5 Td (900) Tj ET`,
      undefined,
      {},
      '05900',
    ),
    'all of it, a part cut off by a curve': filled(
      `q 0 0 m 0 20 128 20 128 0 c W n BT /F1 12 Tf 2 5 Td (05) Tj ET Q BT /F1 12 Tf 16 5 Td (900) Tj ET`,
      undefined,
      {},
      '05900',
    ),
    'all of it, a part under a broad pen': filled(
      `${words('05900')} 1 G 16 w 8 0 m 8 20 l S`,
      undefined,
      {},
      '05900',
    ),
    'all of it, a part in a colour from around its form': filled(
      '1 g /X Do 0 g BT /F1 12 Tf 16 5 Td (900) Tj ET',
      formAndFont,
      nested(0, words('05')),
      '05900',
    ),
    'all of it, a part unseen from around its form': filled(
      '3 Tr /X Do 0 Tr BT /F1 12 Tf 16 5 Td (900) Tj ET',
      formAndFont,
      nested(0, words('05')),
      '05900',
    ),
    'all of it, a part outside of the box': filled(
      'BT /F1 12 Tf -20 5 Td (05) Tj 22 0 Td (900) Tj ET',
      undefined,
      {},
      '05900',
    ),
    'all of it, a part too small': filled(
      'BT /F1 0.5 Tf 2 5 Td (05) Tj /F1 12 Tf (900) Tj ET',
      undefined,
      {},
      '05900',
    ),
    'digits made of lines': filled('0 0 2 14 re 6 0 2 14 re 12 0 8 2 re 12 12 8 2 re f'),
    'a digit drawn before the words': filled(`6 0 2 14 re f ${words('05')}`),
    'a digit drawn at the side': filled(`1 3 2 10 re f ${words('05')}`),
    // 7, 1 and 0 by one line from edge to edge.
    'digits drawn without lifting the pen': filled(
      '0 G 2 w 2 1 m 30 18 l 6 18 l 30 18 l 2 1 l 50 1 l 50 18 l 50 1 l 80 1 l 80 18 l 100 18 l 100 1 l 126 1 l S',
      undefined,
      {},
      '05',
    ),
    'digits in an inline picture': filled('q 60 0 0 16 2 2 cm BI /W 2 /H 1 /CS /G /BPC 8 ID \x00\x80 EI Q'),
    'digits in a pattern': filled(
      '/Pattern cs /P scn 0 0 128 20 re f',
      '/Resources << /Pattern << /P 41 0 R >> >>',
      {
        41: stream(
          words('95'),
          `/PatternType 1 /PaintType 1 /TilingType 1 /BBox [0 0 128 20] /XStep 128 /YStep 20 ${resources}`,
        ),
      },
    ),
    'digits in a mask': filled('/G gs 0 0 128 20 re f', parameters('/SMask << /S /Luminosity /G 41 0 R >>'), {
      41: stream(
        `1 g ${words('95')}`,
        `/Type /XObject /Subtype /Form /Group << /S /Transparency /CS /DeviceGray >> /BBox [0 0 600 842] ${resources}`,
      ),
    }),
    'letters that are drawings': filled(
      words('0', 'F2'),
      fonts(
        '<< /Type /Font /Subtype /Type3 /FontBBox [0 0 10 10] /FontMatrix [0.1 0 0 0.1 0 0] /FirstChar 48 /LastChar 48 /Widths [6] /CharProcs << /zero 41 0 R >> /Encoding << /Type /Encoding /Differences [48 /zero] >> /Resources << >> >>',
      ),
      { 41: stream('6 0 d0 0 0 5 9 re f') },
    ),
    'a choice that shows another one': ({ signed }) =>
      update(signed, {
        8: choice('/V (So) /AP << /N 30 0 R >>'),
        30: stream(words('Huyen'), `${box} ${resources}`),
      }),
    'two strings of which one is shown': filled('BT /F1 12 Tf 2 5 Td (05) (95) Tj ET'),
    'a font of the page’s': filled(words('95'), '/Resources << >>'),
    'a look without resources': filled(words('95'), ''),
    'a font that nobody has': filled(words('95', 'F7'), '/Resources << >>'),
    'a font by way of parameters': filled('/G gs BT 2 5 Td (95) Tj ET', parameters('/Font [5 0 R 12]')),
    'words deep inside': filled('/X Do', outermost, nested(10, words('95'))),
    'a signature that covers deep inside': signedOver('/X Do', outermost, nested(14, cover)),
    'a signature that covers with too many numbers': signedOver('1 g 0 0 1 1 0 0 160 20 re f'),
    'a signature that covers behind too many saved states': signedOver(
      `1 0 0 1 -900 0 cm ${'q '.repeat(256)} 1 0 0 1 900 0 cm q Q ${cover}`,
    ),
  }),
  // As the browsers' readers show them, poppler and mupdf don't.
  ...structural({
    'a signature that covers behind too few numbers': signedOver(`1 cm ${cover}`),
    'a signature that covers by less than no opacity': signedOver(`/G gs ${cover}`, parameters('/ca -1')),
  }),
];
