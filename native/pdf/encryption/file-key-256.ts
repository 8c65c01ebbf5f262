import { createHash } from 'node:crypto';
import { decryptBlocks, encryptBlocks } from './aes.ts';
import type { NewSettings } from './settings.ts';

/** The file key of revisions 5 and 6, AES-256 (ISO 32000-2, 7.6.4.3.3; revision 5 is Adobe's extension level 3). */

const [digestLength, saltLength] = [32, 8];
const noVector = new Uint8Array(16);

/** The file key where the password is the user's or the owner's; null where it is neither. Algorithm 2.A. */
export function newFileKey(settings: NewSettings, password: Uint8Array): Uint8Array | null {
  const { user, owner, userKey, ownerKey } = settings;
  // Both wrap the same key. The user's first: most files open with an empty one, and each try costs milliseconds.
  return (
    opened(settings, user, userKey, password, new Uint8Array()) ??
    // The owner's hash takes in the user's entry, so that the one can't be put in the other's place.
    opened(settings, owner, ownerKey, password, user)
  );
}

function opened(
  { revision }: NewSettings,
  entry: Uint8Array,
  wrapped: Uint8Array,
  password: Uint8Array,
  bound: Uint8Array,
): Uint8Array | null {
  const hash = (salt: Uint8Array) =>
    revision === 5 ? sha(256, password, salt, bound) : hardened(password, salt, bound);
  const validation = entry.subarray(digestLength, digestLength + saltLength);
  if (Buffer.compare(hash(validation), entry.subarray(0, digestLength)) !== 0) return null;
  const keySalt = entry.subarray(digestLength + saltLength, digestLength + 2 * saltLength);
  return decryptBlocks(hash(keySalt), noVector, wrapped);
}

function sha(bits: 256 | 384 | 512, ...pieces: Uint8Array[]): Uint8Array {
  const hash = createHash(`sha${bits}`);
  for (const piece of pieces) hash.update(piece);
  return hash.digest();
}

const repetitions = 64;
const leastRounds = 64;
const lengths = [256, 384, 512] as const;

/**
 * Algorithm 2.B. It ends when the last byte of a round isn't above the round's number less 32: in round 287 at the latest,
 * whatever the file says, each round over at most 64 × 239 bytes.
 */
function hardened(password: Uint8Array, salt: Uint8Array, bound: Uint8Array): Uint8Array {
  let key = sha(256, password, salt, bound);
  let last = 0;
  for (let round = 0; round < leastRounds || last > round - 32; round++) {
    const once = Buffer.concat([password, key, bound]);
    const data = Buffer.alloc(repetitions * once.length, once);
    const encrypted = encryptBlocks(key.subarray(0, 16), key.subarray(16, 32), data);
    // The first 16 bytes as a number modulo 3; 256 is 1 modulo 3, so that is their sum.
    const rest = encrypted.subarray(0, 16).reduce((sum, byte) => sum + byte, 0) % 3;
    key = sha(lengths[rest] ?? 256, encrypted);
    last = encrypted.at(-1) ?? 0;
  }
  return key.subarray(0, digestLength);
}
