import type { TrueType } from './true-type.ts';

/** A font program with only some glyphs, numbered anew from 0 (.notdef). */
export interface Subset {
  readonly program: Uint8Array;
  /** Original glyph number to the subset's. */
  readonly numbers: ReadonlyMap<number, number>;
}

/** Flags of a composite glyph's components (OpenType, glyf table). */
const wordArguments = 0x0001;
const hasScale = 0x0008;
const moreComponents = 0x0020;
const hasTwoScales = 0x0040;
const hasMatrix = 0x0080;

/** Makes a subset of these glyphs and the components they are built of; Vietnamese letters often are composites. */
export function subset(font: TrueType, glyphs: Iterable<number>): Subset {
  const numbers = new Map<number, number>([[0, 0]]);
  const queue = [0, ...glyphs];
  for (const glyph of queue) {
    if (!numbers.has(glyph)) numbers.set(glyph, numbers.size);
    for (const { glyph: component } of components(font.outlineOf(glyph)))
      if (!numbers.has(component)) queue.push(component);
  }
  const outlines = [...numbers.keys()].map((glyph) => renumbered(font.outlineOf(glyph), numbers));
  const padded = outlines.map((outline) => Buffer.concat([outline, Buffer.alloc(-outline.length & 3)]));
  const offsets = [0];
  for (const { length } of padded) offsets.push((offsets.at(-1) ?? 0) + length);
  const metrics = [...numbers.keys()].map((glyph) => {
    const row = Buffer.alloc(4);
    row.writeUInt16BE(font.advanceOf(glyph), 0);
    row.writeInt16BE(font.leftBearingOf(glyph), 2);
    return row;
  });
  const loca = Buffer.alloc(offsets.length * 4);
  offsets.forEach((offset, index) => {
    loca.writeUInt32BE(offset, index * 4);
  });
  const tables: [string, Uint8Array][] = [
    ['cvt ', font.table('cvt ')],
    ['fpgm', font.table('fpgm')],
    ['glyf', Buffer.concat(padded)],
    ['head', patched(font.table('head'), (head) => head.writeInt16BE(1, 50))],
    ['hhea', patched(font.table('hhea'), (hhea) => hhea.writeUInt16BE(numbers.size, 34))],
    ['hmtx', Buffer.concat(metrics)],
    ['loca', loca],
    ['maxp', patched(font.table('maxp'), (maxp) => maxp.writeUInt16BE(numbers.size, 4))],
    ['prep', font.table('prep')],
  ];
  return { program: assemble(tables.filter(([, bytes]) => bytes.length > 0)), numbers };
}

interface Component {
  /** Where in the outline the component's glyph number stands. */
  readonly at: number;
  readonly glyph: number;
}

function components(outline: Uint8Array): Component[] {
  const bytes = Buffer.from(outline);
  const found: Component[] = [];
  if (bytes.length < 10 || bytes.readInt16BE(0) >= 0) return found;
  for (let at = 10; at + 4 <= bytes.length; ) {
    const flags = bytes.readUInt16BE(at);
    found.push({ at: at + 2, glyph: bytes.readUInt16BE(at + 2) });
    at += 4 + (flags & wordArguments ? 4 : 2);
    at += flags & hasMatrix ? 8 : flags & hasTwoScales ? 4 : flags & hasScale ? 2 : 0;
    if (!(flags & moreComponents)) break;
  }
  return found;
}

function renumbered(outline: Uint8Array, numbers: ReadonlyMap<number, number>): Uint8Array {
  return patched(outline, (copy) => {
    for (const { at, glyph } of components(outline)) copy.writeUInt16BE(numbers.get(glyph) ?? 0, at);
  });
}

function patched(bytes: Uint8Array, change: (copy: Buffer) => void): Uint8Array {
  const copy = Buffer.from(bytes);
  change(copy);
  return copy;
}

function checksum(bytes: Uint8Array): number {
  let sum = 0;
  for (let at = 0; at < bytes.length; at += 4) {
    const word = [0, 1, 2, 3].reduce((value, step) => value * 256 + (bytes[at + step] ?? 0), 0);
    sum = (sum + word) >>> 0;
  }
  return sum;
}

/** Lays tables out as a font file with its directory and checksums. */
function assemble(tables: readonly [string, Uint8Array][]): Uint8Array {
  const power = 2 ** Math.floor(Math.log2(tables.length));
  const header = Buffer.alloc(12 + tables.length * 16);
  header.writeUInt32BE(0x00010000, 0);
  header.writeUInt16BE(tables.length, 4);
  header.writeUInt16BE(power * 16, 6);
  header.writeUInt16BE(Math.log2(power), 8);
  header.writeUInt16BE(tables.length * 16 - power * 16, 10);
  const pieces: Uint8Array[] = [header];
  let offset = header.length;
  tables.forEach(([tag, bytes], index) => {
    const at = 12 + index * 16;
    header.write(tag, at, 'latin1');
    header.writeUInt32BE(checksum(bytes), at + 4);
    header.writeUInt32BE(offset, at + 8);
    header.writeUInt32BE(bytes.length, at + 12);
    pieces.push(bytes, Buffer.alloc(-bytes.length & 3));
    offset += bytes.length + (-bytes.length & 3);
  });
  return Buffer.concat(pieces);
}
