import * as asn1js from 'asn1js';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { toDer } from '../../../native/asn1/der.ts';
import {
  type Asn1,
  MalformedAsn1,
  readElement,
  readPadded,
  readWhole,
} from '../../../native/asn1/element.ts';
import { integerHex, octetString, oid, text, time } from '../../../native/asn1/value.ts';

/** Everything inside, or the error that the reader is allowed to throw. */
function walk(element: Asn1): number {
  return element.constructed ? element.children().reduce((sum, child) => sum + walk(child), 1) : 1;
}

function survives(bytes: Uint8Array): boolean {
  try {
    return walk(readElement(bytes)) > 0;
  } catch (error) {
    if (error instanceof MalformedAsn1) return true;
    throw error;
  }
}

const tree = fc.letrec<{ node: asn1js.BaseBlock<asn1js.ValueBlock> }>((tie) => ({
  node: fc.oneof(
    { maxDepth: 4 },
    fc.integer({ min: -(2 ** 31), max: 2 ** 31 }).map((value) => new asn1js.Integer({ value })),
    fc
      .uint8Array({ maxLength: 300 })
      .map((bytes) => new asn1js.OctetString({ valueHex: bytes.slice().buffer })),
    fc.array(tie('node'), { maxLength: 4 }).map((value) => new asn1js.Sequence({ value })),
    fc.array(tie('node'), { maxLength: 4 }).map((value) => new asn1js.Set({ value })),
  ),
})).node;

describe('reading ASN.1', () => {
  test('reads what asn1js writes, to the last byte', () => {
    fc.assert(
      fc.property(tree, (block) => {
        const bytes = new Uint8Array(block.toBER());
        const element = readWhole(bytes);
        walk(element);
        return element.bytes.length === bytes.length;
      }),
    );
  });

  test('any bytes give an answer or MalformedAsn1, nothing else', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 400 }), survives));
    fc.assert(
      fc.property(tree, fc.nat(), fc.nat(255), (block, at, value) => {
        const bytes = new Uint8Array(block.toBER());
        bytes[at % bytes.length] = value;
        return survives(bytes);
      }),
    );
  });

  test('nesting beyond any honest structure is refused, not followed', () => {
    const nested = Buffer.from(`${'3080'.repeat(10_000)}${'0000'.repeat(10_000)}`, 'hex');
    expect(() => readElement(nested)).toThrow(MalformedAsn1);
  });

  test('only zeros may pad', () => {
    const nothing = Buffer.from('0500', 'hex');
    expect(readPadded(Buffer.concat([nothing, Buffer.alloc(9)])).tag).toBe(5);
    expect(() => readPadded(Buffer.concat([nothing, Buffer.from('00000001', 'hex')]))).toThrow(MalformedAsn1);
    expect(() => readWhole(Buffer.from('050000', 'hex'))).toThrow(MalformedAsn1);
  });

  test('values', () => {
    expect(oid(readWhole(Buffer.from('06092a864886f70d010702', 'hex')))).toBe('1.2.840.113549.1.7.2');
    expect(oid(readWhole(Buffer.from('0603883703', 'hex')))).toBe('2.999.3');
    // A UUID, as X.667 has it in its example.
    const uuid = '06146983f09da7ebcfdee0c7a1a7b2c0948cc8f9d776';
    expect(oid(readWhole(Buffer.from(uuid, 'hex')))).toBe('2.25.329800735698586629295641978511506172918');
    expect(() => oid(readWhole(Buffer.from('0604558000ff', 'hex')))).toThrow(MalformedAsn1);
    expect(() => oid(readWhole(Buffer.from('060455801d0f', 'hex')))).toThrow(MalformedAsn1);
    expect(integerHex(readWhole(Buffer.from('02020080', 'hex')))).toBe('80');
    // Node and OpenSSL write whole octets: the two tell of one certificate side by side.
    expect(integerHex(readWhole(Buffer.from('02020483', 'hex')))).toBe('0483');
    const utc = new asn1js.UTCTime({ valueDate: new Date('2026-03-05T07:07:09Z') });
    expect(time(readWhole(new Uint8Array(utc.toBER()))).toISOString()).toBe('2026-03-05T07:07:09.000Z');
    const zoned = Buffer.concat([Buffer.from('1813', 'hex'), Buffer.from('20260305140709+0700')]);
    expect(time(readWhole(zoned)).toISOString()).toBe('2026-03-05T07:07:09.000Z');
  });

  test('days that no calendar has are no times', () => {
    const dated = (digits: string) =>
      time(readWhole(Buffer.concat([Buffer.from('180f', 'hex'), Buffer.from(digits)])));
    expect(dated('20240229235959Z').toISOString()).toBe('2024-02-29T23:59:59.000Z');
    for (const digits of ['20250229000000Z', '20250631100000Z', '20250101240000Z', '20251301000000Z']) {
      expect(() => dated(digits), digits).toThrow(MalformedAsn1);
    }
    const zoned = Buffer.concat([Buffer.from('1813', 'hex'), Buffer.from('20260301020000+0700')]);
    expect(time(readWhole(zoned)).toISOString()).toBe('2026-02-28T19:00:00.000Z');
  });

  test('texts that aren’t what they claim to be stay apart', () => {
    const [one, other] = ['0c02ff41', '0c02fe41'].map((hex) => text(readWhole(Buffer.from(hex, 'hex'))));
    expect(one).not.toBe(other);
    const [odd, empty] = ['1e0341', '1e00'].map((hex) =>
      text(readWhole(Buffer.from(hex.padEnd(Number(`0x${hex.slice(2, 4)}`) * 2 + 4, '4'), 'hex'))),
    );
    expect(odd).not.toBe(empty);
    expect(text(readWhole(Buffer.from('0c03e1bba7', 'hex')))).toBe('ủ');
  });

  test('chunked strings and indefinite lengths become DER', () => {
    const ber = Buffer.from('308024800401aa0402bbcc00000000', 'hex');
    const element = readWhole(ber);
    const [first] = element.children();
    expect(first && Buffer.from(octetString(first)).toString('hex')).toBe('aabbcc');
    expect(Buffer.from(toDer(element)).toString('hex')).toBe('30050403aabbcc');
  });
});
