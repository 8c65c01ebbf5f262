import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  children,
  element,
  integer,
  objectIdentifier,
  readElement,
  setOf,
} from '../../../native/signing/der.ts';
import { failureOf } from '../pdf/scratch.ts';

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
    expect(Buffer.from(element(0x04, Buffer.alloc(length))).toString('hex', 0, hex.length / 2)).toBe(hex);
  });

  it('sorts a SET OF', () => {
    expect(Buffer.from(setOf(integer(300), integer(2), integer(1))).toString('hex')).toBe(
      '310a0201010201020202012c',
    );
  });
});

describe('reading', () => {
  it('gives back what was written', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 300 })), (contents) => {
        const node = readElement(element(0x30, ...contents.map((content) => element(0x04, content))));
        expect(children(node).map(({ content }) => Buffer.from(content).toString('hex'))).toEqual(
          contents.map((content) => Buffer.from(content).toString('hex')),
        );
      }),
    );
  });

  it.each(['', '30', '3001', '3080', '30850000000001', '1f0100', '30ff'])('refuses %j', (hex) => {
    expect(failureOf(() => readElement(Buffer.from(hex, 'hex')))).toBe('input-invalid');
  });

  it('never hangs and never reads beyond', () => {
    fc.assert(
      fc.property(fc.uint8Array(), (bytes) => {
        expect(['no failure', 'input-invalid']).toContain(failureOf(() => children(readElement(bytes))));
      }),
    );
  });
});
