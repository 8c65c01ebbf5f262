import { deflateSync } from 'node:zlib';

/** The tags of a display profile with matrix and curves, all of them required (ICC.1:1998-09, 6.3.1.2). */
const name = 'sRGB';
const licence = 'No rights reserved';

/** Fixed-point number with sixteen fractional bits (5.3.3). */
function fixed(values: readonly number[]): Buffer {
  const bytes = Buffer.alloc(values.length * 4);
  values.forEach((value, index) => {
    bytes.writeInt32BE(Math.round(value * 65_536), index * 4);
  });
  return bytes;
}

function tagged(type: string, ...parts: readonly Uint8Array[]): Buffer {
  return Buffer.concat([Buffer.from(`${type}\0\0\0\0`, 'latin1'), ...parts]);
}

function xyz(...values: readonly number[]): Buffer {
  return tagged('XYZ ', fixed(values));
}

/** textDescriptionType (6.5.17): the ASCII text, then empty Unicode and ScriptCode ones. */
function description(text: string): Buffer {
  const ascii = Buffer.from(`${text}\0`, 'latin1');
  const length = Buffer.alloc(4);
  length.writeUInt32BE(ascii.length);
  return tagged('desc', length, ascii, Buffer.alloc(4 + 4 + 2 + 1 + 67));
}

const curvePoints = 256;

/** The decoding curve of IEC 61966-2-1 as a table. */
function curve(): Buffer {
  const table = Buffer.alloc(4 + curvePoints * 2);
  table.writeUInt32BE(curvePoints);
  for (let index = 0; index < curvePoints; index++) {
    const encoded = index / (curvePoints - 1);
    const linear = encoded <= 0.04045 ? encoded / 12.92 : ((encoded + 0.055) / 1.055) ** 2.4;
    table.writeUInt16BE(Math.round(linear * 65_535), 4 + index * 2);
  }
  return tagged('curv', table);
}

/** D50, to which all colours of a profile are adapted (Annex A). */
const illuminant = [0.9642, 1, 0.8249] as const;

/**
 * An ICC profile of sRGB, version 2.1, which PDF/A-1 and everything newer accept (ISO 19005-1, 6.2.3.2; ISO 19005-2,
 * 6.2.4.2). Made here rather than shipped: a kilobyte of numbers that the standard gives.
 */
function profile(): Buffer {
  const response = curve();
  const tags: [string, Buffer][] = [
    ['desc', description(name)],
    ['cprt', tagged('text', Buffer.from(`${licence}\0`, 'latin1'))],
    ['wtpt', xyz(...illuminant)],
    ['rXYZ', xyz(0.43607, 0.22249, 0.01392)],
    ['gXYZ', xyz(0.38515, 0.71687, 0.09708)],
    ['bXYZ', xyz(0.14307, 0.06061, 0.7141)],
    ['rTRC', response],
    ['gTRC', response],
    ['bTRC', response],
  ];
  const directory = Buffer.alloc(4 + tags.length * 12);
  directory.writeUInt32BE(tags.length);
  const pieces: Buffer[] = [];
  const places = new Map<Buffer, number>();
  let offset = headerLength + directory.length;
  tags.forEach(([tag, bytes], index) => {
    // The three curves are one: tags may share their data (6.2.2).
    const at = places.get(bytes) ?? offset;
    if (at === offset) {
      const padding = Buffer.alloc(-bytes.length & 3);
      pieces.push(bytes, padding);
      places.set(bytes, at);
      offset += bytes.length + padding.length;
    }
    directory.write(tag, 4 + index * 12, 'latin1');
    directory.writeUInt32BE(at, 8 + index * 12);
    directory.writeUInt32BE(bytes.length, 12 + index * 12);
  });
  return Buffer.concat([header(offset), directory, ...pieces]);
}

const headerLength = 128;

/** 6.1: size, version, class, colour space, connection space, day, signature, illuminant; the rest may stay zero. */
function header(size: number): Buffer {
  const bytes = Buffer.alloc(headerLength);
  bytes.writeUInt32BE(size, 0);
  bytes.writeUInt32BE(0x02100000, 8);
  bytes.write('mntrRGB XYZ ', 12, 'latin1');
  [2026, 1, 1, 0, 0, 0].forEach((part, index) => {
    bytes.writeUInt16BE(part, 24 + index * 2);
  });
  bytes.write('acsp', 36, 'latin1');
  fixed(illuminant).copy(bytes, 68);
  return bytes;
}

let compressedProfile: Uint8Array | undefined;

/** The profile, deflated: made once, at the first signature that shows a colour. */
export function deflatedSrgbProfile(): Uint8Array {
  compressedProfile ??= deflateSync(profile());
  return compressedProfile;
}
