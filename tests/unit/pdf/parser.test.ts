import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MemorySource } from '../../../native/pdf/byte-source.ts';
import { Lexer } from '../../../native/pdf/lexer.ts';
import {
  PdfDict,
  PdfName,
  type PdfObject,
  PdfRef,
  PdfStream,
  PdfString,
} from '../../../native/pdf/object.ts';
import { ObjectParser, parseIndirect } from '../../../native/pdf/parser.ts';
import { serialize } from '../../../native/pdf/serializer.ts';
import { failureOf } from './scratch.ts';

function lexerOf(text: string | Uint8Array): Lexer {
  return new Lexer(new MemorySource(typeof text === 'string' ? Buffer.from(text, 'latin1') : text));
}

function parse(text: string | Uint8Array): PdfObject {
  return new ObjectParser(lexerOf(text)).object();
}

function indirect(text: string) {
  const lexer = lexerOf(text);
  return parseIndirect(lexer, (length) => (typeof length === 'number' ? length : null));
}

function streamData(text: string): string {
  const { value } = indirect(text);
  if (!(value instanceof PdfStream) || !('offset' in value.data)) return 'no stream';
  return text.slice(value.data.offset, value.data.offset + value.data.length);
}

describe('objects', () => {
  it('tells references from numbers', () => {
    expect(parse('[1 0 R 2 0 3 0 R 4]')).toEqual([new PdfRef(1, 0), 2, 0, new PdfRef(3, 0), 4]);
  });

  it('reads nested arrays and dictionaries', () => {
    expect(parse('<</A[1<</B null>>]/C true/D(x)>>')).toEqual(
      PdfDict.of({ A: [1, PdfDict.of({ B: null })], C: true, D: new PdfString(Uint8Array.of(120)) }),
    );
  });

  it('ends nesting that is an attack on the stack', () => {
    expect(failureOf(() => parse('['.repeat(100_000)))).toBe('pdf-too-complex');
    expect(failureOf(() => parse('<</A'.repeat(100_000)))).toBe('pdf-too-complex');
  });

  it('does not take a property of every JavaScript object for a literal', () => {
    expect(failureOf(() => parse('constructor'))).toBe('pdf-damaged');
    expect(parse('[toString true]')).toEqual([null, true]);
  });

  it('passes over what is stray in a dictionary, as viewers do', () => {
    expect(parse('<</A 1 (stray) /B 2>>')).toEqual(PdfDict.of({ A: 1, B: 2 }));
    expect(parse('<</A nan/B>>')).toEqual(PdfDict.of({ A: null, B: null }));
  });

  it('does not run on into the next object where one was cut off', () => {
    expect(failureOf(() => parse('<</A 1 endobj 2 0 obj <</B 2>>'))).toBe('pdf-damaged');
    expect(failureOf(() => parse('[1 2 endobj 3]'))).toBe('pdf-damaged');
  });
});

describe('indirect objects', () => {
  it('takes the length from the dictionary where it is right', () => {
    expect(streamData('4 0 obj<</Length 5>>stream\nab\nc\n\nendstream endobj')).toBe('ab\nc\n');
  });

  it.each([
    ['too long', '4 0 obj<</Length 900>>stream\nabc\nendstream\nendobj'],
    ['too short', '4 0 obj<</Length 1>>stream\nabc\nendstream\nendobj'],
    ['missing', '4 0 obj<<>>stream\nabc\nendstream\nendobj'],
    ['negative', '4 0 obj<</Length -3>>stream\nabc\nendstream\nendobj'],
    ['broken', '4 0 obj<</Length 1.5>>stream\nabc\r\nendstream\nendobj'],
    ['absurd', '4 0 obj<</Length 99999999999999999999>>stream\nabc\nendstream\nendobj'],
  ])('finds the end of a stream whose length is %s', (_, text) => {
    expect(streamData(text)).toBe('abc');
  });

  it('believes a length that leads to endobj, where endstream is missing', () => {
    const text = '4 0 obj<</Length 3>>stream\nabc\nendobj 5 0 obj<</Length 1>>stream\nx\nendstream\nendobj';
    expect(streamData(text)).toBe('abc');
  });

  it('accepts blanks and a lone CR behind the word stream', () => {
    expect(streamData('4 0 obj<</Length 3>>stream  \r\nabc\nendstream')).toBe('abc');
    expect(streamData('4 0 obj<</Length 3>>stream\rabc\nendstream')).toBe('abc');
  });

  it('reads an object without endobj and one without a value', () => {
    expect(indirect('4 0 obj 12 5 0 obj 13 endobj').value).toBe(12);
    expect(indirect('4 0 obj endobj').value).toBe(null);
  });

  it('does not read the value of another object than was asked for', () => {
    const lexer = lexerOf(`5 0 obj (${'x'.repeat(100_000)})endobj`);
    expect(failureOf(() => parseIndirect(lexer, () => null, 4))).toBe('pdf-damaged');
    expect(lexer.loaded).toBeLessThan(10_000);
  });

  it.each([
    'obj',
    '4 obj',
    '4 0 obx',
    '(a) 0 obj',
    '',
    '4 -20 obj 1 endobj',
    '4 0.5 obj 1 endobj',
    '-4 0 obj 1 endobj',
  ])('refuses %j', (text) => {
    expect(failureOf(() => indirect(text))).toBe('pdf-damaged');
  });
});

const names = fc
  .uint8Array({ maxLength: 12 })
  .map((bytes) => new PdfName(Buffer.from(bytes).toString('latin1')));
const numbers = fc.oneof(
  fc.integer(),
  fc
    .double({ noNaN: true, noDefaultInfinity: true, min: -1e9, max: 1e9 })
    .map((value) => Number(value.toFixed(6))),
);
const { object } = fc.letrec<{ object: PdfObject }>((tie) => ({
  object: fc.oneof(
    { maxDepth: 4 },
    fc.constant(null),
    fc.boolean(),
    numbers.map((value) => (value === 0 ? 0 : value)),
    names,
    fc.tuple(fc.uint8Array(), fc.boolean()).map(([bytes, hex]) => new PdfString(Buffer.from(bytes), hex)),
    fc.tuple(fc.nat(100_000), fc.nat(65_535)).map(([number, generation]) => new PdfRef(number, generation)),
    fc.array(tie('object'), { maxLength: 5 }),
    fc
      .array(fc.tuple(names, tie('object')), { maxLength: 5 })
      .map((entries) => new PdfDict(entries.map(([name, value]) => [name.value, value]))),
  ),
}));

/** Typed arrays of two kinds count as different; what they hold is what matters. */
function plain(value: PdfObject): unknown {
  if (value instanceof PdfString)
    return { text: Buffer.from(value.bytes).toString('latin1'), hex: value.hex };
  if (value instanceof PdfDict) return [...value.entries].map(([key, item]) => [key, plain(item)]);
  return Array.isArray(value) ? value.map((item) => plain(item as PdfObject)) : value;
}

describe('writing', () => {
  it('writes what reads back as the same', () => {
    fc.assert(
      fc.property(object, (value) => {
        expect(plain(parse(serialize(value)))).toEqual(plain(value));
      }),
    );
  });

  it.each([
    [1e21, '1000000000000000000000'],
    [1e-7, '0.0000001'],
    [0.00035277, '0.00035277'],
    [-0, '0'],
    [-1.5, '-1.5'],
    [Number.POSITIVE_INFINITY, '0'],
  ])(
    'writes %s as %s: never with an exponent, never with other digits than it was read with',
    (value, text) => {
      expect(Buffer.from(serialize(value)).toString()).toBe(text);
    },
  );
});
