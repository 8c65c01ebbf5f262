import { stream } from '../unit/verification/sample-pdf.ts';
import { attacks, structural } from './case.ts';
import { dingbats, look, off, tick } from './habit-pieces.ts';
import {
  catalog,
  checkBox,
  choice,
  page,
  resources,
  textField,
  update,
  usualRefs,
  type Victim,
  wordsRect,
} from './victim.ts';

const form = '/Type /XObject /Subtype /Form /BBox [0 0 128 20]';
const blank = stream('/Tx BMC EMC', form);
const filled = (entries = '', rect?: string) => textField(`/V (05) /AP << /N 30 0 R >> ${entries}`, rect);

/** The victim signs a form that an attacker prepared; then readers are asked to make all looks up. */
function drawnAnew(
  objects: Readonly<Record<number, string>>,
  resourcesOfForm = '<< /Font << /F1 5 0 R >> >>',
) {
  return (victim: Victim) => {
    const signed = victim.sign(objects, { formResources: resourcesOfForm });
    const now = catalog('', usualRefs, '/NeedAppearances true').replace(
      '<< /Font << /F1 5 0 R >> >>',
      resourcesOfForm,
    );
    return update(signed, { 1: now });
  };
}

/** Looks that were signed and give way to those that readers make up from what fields say, which is something else. */
export const drawnAnewLooks = [
  ...attacks({
    'another number than was seen': drawnAnew({ 6: filled(), 30: look('90') }),
    'a part of the number that was seen': drawnAnew({ 6: filled(), 30: look('0590') }),
    'more than was seen': drawnAnew({ 6: textField('/V (0590) /AP << /N 30 0 R >>'), 30: look('05') }),
    'a number where nothing was seen': drawnAnew({ 6: filled(), 30: blank }),
    'nothing where a number was seen': drawnAnew({ 6: textField('/AP << /N 30 0 R >>'), 30: look('90') }),
    'a number that was a picture': drawnAnew({
      6: filled(),
      30: stream('60 0 0 20 0 0 cm /I Do', `${form} /Resources << /XObject << /I 32 0 R >> >>`),
      32: stream(
        '\xc0',
        '/Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8',
      ),
    }),
    'rich text': drawnAnew({ 6: filled('/RV (<body><p>900</p></body>)'), 30: look('05') }),
    'letters as large as the field, over the page’s words': drawnAnew({
      6: filled('', wordsRect).replace('/F1 12 Tf', '/F1 200 Tf'),
      30: look('05', '[0 0 160 20]'),
    }),
    'letters in the colour of paper': drawnAnew({
      6: filled().replace('0 g', '1 g'),
      30: look('05'),
    }),
    'a colour space that makes black white': drawnAnew(
      { 6: filled(), 30: look('05') },
      '<< /Font << /F1 5 0 R >> /ColorSpace << /DefaultGray [/Separation /Black /DeviceGray << /FunctionType 2 /Domain [0 1] /C0 [1] /C1 [1] /N 1 >>] >> >>',
    ),
    'a ground over the page’s words': drawnAnew({
      6: textField('/MK << /BG [1 1 1] >> /AP << /N 30 0 R >>', wordsRect),
      30: blank,
    }),
    'a ground that is gone from the page’s words': drawnAnew({
      6: textField('/AP << /N 30 0 R >>', wordsRect),
      30: stream('1 g 0 0 128 20 re f', form),
    }),
    'a field that the form doesn’t list': (victim) => {
      const signed = victim.sign(
        { 3: page('6 0 R 7 0 R 8 0 R 33 0 R'), 30: look('90'), 33: filled('', '[300 600 428 620]') },
        { pageEntries: `${resources} /Contents 4 0 R`, fields: [6, 7, 8, 33, 21] },
      );
      const listed = catalog('', usualRefs, '/NeedAppearances true');
      return update(signed, { 1: listed });
    },
    'a box’s mark that is a number': drawnAnew({
      7: checkBox('/V /Co /AS /Co /MK << /CA (900) >> /AP << /N << /Co 44 0 R >> >>'),
      44: tick,
      45: dingbats,
    }),
    'a button’s caption': drawnAnew({
      7: checkBox('/Ff 65536 /MK << /CA (900) >> /AP << /N 30 0 R >>', '[72 560 200 580]'),
      30: look('100'),
    }),
    'a list of which another line was marked': drawnAnew({
      8: choice('/V (So) /AP << /N 30 0 R >>', '[72 500 200 540]').replace('/Ff 131072', ''),
      30: stream(
        '0.6 0.75 0.85 rg 0 0 128 20 re f 0 g BT /F1 12 Tf 2 25 Td (So) Tj 0 -20 Td (Huyen) Tj ET',
        `/Type /XObject /Subtype /Form /BBox [0 0 128 40] ${resources}`,
      ),
    }),
    'a list of which nothing is chosen any more': drawnAnew({
      8: choice('/AP << /N 30 0 R >>', '[72 500 200 540]').replace('/Ff 131072', ''),
      30: stream(
        '0.6 0.75 0.85 rg 0 0 128 20 re f 0 g BT /F1 12 Tf 2 25 Td (So) Tj 0 -20 Td (Huyen) Tj ET',
        `/Type /XObject /Subtype /Form /BBox [0 0 128 40] ${resources}`,
      ),
    }),
    'a font that comes along': (victim) => {
      const own = { 6: filled().replace('/F1 12 Tf', '/Neu 12 Tf'), 30: look('05') };
      const fonts = '/F1 5 0 R /Neu 40 0 R >> >>';
      const now = catalog('', usualRefs, '/NeedAppearances true').replace('/F1 5 0 R >> >>', fonts);
      const lying = '<< /Type /Font /Subtype /TrueType /BaseFont /X /FontDescriptor 41 0 R >>';
      return update(victim.sign(own), { 1: now, 40: lying, 41: '<< /FontFile2 42 0 R >>', 42: stream('x') });
    },
  }),
  // As the browsers' readers show them, poppler and mupdf don't.
  ...structural({
    'what a field goes back to': drawnAnew({
      6: textField('/DV (900) /AP << /N 30 0 R >>'),
      30: blank,
    }),
    'a box that is ticked and looked empty': drawnAnew({
      7: checkBox('/V /Co /AS /Off /AP << /N << /Co 44 0 R /Off 46 0 R >> >>'),
      44: tick,
      45: dingbats,
      46: off,
    }),
  }),
];
