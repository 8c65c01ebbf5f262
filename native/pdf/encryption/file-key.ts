import { createHash } from 'node:crypto';
import { rc4 } from './rc4.ts';
import type { OldSettings } from './settings.ts';

/** The standard security handler's file key up to revision 4 (ISO 32000-2, 7.6.4.3.2 and 7.6.4.4). */

/** Algorithm 2, step a. */
const padding = Buffer.from('28bf4e5e4e758a4164004e56fffa01082e2e00b6d0683e802f0ca9fe6453697a', 'hex');
const rounds = 50;
/** Algorithm 5, step e: nineteen times more, each time with another key. */
const lastTurn = 19;

function padded(password: Uint8Array): Uint8Array {
  return Buffer.concat([password, padding]).subarray(0, padding.length);
}

function md5(...pieces: Uint8Array[]): Uint8Array {
  const hash = createHash('md5');
  for (const piece of pieces) hash.update(piece);
  return hash.digest();
}

/** The file key where the password is the user's or the owner's; null where it is neither. */
export function oldFileKey(
  settings: OldSettings,
  fileId: Uint8Array,
  password: Uint8Array,
): Uint8Array | null {
  for (const length of settings.keyLengths) {
    const key =
      userKey(settings, fileId, padded(password), length) ??
      userKey(settings, fileId, userPassword(settings, password, length), length);
    if (key) return key;
  }
  return null;
}

/** Algorithm 6: the key for a padded user password, where it is the right one. */
function userKey(
  settings: OldSettings,
  fileId: Uint8Array,
  password: Uint8Array,
  length: number,
): Uint8Array | null {
  const key = computedKey(settings, fileId, password, length);
  const [expected, compared] =
    settings.revision === 2
      ? [rc4(key, padding), padding.length]
      : [turned(key, md5(padding, fileId), 'forward'), md5Length];
  // From revision 3 only the first 16 bytes mean something.
  const isRight = Buffer.compare(expected.subarray(0, compared), settings.user.subarray(0, compared)) === 0;
  return isRight ? key : null;
}

const md5Length = 16;

/** Algorithm 2. */
function computedKey(
  { revision, owner, permissions, encryptsMetadata }: OldSettings,
  fileId: Uint8Array,
  password: Uint8Array,
  length: number,
): Uint8Array {
  const rights = Buffer.alloc(4);
  rights.writeInt32LE(permissions);
  const mark = revision >= 4 && !encryptsMetadata ? Buffer.alloc(4, 0xff) : Buffer.of();
  let digest = md5(password, owner, rights, fileId, mark);
  if (revision >= 3) for (let round = 0; round < rounds; round++) digest = md5(digest.subarray(0, length));
  return digest.subarray(0, length);
}

/** Algorithm 7: the user password, padded, that the owner's one opens. */
function userPassword({ revision, owner }: OldSettings, password: Uint8Array, length: number): Uint8Array {
  let digest = md5(padded(password));
  if (revision >= 3) for (let round = 0; round < rounds; round++) digest = md5(digest);
  const key = digest.subarray(0, length);
  return revision === 2 ? rc4(key, owner) : turned(key, owner, 'backward');
}

/** RC4 twenty times, with the key's bytes turned by 0 to 19. */
function turned(key: Uint8Array, data: Uint8Array, direction: 'forward' | 'backward'): Uint8Array {
  let bytes = data;
  for (let turn = 0; turn <= lastTurn; turn++) {
    const mask = direction === 'forward' ? turn : lastTurn - turn;
    bytes = rc4(
      key.map((byte) => byte ^ mask),
      bytes,
    );
  }
  return bytes;
}
