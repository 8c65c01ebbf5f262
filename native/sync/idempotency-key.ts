import { randomBytes } from 'node:crypto';
import { type IdempotencyKey, idempotencyKey } from '../../contract/identity.ts';

/**
 * A new key: UUIDv7 (RFC 9562, 5.7), 48 bits of milliseconds and 74 random ones. The time part only keeps the
 * server's index in order; nothing is ever decided by it.
 */
export function newIdempotencyKey(now: Date): IdempotencyKey {
  const bytes = randomBytes(16);
  bytes.writeUIntBE(now.getTime(), 0, 6);
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x70, 6);
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
  const hex = bytes.toString('hex');
  return idempotencyKey.parse(
    [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-'),
  );
}
