import { samplePdf, stream } from '../unit/verification/sample-pdf.ts';
import { bytes, closing, section, startXref, text } from './bytes.ts';
import { type Attack, attacks } from './case.ts';
import { forgedContent, textField, update, type Victim, victimObjects } from './victim.ts';

/**
 * What was signed turns back: its page is an older object than the forger's draft, which stands behind it in the file. Who gathers the
 * objects anew takes the last of each number, so that all it needs is an addition that makes a program do so.
 */
function signed(victim: Victim): Buffer {
  const original = samplePdf(victimObjects());
  const words = text(original).indexOf('\n4 0 obj') + 1;
  const draft = update(original, { 4: forgedContent });
  const back = text(draft) + section({ 4: words }, startXref(draft)) + closing(draft.length);
  return victim.signAgain(bytes(back), { numbers: [20, 21], fields: [6, 7, 8, 21] });
}

const appended = (tail: string) => (victim: Victim) => bytes(text(signed(victim)) + tail);

/** A field filled by an update whose section is written otherwise. */
const filled =
  (word: RegExp, other: string) =>
  (victim: Victim): Buffer => {
    const file = signed(victim);
    const tail = text(update(file, { 6: textField('/V (05)') })).slice(file.length);
    return bytes(text(file) + tail.replace(word, other));
  };

/** A table with one more line, for an object that nothing refers to. */
const listed =
  (line: string, extra = '') =>
  (victim: Victim): Buffer => {
    const file = signed(victim);
    const table = section({}, startXref(file), extra).replace('trailer', `${line}trailer`);
    return bytes(text(file) + table + closing(file.length));
  };

/** A cross-reference stream with one more row, for object 50. */
const row =
  (widths: readonly number[], entry: readonly number[] = []) =>
  (victim: Victim): Buffer => {
    const file = signed(victim);
    const rows = [...(entry.length > 0 ? [entry] : []), [1, file.length, 0]];
    const octets = rows.map((values) =>
      values.map((value, at) => value.toString(16).padStart(2 * (widths[at] ?? 0), '0')).join(''),
    );
    const index = `${entry.length > 0 ? '50 1 ' : ''}51 1`;
    const entries = `/Type /XRef /W [${widths.join(' ')}] /Root 1 0 R /Size 1000 /Index [${index}] /Prev ${startXref(file)}`;
    const table = stream(Buffer.from(octets.join(''), 'hex').toString('latin1'), entries);
    return bytes(`${text(file)}51 0 obj\n${table}\nendobj\n${closing(file.length)}`);
  };

export const turnedBack: readonly Attack[] = attacks({
  'blanks behind the end': appended(' '.repeat(2000)),
  'a hundred kilobytes of blanks behind the end': appended('\n'.repeat(100_000)),
  'comments behind the end': appended(`% ${'x'.repeat(100)}\n`.repeat(20)),
  'a size beyond all numbers': filled(/\/Size \d+/, '/Size 2000000000'),
  'a size of more objects than there can be': filled(/\/Size \d+/, '/Size 9000000'),
  'a /Prev that is no whole number': filled(/\/Prev (\d+)/, '/Prev $1.0'),
  'a root by a number that isn’t whole': filled(/\/Root 1 0 R/, '/Root 1.0 0 R'),
  'an object nobody needs, listed behind the end': listed('50 1\n0009999999 00000 n \n'),
  'information that isn’t there': listed('', '/Info 50 0 R'),
  'a row of no known type': row([1, 4, 1], [3, 0, 0]),
  'rows whose type has too many bytes': row([8, 4, 1]),
  'an object nobody needs, in an object stream that isn’t there': row([1, 4, 1], [2, 49, 0]),
});
