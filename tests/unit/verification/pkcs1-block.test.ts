import { constants, createHash, generateKeyPairSync, privateEncrypt } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { encode, nullValue, objectIdentifier, octetString, sequence } from '../../../native/asn1/der.ts';
import { readWhole, tag } from '../../../native/asn1/element.ts';
import {
  isSignatureOf,
  isSignatureOfStream,
  signatureAlgorithm,
} from '../../../native/verification/signature-algorithm.ts';

/**
 * RSASSA-PKCS1-v1_5 blocks written by hand: the two that RFC 8017 knows hold, whatever else looks like them doesn't.
 */
const hashes = {
  sha1: ['1.3.14.3.2.26', '1.2.840.113549.1.1.5'],
  sha256: ['2.16.840.1.101.3.4.2.1', '1.2.840.113549.1.1.11'],
  sha384: ['2.16.840.1.101.3.4.2.2', '1.2.840.113549.1.1.12'],
  sha512: ['2.16.840.1.101.3.4.2.3', '1.2.840.113549.1.1.13'],
} as const;
type Hash = keyof typeof hashes;

const usual = generateKeyPairSync('rsa', { modulusLength: 2048 });
const small = generateKeyPairSync('rsa', { modulusLength: 2048, publicExponent: 3 });
const data = Buffer.from('văn bản');
const size = 256;

function algorithm(hash: Hash) {
  const found = signatureAlgorithm(readWhole(sequence(objectIdentifier(hashes[hash][1]), nullValue())));
  if (!found) throw new Error('not understood');
  return found;
}

const digest = (hash: Hash) => createHash(hash).update(data).digest();
const bare = (hash: Hash) => sequence(objectIdentifier(hashes[hash][0]));
const withNull = (hash: Hash) => sequence(objectIdentifier(hashes[hash][0]), nullValue());
const info = (identifier: Uint8Array, value: Uint8Array) => sequence(identifier, octetString(value));

/** 00 01 FF… 00 and then the rest, filled up to the key's length with FF; `behind` comes after all. */
function block(rest: Uint8Array, { kind = 0x01, fill = 0xff, behind = Buffer.alloc(0) } = {}): Buffer {
  const padding = Buffer.alloc(size - 3 - rest.length - behind.length, fill);
  return Buffer.concat([Buffer.of(0, kind), padding, Buffer.of(0), rest, behind]);
}

function holds(hash: Hash, made: Buffer, keys = usual): boolean {
  const signature = privateEncrypt({ key: keys.privateKey, padding: constants.RSA_NO_PADDING }, made);
  return isSignatureOf(algorithm(hash), keys.publicKey, data, signature);
}

describe.each(Object.keys(hashes) as Hash[])('%s', (hash) => {
  test('holds with the NULL and without, under either exponent', () => {
    for (const keys of [usual, small]) {
      expect(holds(hash, block(info(withNull(hash), digest(hash))), keys)).toBe(true);
      expect(holds(hash, block(info(bare(hash), digest(hash))), keys)).toBe(true);
    }
  });

  test('holds without the NULL over data in pieces', async () => {
    const made = block(info(bare(hash), digest(hash)));
    const key = { key: usual.privateKey, padding: constants.RSA_NO_PADDING };
    const check = (pieces: readonly Buffer[]) =>
      isSignatureOfStream(algorithm(hash), usual.publicKey, streamOf(pieces), privateEncrypt(key, made));
    expect(await check([data.subarray(0, 3), data.subarray(3)])).toBe(true);
    expect(await check([data, Buffer.from('.')])).toBe(false);
  });

  const another: Hash = hash === 'sha256' ? 'sha384' : 'sha256';
  const room = size - 3 - 8 - info(bare(hash), digest(hash)).length;
  const forged: Readonly<Record<string, Buffer>> = {
    'bytes behind the hash, as Bleichenbacher’s forgery has them': Buffer.concat([
      Buffer.of(0, 1),
      Buffer.alloc(8, 0xff),
      Buffer.of(0),
      info(bare(hash), digest(hash)),
      Buffer.alloc(room, 0x5a),
    ]),
    'padding that is one byte short, and a byte behind': block(info(bare(hash), digest(hash)), {
      behind: Buffer.of(0),
    }),
    'padding of other bytes': block(info(bare(hash), digest(hash)), { fill: 0xfe }),
    'the padding of encryption': block(info(bare(hash), digest(hash)), { kind: 2 }),
    'padding without bytes of ones': block(info(bare(hash), digest(hash)), { kind: 0, fill: 0 }),
    'another hash’s name': block(info(bare(another), digest(hash))),
    'another data’s hash': block(info(bare(hash), createHash(hash).update('khác').digest())),
    'the hash alone': block(digest(hash)),
    'a hash cut short': block(info(bare(hash), digest(hash).subarray(1))),
    'parameters full of rubbish': block(
      info(
        sequence(objectIdentifier(hashes[hash][0]), encode(tag.octetString, Buffer.alloc(20, 7))),
        digest(hash),
      ),
    ),
    'a length written in two bytes': block(
      Buffer.concat([
        Buffer.of(0x30, 0x81, info(bare(hash), digest(hash)).length - 2),
        info(bare(hash), digest(hash)).subarray(2),
      ]),
    ),
    'something behind the octets, inside': block(
      sequence(bare(hash), octetString(digest(hash)), nullValue()),
    ),
  };
  test.each(Object.keys(forged))('%s proves nothing', (name) => {
    const made = forged[name];
    if (!made) throw new Error(name);
    expect(made).toHaveLength(size);
    expect(holds(hash, made)).toBe(false);
    expect(holds(hash, made, small)).toBe(false);
  });
});

test('a value of another length than the modulus is no signature', () => {
  const key = { key: usual.privateKey, padding: constants.RSA_NO_PADDING };
  const signature = privateEncrypt(key, block(info(bare('sha256'), digest('sha256'))));
  const check = (value: Uint8Array) => isSignatureOf(algorithm('sha256'), usual.publicKey, data, value);
  expect(check(signature)).toBe(true);
  expect(check(Buffer.concat([Buffer.of(0), signature]))).toBe(false);
  expect(check(signature.subarray(1))).toBe(false);
  expect(check(Buffer.alloc(0))).toBe(false);
  expect(check(Buffer.alloc(size, 0xff))).toBe(false);
});

async function* streamOf(pieces: readonly Buffer[]) {
  yield* pieces;
}
