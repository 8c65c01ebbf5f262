/** Bytes as text and back: what attacks are written in. */

export function text(file: Uint8Array): string {
  return Buffer.from(file).toString('latin1');
}

export function bytes(content: string): Buffer {
  return Buffer.from(content, 'latin1');
}

/** `file` with the last `from` replaced by `to`, filled up with blanks so that everything keeps its place. */
export function patch(file: Uint8Array, from: string, to: string): Buffer {
  const content = text(file);
  const at = content.lastIndexOf(from);
  if (at < 0 || to.length > from.length) throw new Error(`can't patch ${from.slice(0, 40)}`);
  return bytes(content.slice(0, at) + to.padEnd(from.length) + content.slice(at + from.length));
}

/** The newest signature as it stands in the bytes. */
export interface Place {
  /** `[0 n n n]` with its padding. */
  readonly range: string;
  readonly values: readonly [number, number, number, number];
  /** `<…>`. */
  readonly contents: string;
  /** The message's hexadecimal digits, without the zeros behind them. */
  readonly message: string;
}

export function placeOf(file: Uint8Array): Place {
  const content = text(file);
  const range = [...content.matchAll(/\/ByteRange (\[[\d ]+\] *)/g)].at(-1)?.[1] ?? '';
  const values = range.replace(/[[\]]/g, '').trim().split(/\s+/).map(Number) as [
    number,
    number,
    number,
    number,
  ];
  const contents = content.slice(values[1], values[2]);
  // A SEQUENCE with a length of two octets, as every message of a few thousand bytes.
  const octets = 4 + Number.parseInt(contents.slice(5, 9), 16);
  return { range, values, contents, message: contents.slice(1, 1 + 2 * octets) };
}

/** Where the newest cross-reference starts. */
export function startXref(file: Uint8Array): number {
  return Number([...text(file).matchAll(/startxref\s+(\d+)/g)].at(-1)?.[1]);
}

/** A classic section over places that exist already. */
export function section(
  places: Readonly<Record<number, number | 'free'>>,
  previous: number,
  extra = '',
  root = '1 0 R',
): string {
  const rows = Object.entries(places).map(([number, place]) => {
    const entry = place === 'free' ? '0000000000 00001 f' : `${String(place).padStart(10, '0')} 00000 n`;
    return `${number} 1\n${entry} \n`;
  });
  return `xref\n${rows.join('')}trailer\n<< /Size 1000 /Root ${root} /Prev ${previous} ${extra} >>\n`;
}

export function closing(start: number): string {
  return `startxref\n${start}\n%%EOF\n`;
}

/** Appends text whose last part is a cross-reference section, and closes the file. */
export function append(file: Uint8Array, body: string, makeSection: (at: number) => string): Buffer {
  const start = file.length + body.length;
  return bytes(text(file) + body + makeSection(file.length) + closing(start));
}

export function object(number: number, body: string): string {
  return `${number} 0 obj\n${body}\nendobj\n`;
}
