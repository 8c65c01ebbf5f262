import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { encode, integer, objectIdentifier, octetString, sequence, setOf } from '../../../native/asn1/der.ts';
import { MalformedAsn1, readWhole } from '../../../native/asn1/element.ts';
import { octetString as octetsOf, oid, smallInteger } from '../../../native/asn1/value.ts';

describe('writing', () => {
  it.each([
    [0, '020100'],
    [127, '02017f'],
    [128, '02020080'],
    [65_537, '0203010001'],
    [2 ** 31, '02050080000000'],
  ])('INTEGER %i', (value, hex) => {
    expect(Buffer.from(integer(value)).toString('hex')).toBe(hex);
  });

  it.each([
    ['1.2.840.113549.1.7.2', '06092a864886f70d010702'],
    ['2.16.840.1.101.3.4.2.1', '0609608648016503040201'],
  ])('OBJECT IDENTIFIER %s', (dotted, hex) => {
    expect(Buffer.from(objectIdentifier(dotted)).toString('hex')).toBe(hex);
  });

  it.each([
    [0x7f, '047f'],
    [0x80, '048180'],
    [0x100, '04820100'],
    [0x10000, '0483010000'],
  ])('length %i', (length, hex) => {
    expect(Buffer.from(encode(0x04, Buffer.alloc(length))).toString('hex', 0, hex.length / 2)).toBe(hex);
  });

  it('sorts a SET OF', () => {
    expect(Buffer.from(setOf(integer(300), integer(2), integer(1))).toString('hex')).toBe(
      '310a0201010201020202012c',
    );
  });
});

describe('what was written is read back', () => {
  it('octet strings of any length', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 300 })), (contents) => {
        const read = readWhole(sequence(...contents.map(octetString))).sequence();
        expect(read.map((one) => Buffer.from(octetsOf(one)))).toEqual(
          contents.map((one) => Buffer.from(one)),
        );
      }),
    );
  });

  it('numbers and identifiers', () => {
    fc.assert(
      fc.property(fc.nat(), fc.array(fc.nat(), { minLength: 1, maxLength: 8 }), (number, arcs) => {
        expect(smallInteger(readWhole(integer(number)))).toBe(number);
        const dotted = `2.5.${arcs.join('.')}`;
        expect(oid(readWhole(objectIdentifier(dotted)))).toBe(dotted);
      }),
    );
  });

  it.each(['', '30', '3001', '3080', '30850000000001', '1f0100', '30ff'])('but not %j', (hex) => {
    expect(() => readWhole(Buffer.from(hex, 'hex'))).toThrow(MalformedAsn1);
  });
});
