import { deflateRawSync, deflateSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodedLimit, decodeStream } from '../../../native/pdf/filter.ts';
import { PdfDict, PdfName, type PdfObject, PdfRef, PdfStream } from '../../../native/pdf/object.ts';
import { onePage } from './handmade-pdf.ts';
import { failureOf, readPdf } from './scratch.ts';

function decode(
  filter: string | string[],
  data: Uint8Array | string,
  parms: Record<string, PdfObject> = {},
): string {
  const names = Array.isArray(filter) ? filter.map((name) => new PdfName(name)) : new PdfName(filter);
  const dict = PdfDict.of({ Filter: names, DecodeParms: PdfDict.of(parms) });
  const bytes = typeof data === 'string' ? Buffer.from(data, 'latin1') : data;
  return Buffer.from(decodeStream(dict, bytes, (value) => value ?? null)).toString('latin1');
}

/** LZW in the plainest form: every byte as itself, the table cleared before it overflows nine bits. */
function lzw(bytes: Uint8Array): Buffer {
  const codes = [
    256,
    ...[...bytes].flatMap((byte, index) => (index % 200 === 199 ? [byte, 256] : [byte])),
    257,
  ];
  const bits = codes.map((code) => code.toString(2).padStart(9, '0')).join('');
  return Buffer.from((bits.match(/.{1,8}/g) ?? []).map((part) => Number.parseInt(part.padEnd(8, '0'), 2)));
}

describe('Flate', () => {
  it('undoes what zlib did', () => {
    fc.assert(
      fc.property(fc.uint8Array(), (bytes) => {
        expect(decode('FlateDecode', deflateSync(bytes))).toBe(Buffer.from(bytes).toString('latin1'));
      }),
    );
  });

  it('gives what there is of a stream that was cut off', () => {
    const whole = 'một văn bản dài '.repeat(50_000);
    const cut = deflateSync(whole).subarray(0, -10);
    expect(decode('FlateDecode', cut).length).toBeGreaterThan(1000);
  });

  it('reads a stream whose checksum or header is wrong', () => {
    const wrongSum = deflateSync('abc');
    wrongSum[wrongSum.length - 1] = (wrongSum.at(-1) ?? 0) ^ 1;
    expect(decode('FlateDecode', wrongSum)).toBe('abc');
    const wrongHead = Buffer.concat([Buffer.from([0, 0]), deflateRawSync('abc')]);
    expect(decode('FlateDecode', wrongHead)).toBe('abc');
  });

  it('refuses garbage', () => {
    expect(failureOf(() => decode('FlateDecode', Buffer.alloc(100, 0xff)))).toBe('pdf-damaged');
  });
});

describe('bombs', () => {
  it('stops a stream that inflates beyond all honest sizes', () => {
    const bomb = deflateSync(Buffer.alloc(decodedLimit + 1));
    expect(bomb.length).toBeLessThan(100_000);
    expect(failureOf(() => decode('FlateDecode', bomb))).toBe('pdf-too-complex');
  });

  it('stops nested ones, runs and codes as well', () => {
    const inner = deflateSync(Buffer.alloc(decodedLimit + 1));
    expect(failureOf(() => decode(['FlateDecode', 'FlateDecode'], deflateSync(inner)))).toBe(
      'pdf-too-complex',
    );
    const runs = Buffer.alloc(2 * (decodedLimit / 128) + 4, Buffer.from([129, 65]));
    expect(failureOf(() => decode('RunLengthDecode', runs))).toBe('pdf-too-complex');
    const zeros = 'z'.repeat(decodedLimit / 4 + 1);
    expect(failureOf(() => decode('ASCII85Decode', zeros))).toBe('pdf-too-complex');
    expect(failureOf(() => decode(Array<string>(9).fill('ASCIIHexDecode'), '41'))).toBe('pdf-too-complex');
  });
});

describe('what a small file may unpack', () => {
  const packed = (bytes: number, times: number) => {
    let data: Buffer = Buffer.alloc(bytes);
    for (let time = 0; time < times; time++) data = deflateSync(data, { level: 9 });
    const filters = `/Filter[${'/FlateDecode'.repeat(times)}]`;
    const document = readPdf(onePage().stream(6, data, filters).table('/Root 1 0 R', 7).bytes);
    const stream = document.object(new PdfRef(6, 0));
    if (!(stream instanceof PdfStream)) throw new Error('no stream');
    return { document, stream };
  };

  it('is what packing once can hold: no honest program packs twice', () => {
    const once = packed(8 << 20, 1);
    expect(once.document.decodedBytes(once.stream)).toHaveLength(8 << 20);
    const twice = packed(8 << 20, 2);
    expect(failureOf(() => twice.document.decodedBytes(twice.stream))).toBe('pdf-too-complex');
  });

  it('is bounded however often it is asked for', () => {
    const { document, stream } = packed(30 << 20, 1);
    const failures = Array.from({ length: 6 }, () => failureOf(() => document.decodedBytes(stream)));
    expect([failures[0], failures.at(-1)]).toEqual(['no failure', 'pdf-too-complex']);
  });

  it.each([
    ['blanks between digits', 'ASCIIHexDecode', Buffer.alloc(1 << 20, ' ')],
    // 256, nine bits wide, over and over.
    ['tables cleared', 'LZWDecode', Buffer.alloc(9 << 16, Buffer.from('804020100804020100', 'hex'))],
  ])('is bounded where it gives nothing: %s', (_, filter, data) => {
    const made = onePage().stream(6, data, `/Filter/${filter}`).table('/Root 1 0 R', 7).bytes;
    const document = readPdf(made);
    const stream = document.object(new PdfRef(6, 0));
    if (!(stream instanceof PdfStream)) throw new Error('no stream');
    expect(document.decodedBytes(stream)).toHaveLength(0);
    const failures = Array.from({ length: 100 }, () => failureOf(() => document.decodedBytes(stream)));
    expect(failures.at(-1)).toBe('pdf-too-complex');
  });

  it('is undone in rows of a single byte without a second’s work for each megabyte', () => {
    const rows = 1 << 20;
    const bytes = Buffer.alloc(2 * rows, Buffer.of(2, 1));
    const settings = PdfDict.of({ Predictor: 12, Columns: 1 });
    const output = decodeStream(
      PdfDict.of({ Filter: new PdfName('FlateDecode'), DecodeParms: settings }),
      deflateSync(bytes),
      (value) => value ?? null,
    );
    expect([output.length, output[0], output[254], output[255], output[256]]).toEqual([rows, 1, 255, 0, 1]);
  });
});

describe('the older filters', () => {
  it.each([
    ['ASCIIHexDecode', '48 65 6c6C6f>garbage', 'Hello'],
    ['AHx', '4>', '@'],
    ['ASCII85Decode', '87cURD]i,"Ebo80~>', 'Hello World!'],
    ['A85', '<~87cUR~>', 'Hell'],
    ['ASCII85Decode', '87cURDZ~>', 'Hello'],
    ['ASCII85Decode', 'z~>', '\0\0\0\0'],
    ['RunLengthDecode', '\x02abc\xfed\x80rest', 'abcddd'],
  ])('%s of %j', (filter, data, value) => {
    expect(decode(filter, data)).toBe(value);
  });

  it('LZW: what the standard shows as its example (7.4.4.2)', () => {
    const example = Buffer.from([0x80, 0x0b, 0x60, 0x50, 0x22, 0x0c, 0x0c, 0x85, 0x01]);
    expect(decode('LZWDecode', example)).toBe('-----A---B');
  });

  it('LZW: any bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 1000 }), (bytes) => {
        expect(decode('LZW', lzw(bytes))).toBe(Buffer.from(bytes).toString('latin1'));
      }),
    );
  });

  it('LZW: a code that no table has', () => {
    expect(failureOf(() => decode('LZWDecode', Buffer.from([0xff, 0xff, 0xff])))).toBe('pdf-damaged');
  });

  it('image filters are none of ours', () => {
    expect(failureOf(() => decode('DCTDecode', 'x'))).toBe('pdf-unsupported');
    expect(failureOf(() => decode('constructor', 'x'))).toBe('pdf-unsupported');
  });
});

describe('predictors', () => {
  it.each([
    ['none', [0, 1, 2, 3, 0, 4, 5, 6], [1, 2, 3, 4, 5, 6]],
    ['sub', [1, 1, 1, 1, 1, 4, 1, 1], [1, 2, 3, 4, 5, 6]],
    ['up', [2, 1, 2, 3, 2, 3, 3, 3], [1, 2, 3, 4, 5, 6]],
    ['average', [0, 1, 2, 3, 3, 4, 2, 2], [1, 2, 3, 4, 5, 6]],
    ['Paeth', [0, 1, 2, 3, 4, 3, 1, 1], [1, 2, 3, 4, 5, 6]],
  ])('PNG %s', (_, rows, value) => {
    const data = deflateSync(Buffer.from(rows));
    expect([...Buffer.from(decode('FlateDecode', data, { Predictor: 12, Columns: 3 }), 'latin1')]).toEqual(
      value,
    );
  });

  it('PNG: a last row that was cut off gives only what it has', () => {
    const data = deflateSync(Buffer.from([0, 1, 2, 3, 0, 4]));
    expect(decode('FlateDecode', data, { Predictor: 12, Columns: 3 })).toHaveLength(4);
  });

  it('TIFF', () => {
    const data = deflateSync(Buffer.from([1, 1, 1, 4, 1, 1]));
    expect([...Buffer.from(decode('FlateDecode', data, { Predictor: 2, Columns: 3 }), 'latin1')]).toEqual([
      1, 2, 3, 4, 5, 6,
    ]);
  });

  it('rows longer than all there is are refused without asking for their memory', () => {
    const absurd = { Predictor: 12, Columns: 1 << 20, Colors: 1 << 20, BitsPerComponent: 32 };
    expect(failureOf(() => decode('FlateDecode', deflateSync('abc'), absurd))).toBe('pdf-damaged');
  });
});
