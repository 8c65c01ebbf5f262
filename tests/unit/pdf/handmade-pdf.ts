import { deflateSync } from 'node:zlib';

export type Body = string | Buffer;

function bytesOf(body: Body): Buffer {
  return typeof body === 'string' ? Buffer.from(body, 'latin1') : body;
}

/** A place in a cross-reference stream: an offset, or an object stream and the index in it. */
type Row = { offset: number } | { container: number; index: number };

/** Lays out a PDF by hand, so that a test says exactly what stands where. */
export class HandmadePdf {
  readonly #pieces: Buffer[] = [];
  /** Offsets of the objects written since the last cross-reference. */
  #offsets = new Map<number, number>();
  #lastSection = 0;
  length = 0;

  constructor(header: Body = '%PDF-1.7\n%\xe2\xe3\xcf\xd3\n') {
    this.raw(header);
  }

  get bytes(): Buffer {
    return Buffer.concat(this.#pieces);
  }

  /** Where the newest cross-reference section starts. */
  get lastSection(): number {
    return this.#lastSection;
  }

  raw(body: Body): this {
    const bytes = bytesOf(body);
    this.#pieces.push(bytes);
    this.length += bytes.length;
    return this;
  }

  object(number: number, body: Body): this {
    this.#offsets.set(number, this.length);
    return this.raw(`${number} 0 obj\n`).raw(body).raw('\nendobj\n');
  }

  stream(number: number, data: Body, entries = ''): this {
    const bytes = bytesOf(data);
    const head = bytesOf(`<</Length ${bytes.length}${entries}>>\nstream\n`);
    return this.object(number, Buffer.concat([head, bytes, bytesOf('\nendstream')]));
  }

  objectStream(number: number, objects: Record<number, string>): this {
    const bodies = Object.values(objects);
    let offset = 0;
    const heads = Object.keys(objects).map((key, index) => {
      const head = `${key} ${offset}`;
      offset += (bodies[index] ?? '').length + 1;
      return head;
    });
    const first = `${heads.join(' ')} `;
    return this.stream(
      number,
      `${first}${bodies.join(' ')}`,
      `/Type/ObjStm/N ${bodies.length}/First ${first.length}`,
    );
  }

  /** A classic table over the objects since the last section, its trailer and end. */
  table(trailer: string, size: number): this {
    const numbers = [...this.#offsets.keys()].sort((a, b) => a - b);
    const head = this.#lastSection === 0 ? '0 1\n0000000000 65535 f \n' : '';
    const rows = numbers.map((number) => `${number} 1\n${this.#row(number)}`);
    return this.#section(
      `xref\n${head}${rows.join('')}trailer\n<</Size ${size}${this.#previous()}${trailer}>>\n`,
    );
  }

  /** A cross-reference stream over the objects since the last section and those in object streams. */
  xrefStream(
    number: number,
    entries: string,
    size: number,
    compressed: Record<number, [number, number]> = {},
  ): this {
    const rows = new Map<number, Row>([...this.#offsets].map(([key, offset]) => [key, { offset }]));
    for (const [key, [container, index]] of Object.entries(compressed))
      rows.set(Number(key), { container, index });
    rows.set(number, { offset: this.length });
    const numbers = [...rows.keys()].sort((a, b) => a - b);
    const data = Buffer.concat(numbers.map((key) => rowBytes(rows.get(key))));
    const index = numbers.map((key) => `${key} 1`).join(' ');
    const dict = `/Type/XRef/W[1 4 2]/Index[${index}]/Size ${size}/Filter/FlateDecode${this.#previous()}${entries}`;
    const packed = deflateSync(data);
    const head = bytesOf(`${number} 0 obj\n<</Length ${packed.length}${dict}>>\nstream\n`);
    return this.#section(Buffer.concat([head, packed, bytesOf('\nendstream\nendobj\n')]));
  }

  #row(number: number): string {
    return `${String(this.#offsets.get(number)).padStart(10, '0')} 00000 n \n`;
  }

  #previous(): string {
    return this.#lastSection === 0 ? '' : `/Prev ${this.#lastSection}`;
  }

  #section(body: Body): this {
    const start = this.length;
    this.raw(body).raw(`startxref\n${start}\n%%EOF\n`);
    this.#lastSection = start;
    this.#offsets = new Map();
    return this;
  }
}

function rowBytes(row: Row | undefined): Buffer {
  const bytes = Buffer.alloc(7);
  if (row && 'offset' in row) {
    bytes[0] = 1;
    bytes.writeUInt32BE(row.offset, 1);
  } else if (row) {
    bytes[0] = 2;
    bytes.writeUInt32BE(row.container, 1);
    bytes.writeUInt16BE(row.index, 5);
  }
  return bytes;
}

export interface OnePage {
  /** Entries of the page's dictionary besides its type and parent. */
  page?: string;
  /** Entries of the catalog's. */
  catalog?: string;
  content?: string;
}

/** The objects of a one-page document: 1 catalog, 2 page tree, 3 page, 4 its content, 5 a font. */
export function onePage({
  page = '/MediaBox[0 0 595 842]',
  catalog = '',
  content = '',
}: OnePage = {}): HandmadePdf {
  return new HandmadePdf()
    .object(1, `<</Type/Catalog/Pages 2 0 R${catalog}>>`)
    .object(2, '<</Type/Pages/Kids[3 0 R]/Count 1>>')
    .object(3, `<</Type/Page/Parent 2 0 R/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>${page}>>`)
    .stream(4, content)
    .object(5, '<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>');
}

/** A whole one-page file with a classic table. */
export function onePagePdf(options: OnePage = {}): Buffer {
  return onePage(options).table('/Root 1 0 R', 6).bytes;
}
