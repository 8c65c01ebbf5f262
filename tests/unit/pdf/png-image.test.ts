import { crc32, deflateSync, inflateSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { AppError } from '../../../contract/failure.ts';
import { readPngHeader } from '../../../native/pdf/image/png-header.ts';
import { embedPng, type Transparency } from '../../../native/pdf/image/png-image.ts';
import { PdfName, type PdfObject, PdfRef, PdfStream } from '../../../native/pdf/object.ts';
import { failureOf } from './scratch.ts';

function chunk(type: string, data: Uint8Array): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const frame = Buffer.alloc(8);
  frame.writeUInt32BE(data.length, 0);
  frame.writeUInt32BE(crc32(body), 4);
  return Buffer.concat([frame.subarray(0, 4), body, frame.subarray(4)]);
}

interface Plan {
  /** 1 for Adam7; the rows are then those of its passes. */
  interlace?: number;
  width: number;
  height: number;
  depth: number;
  /** 0 grey, 2 RGB, 3 palette, 4 grey and alpha, 6 RGB and alpha. */
  type: number;
  /** Rows as they stand in the file, without their filter bytes. */
  rows: number[][];
  palette?: number[];
  transparency?: number[];
  extra?: Buffer;
}

function png({
  width,
  height,
  depth,
  type,
  rows,
  palette,
  transparency,
  extra,
  interlace = 0,
}: Plan): Buffer {
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([depth, type, 0, 0, interlace], 8);
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', head),
    extra ?? Buffer.of(),
    ...(palette ? [chunk('PLTE', Uint8Array.from(palette))] : []),
    ...(transparency ? [chunk('tRNS', Uint8Array.from(transparency))] : []),
    chunk('IDAT', deflateSync(Uint8Array.from(rows.flatMap((row) => [0, ...row])))),
    chunk('IEND', Buffer.of()),
  ]);
}

interface Embedded {
  readonly colour: number[];
  /** Alpha, or the stencil's bits. */
  readonly mask: number[] | null;
  readonly width: number;
  readonly height: number;
}

/** What goes into the PDF: RGB and, where there is transparency, its mask. */
function embedded(image: Uint8Array, transparency: Transparency = 'soft'): Embedded {
  const objects: PdfObject[] = [];
  const add = (value: PdfObject) => new PdfRef(objects.push(value), 0);
  const { number } = embedPng(add, image, new PdfName('DeviceRGB'), transparency);
  const stream = objects[number - 1];
  if (!(stream instanceof PdfStream)) throw new Error('no image');
  const mask = stream.dict.get(transparency === 'soft' ? 'SMask' : 'Mask');
  const masked = mask instanceof PdfRef ? objects[mask.number - 1] : null;
  return {
    colour: samples(stream),
    mask: masked instanceof PdfStream ? samples(masked) : null,
    width: Number(stream.dict.get('Width')),
    height: Number(stream.dict.get('Height')),
  };
}

function samples({ data }: PdfStream): number[] {
  return 'bytes' in data ? [...inflateSync(data.bytes)] : [];
}

describe('every kind of PNG', () => {
  it.each<[string, Plan, number[], number[] | null]>([
    ['RGB', { width: 2, height: 1, depth: 8, type: 2, rows: [[1, 2, 3, 4, 5, 6]] }, [1, 2, 3, 4, 5, 6], null],
    ['grey', { width: 2, height: 1, depth: 8, type: 0, rows: [[7, 9]] }, [7, 7, 7, 9, 9, 9], null],
    ['grey and alpha', { width: 1, height: 1, depth: 8, type: 4, rows: [[7, 128]] }, [7, 7, 7], [128]],
    ['RGB and alpha', { width: 1, height: 1, depth: 8, type: 6, rows: [[1, 2, 3, 4]] }, [1, 2, 3], [4]],
    ['opaque alpha', { width: 1, height: 1, depth: 8, type: 6, rows: [[1, 2, 3, 255]] }, [1, 2, 3], null],
    [
      'RGB of 16 bits',
      { width: 1, height: 1, depth: 16, type: 2, rows: [[1, 99, 2, 99, 3, 99]] },
      [1, 2, 3],
      null,
    ],
    ['grey of 16 bits', { width: 1, height: 1, depth: 16, type: 0, rows: [[200, 1]] }, [200, 200, 200], null],
    [
      'one bit',
      {
        width: 10,
        height: 2,
        depth: 1,
        type: 0,
        rows: [
          [0b10101010, 0b10000000],
          [0xff, 0xc0],
        ],
      },
      [255, 0, 255, 0, 255, 0, 255, 0, 255, 0, ...Array<number>(10).fill(255)].flatMap((value) => [
        value,
        value,
        value,
      ]),
      null,
    ],
    [
      'four bits',
      { width: 3, height: 1, depth: 4, type: 0, rows: [[0x0f, 0x80]] },
      [0, 0, 0, 255, 255, 255, 136, 136, 136],
      null,
    ],
    [
      'palette',
      { width: 2, height: 1, depth: 8, type: 3, rows: [[1, 0]], palette: [10, 20, 30, 40, 50, 60] },
      [40, 50, 60, 10, 20, 30],
      null,
    ],
    [
      'palette of one bit with transparency',
      {
        width: 2,
        height: 1,
        depth: 1,
        type: 3,
        rows: [[0x40]],
        palette: [10, 20, 30, 40, 50, 60],
        transparency: [0],
      },
      [10, 20, 30, 40, 50, 60],
      [0, 255],
    ],
    [
      'one colour declared transparent',
      {
        width: 3,
        height: 1,
        depth: 8,
        type: 2,
        rows: [[255, 255, 255, 200, 0, 0, 1, 2, 3]],
        transparency: [0, 255, 0, 255, 0, 255],
      },
      [255, 255, 255, 200, 0, 0, 1, 2, 3],
      [0, 255, 255],
    ],
    [
      'one grey declared transparent',
      { width: 2, height: 1, depth: 8, type: 0, rows: [[255, 3]], transparency: [0, 255] },
      [255, 255, 255, 3, 3, 3],
      [0, 255],
    ],
  ])('%s', (_, plan, colour, mask) => {
    const { width, height } = plan;
    expect(embedded(png(plan))).toEqual({ colour, mask, width, height });
  });
});

describe('pictures that are none, or too much', () => {
  const small: Plan = { width: 1, height: 1, depth: 8, type: 2, rows: [[1, 2, 3]] };

  it.each([
    ['nothing', Buffer.of()],
    ['text', Buffer.from('this is no picture, however long the text may be')],
    ['half a picture', png(small).subarray(0, 50)],
    ['JPEG', Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xe0]), Buffer.alloc(100)])],
    ['eleven megabytes', Buffer.concat([png(small), Buffer.alloc(11 * 1024 * 1024)])],
    ['no width', png({ ...small, width: 0 })],
    ['data that are none', png(small).fill(0xff, 41, 50)],
  ])('%s', (_, bytes) => {
    expect(failureOf(() => embedded(bytes))).toBe('image-unusable');
  });

  it('an absurd size is refused without decoding it: its data are not even looked at', () => {
    const absurd = png({ ...small, width: 2 ** 31 - 1, height: 2 ** 31 - 1 });
    expect(failureOf(() => embedded(absurd))).toBe('image-unusable');
    expect(failureOf(() => embedded(png({ ...small, width: 4001, height: 4000 })))).toBe('image-unusable');
  });

  it('data that swell beyond the size they claim are refused', () => {
    const bomb = png({ ...small, rows: Array<number[]>(1).fill(Array<number>(5_000_000).fill(0)) });
    expect(bomb.length).toBeLessThan(10_000);
    expect(failureOf(() => embedded(bomb))).toBe('image-unusable');
  });

  it('a colour profile is left alone, since it may be a bomb of its own: a broken one is never noticed', () => {
    const profile = chunk('iCCP', Buffer.from('p\0\0not compressed at all', 'latin1'));
    expect(embedded(png({ ...small, extra: profile })).colour).toEqual([1, 2, 3]);
  });
});

describe('interlaced pictures', () => {
  // A picture of 3 × 3 has the passes 1 (one pixel), 4 (one), 5 (two), 6 (two rows of one) and 7 (one row of three).
  const passes = [['a'], ['c'], ['g', 'i'], ['b'], ['h'], ['d', 'e', 'f']];
  const inOrder = [...'abcdefghi'].map((letter) => letter.charCodeAt(0));

  it.each([
    ['grey', 0, 8, (value: number) => [value]],
    ['RGB', 2, 8, (value: number) => [value, value, value]],
    ['grey of 16 bits', 0, 16, (value: number) => [value, 0]],
  ])('%s', (_, type, depth, samples) => {
    const rows = passes.map((letters) => letters.flatMap((letter) => samples(letter.charCodeAt(0))));
    const { colour } = embedded(png({ width: 3, height: 3, depth, type, rows, interlace: 1 }));
    expect(colour).toEqual(inOrder.flatMap((value) => [value, value, value]));
  });

  it('of few colours are refused by name, since the decoder would make noise of them', () => {
    const image = png({ width: 3, height: 3, depth: 1, type: 0, rows: [[0]], interlace: 1 });
    expect(reasonOf(() => embedded(image))).toBe('image-interlaced');
  });
});

function reasonOf(act: () => unknown): unknown {
  try {
    act();
  } catch (error) {
    return AppError.from(error).params['reason'];
  }
  return null;
}

it.each<[string, () => Buffer, string]>([
  ['a JPEG', () => Buffer.concat([Buffer.of(0xff, 0xd8, 0xff, 0xe1), Buffer.alloc(50)]), 'image-jpeg'],
  ['a GIF', () => Buffer.from('GIF89a and what follows it in a file of that kind'), 'image-not-png'],
  [
    'ten thousand dots square',
    () => png({ width: 10_000, height: 10_000, depth: 8, type: 6, rows: [[0]] }),
    'image-too-large',
  ],
  [
    'one that broke off on its way',
    () =>
      png({
        width: 9,
        height: 9,
        depth: 8,
        type: 0,
        rows: Array<number[]>(9).fill(Array<number>(9).fill(1)),
      }).subarray(0, 60),
    'image-damaged',
  ],
])('%s is refused with the reason', (_, image, reason) => {
  expect(reasonOf(() => embedded(image()))).toBe(reason);
});

describe('a stencil, for files that may have nothing transparent', () => {
  it('shows what is at least half opaque, in the colour that it has on paper', () => {
    const rows = [[0, 0, 255, 255, 0, 0, 255, 128, 0, 0, 255, 127, 9, 9, 9, 0]];
    const { colour, mask } = embedded(png({ width: 4, height: 1, depth: 8, type: 6, rows }), 'stencil');
    expect(mask).toEqual([0b00110000]);
    expect(colour.slice(0, 6)).toEqual([0, 0, 255, 127, 127, 255]);
  });

  it('begins each row at a whole byte', () => {
    const row = Array.from({ length: 9 }, (_, index) => [1, 2, 3, index === 8 ? 0 : 255]).flat();
    const { mask } = embedded(png({ width: 9, height: 2, depth: 8, type: 6, rows: [row, row] }), 'stencil');
    expect(mask).toEqual([0, 0x80, 0, 0x80]);
  });
});

describe('what a picture says of its size', () => {
  const small: Plan = { width: 600, height: 300, depth: 8, type: 2, rows: [[1, 2, 3]] };
  const density = (across: number, down: number, unit: number) => {
    const data = Buffer.alloc(9);
    data.writeUInt32BE(across, 0);
    data.writeUInt32BE(down, 4);
    data[8] = unit;
    return chunk('pHYs', data);
  };

  it.each([
    ['metres', density(11_811, 11_811, 1), { width: 50.8, height: 25.4 }],
    ['pixels that are not square', density(11_811, 23_622, 1), { width: 50.8, height: 12.7 }],
    ['no unit', density(1, 1, 0), null],
    ['nothing at all', density(0, 0, 1), null],
    ['a chunk of another length', chunk('pHYs', Buffer.of(1, 2, 3)), null],
  ])('%s', (_, extra, expected) => {
    const { physical } = readPngHeader(png({ ...small, extra }));
    expect(
      physical && { width: Number(physical.width.toFixed(1)), height: Number(physical.height.toFixed(1)) },
    ).toEqual(expected);
  });
});

it('one picture for many files is decoded once, also where it is read from the disk each time', () => {
  const image = png({ width: 1, height: 1, depth: 8, type: 6, rows: [[1, 2, 3, 4]] });
  const written = () => {
    const streams: Uint8Array[] = [];
    const add = (value: PdfObject) => {
      if (value instanceof PdfStream && 'bytes' in value.data) streams.push(value.data.bytes);
      return new PdfRef(streams.length, 0);
    };
    embedPng(add, Buffer.from(image), new PdfName('DeviceRGB'), 'soft');
    return streams;
  };
  const [first, second] = [written(), written()];
  expect(first).toHaveLength(2);
  expect(second.every((bytes, index) => bytes === first[index])).toBe(true);
});
