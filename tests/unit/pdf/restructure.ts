import { deflateSync } from 'node:zlib';

/** What a classic file's only table and trailer say. */
interface ClassicFile {
  readonly body: Buffer;
  /** By object number; 0 where it is free. */
  readonly offsets: readonly number[];
  readonly trailer: string;
}

function readClassic(classic: Buffer): ClassicFile {
  const text = classic.toString('latin1');
  const at = text.lastIndexOf('\nxref\n') + 1;
  const match = /^xref\n0 (\d+)\n([\s\S]*?)trailer\s*<<([\s\S]*)>>\s*startxref/.exec(text.slice(at));
  if (!match) throw new Error('not a classic file of one section');
  const offsets = (match[2] ?? '')
    .trim()
    .split('\n')
    .map((line) => (line.trim().endsWith('n') ? Number(line.slice(0, 10)) : 0));
  return { body: classic.subarray(0, at), offsets, trailer: match[3] ?? '' };
}

/** Rows of /W [1 4 2]: type, place, index. */
function packedRows(rows: readonly (readonly [number, number, number])[]): Buffer {
  return deflateSync(
    Buffer.concat(
      rows.map(([type, place, index]) => {
        const row = Buffer.alloc(7);
        row[0] = type;
        row.writeUInt32BE(place, 1);
        row.writeUInt16BE(index, 5);
        return row;
      }),
    ),
  );
}

function latin1(text: string): Buffer {
  return Buffer.from(text, 'latin1');
}

function streamObject(number: number, entries: string, data: Buffer): Buffer {
  const head = `${number} 0 obj\n<< /Length ${data.length} ${entries} >>\nstream\n`;
  return Buffer.concat([latin1(head), data, latin1('\nendstream\nendobj\n')]);
}

/** The same objects under a cross-reference stream, none of them inside an object stream. */
export function withXrefStream(classic: Buffer): Buffer {
  const { body, offsets, trailer } = readClassic(classic);
  const number = offsets.length;
  const rows = [...offsets, body.length].map((offset) => [offset > 0 ? 1 : 0, offset, 0] as const);
  const entries = trailer.replace(/\/Size \d+/, '');
  const section = streamObject(
    number,
    `/Type /XRef /W [1 4 2] /Size ${number + 1} /Filter /FlateDecode ${entries}`,
    packedRows(rows),
  );
  return Buffer.concat([body, section, latin1(`startxref\n${body.length}\n%%EOF\n`)]);
}

/**
 * A hybrid file (ISO 32000-2, 7.5.8.4) in the form that Word writes: a table that calls some objects free, and behind it
 * an empty one whose hidden stream shows them. The document's information is what is hidden here.
 */
export function asHybrid(classic: Buffer): Buffer {
  const { body, offsets, trailer } = readClassic(classic);
  const info = Number(/\/Info (\d+) 0 R/.exec(trailer)?.[1]);
  const text = body.toString('latin1');
  const from = offsets[info] ?? 0;
  const value = text.slice(text.indexOf('obj', from) + 3, text.indexOf('endobj', from)).trim();
  const [container, hidden] = [offsets.length, offsets.length + 1];
  const head = `${info} 0 `;
  const entries = `${trailer.replace(/\/Size \d+/, '')} /Size ${hidden + 1}`;
  const objects = streamObject(
    container,
    `/Type /ObjStm /N 1 /First ${head.length}`,
    latin1(`${head}${value}`),
  );
  const hiddenAt = body.length + objects.length;
  const rows = [
    [2, container, 0],
    [1, body.length, 0],
    [1, hiddenAt, 0],
  ] as const;
  const index = `/Index [${info} 1 ${container} 2]`;
  const stream = streamObject(
    hidden,
    `/Type /XRef /W [1 4 2] ${index} /Filter /FlateDecode ${entries}`,
    packedRows(rows),
  );
  const tableAt = hiddenAt + stream.length;
  const lines = [...offsets, 0, 0].map((offset, number) =>
    offset > 0 && number !== info
      ? `${String(offset).padStart(10, '0')} 00000 n \n`
      : '0000000000 65535 f \n',
  );
  const table = latin1(
    `xref\n0 ${lines.length}\n${lines.join('')}trailer\n<< ${entries} >>\nstartxref\n${tableAt}\n%%EOF\n`,
  );
  const emptyAt = tableAt + table.length;
  const empty = latin1(
    `xref\n0 0\ntrailer\n<< ${entries} /Prev ${tableAt} /XRefStm ${hiddenAt} >>\nstartxref\n${emptyAt}\n%%EOF\n`,
  );
  return Buffer.concat([body, objects, stream, table, empty]);
}
