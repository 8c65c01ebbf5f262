import { createHash, X509Certificate } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  encode,
  integer,
  nullValue,
  objectIdentifier,
  octetString,
  sequence,
  setOf,
  tagged,
} from '../../../native/asn1/der.ts';
import { readWhole } from '../../../native/asn1/element.ts';
import { anchorFacts, verifyPdf } from '../../../native/verification/index.ts';
import { handSign, openssl } from './hand-signer.ts';
import { samplePdf } from './sample-pdf.ts';

/** Ed25519 in messages (RFC 8419) and certificates (RFC 8410). openssl's `cms` doesn't know it yet; its keys and signatures it does. */
let folder: string;
/** It vouches for itself, so that nobody has to be asked about it. */
let certificate: X509Certificate;
const path = (name: string) => join(folder, name);

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'antin-ed25519-'));
  openssl(['genpkey', '-algorithm', 'ed25519', '-out', path('key')]);
  openssl(['req', '-x509', '-new', '-key', path('key'), '-subj', '/CN=Giam doc', '-out', path('pem')]);
  certificate = new X509Certificate(readFileSync(path('pem')));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const digests = { sha256: '2.16.840.1.101.3.4.2.1', sha512: '2.16.840.1.101.3.4.2.3' };
const ed25519 = objectIdentifier('1.3.101.112');
const attribute = (type: string, value: Uint8Array) => sequence(objectIdentifier(type), encode(0x31, value));

function signatureBy(data: Uint8Array): Buffer {
  writeFileSync(path('data'), data);
  return openssl(['pkeyutl', '-sign', '-rawin', '-in', path('data'), '-inkey', path('key')]);
}

interface Message {
  readonly hash?: keyof typeof digests;
  readonly algorithm?: Uint8Array;
  readonly withAttributes?: boolean;
}

function message(
  bytes: Uint8Array,
  { hash = 'sha512', algorithm, withAttributes = true }: Message,
): Uint8Array {
  const digestOf = (data: Uint8Array, name: string = hash) => createHash(name).update(data).digest();
  const data = objectIdentifier('1.2.840.113549.1.7.1');
  const attributes = setOf(
    attribute('1.2.840.113549.1.9.3', data),
    attribute('1.2.840.113549.1.9.4', octetString(digestOf(bytes))),
    attribute(
      '1.2.840.113549.1.9.16.2.47',
      sequence(sequence(sequence(octetString(digestOf(certificate.raw, 'sha256'))))),
    ),
  );
  const [, , , issuer] = readWhole(certificate.raw).sequence()[0]?.sequence() ?? [];
  const serial = encode(0x02, Buffer.from(certificate.serialNumber, 'hex'));
  const digest = sequence(objectIdentifier(digests[hash]));
  const signer = sequence(
    ...[integer(1), sequence(issuer?.bytes ?? new Uint8Array(), serial), digest],
    ...(withAttributes ? [encode(0xa0, readWhole(attributes).content)] : []),
    algorithm ?? sequence(ed25519),
    octetString(signatureBy(withAttributes ? attributes : bytes)),
  );
  const bag = tagged(0, certificate.raw);
  const signedData = sequence(integer(1), setOf(digest), sequence(data), bag, setOf(signer));
  return sequence(objectIdentifier('1.2.840.113549.1.7.2'), tagged(0, signedData));
}

async function verify(kind: Message, over?: Uint8Array, subFilter = 'ETSI.CAdES.detached') {
  const file = handSign(samplePdf(), { cms: (bytes) => message(over ?? bytes, kind), subFilter });
  writeFileSync(path('case.pdf'), file);
  return (await verifyPdf(path('case.pdf'), { anchors: [certificate], offline: true })).signatures[0];
}

test('a signature by Ed25519', async () => {
  const good = { verdict: 'valid', algorithm: 'Ed25519 SHA-512', level: 'b' };
  expect(await verify({})).toMatchObject(good);
  const forged = await verify({}, Buffer.from('another file'));
  expect(forged).toMatchObject({ verdict: 'invalid', reasons: ['digest-mismatch'] });
});

test.each<[string, Message]>([
  ['beside SHA-256, which RFC 8419, 2.3 forbids', { hash: 'sha256' }],
  ['with parameters', { algorithm: sequence(ed25519, nullValue()) }],
  ['over a file that would have to be held in memory', { withAttributes: false }],
])('%s isn’t understood', async (_, kind) => {
  const report = await verify(kind, undefined, 'adbe.pkcs7.detached');
  expect(report).toMatchObject({ verdict: 'indeterminate', reasons: ['algorithm-unsupported'] });
});

test('a certificate that is signed so', () => {
  expect(anchorFacts(certificate).isRoot).toBe(true);
  const { raw } = certificate;
  const broken = Buffer.concat([raw.subarray(0, -1), Buffer.of((raw.at(-1) ?? 0) ^ 1)]);
  expect(anchorFacts(new X509Certificate(broken)).isRoot).toBe(false);
});
