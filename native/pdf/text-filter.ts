import { ByteCollector } from './byte-collector.ts';

/** The filters that write bytes as printable characters (ISO 32000-2, 7.4.2 and 7.4.3). */

const endOfHex = 0x3e;

export function decodeHex(bytes: Uint8Array): Uint8Array {
  const end = bytes.indexOf(endOfHex);
  const text = Buffer.from(end < 0 ? bytes : bytes.subarray(0, end)).toString('latin1');
  const digits = text.replace(/[^0-9a-fA-F]/g, '');
  return Buffer.from(digits.length % 2 ? `${digits}0` : digits, 'hex');
}

const [zero, tilde, lessThan] = [0x7a, 0x7e, 0x3c];
/** The digit `u`, with which a last group of fewer than five is filled up. */
const highestDigit = 84;

export function decodeAscii85(bytes: Uint8Array, limit: number): Uint8Array {
  const output = new ByteCollector(limit);
  let value = 0;
  let digits = 0;
  const flush = (count: number) => {
    for (let index = 0; index < count; index++) output.push(Math.floor(value / 256 ** (3 - index)) & 0xff);
    value = 0;
    digits = 0;
  };
  // Some writers keep the `<~` with which the encoding starts elsewhere.
  const isMarked = bytes[0] === lessThan && bytes[1] === tilde;
  for (const byte of isMarked ? bytes.subarray(2) : bytes) {
    if (byte === tilde) break;
    if (byte === zero && digits === 0) output.repeat(0, 4);
    else if (byte >= 0x21 && byte <= 0x75) {
      value = value * 85 + byte - 0x21;
      if (++digits === 5) flush(4);
    }
  }
  const kept = digits - 1;
  if (kept > 0) {
    for (; digits < 5; digits++) value = value * 85 + highestDigit;
    flush(kept);
  }
  return output.take();
}
