import { createCipheriv, createDecipheriv, createSecretKey, type KeyObject, randomBytes } from 'node:crypto';

/** AES in cipher block chaining as PDF uses it (ISO 32000-2, 7.6.3.1): the initialization vector stands before the data. */

const block = 16;

function algorithm(key: Uint8Array): string {
  return `aes-${key.length * 8}-cbc`;
}

/** Node takes two to four times as long for a cipher whose key comes as bare bytes. */
function secret(key: Uint8Array): KeyObject {
  return createSecretKey(key);
}

/** The data behind a random vector, filled up to whole blocks. The key has 16 or 32 bytes. */
export function encryptAes(key: Uint8Array, data: Uint8Array): Uint8Array {
  const vector = randomBytes(block);
  const cipher = createCipheriv(algorithm(key), secret(key), vector);
  return Buffer.concat([vector, cipher.update(data), cipher.final()]);
}

/**
 * The other way. Bytes beyond the last whole block are passed over, and what isn't a padding stays: streams that were cut
 * short, or written without padding, show what they have, as in every viewer.
 */
export function decryptAes(key: Uint8Array, data: Uint8Array): Uint8Array {
  const whole = data.length - (data.length % block);
  if (whole <= block) return new Uint8Array();
  const plain = decryptBlocks(key, data.subarray(0, block), data.subarray(block, whole));
  const padding = plain.at(-1) ?? 0;
  const isPadding =
    padding > 0 && padding <= block && plain.subarray(-padding).every((one) => one === padding);
  return isPadding ? plain.subarray(0, -padding) : plain;
}

/** Of what is to be told by its end: two blocks. */
export const tailLength = 2 * block;

/**
 * Whether every program deciphers this to the same bytes: whole blocks with a sound padding, or nothing at all. What has none, or a part
 * of a block behind it, loses its end to some programs, and what is less than two blocks stays as it is for others. `tail`: its last
 * `tailLength` bytes, of `length` in all.
 */
export function isWhole(key: Uint8Array, tail: Uint8Array, length: number): boolean {
  if (length === 0) return true;
  return length % block === 0 && tail.length === tailLength && decryptAes(key, tail).length < block;
}

/** Whole blocks without padding. */
export function decryptBlocks(key: Uint8Array, vector: Uint8Array, data: Uint8Array): Uint8Array {
  const decipher = createDecipheriv(algorithm(key), secret(key), vector).setAutoPadding(false);
  return Buffer.concat([decipher.update(data), decipher.final()]);
}

/** Whole blocks without padding. */
export function encryptBlocks(key: Uint8Array, vector: Uint8Array, data: Uint8Array): Uint8Array {
  const cipher = createCipheriv(algorithm(key), secret(key), vector).setAutoPadding(false);
  return Buffer.concat([cipher.update(data), cipher.final()]);
}
