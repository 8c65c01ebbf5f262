import { samplePdf, stream } from '../unit/verification/sample-pdf.ts';
import { bytes, closing, startXref, text } from './bytes.ts';
import { attacks } from './case.ts';
import { forgedContent, line, trueText, update, type Victim, victimObjects } from './victim.ts';

/**
 * A cross-reference stream added to a document whose draft, still in the file, said something else. To us it brings nothing; some
 * readers find the draft's words through it. Nothing else is added, so that every byte is explained.
 */
const number = 60;

/** Signed in its second revision; the first one's page says what the attacker wants people to read. */
function signedDraft(victim: Victim): { draft: Buffer; signed: Buffer } {
  const draft = samplePdf(victimObjects({ 4: forgedContent }));
  const settled = update(draft, { 4: stream(line(trueText)) });
  const options = { numbers: [20, 21], fields: [6, 7, 8, 21], name: 'ky-21' } as const;
  return { draft, signed: victim.signAgain(settled, options) };
}

function row(type: number, place: number): string {
  const octets = Buffer.alloc(6);
  octets.writeUInt8(type, 0);
  octets.writeUInt32BE(place, 1);
  return text(octets);
}

function withTable(signed: Buffer, entries: string, rows: string): Buffer {
  const previous = `/Root 1 0 R /Prev ${startXref(signed)}`;
  const table = stream(rows, `/Type /XRef /W [1 4 1] ${previous} ${entries}`);
  return bytes(`${text(signed)}${number} 0 obj\n${table}\nendobj\n${closing(signed.length)}`);
}

/** Rows for every object as it was signed, but for the page's words. */
function rowsFromNought(signed: Buffer, words: number): string {
  const content = text(signed);
  const places = Array.from({ length: number }, (_, one) => content.lastIndexOf(`\n${one} 0 obj`) + 1);
  places[4] = words;
  places.push(signed.length);
  return places.map((place) => row(place > 0 ? 1 : 0, place)).join('');
}

const index = (value: string) => (victim: Victim) => {
  const { draft, signed } = signedDraft(victim);
  const rows = rowsFromNought(signed, text(draft).indexOf('4 0 obj'));
  return withTable(signed, `/Size ${number + 1} /Index ${value}`, rows);
};

export const tableStreams = attacks({
  'a cross-reference stream whose hidden part is the draft’s': (victim) => {
    const { draft, signed } = signedDraft(victim);
    const entries = `/Size 1000 /Index [${number} 1] /XRefStm ${startXref(draft)}`;
    return withTable(signed, entries, row(1, signed.length));
  },
  'an /Index that leads nowhere': index('40 0 R'),
  'an /Index that is a name': index('/None'),
  'an /Index that is a number': index('0'),
});
