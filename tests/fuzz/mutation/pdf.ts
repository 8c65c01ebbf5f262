import { deflateSync, inflateSync } from 'node:zlib';
import type { Random } from '../random.ts';
import type { Anatomy, Stretch } from './anatomy.ts';
import { byteEdit } from './bytes.ts';
import { type Edit, edited } from './edit.ts';

/** Where a reader that counts would go wrong. */
const extremes = [
  ...['0', '1', '-1', '0.5', '.', '--7', '255', '65535', '65536', '16777216', '2147483647', '2147483648'],
  ...['4294967295', '4294967296', '9007199254740993', '99999999999999999999', '-2147483649', '1e9'],
];

const names = [
  ...['/Length', '/Kids', '/Prev', '/Size', '/Root', '/Type', '/ObjStm', '/XRef', '/Filter', '/FlateDecode'],
  ...[
    '/Encrypt',
    '/Contents',
    '/ByteRange',
    '/W',
    '/Index',
    '/First',
    '/N',
    '/AcroForm',
    '/Fields',
    '/Annots',
  ],
  ...['/Parent', '/V', '/FT', '/Sig', '/Tx', '/T', '/AP', '/Perms', '/DocMDP', '/DSS', '/VRI', '/Extends'],
  ...['/XRefStm', '/Pages', '/Page', '/Resources', '/Font', '/XObject', '/DecodeParms', '/LZWDecode', '/JS'],
  ...['/ASCII85Decode', '/ASCIIHexDecode', '/RunLengthDecode', '/Crypt', '/Lock', '/Reference', '/SubFilter'],
];

const marks = ['<<', '>>', '[', ']', '(', ')', '<', '>', 'obj', 'endobj', 'stream', 'endstream', 'xref', 'R'];
const others = [
  'null',
  'true',
  'trailer',
  'startxref',
  '%%EOF',
  '%',
  '{',
  '1 0 R',
  '3 0 R',
  '<< /A 1 >>',
  '()',
];

function latin1(text: string): Buffer {
  return Buffer.from(text, 'latin1');
}

/** Another number: an extreme, a neighbour, or any of as many digits, so that nothing behind it moves. */
function otherNumber(old: string, random: Random): string {
  const digits = old.length;
  switch (random.below(4)) {
    case 0:
      return random.pick(extremes);
    case 1:
      return String(Number.parseInt(old, 10) + random.pick([-1, 1, 2, -20, 256])).padStart(digits, '0');
    case 2:
      return String(random.below(1000)).padStart(digits, '0');
    default:
      return String(random.below(10 ** Math.min(9, digits))).padStart(digits, '0');
  }
}

/** One change that knows what it changes: where nothing of the chosen kind is there, any bytes. */
export function pdfEdit(bytes: Uint8Array, anatomy: Anatomy, random: Random): Edit {
  const text = ({ start, end }: Stretch) => Buffer.from(bytes.subarray(start, end)).toString('latin1');
  const at = (places: readonly Stretch[], by: (old: string) => string): Edit => {
    if (places.length === 0) return byteEdit(bytes, random);
    const place = random.pick(places);
    return { ...place, by: latin1(by(text(place))) };
  };
  const inside = (old: string) =>
    old.replace(/\d+/g, (one) => (random.oneIn(2) ? one : otherNumber(one, random)));
  const swapped = (places: readonly Stretch[]) =>
    at(places, (old) => (places.length === 0 ? old : text(random.pick(places))));
  switch (random.below(14)) {
    case 0:
      return byteEdit(bytes, random);
    case 1:
    case 2:
      return at(anatomy.numbers, (old) => otherNumber(old, random));
    case 3:
      return at(anatomy.names, () => random.pick(names));
    case 4:
      return swapped(anatomy.names);
    case 5:
      return at(anatomy.marks, () => ` ${random.pick(random.oneIn(3) ? others : marks)} `);
    case 6:
      return at(anatomy.lengths, inside);
    case 7:
      return at(anatomy.rows, (old) =>
        random.oneIn(3) ? old.replace(/[nf]$/, random.pick(['n', 'f', 'x'])) : inside(old),
      );
    case 8:
      return random.oneIn(2) ? swapped(anatomy.references) : at(anatomy.references, inside);
    case 9:
      return at(anatomy.pointers, inside);
    case 10:
      return swapped(anatomy.objects);
    case 11:
      return anatomy.deflated.length > 0
        ? redeflated(bytes, random.pick(anatomy.deflated), random)
        : byteEdit(bytes, random);
    case 12:
      return at(anatomy.names, (old) =>
        old.replace(/[A-Za-z]$/, (letter) => `#${letter.charCodeAt(0).toString(16)}`),
      );
    default:
      return at(anatomy.marks, (old) => `${old} ${deep(random)} `);
  }
}

/** Brackets within brackets: what a reader that calls itself pays with its stack. */
function deep(random: Random): string {
  const [open, close] = random.pick([
    ['[', ']'],
    ['<< /A ', ' >>'],
    ['(', ')'],
  ] as const);
  const depth = 1 + random.below(random.oneIn(10) ? 20_000 : 60);
  return random.oneIn(2) ? open.repeat(depth) : `${open.repeat(depth)}${close.repeat(depth)}`;
}

/** A stream's content changed under its compression, its place kept. */
function redeflated(bytes: Uint8Array, place: Stretch, random: Random): Edit {
  const old = bytes.subarray(place.start, place.end);
  const content = inflated(old);
  if (!content || content.length === 0) return { ...place, by: random.bytes(old.length) };
  const changed = edited(
    content,
    Array.from({ length: 1 + random.below(3) }, () => byteEdit(content, random)),
  );
  const packed = deflateSync(changed, { level: 9 });
  return {
    ...place,
    by: Buffer.concat([packed, Buffer.alloc(Math.max(0, old.length - packed.length), 0x0a)]),
  };
}

function inflated(data: Uint8Array): Buffer | null {
  try {
    return inflateSync(data, { maxOutputLength: 1 << 20, finishFlush: 2 });
  } catch (error) {
    if (error instanceof Error && 'code' in error) return null;
    throw error;
  }
}
