import { stream } from '../unit/verification/sample-pdf.ts';
import { attacks } from './case.ts';
import { catalog, page, resources, textField, update, usualRefs, type Victim, wordsRect } from './victim.ts';

const field = (look: string) => textField('/V (05)').replace('(/F1 12 Tf 0 g)', `(${look})`);
const filledBy =
  (look: string) =>
  ({ signed }: Victim) =>
    update(signed, { 6: field(look) });

const withFont = catalog().replace('/F1 5 0 R >> >>', '/F1 5 0 R /Neu 40 0 R >> >>');
const filledIn =
  (font: string, more: Readonly<Record<number, string>> = {}) =>
  ({ signed }: Victim) =>
    update(signed, { 1: withFont, 6: field('/Neu 12 Tf 0 g'), 40: font, ...more });

const helvetica = '/Type /Font /Subtype /Type1 /BaseFont /Helvetica';
/** Whoever looks up where 0 and 5 are finds 9 and 0. */
const lyingMap = stream(
  '1 begincodespacerange <00> <ff> endcodespacerange 2 beginbfchar <39> <0030> <30> <0035> endbfchar',
);

const otherDigits = stream(
  'BT /F1 12 Tf 2 5 Td (95) Tj ET',
  `/Type /XObject /Subtype /Form /BBox [0 0 128 20] ${resources}`,
);

/** Fields without an appearance, whose look readers make up from what /DA and the form's fonts say. */
export const madeUpLooks = attacks({
  'an appearance for a state that isn’t named': ({ signed }) =>
    update(signed, { 6: textField('/V (05) /AP << /N << /Off 30 0 R >> >>'), 30: otherDigits }),
  'a field for signing with a frame as broad as the words': ({ signed }) =>
    update(signed, {
      1: catalog('', `${usualRefs} 23 0 R`),
      3: page(`${usualRefs} 23 0 R`),
      23: `<< /Type /Annot /Subtype /Widget /FT /Sig /T (ky-sau) /Rect ${wordsRect} /P 3 0 R /F 4 /MK << /BC [1 1 1] >> /BS << /W 20 >> >>`,
    }),
  'a default appearance with other words': filledBy('/F1 12 Tf 0 g \\(900\\) Tj 3 Tr'),
  'a default appearance with a box': filledBy('/F1 12 Tf 1 0 0 rg 0 0 128 20 re f 0 g'),
  'a default appearance in the colour of paper, over words': (victim) =>
    update(victim.sign({ 6: textField('', wordsRect) }), {
      6: textField('/V (MMMMMMMMMMMM)', wordsRect).replace('(/F1 12 Tf 0 g)', '(/F1 20 Tf 1 g)'),
    }),
  'a default appearance that nobody sees': filledBy('/F1 12 Tf 0 g 3 Tr'),
  'a default appearance larger than writing': filledBy('/F1 400 Tf 0 g'),
  'a default appearance in pictures': filledBy('/ZaDb 12 Tf 0 g'),
  'a form’s font of other digits': filledIn(
    `<< ${helvetica} /Encoding << /Type /Encoding /Differences [48 /nine 53 /zero] >> >>`,
  ),
  'a form’s font whose map is another': filledIn(`<< ${helvetica} /ToUnicode 41 0 R >>`, { 41: lyingMap }),
  'a form’s font of pictures': filledIn('<< /Type /Font /Subtype /Type1 /BaseFont /ZapfDingbats >>'),
  'a colour space in place of the device’s, in which nothing is to be seen': (victim) =>
    update(victim.sign({ 6: field('/F1 12 Tf 0 g') }), {
      1: catalog().replace(
        '/DR << ',
        '/DR << /ColorSpace << /DefaultGray [/Separation /X /DeviceGray 40 0 R] >> ',
      ),
      40: '<< /FunctionType 2 /Domain [0 1] /C0 [1] /C1 [1] /N 1 >>',
    }),
  'a form’s font brought for a field that was signed': (victim) =>
    update(victim.sign({ 6: field('/Neu 12 Tf 0 g') }), {
      1: withFont,
      40: `<< ${helvetica} /ToUnicode 41 0 R >>`,
      41: lyingMap,
    }),
});
