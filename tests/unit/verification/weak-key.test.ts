import { createPublicKey, generateKeyPairSync } from 'node:crypto';
import { expect, test } from 'vitest';
import { sequence } from '../../../native/asn1/der.ts';
import { readWhole } from '../../../native/asn1/element.ts';
import { isWeakKey } from '../../../native/verification/signature-algorithm.ts';

test('an RSA key with the exponent 1, whose signatures anybody can write down', () => {
  const { publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const jwk = publicKey.export({ format: 'jwk' });
  expect(isWeakKey(publicKey)).toBe(false);
  expect(isWeakKey(createPublicKey({ key: { ...jwk, e: 'AQ' }, format: 'jwk' }))).toBe(true);
});

test('a curve that only the key describes, with a generator of its own (CVE-2020-0601)', () => {
  const { publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256', paramEncoding: 'explicit' });
  // OpenSSL knows the curve again; with the key itself as the generator, whoever says so has its private half: 1.
  expect(isWeakKey(publicKey)).toBe(false);
  const [algorithm, key] = readWhole(publicKey.export({ type: 'spki', format: 'der' })).sequence();
  const [type, parameters] = algorithm?.sequence() ?? [];
  const fields = (parameters?.sequence() ?? []).map(({ bytes }) => bytes);
  const point = key?.content.subarray(1) ?? new Uint8Array();
  const generator = Buffer.concat([Buffer.of(0x04, point.length), point]);
  const own = sequence(type?.bytes ?? new Uint8Array(), sequence(...fields.with(3, generator)));
  const forged = createPublicKey({
    key: Buffer.from(sequence(own, key?.bytes ?? new Uint8Array())),
    ...{ format: 'der', type: 'spki' },
  });
  expect(isWeakKey(forged)).toBe(true);
});
