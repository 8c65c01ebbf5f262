import { stream } from '../unit/verification/sample-pdf.ts';
import { attacks, structural } from './case.ts';
import {
  catalog,
  checkBox,
  coverStream,
  resources,
  textField,
  update,
  usualPage,
  type Victim,
  wordsRect,
} from './victim.ts';

/** Fields that are more than one thing: on two pages, two values at once, a field under a signature. */

const look = stream(
  'BT /F1 12 Tf 2 5 Td (05) Tj ET',
  `/Type /XObject /Subtype /Form /BBox [0 0 128 20] ${resources}`,
);
const secondPage = (annotations = '') =>
  `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 10 0 R ${resources} ${annotations} >>`;

/** The next signature, on an empty second page and, with the same widget, over the first one's words. */
function onTwoPages(victim: Victim): Buffer {
  const pages = '<< /Type /Pages /Kids [3 0 R 9 0 R] /Count 2 >>';
  const signed = victim.sign({
    1: catalog('', '6 0 R 7 0 R 8 0 R'),
    2: pages,
    9: secondPage(),
    10: stream(''),
  });
  const shown = update(signed, { 31: coverStream(), 9: secondPage('/Annots [23 0 R]') });
  return victim.signAgain(shown, { rect: wordsRect, fieldEntries: '/AP << /N 31 0 R >>' });
}

const covered = (content: string) => (victim: Victim) =>
  victim.signAgain(
    update(victim.signed, {
      31: stream(content, '/Type /XObject /Subtype /Form /BBox [0 0 160 20]'),
    }),
    { rect: wordsRect, fieldEntries: '/AP << /N 31 0 R >>' },
  );

const rich = (text: string) => (victim: Victim) => {
  const field = (entries: string) => textField(`/Ff 33554432 ${entries}`);
  return update(victim.sign({ 6: field('') }), {
    6: field(`/V (05) /RV (<body><p>${text}</p></body>) /AP << /N 30 0 R >>`),
    30: look,
  });
};

export const oddFields = [
  ...attacks({
    'a signature over the words that stands on the next page, too': onTwoPages,
    'a signature that covers the lower part of the words': covered('1 g 0 0 160 12.2 re f'),
    'a signature that covers the middle of the words': covered('1 g 0 4 160 8.2 re f'),
  }),
  ...structural({
    'a filled field whose rich text says something else': rich('95'),
    'a filled field whose rich text says more in hexadecimal': rich('05&#x39;'),
    'a filled field whose rich text says a fraction': rich('0.5'),
    'a filled field whose rich text says more where nothing is a tag': rich('05<![CDATA[000]]>'),
    'a box that is ticked and looks empty': ({ signed }) =>
      update(signed, { 7: checkBox('/V /On /AS /Off') }),
    'a text field under a signature': (victim) =>
      victim.signAgain(
        update(victim.signed, {
          33: textField('/Parent 23 0 R /V (05) /AP << /N 30 0 R >>', '[300 600 428 620]').replace(
            '(so)',
            '(x)',
          ),
          30: look,
        }),
        { fieldEntries: '/Kids [33 0 R]', pageEntries: usualPage },
      ),
    'another document for one reader, out of an attachment that was signed': (victim) => {
      const names =
        '/Names << /EmbeddedFiles << /Names [(a) << /Type /Filespec /F (a) /EF << /F 41 0 R >> >>] >> >>';
      const signed = victim.sign({ 41: stream('x') }, { catalogEntries: names });
      const extra = '/AdditionalStreams [/application#2Fvnd.oasis.opendocument.text 41 0 R]';
      return update(signed, { 90: '(a)' }, { extra });
    },
  }),
];
