import { stream } from '../unit/verification/sample-pdf.ts';
import { append, bytes, section, startXref, text } from './bytes.ts';
import { type Attack, attacks, structural } from './case.ts';
import {
  catalog,
  coverStream,
  forgedContent,
  page,
  resources,
  textField,
  update,
  usualRefs,
  type Victim,
} from './victim.ts';

/**
 * Updates that are hardly wrong: by a byte in a place, a generation, a sign. Who insists on the letter gathers the objects of such
 * a file anew, or finds nothing where others find the signed page.
 */

/** The page's content forged by one update and put back by the next; the forgery is the last object of its number. */
function putBack({ signed }: Victim): Buffer {
  const forged = update(signed, { 4: forgedContent });
  const content = text(signed).lastIndexOf('\n4 0 obj') + 1;
  return append(forged, '', () => section({ 4: content }, startXref(forged)));
}

/** The newest number behind a word, a little less. */
function beside(file: Uint8Array, word: string): Buffer {
  const newest = new RegExp(`${word}\\s(\\d+)(?![\\s\\S]*${word})`);
  return bytes(text(file).replace(newest, (match, place) => match.replace(place, String(place - 3))));
}

const hidden = stream(`\nendstream\nendobj\n4 0 obj\n${forgedContent}\nendobj\n`);
const withHidden = ({ signed }: Victim) =>
  update(signed, { 1: catalog('/DSS 40 0 R'), 40: '<< /Type /DSS /Certs [41 0 R] >>', 41: hidden });

export const repairingReader: readonly Attack[] = [
  ...attacks({
    'a forgery put back, /Prev beside its place': (victim) => beside(putBack(victim), '/Prev'),
    'a forgery put back, startxref beside its place': (victim) => beside(putBack(victim), 'startxref'),
    'a forgery in a stream, /Prev beside its place': (victim) => beside(withHidden(victim), '/Prev'),
    'content by a generation that it hasn’t got': ({ signed }) =>
      update(signed, { 3: page(usualRefs, `/Contents 4 1 R ${resources}`) }),
    'a font by a generation that it hasn’t got': ({ signed }) =>
      update(signed, { 3: page(usualRefs, '/Contents 4 0 R /Resources << /Font << /F1 5 7 R >> >>') }),
  }),
  ...structural({
    'a forgery put back': putBack,
    'a forgery in a stream': withHidden,
    'a forgery in a string': ({ signed }) => update(signed, { 90: `(\n4 0 obj\n${forgedContent})` }),
    'a forgery in a string, its number behind many noughts': ({ signed }) =>
      update(signed, { 90: `(\n${'0'.repeat(40)}4 0 obj\n${forgedContent})` }),
    'a forgery in a string, its number before many blanks': ({ signed }) =>
      update(signed, { 90: `(\n4${' '.repeat(40)}0 obj\n${forgedContent})` }),
    'a forgery in a string, a comment within its header': ({ signed }) =>
      update(signed, { 90: `(\n4 % as it was\n0 obj\n${forgedContent})` }),
    'a trailer in a string, a comment before its dictionary': ({ signed }) =>
      update(signed, { 90: '(\ntrailer % the true one\n<< /Root 95 0 R >>)' }),
    'a trailer in the trailer': ({ signed }) =>
      update(signed, { 90: '(a)' }, { extra: '/ID [(\ntrailer\n<< /Root 95 0 R >>) (a)]' }),
    'a trailer in a comment': ({ signed }) =>
      bytes(text(update(signed, { 90: '(a)\n% trailer << /Root 95 0 R >>' }))),
    'a forgery in an object stream that nothing names': ({ signed }) =>
      update(signed, { 90: stream('4 0 (forged)', '/Type /ObjStm /N 1 /First 4') }),
    'nothing but /Prev beside its place': ({ signed }) => beside(update(signed, { 90: '(a)' }), '/Prev'),
    'a trailer of two roots': ({ signed }) => update(signed, { 90: '(a)' }, { extra: '/Root 1 0 R' }),
    'the root by a generation that it hasn’t got': ({ signed }) =>
      update(signed, { 1: catalog() }, { root: '1 9 R' }),
    'a word between the entries of a field': ({ signed }) => update(signed, { 6: textField('/V (05) (95)') }),
    'a name between the entries of a field': ({ signed }) => update(signed, { 6: textField('/V /M (05)') }),
    'a place with two signs': (victim) =>
      victim.signAgain(update(victim.signed, { 31: coverStream() }), {
        rect: '[300 --515 460 --535]',
        fieldEntries: '/AP << /N 31 0 R >>',
      }),
  }),
];
