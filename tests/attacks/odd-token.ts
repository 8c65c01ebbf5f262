import { stream } from '../unit/verification/sample-pdf.ts';
import { attacks } from './case.ts';
import { resources, textField, update, type Victim } from './victim.ts';

/** Numbers, names and strings that the standard doesn't know, which each program reads in its own way. */

const hex = (text: string) => Buffer.from(text, 'latin1').toString('hex');
const words = 'BT /F1 12 Tf 2 5 Td (05) Tj ET';
const look = (content: string, own = resources) =>
  stream(content, `/Type /XObject /Subtype /Form /BBox [0 0 128 20] ${own}`);

/** The number's field filled with "05" by `content`. */
const filled =
  (content: string, own?: string, more: Readonly<Record<number, string>> = {}) =>
  ({ signed }: Victim) =>
    update(signed, { 6: textField('/V (05) /AP << /N 30 0 R >>'), 30: look(content, own), ...more });

const otherDigits = {
  31: '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding << /Differences [48 /nine 53 /zero] >> >>',
};
const fonts = (list: string) => `/Resources << /Font << ${list} >> >>`;
/** As much of a name as mupdf reads. */
const long = 'A'.repeat(127);

export const oddTokens = attacks({
  'hexadecimal digits with a letter between them, in a look': ({ signed }) =>
    update(signed, {
      6: textField('/V (333) /AP << /N 30 0 R >>'),
      30: look('BT /F1 12 Tf 2 5 Td <3z33333> Tj ET'),
    }),
  'hexadecimal digits with a letter between them, in a value': ({ signed }) =>
    update(signed, { 6: textField('/V <3z33333>') }),
  'a font whose name goes on behind its end': filled(words, fonts('/F1#00 31 0 R /F1 5 0 R'), otherDigits),
  'two fonts whose names begin alike': filled(
    words.replace('F1', `${long}1`),
    fonts(`/${long}1 5 0 R /${long}2 31 0 R`),
    otherDigits,
  ),
  'a reference to more objects than there can be': ({ signed }) =>
    update(signed, {
      6: textField(`/V (05) /AP << /N ${2 ** 32 + 30} 0 R >>`),
      30: look(words.replace('05', '90')),
    }),
  'a place beyond all numbers': filled(`${words} BT /F1 12 Tf ${2 ** 32 + 20} 5 Td (9) Tj ET`),
  'a stream that begins in its keyword’s line': ({ signed }) =>
    update(signed, {
      6: textField('/V (905) /AP << /N 30 0 R >>'),
      30: look('[] 0 d BT /F1 12 Tf 2 5 Td (9) Tj ET\nBT /F1 12 Tf 9 5 Td (05) Tj ET').replace(
        'stream\n',
        'stream',
      ),
    }),
  // The letter is a nought to poppler, by which all that follows moves by half a byte: words to it, a comment to us.
  'hexadecimal digits with a letter between them, in a look’s data': filled(
    `${hex('%')}za${hex(`${words.replace('05', '90')} %`)}0${hex(`\n${words}`)}>`,
    `${resources} /Filter /ASCIIHexDecode`,
  ),
  'a string whose end of line isn’t escaped': ({ signed }) =>
    update(signed, { 6: textField('/V (\xfe\xff\r\n9\x000\x005\x000)') }),
});
