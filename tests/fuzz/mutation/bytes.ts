import type { Random } from '../random.ts';
import type { Edit } from './edit.ts';

const telling = [0x00, 0x01, 0x7f, 0x80, 0xff, 0x0a, 0x0d, 0x20, 0x25, 0x28, 0x29, 0x3c, 0x3e, 0x5b, 0x5d];

/** Damage that knows nothing of what the bytes mean. */
export function byteEdit(bytes: Uint8Array, random: Random): Edit {
  const start = random.below(bytes.length);
  const length = 1 + random.below(random.oneIn(4) ? 2000 : 16);
  const end = Math.min(start + length, bytes.length);
  switch (random.below(7)) {
    case 0:
      return { start, end: start + 1, by: Buffer.of((bytes[start] ?? 0) ^ (1 << random.below(8))) };
    case 1:
      return { start, end: start + 1, by: Buffer.of(random.pick(telling)) };
    case 2:
      return { start, end: start, by: random.bytes(1 + random.below(32)) };
    case 3:
      return { start, end, by: Buffer.alloc(0) };
    case 4:
      return { start, end, by: Buffer.alloc(end - start, random.pick(telling)) };
    case 5: {
      const from = random.below(bytes.length);
      return { start, end: random.oneIn(2) ? start : end, by: bytes.subarray(from, from + length) };
    }
    default:
      return random.oneIn(3)
        ? { start, end: bytes.length, by: Buffer.alloc(0) }
        : { start, end, by: random.bytes(end - start) };
  }
}
