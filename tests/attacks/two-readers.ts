import { stream } from '../unit/verification/sample-pdf.ts';
import { bytes, closing, object, patch, placeOf, section, startXref, text } from './bytes.ts';
import { structural } from './case.ts';
import {
  catalog,
  forgedContent,
  forgedText,
  page,
  resources,
  textField,
  trueText,
  update,
  usualRefs,
  type Victim,
} from './victim.ts';

const look = stream(
  'BT /F1 12 Tf 2 5 Td (05) Tj ET',
  `/Type /XObject /Subtype /Form /BBox [0 0 128 20] ${resources}`,
);

/** Files that two programs read differently: what one verifies, the other doesn't show. Beyond the papers. */
const forgedObject = object(4, forgedContent);

function hybrid(victim: Victim): Buffer {
  const file = victim.signed;
  const start = file.length;
  const body = forgedObject;
  const row = Buffer.alloc(6);
  row.writeUInt8(1, 0);
  row.writeUInt32BE(start, 1);
  const streamAt = start + body.length;
  const xrefStream = `63 0 obj\n<< /Type /XRef /Size 1000 /W [1 4 1] /Index [4 1] /Root 1 0 R /Length 6 >>\nstream\n${row.toString('latin1')}\nendstream\nendobj\n`;
  const table = section({ 4: 'free' }, startXref(file), `/XRefStm ${streamAt}`);
  return bytes(text(file) + body + xrefStream + table + closing(streamAt + xrefStream.length));
}

const contents = (change: (place: ReturnType<typeof placeOf>) => string) => (victim: Victim) => {
  const place = placeOf(victim.signed);
  return patch(victim.signed, place.contents, change(place));
};

export const twoReaders = structural({
  'bytes behind the end that a repairing viewer shows': ({ signed }) =>
    bytes(`${text(signed)}${forgedObject}${'trailer\n<< /Root 1 0 R >>\n'}`),
  'an object behind the end, dressed as a comment': ({ signed }) =>
    bytes(`${text(signed)}% ${' '.repeat(3)}\n${forgedObject.replaceAll('\n', '\r')}`),
  'an object in a comment’s line': ({ signed }) => bytes(`${text(signed)}%\r4 0 obj null endobj\n`),
  'much white space and then an object': ({ signed }) =>
    bytes(`${text(signed)}${' \n'.repeat(3000)}${forgedObject}`),
  'a second %%EOF with an object before it': ({ signed }) => bytes(`${text(signed)}${forgedObject}%%EOF\n`),
  'a second startxref to the same place': ({ signed }) =>
    bytes(`${text(signed)}${forgedObject}${closing(startXref(signed))}`),
  'a header of its own behind the end': ({ signed }) => bytes(`${text(signed)}%PDF-1.7\n`),
  'another file before the header': ({ signed }) =>
    Buffer.concat([bytes(`%PDF-1.4\n${forgedObject}trailer << /Root 1 0 R >>\n`), signed]),
  'junk before the header': ({ signed }) => Buffer.concat([bytes('junk\n'), signed]),
  'an object that no cross-reference knows, inside an update': ({ signed }) => {
    const made = text(update(signed, { 90: '(a)', 91: '(b)' }));
    const at = made.lastIndexOf('90 0 obj');
    // As long as what it replaces: offsets stay.
    return bytes(`${made.slice(0, at)}4 0 obj (f) endobj ${made.slice(at + 19)}`);
  },
  'a hybrid section that hides an object': hybrid,
  'an object given twice in one section': ({ signed }) => {
    const made = text(update(signed, { 90: '(a)', 91: '(b)' }));
    const at = made.lastIndexOf('91 1\n');
    return bytes(`${made.slice(0, at)}90 1\n${made.slice(at + 5)}`);
  },
  'two trailers in one section': ({ signed }) =>
    bytes(
      text(update(signed, { 90: '(a)' })).replace(
        /startxref\n(\d+)\n%%EOF\n$/,
        'trailer\n<< /Root 40 0 R /Size 50 >>\nstartxref\n$1\n%%EOF\n',
      ),
    ),
  'a key given twice in the page': ({ signed }) =>
    update(signed, {
      3: page(usualRefs, `/Contents 30 0 R /Contents 4 0 R ${resources}`),
      30: forgedContent,
    }),
  'a key given twice, once with its name in hexadecimal': ({ signed }) =>
    update(signed, {
      3: page(usualRefs, `/#43ontents 30 0 R /Contents 4 0 R ${resources}`),
      30: forgedContent,
    }),
  'a key given twice in the trailer': ({ signed }) =>
    update(signed, { 40: catalog(), 90: '(a)' }, { extra: '/Root 40 0 R' }),
  'a cross-reference entry inside /Contents': (victim) => {
    const place = placeOf(victim.signed);
    return bytes(
      text(victim.signed) +
        section({ 4: place.values[1] + 40 }, startXref(victim.signed)) +
        closing(victim.signed.length),
    );
  },
  'a cross-reference entry at an object of another number': ({ signed }) =>
    bytes(
      text(signed) +
        section({ 4: text(signed).indexOf('5 0 obj') }, startXref(signed)) +
        closing(signed.length),
    ),
  'a generation that isn’t the object’s': ({ signed }) => {
    const made = text(update(signed, { 4: forgedContent }));
    return bytes(made.replace(/(\n4 1\n\d{10}) 00000 n(?![\s\S]*\n4 1\n)/, '$1 00007 n'));
  },
  'a /Prev that loops': ({ signed }) => {
    const made = text(update(signed, { 90: '(a)' }));
    return bytes(made.replace(/\/Prev \d+(?![\s\S]*\/Prev)/, `/Prev ${signed.length + 23}`.padEnd(12)));
  },
  '/Contents with white space between its digits': contents(
    ({ contents: digits, message }) =>
      `${`<${message.slice(0, 100)} \n${message.slice(100)}`.padEnd(digits.length - 1, '0')}>`,
  ),
  '/Contents with a comment between its digits': contents(
    ({ contents: digits, message }) =>
      `${`<${message.slice(0, 100)}%\n${message.slice(100)}`.padEnd(digits.length - 1, '0')}>`,
  ),
  '/Contents of an odd number of digits': contents(({ contents: digits }) => `${digits.slice(0, -2)}> `),
  '/Contents shorter than its gap': contents(({ message }) => `<${message}>`),
  '/Contents with something behind the message': contents(
    ({ contents: digits, message }) => `${`<${message}${'41'.repeat(20)}`.padEnd(digits.length - 1, '0')}>`,
  ),
  'two fields of one name': (victim) => victim.signAgain(victim.signed, { name: 'ky-21' }),
  'two fields of one signature': ({ signed }) =>
    update(signed, {
      1: catalog('', `${usualRefs} 30 0 R`),
      3: page(`${usualRefs} 30 0 R`),
      30: '<< /Type /Annot /Subtype /Widget /FT /Sig /T (kia) /V 20 0 R /Rect [0 0 0 0] /P 3 0 R /F 132 >>',
    }),
  'a field that becomes its sibling’s kid': ({ signed }) =>
    update(signed, { 6: textField('/Kids [7 0 R]'), 1: catalog('', '6 0 R 8 0 R 21 0 R') }),
  'a parent that isn’t one': ({ signed }) => update(signed, { 6: textField('/Parent 8 0 R') }),
  'the signature’s field under another number': ({ signed }) =>
    update(signed, {
      1: catalog('', usualRefs.replace('21 0 R', '31 0 R')),
      3: page(usualRefs.replace('21 0 R', '31 0 R')),
      31: '<< /Type /Annot /Subtype /Widget /FT /Sig /T (ky-21) /V 20 0 R /Rect [0 0 0 0] /P 3 0 R /F 132 >>',
    }),
  'the signature taken out of the form': ({ signed }) =>
    update(signed, { 1: catalog('', '6 0 R 7 0 R 8 0 R'), 3: page('6 0 R 7 0 R 8 0 R') }),
  'the form taken away': ({ signed }) => update(signed, { 1: '<< /Type /Catalog /Pages 2 0 R >>' }),
  'the signature’s value nulled': ({ signed }) =>
    update(signed, {
      21: '<< /Type /Annot /Subtype /Widget /FT /Sig /T (ky-21) /Rect [0 0 0 0] /P 3 0 R /F 132 >>',
    }),
  'the signature’s dictionary freed': ({ signed }) =>
    bytes(text(signed) + section({ 20: 'free' }, startXref(signed)) + closing(signed.length)),
  'everything broken but the signature’s words': ({ signed }) =>
    bytes(
      text(patch(signed, trueText, forgedText))
        .replaceAll('startxref', 'startxxxx')
        .replaceAll('%%EOF', '%%EOG'),
    ),
  'the signature’s words in hexadecimal, the structure broken': ({ signed }) =>
    bytes(
      text(patch(signed, trueText, forgedText))
        .replaceAll('startxref', 'startxxxx')
        .replace('/ByteRange', '/#42yteRange')
        .replace('/Type /Sig ', '/Type /S#69g '),
    ),
  'a form that hides its signature’s type': (victim) => {
    const made = text(victim.signed).replace('/FT /Sig /T (ky-21)', '/FT /Tx  /T (ky-21)');
    return bytes(made);
  },
  'a form whose fields can’t be read': ({ signed }) =>
    update(signed, { 1: catalog().replace('/Fields [', '/Fields 5 0 R /X [') }),
  'startxref alone, back to what nobody had signed yet': ({ signed }) =>
    bytes(`${text(signed)}startxref\n${/startxref\s+(\d+)/.exec(text(signed))?.[1]}\n%%EOF\n`),
  'a generation that isn’t the cross-reference’s, of the same object': ({ signed }) => {
    const same =
      text(signed)
        .slice(text(signed).lastIndexOf('\n4 0 obj\n') + 9)
        .split('\nendobj')[0] ?? '';
    return bytes(
      text(update(signed, { 4: same })).replace(/(\n4 1\n\d{10}) 00000 n(?![\s\S]*\n4 1\n)/, '$1 00003 n'),
    );
  },
  'a stream whose length is a lie': ({ signed }) => {
    const filled = look.replace('/Length ', '/Length 9 %');
    return update(signed, { 6: textField('/V (05) /AP << /N 30 0 R >>'), 30: filled.replace('%', '\n%') });
  },
  'a table of lines that need mending': ({ signed }) =>
    bytes(text(update(signed, { 90: '(a)', 91: '(b)' })).replace(/00000 n \n(?=91 1)/, '00000 n\n')),
  'a size that hides what was signed': ({ signed }) =>
    bytes(
      text(update(signed, { 2: '<< /Type /Pages /Kids [3 0 R] /Count 1 >>' })).replace(
        /\/Size 1000(?![\s\S]*\/Size)/,
        '/Size 5   ',
      ),
    ),
  'a claim in hexadecimal that nothing refers to': (victim) => {
    const unsigned = bytes(`${text(victim.signed).split('%%EOF')[0]}%%EOF\n`);
    const hidden =
      '<< /#54ype /S#69g /SubFilter /ETSI.CAdES.detached /#42yteR#61nge [0 1 2 3] /Contents <00> >>';
    return update(unsigned, { 30: hidden });
  },
  'a catalog that isn’t one': ({ signed }) => update(signed, { 1: '(x)' }),
});
