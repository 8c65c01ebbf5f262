import { describe, expect, test } from 'vitest';
import { type Rules, rulesText } from '../../lab/misbehaving/rules.ts';

const texts: [Rules, string][] = [
  [{}, ''],
  [{ calls: { C_Sign: 'crash' } }, 'C_Sign: crash\n'],
  [{ calls: { 'C_Sign 3': 'CKR_DEVICE_REMOVED' } }, 'C_Sign 3: 0x32\n'],
  [{ calls: { 'C_Sign 3+': 'remove', C_GetInfo: 'missing' } }, 'C_Sign 3+: remove\nC_GetInfo: missing\n'],
  [{ calls: { C_Login: { slowMs: 1500 } } }, 'C_Login: slow 1500\n'],
  [{ calls: { C_Login: { returns: 0x80000001 } } }, 'C_Login: 0x80000001\n'],
  [{ calls: { C_GetSlotList: { count: 2n ** 64n - 1n } } }, 'C_GetSlotList: count 18446744073709551615\n'],
  [{ flags: ['pinLocked', 'pinFinalTry'] }, 'flags: 0x60000\n'],
  [{ mechanisms: [0x1, 0x40] }, 'mechanisms: 0x1 0x40\n'],
  [{ looks: { label: Buffer.from('Dấu') } }, 'label: 44e1baa575\n'],
  [{ pinLength: { min: 4, max: 16 } }, 'pin-length: 4 16\n'],
  [{ attributes: { 17: { length: 2 ** 31 } } }, 'attribute 0x11: length 2147483648\n'],
  [{ attributes: { 17: { value: Buffer.of(0x30) } } }, 'attribute 0x11: hex 30\n'],
];

describe('what the module reads', () => {
  test('is one line for each rule', () => {
    for (const [rules, text] of texts) expect(rulesText(rules)).toBe(text);
  });

  test('never has a return value that the standard doesn’t know by name', () => {
    expect(() => rulesText({ calls: { C_Sign: 'CKR_NONSENSE' } })).toThrow('CKR_NONSENSE');
  });
});
