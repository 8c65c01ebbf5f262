import { deflateSync } from 'node:zlib';

/** Objects by number, as they stand between `obj` and `endobj`; each character is a byte. */
export type Objects = Readonly<Record<number, string>>;

export function stream(content: string | Uint8Array, entries = ''): string {
  const text = typeof content === 'string' ? content : Buffer.from(content).toString('latin1');
  return `<< ${entries} /Length ${text.length} >>\nstream\n${text}\nendstream`;
}

export function deflated(content: Uint8Array, entries: string): string {
  return stream(deflateSync(content), `${entries} /Filter /FlateDecode`);
}

function row(offset: number): string {
  return `${String(offset).padStart(10, '0')} 00000 n \n`;
}

/** A file of one revision; objects are numbered from 1 without a gap, the catalog first. */
export function firstRevision(objects: Objects): Buffer {
  let text = '%PDF-1.5\n%\xe2\xe3\xcf\xd3\n';
  let table = 'xref\n0 1\n0000000000 65535 f \n';
  for (const [number, body] of Object.entries(objects)) {
    table += `${number} 1\n${row(text.length)}`;
    text += `${number} 0 obj\n${body}\nendobj\n`;
  }
  const size = Object.keys(objects).length + 1;
  const trailer = `trailer\n<< /Size ${size} /Root 1 0 R >>\nstartxref\n${text.length}\n%%EOF\n`;
  return Buffer.from(text + table + trailer, 'latin1');
}

/** An incremental update with a classic table, as iText 5 appends it. */
export function appended(file: Uint8Array, objects: Objects): Buffer {
  const old = Buffer.from(file).toString('latin1');
  const previous = [...old.matchAll(/startxref\s+(\d+)/g)].at(-1)?.[1] ?? '0';
  const size = Math.max(...[...old.matchAll(/\/Size (\d+)/g)].map((match) => Number(match[1])));
  let text = old;
  let table = 'xref\n';
  for (const [number, body] of Object.entries(objects)) {
    table += `${number} 1\n${row(text.length)}`;
    text += `${number} 0 obj\n${body}\nendobj\n`;
  }
  const next = Math.max(size, ...Object.keys(objects).map((number) => Number(number) + 1));
  const trailer = `trailer\n<< /Size ${next} /Root 1 0 R /Prev ${previous} >>\nstartxref\n${text.length}\n%%EOF\n`;
  return Buffer.from(text + table + trailer, 'latin1');
}
