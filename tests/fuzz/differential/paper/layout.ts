import { deflateSync } from 'node:zlib';
import type { Random } from '../../random.ts';
import { put, withData } from './dictionary.ts';
import type { Twist } from './twist.ts';

export const styles = ['classic', 'stream', 'object streams', 'hybrid'] as const;
export type Style = (typeof styles)[number];

/** Objects that are written together, behind whatever is there. */
export interface Section {
  readonly objects: readonly (readonly [number, string])[];
  readonly style: Style;
  readonly twist: Twist | null;
}

interface Row {
  readonly number: number;
  readonly type: number;
  readonly place: number;
  readonly index: number;
}

/** What all sections of a file share. */
interface Surroundings {
  readonly root: number;
  readonly random: Random;
  /** Above all numbers in use. */
  readonly size: number;
}

/**
 * A file of these sections, one behind the other; `before` is what they are appended to, with the places of its
 * sections.
 */
export function writeSections(
  sections: readonly Section[],
  around: Surroundings,
  before: { readonly bytes: Buffer; readonly starts: readonly number[] } = {
    bytes: Buffer.alloc(0),
    starts: [],
  },
): Buffer {
  let text = before.bytes.toString('latin1');
  const starts = [...before.starts];
  let { size } = around;
  for (const section of sections) {
    const writer = new SectionWriter(section, { ...around, size }, text, starts);
    text = writer.write();
    starts.push(writer.start);
    size += 4;
  }
  // What /L says of a linearized file: all of it, a little more, or its first part.
  const lengths = [text.length, text.length, text.length + 5, starts[0] ?? 0];
  const length = String(around.random.pick(lengths)).padStart(lengthDigits.length, '0');
  return Buffer.from(text.replaceAll(lengthDigits, length), 'latin1');
}

/** Stands for a length that is known when the file is written. */
const lengthDigits = '@@@@@@@@@@';

const eol = '\n';

class SectionWriter {
  start = 0;
  readonly #section: Section;
  readonly #around: Surroundings;
  readonly #starts: readonly number[];
  #text: string;
  readonly #rows: Row[] = [];

  constructor(section: Section, around: Surroundings, text: string, starts: readonly number[]) {
    this.#section = section;
    this.#around = around;
    this.#starts = starts;
    this.#text = text;
  }

  write(): string {
    const isFirst = this.#text === '';
    if (isFirst) this.#header();
    else if (!this.#text.endsWith('\n')) this.#text += eol;
    if (this.#is('linearized in another revision')) this.#hints();
    const { style } = this.#section;
    const isPackable = (body: string) =>
      !body.includes('endstream') && style !== 'classic' && style !== 'stream';
    const packed = this.#section.objects.filter(([, body]) => isPackable(body));
    const plain = this.#section.objects.filter(([, body]) => !isPackable(body));
    if (this.#is('object again in front') && plain[0])
      this.#object(plain[0][0], this.#elseThan(plain[0][1]), false);
    const front = this.#text.length;
    if (this.#isSplit)
      this.#text += this.#frontTable(plain.map(([number]) => ({ number, type: 1, place: 0, index: 0 })));
    for (const [number, body] of plain) this.#object(number, body);
    const size = this.#around.size;
    if (this.#isSplit) {
      const table = this.#frontTable(this.#rows.toSorted((one, other) => one.number - other.number));
      this.#text = this.#text.slice(0, front) + table + this.#text.slice(front + table.length);
      this.start = front;
      this.#closing();
      return this.#text;
    }
    if (packed.length > 0) this.#pack(size, packed);
    if (this.#is('object again behind') && plain[0])
      this.#object(plain[0][0], this.#elseThan(plain[0][1]), false);
    const rows = this.#twistedRows();
    if (style === 'classic') this.#table(rows, '');
    else if (style === 'hybrid') this.#hybrid(rows, size + 1);
    else this.#stream(rows, size + 1, '');
    this.#closing();
    if (this.#is('carriage returns')) this.#text = this.#text.replace(/ endobj/g, '\rendobj');
    return this.#text;
  }

  get #isSplit(): boolean {
    return this.#is('linearized and split') && this.#section.style === 'classic' && this.#starts.length === 0;
  }

  /** The table that a linearized file begins with. */
  #frontTable(rows: readonly Row[]): string {
    const lines = runsOf(rows).map((run) => {
      const places = run.map(({ place }) => `${String(place).padStart(10, '0')} 00000 n ${eol}`);
      return `${run[0]?.number ?? 0} ${run.length}${eol}${places.join('')}`;
    });
    return `xref${eol}0 1${eol}0000000000 65535 f ${eol}${lines.join('')}trailer${eol}<< ${this.#trailer()} >>${eol}startxref${eol}0${eol}%%EOF${eol}`;
  }

  #is(twist: Twist): boolean {
    return this.#section.twist === twist;
  }

  get #random(): Random {
    return this.#around.random;
  }

  #header(): void {
    const version = this.#is('header of version 1.0') ? '1.0' : '1.7';
    if (this.#is('junk before the file')) this.#text += `${'x'.repeat(this.#random.below(900))}${eol}`;
    if (this.#is('two headers')) this.#text += `%PDF-1.3${eol}`;
    if (!this.#is('no header')) this.#text += `%PDF-${version}${eol}%\xe2\xe3\xcf\xd3${eol}`;
    if (/^linearized(?! in)/.test(this.#section.twist ?? '')) this.#hints();
  }

  /** Says of the file how it is to be read quickly, whether it is so or not. */
  #hints(): void {
    const length = this.#is('linearized longer') ? 999_999 : lengthDigits;
    const pages = this.#random.pick([1, 1, 1, 2, 0]);
    const first = this.#random.pick(this.#section.objects)[0];
    const spelling = this.#random.pick([
      '/Linearized 1',
      '/Linearized 1.0',
      '/Linearize#64 1',
      '/Linearized true',
    ]);
    const [end, table] = [this.#random.below(3000), this.#random.below(3000)];
    const body = `<< ${spelling} /L ${length} /H [ 600 100 ] /O ${first} /E ${end} /N ${pages} /T ${table} >>`;
    this.#text += `${this.#around.size + 3} 0 obj${eol}${body}${eol}endobj${eol}`;
  }

  /** The same object with something else where a person would see it. */
  #elseThan(body: string): string {
    return body.replace(/\b100\b|\b2026\b|Chi/g, (word) => (word === 'Chi' ? 'Thu' : '900'));
  }

  #object(number: number, body: string, isListed = true): void {
    const target = this.#section.objects.findIndex(([one]) => one === number) === this.#chosen();
    const at = (twist: Twist) => target && this.#is(twist);
    if (isListed) this.#rows.push({ number, type: 1, place: this.#text.length, index: 0 });
    const shown = at('number padded') ? String(number).padStart(10, '0') : String(number);
    const named = at('header of another number') ? String(number + 1) : shown;
    const header = at('comment in the header') ? `${named} %x${eol}0 obj` : `${named} 0 obj`;
    const junk = at('junk before the value') ? ' null ' : '';
    const end = at('no endobj') ? '' : `endobj${eol}`;
    this.#text += `${header}${eol}${junk}${this.#twistedStream(body, target)}${eol}${end}`;
  }

  #chosenAt: number | null = null;

  /** The object that a twist is about. */
  #chosen(): number {
    this.#chosenAt ??= this.#random.below(this.#section.objects.length);
    return this.#chosenAt;
  }

  #twistedStream(body: string, isTarget: boolean): string {
    if (!body.includes('endstream') || !isTarget) return body;
    const length = Number(/\/Length (\d+)/.exec(body)?.[1] ?? 0);
    if (this.#is('no endstream')) return body.replace(/endstream$/, '');
    if (this.#is('length short')) return put(body, 'Length', String(this.#random.below(length + 1)));
    if (this.#is('length long')) return put(body, 'Length', String(length + 1 + this.#random.below(400)));
    if (this.#is('length missing')) return put(body, 'Length', null);
    if (this.#is('length by a missing reference')) return put(body, 'Length', '77777 0 R');
    if (this.#is('length by reference'))
      return put(body, 'Length', `${this.#section.objects[0]?.[0] ?? 1} 0 R`);
    return body;
  }

  #pack(number: number, objects: readonly (readonly [number, string])[]): void {
    const offsets: number[] = [];
    let data = '';
    for (const [index, [one, body]] of objects.entries()) {
      offsets.push(data.length);
      data += `${body} `;
      this.#rows.push({ number: one, type: 2, place: number, index });
    }
    const numbers = objects.map(([one]) => one);
    if (this.#is('numbers exchanged') && numbers.length > 1) numbers.reverse();
    const head = `${offsets.map((offset, index) => `${numbers[index]} ${offset}`).join(' ')} `;
    const count = this.#is('n short') ? objects.length - 1 : objects.length;
    const first = this.#is('first short') ? head.length - 1 : head.length;
    const extending = this.#is('extends') ? `/Extends ${number} 0 R` : '';
    const dict = `<</Type /ObjStm /N ${count} /First ${first} ${extending}>>`;
    this.#object(number, withData(`${dict}\nstream\n\nendstream`, head + data));
    if (this.#is('object again in a stream')) {
      const again = objects.map(([one, body]) => `${one} 0 ${this.#elseThan(body)}`)[0] ?? '';
      this.#object(
        number + 2,
        withData(`<</Type /ObjStm /N 1 /First ${again.indexOf('<')}>>\nstream\n\nendstream`, again),
      );
    }
  }

  #twistedRows(): Row[] {
    const rows = this.#rows.toSorted((one, other) => one.number - other.number);
    const [at, next] = [this.#random.below(rows.length), this.#random.below(rows.length)];
    const [row, other] = [rows[at], rows[next]];
    if (!row || !other) return rows;
    const swap = (change: Partial<Row>) => rows.with(at, { ...row, ...change });
    switch (this.#section.twist) {
      case 'rows exchanged':
        return rows.with(at, { ...other, number: row.number }).with(next, { ...row, number: other.number });
      case 'row of another generation':
        return swap({ index: row.type === 1 ? 1 : row.index + 1 });
      case 'row free':
        return swap({ type: 0, place: 0, index: 1 });
      case 'row beside':
        return swap({ place: row.place + this.#random.pick([-9, -2, -1, 1, 2, 5]) });
      case 'row twice':
        return [...rows, { ...other, number: row.number }];
      case 'row missing':
        return rows.toSpliced(at, 1);
      case 'row behind the end':
        return swap({ place: 9_999_999 });
      case 'row of a type unknown':
        return swap({ type: 3 });
      default:
        return rows;
    }
  }

  /** A trailer's entries, whichever kind of section they stand in. */
  #trailer(): string {
    const { root, size } = this.#around;
    const last = this.#starts.at(-1);
    const previous = last === undefined ? null : this.#previous(last);
    const sizes: Partial<Record<Twist, string>> = {
      'size small': '/Size 4',
      'size missing': '',
      'size huge': '/Size 9000000',
    };
    const entries = [sizes[this.#section.twist ?? 'linearized'] ?? `/Size ${size + 4}`, `/Root ${root} 0 R`];
    if (previous !== null) entries.push(previous);
    const another = this.#random.pick(this.#section.objects)[0];
    if (this.#is('root twice')) entries.push(`/Root ${another} 0 R`);
    if (this.#is('root another')) entries[1] = `/Root ${another} 0 R`;
    if (this.#is('encrypted by nothing'))
      entries.push('/Encrypt << /Filter /Standard /V 4 /R 4 /CF << >> >>');
    return entries.join(' ');
  }

  #previous(last: number): string | null {
    switch (this.#section.twist) {
      case 'prev nought':
        return '/Prev 0';
      case 'prev beside':
        return `/Prev ${last + this.#random.pick([-4, -1, 1, 2, 20])}`;
      case 'prev of the last but one':
        return `/Prev ${this.#starts.at(-2) ?? 0}`;
      case 'prev itself':
        return `/Prev ${this.#text.length}`;
      case 'prev a fraction':
        return `/Prev ${last}.0`;
      case 'prev missing':
        return null;
      case 'prev a reference':
        return `/Prev ${this.#section.objects[0]?.[0] ?? 1} 0 R`;
      case 'prev with a plus':
        return `/Prev +${last}`;
      case 'prev twice':
        return `/Prev ${last} /Prev ${this.#starts.at(-2) ?? 0}`;
      case 'prev in front of white space':
        return `/Prev ${last - 1}`;
      default:
        return `/Prev ${last}`;
    }
  }

  #table(rows: readonly Row[], more: string): void {
    this.start = this.#text.length;
    const isShort = this.#is('rows of 19 bytes');
    const line = ({ type, place, index }: Row) =>
      `${String(type === 1 ? place : 0).padStart(10, '0')} ${String(type === 1 ? index : 65_535).padStart(5, '0')} ${type === 1 ? 'n' : 'f'}${isShort ? '\n' : ' \n'}`;
    let written = `xref${eol}`;
    if (this.#starts.length === 0) written += `0 1${eol}0000000000 65535 f${isShort ? '\n' : ' \n'}`;
    for (const run of runsOf(rows)) {
      const from = (run[0]?.number ?? 0) + (this.#is('rows from one') ? 1 : 0);
      const count = run.length + (this.#is('count short') ? -1 : this.#is('count long') ? 1 : 0);
      written += `${from} ${count}${eol}${run.map(line).join('')}`;
    }
    const trailer = `trailer${eol}<< ${this.#trailer()} ${more} >>${eol}`;
    const other = this.#is('trailer twice') ? `trailer${eol}<< /Size 4 /Root 1 0 R >>${eol}` : '';
    const comment = this.#is('trailer of comments') ? `%${eol}%trailer << /Root 2 0 R >>${eol}` : '';
    this.#text += `${written}${comment}${trailer}${other}`;
  }

  /**
   * As Word writes it: a table that hides what is in object streams, then an empty one that names where it is listed.
   */
  #hybrid(rows: readonly Row[], number: number): void {
    const listed = rows.filter(({ type }) => type === 1);
    const hidden = rows.filter(({ type }) => type !== 1);
    const other = listed[this.#random.below(listed.length)];
    const chosen = this.#section.objects[this.#random.below(this.#section.objects.length)];
    if (this.#is('hybrid with another') && chosen) {
      hidden.push({ number: chosen[0], type: 1, place: this.#text.length, index: 0 });
      this.#text += `${chosen[0]} 0 obj${eol}${this.#elseThan(chosen[1])}${eol}endobj${eol}`;
    }
    if (this.#is('hybrid agreeing') && other) hidden.push(other);
    if (this.#is('hybrid that frees') && other) hidden.push({ ...other, type: 0, place: 0, index: 1 });
    const at = this.#text.length;
    this.#stream(hidden.length > 0 ? hidden : listed, number, '');
    const known = new Set(listed.map((row) => row.number));
    const freed = hidden.flatMap((row) => (known.has(row.number) ? [] : [{ ...row, type: 0, place: 0 }]));
    const all = [...listed, ...freed].toSorted((one, another) => one.number - another.number);
    const names = `/XRefStm ${at + (this.#is('hybrid beside') ? 1 : 0)}`;
    this.#table(all, this.#is('hybrid in one section') ? names : '');
    if (this.#is('hybrid in one section')) return;
    const first = this.start;
    this.start = this.#text.length;
    this.#text += `xref${eol}0 0${eol}trailer${eol}<< /Size ${this.#around.size + 4} /Root ${this.#around.root} 0 R /Prev ${first} ${names} >>${eol}`;
  }

  #stream(rows: readonly Row[], number: number, more: string): void {
    this.start = this.#text.length;
    const all = [...rows, { number, type: 1, place: this.start, index: 0 }].toSorted(
      (a, b) => a.number - b.number,
    );
    const noTypes = this.#is('w with nothing for types') && all.every(({ type }) => type === 1);
    const data = Buffer.concat(
      all.map(({ type, place, index }) => {
        const row = Buffer.alloc(7);
        row[0] = type;
        row.writeUInt32BE(place, 1);
        row.writeUInt16BE(index, 5);
        return noTypes ? row.subarray(1) : row;
      }),
    );
    const index = runsOf(all).flatMap((run) => [run[0]?.number ?? 0, run.length]);
    if (this.#is('index overlapping')) index[0] = (index[0] ?? 0) + 1;
    const listed = this.#is('index missing') ? '' : `/Index [${index.join(' ')}]`;
    const deflated = deflateSync(data).toString('latin1');
    const entries = `/Type /XRef /W [${noTypes ? 0 : 1} 4 2] ${listed} /Filter /FlateDecode ${this.#trailer()} ${more}`;
    const body = withData(`<<${entries}>>\nstream\n\nendstream`, deflated);
    this.#text += `${number} 0 obj${eol}${body}${eol}endobj${eol}`;
  }

  #closing(): void {
    const last = this.#starts.at(-1) ?? this.start;
    const places: Partial<Record<Twist, number>> = {
      'startxref beside': this.start + this.#random.pick([-3, -1, 1, 4]),
      'startxref nought': 0,
      'startxref of the section before': last,
      'startxref before white space': this.start - 1,
    };
    const place = places[this.#section.twist ?? 'linearized'] ?? this.start;
    if (this.#is('startxref in a comment')) this.#text += `%startxref${eol}%${last}${eol}`;
    if (!this.#is('startxref missing')) this.#text += `startxref${eol}${place}${eol}`;
    if (this.#is('startxref twice')) this.#text += `startxref${eol}${last}${eol}`;
    if (!this.#is('end missing')) this.#text += `%%EOF${eol}`;
    if (this.#is('junk behind the end')) this.#text += `${'\0 x\n'.repeat(1 + this.#random.below(400))}`;
  }
}

/** Rows in runs of numbers that follow each other. */
function runsOf(rows: readonly Row[]): Row[][] {
  const runs: Row[][] = [];
  for (const row of rows) {
    const run = runs.at(-1);
    if (run && run.at(-1)?.number === row.number - 1) run.push(row);
    else runs.push([row]);
  }
  return runs;
}
