import { stream } from '../unit/verification/sample-pdf.ts';
import { closing, object, section, startXref, text } from './bytes.ts';
import { type Attack, attacks, structural } from './case.ts';
import { forgedContent, page, resources, update, type Victim, victimObjects } from './victim.ts';

/** The page's content is named by object 9, in object stream 12, which needs object 50 to be read. */
const contents = `/Contents 9 0 R ${resources}`;
const forged = '14 0 R';

/** A file with an object stream, signed by somebody honest; `held` are the stream's bytes, `entries` its dictionary's. */
function signed(victim: Victim, entries: string, key: string, held: string): Buffer {
  const objects: Record<number, string> = {
    ...Object.fromEntries(
      victimObjects({ 3: page('6 0 R 7 0 R 8 0 R', contents) }).map((one, at) => [at + 1, one]),
    ),
    12: stream(held, `/Type /ObjStm ${entries}`),
    14: forgedContent,
    50: key,
  };
  const rows: number[][] = [[0, 0, 0, 0]];
  let body = '%PDF-1.7\n';
  for (const [number, value] of Object.entries(objects)) {
    rows.push([Number(number), 1, body.length, 0]);
    body += object(Number(number), value);
  }
  rows.push([9, 2, 12, 0], [60, 1, body.length, 0]);
  const data = Buffer.alloc(6 * rows.length);
  for (const [index, [, kind = 0, place = 0]] of rows.entries()) {
    data.writeUInt8(kind, 6 * index);
    data.writeUInt32BE(place, 6 * index + 1);
  }
  const ranges = rows.map(([number]) => `${number} 1`).join(' ');
  const table = stream(
    data.toString('latin1'),
    `/Type /XRef /Size 61 /W [1 4 1] /Index [${ranges}] /Root 1 0 R`,
  );
  const file = Buffer.from(body + object(60, table) + closing(body.length), 'latin1');
  return victim.signAgain(file, { numbers: [20, 21], fields: [6, 7, 8, 21], pageEntries: contents });
}

/** What a signed object stream is read with, exchanged behind the signature: no entry of any cross-reference changes. */
export const containerKeys: Attack[] = attacks({
  'where an object stream’s objects begin': (victim) =>
    update(signed(victim, '/N 1 /First 50 0 R', '5', `9 0  [4 0 R] [${forged}] `), { 50: '13' }),
  'how many objects an object stream has': (victim) =>
    update(signed(victim, '/N 50 0 R /First 5', '1', '9 0  [4 0 R] '), { 50: '0' }),
  'how an object stream is packed': (victim) =>
    update(signed(victim, '/N 1 /First 5 /Filter 50 0 R', 'null', '9 0  [4 0 R] '), {
      50: '/ASCIIHexDecode',
    }),
});

/** Readers that mind generations find nothing where the cross-reference names another one. */
export const otherGenerations: Attack[] = structural({
  'a signed object listed again with another generation': ({ signed: file }) => {
    const place = text(file).indexOf('\n4 0 obj') + 1;
    const again = section({ 4: place }, startXref(file)).replace(' 00000 n', ' 00001 n');
    return Buffer.concat([file, Buffer.from(again + closing(file.length), 'latin1')]);
  },
});
