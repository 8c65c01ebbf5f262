import fc from 'fast-check';

/** Ways in which a file is damaged, by chance or on purpose. */
export type Mutation = (bytes: Buffer) => Buffer;

/** A place in a file, as a share of its length. */
const place = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });

function at(bytes: Uint8Array, share: number): number {
  return Math.floor(share * bytes.length);
}

/** Where a reader that counts would go wrong. */
const extremes = [
  ...['0', '-1', '0.5', '65535', '65536', '16777216', '2147483647', '2147483648', '4294967296'],
  ...['9999999999', '9007199254740993', '99999999999999999999', '1e9'],
];

const words = [
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
  ...['endobj', 'endstream', 'stream', 'obj', '<<', '>>', '[', ']', '(', ')', 'trailer', 'xref', 'startxref'],
  ...['null', 'true', '1 0 R', '2 0 R', '3 0 R', '7 0 R'],
];

function replaced(pattern: RegExp, share: number, by: string): Mutation {
  return (bytes) => {
    const text = bytes.toString('latin1');
    const found = [...text.matchAll(pattern)];
    const one = found[at(Buffer.alloc(found.length), share)];
    if (!one) return bytes;
    return Buffer.from(`${text.slice(0, one.index)}${by}${text.slice(one.index + one[0].length)}`, 'latin1');
  };
}

/** One damage; files usually get several. */
export const mutation: fc.Arbitrary<Mutation> = fc.oneof(
  fc.tuple(place, fc.nat(255)).map(
    ([share, value]): Mutation =>
      (bytes) => {
        const copy = Buffer.from(bytes);
        copy[at(copy, share)] = value;
        return copy;
      },
  ),
  place.map(
    (share): Mutation =>
      (bytes) =>
        bytes.subarray(0, at(bytes, share)),
  ),
  fc.tuple(place, fc.uint8Array({ maxLength: 40 })).map(
    ([share, extra]): Mutation =>
      (bytes) =>
        Buffer.concat([bytes.subarray(0, at(bytes, share)), extra, bytes.subarray(at(bytes, share))]),
  ),
  fc.tuple(place, fc.nat(200)).map(
    ([share, length]): Mutation =>
      (bytes) =>
        Buffer.concat([bytes.subarray(0, at(bytes, share)), bytes.subarray(at(bytes, share) + length)]),
  ),
  fc.tuple(place, place, fc.nat(3000)).map(
    ([share, from, length]): Mutation =>
      (bytes) => {
        const piece = bytes.subarray(at(bytes, from), at(bytes, from) + length);
        return Buffer.concat([bytes.subarray(0, at(bytes, share)), piece, bytes.subarray(at(bytes, share))]);
      },
  ),
  fc.tuple(place, fc.nat(99_999)).map(([share, value]) => replaced(/\d+/g, share, String(value))),
  fc.tuple(place, fc.constantFrom(...extremes)).map(([share, value]) => replaced(/\d+/g, share, value)),
  fc
    .tuple(place, fc.constantFrom(...words))
    .map(([share, word]) => replaced(/\/[A-Z][A-Za-z]+|<<|>>|\[|\]|endobj|obj|R\b/g, share, ` ${word} `)),
);
