import { createHash, sign } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { encode, integer, objectIdentifier, octetString, setOf, tagged } from '../../../native/asn1/der.ts';
import { readWhole } from '../../../native/asn1/element.ts';
import { readSignedData } from '../../../native/verification/cms/signed-data.ts';
import { checkTimeStamp } from '../../../native/verification/cms/time-stamp.ts';
import {
  basicConstraints,
  type Extension,
  extensionDer,
  keyOf,
  keyUsage,
  mintCertificate,
  nameDer,
  seq,
  timeDer,
  unknownExtension,
} from '../../conformance/pkits/minter.ts';
import { named, pem, root } from '../../conformance/pkits/world.ts';
import { openssl } from './hand-signer.ts';

/** What a verifier asks of a stamp and its authority's certificate beside its signature (RFC 3161, 2.3 and 2.4.2). */
const data = Buffer.from('văn bản');
const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest();
const purposes = (critical: boolean, ...last: number[]): Extension => ({
  oid: '2.5.29.37',
  critical,
  value: seq(...last.map((each) => objectIdentifier(`1.3.6.1.5.5.7.3.${each}`))),
});
const usual = [keyUsage([0]), purposes(true, 8)];
const attribute = (type: string, value: Uint8Array) => seq(objectIdentifier(type), encode(0x31, value));

function certificateOf(extensions: readonly Extension[]): Uint8Array {
  return mintCertificate({
    ...{ subject: { name: named('TSA'), key: keyOf('tsa') }, issuer: root, serial: '21' },
    ...{ notBefore: timeDer('2020-01-01T00:00:00'), notAfter: timeDer('2040-01-01T00:00:00') },
    extensions,
  });
}

function tokenBy(certificate: Uint8Array, extensions: readonly Extension[]): Uint8Array {
  const digest = seq(objectIdentifier('2.16.840.1.101.3.4.2.1'));
  const info = seq(
    ...[integer(1), objectIdentifier('2.999.1'), seq(digest, octetString(sha256(data))), integer(7)],
    timeDer('2026-10-20T00:00:00', true),
    ...(extensions.length > 0 ? [encode(0xa1, ...extensions.map(extensionDer))] : []),
  );
  const type = objectIdentifier('1.2.840.113549.1.9.16.1.4');
  const attributes = setOf(
    attribute('1.2.840.113549.1.9.3', type),
    attribute('1.2.840.113549.1.9.4', octetString(sha256(info))),
    attribute('1.2.840.113549.1.9.16.2.47', seq(seq(seq(octetString(sha256(certificate)))))),
  );
  const signer = seq(
    ...[integer(1), seq(nameDer(root.name), encode(0x02, Buffer.from('21', 'hex'))), digest],
    encode(0xa0, readWhole(attributes).content),
    seq(objectIdentifier('1.2.840.10045.4.3.2')),
    octetString(sign('sha256', attributes, keyOf('tsa').privateKey)),
  );
  const content = seq(type, tagged(0, octetString(info)));
  const signedData = seq(integer(3), setOf(digest), content, tagged(0, certificate), setOf(signer));
  return seq(objectIdentifier('1.2.840.113549.1.7.2'), tagged(0, signedData));
}

async function check(own: readonly Extension[], inside: readonly Extension[] = []) {
  const token = tokenBy(certificateOf(own), inside);
  return await checkTimeStamp(readSignedData(readWhole(token)), () => ({
    bytes: sha256(data),
    collides: false,
  }));
}

test('a stamp as it should be, to openssl, too', async () => {
  expect(await check(usual)).toMatchObject({ intact: true, reasons: [], namesAuthority: true });
  const folder = mkdtempSync(join(tmpdir(), 'antin-stamp-'));
  try {
    const path = (name: string, bytes: Uint8Array | string) => {
      writeFileSync(join(folder, name), bytes);
      return join(folder, name);
    };
    const anchor = { subject: root, issuer: root, serial: '01', extensions: [basicConstraints(true)] };
    const [from, to] = [timeDer('2010-01-01T00:00:00'), timeDer('2045-01-01T00:00:00')];
    const rootFile = path('root', pem(mintCertificate({ ...anchor, notBefore: from, notAfter: to })));
    const token = path('token', tokenBy(certificateOf(usual), []));
    const wanted = ['-in', token, '-token_in', '-data', path('data', data), '-CAfile', rootFile];
    expect(openssl(['ts', '-verify', ...wanted]).toString()).toContain('Verification: OK');
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

test.each([
  ['certificates and lists only', [keyUsage([5, 6]), purposes(true, 8)]],
  ['another purpose, too', [keyUsage([0]), purposes(true, 8, 4)]],
  ['no purpose named', [keyUsage([0])]],
])('a certificate for %s may not stamp', async (_, extensions) => {
  expect((await check(extensions)).reasons).toEqual(['key-usage-unsuitable']);
});

test.each([
  ['a purpose that isn’t marked critical', [keyUsage([0]), purposes(false, 8)]],
  ['no word on what the key may do', [purposes(true, 8)]],
  ['non-repudiation alone', [keyUsage([1]), purposes(true, 8)]],
])('%s is put up with', async (_, extensions) => {
  expect(await check(extensions)).toMatchObject({ intact: true, reasons: [] });
});

test('what must be understood in a stamp and isn’t makes it prove nothing; what may be passed over doesn’t', async () => {
  expect((await check(usual, [unknownExtension(true)])).reasons).toEqual(['algorithm-unsupported']);
  expect((await check(usual, [unknownExtension(false)])).reasons).toEqual([]);
  const qualified = { oid: '1.3.6.1.5.5.7.1.3', critical: true, value: seq() };
  expect((await check(usual, [qualified])).reasons).toEqual([]);
});
