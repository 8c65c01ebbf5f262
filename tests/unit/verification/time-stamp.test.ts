import { writeFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { encode, objectIdentifier, sequence, tagged } from '../../../native/asn1/der.ts';
import { readWhole } from '../../../native/asn1/element.ts';
import { verifyPdf } from '../../../native/verification/index.ts';
import { handSign, openssl, opensslCms } from './hand-signer.ts';
import { stampDated, withToken } from './hand-stamp.ts';
import { appendUpdate, samplePdf } from './sample-pdf.ts';
import { openWorkbench, type SoftSigner, type Workbench } from './workbench.ts';

const day = 86_400_000;
let bench: Workbench;
let signer: SoftSigner;

beforeAll(async () => {
  bench = await openWorkbench();
  signer = await bench.signer();
});
afterAll(() => bench.close());

/** A token over bytes by openssl's own time-stamp authority. */
function stamp(bytes: Uint8Array): Buffer {
  const path = (name: string) => bench.path(`stamp.${name}`);
  writeFileSync(path('data'), bytes);
  openssl(['ts', '-query', '-data', path('data'), '-sha256', '-cert', '-out', path('tsq')]);
  const configuration = ['-config', bench.path('openssl.cnf'), '-section', 'tsa'];
  const { folder } = bench.pki;
  const own = [
    '-signer',
    `${folder}/timeStamper.pem`,
    '-inkey',
    `${folder}/timeStamper.key`,
    '-chain',
    `${folder}/issuing.pem`,
  ];
  const before = process.cwd();
  // The configuration's paths are relative to the PKI's folder.
  process.chdir(folder);
  try {
    openssl(['ts', '-reply', ...configuration, '-queryfile', path('tsq'), ...own, '-out', path('tsr')]);
  } finally {
    process.chdir(before);
  }
  return openssl(['ts', '-reply', '-in', path('tsr'), '-token_out']);
}

/** The message with a second attribute of a type that it has already. */
function withAttributeTwice(cms: Uint8Array, token: Uint8Array): Uint8Array {
  const [type, wrapper] = readWhole(cms).sequence();
  const parts = wrapper?.children()[0]?.sequence() ?? [];
  const signer = parts.at(-1)?.children()[0]?.sequence() ?? [];
  const stampType = objectIdentifier('1.2.840.113549.1.9.16.2.14');
  const another = sequence(stampType, encode(0x31, token));
  const info = sequence(
    ...signer.map(({ tag, bytes, content }) => (tag === 0xa1 ? tagged(1, content, another) : bytes)),
  );
  const signedData = sequence(...parts.slice(0, -1).map(({ bytes }) => bytes), encode(0x31, info));
  return sequence(type?.bytes ?? new Uint8Array(), tagged(0, signedData));
}

async function verify(file: Uint8Array, time?: Date) {
  writeFileSync(bench.path('case.pdf'), file);
  return await verifyPdf(bench.path('case.pdf'), bench.trust(time ? { time } : {}));
}

describe('a signature’s time stamp', () => {
  test('proves when it was signed, and makes it B-T', async () => {
    const cms = opensslCms(bench, signer);
    const report = await verify(handSign(samplePdf(), { cms: (bytes) => withToken(cms(bytes), stamp) }));
    expect(report.signatures[0]).toMatchObject({ verdict: 'valid', level: 't' });
    expect(report.signatures[0]?.notes).toBeUndefined();
    expect(Date.parse(report.signatures[0]?.timestampAt ?? '')).toBeGreaterThan(Date.now() - 60_000);
  });

  test('by an authority that nobody here trusts: it is there, proves nothing, and the report says both', async () => {
    const cms = opensslCms(bench, signer);
    writeFileSync(
      bench.path('case.pdf'),
      handSign(samplePdf(), { cms: (bytes) => withToken(cms(bytes), stamp) }),
    );
    const trust = bench.trust({ anchors: [signer.certificate], offline: true });
    const [report] = (await verifyPdf(bench.path('case.pdf'), trust)).signatures;
    expect(report).toMatchObject({ verdict: 'valid', level: 't', timestampAt: null });
    expect(report?.notes).toEqual(['stamp-untrusted']);
  });

  test.each([
    ['SHA-256', { imprintHash: 'sha256' }, true],
    ['SHA-1, strongly signed: it counts, as most of the State’s tokens are', { imprintHash: 'sha1' }, true],
    ['SHA-1, signed with SHA-1 as well', { imprintHash: 'sha1', hash: 'sha1' }, false],
    ['SHA-256, signed with SHA-1', { imprintHash: 'sha256', hash: 'sha1' }, false],
    ['MD5', { imprintHash: 'md5' }, false],
  ] as const)('with an imprint by %s', async (_, hashes, counts) => {
    const [cms, at] = [opensslCms(bench, signer), new Date(Math.floor(Date.now() / 1000) * 1000 - 3000)];
    const token = stampDated(bench, at, hashes);
    const [report] = (await verify(handSign(samplePdf(), { cms: (bytes) => withToken(cms(bytes), token) })))
      .signatures;
    expect(report).toMatchObject({ verdict: 'valid', timestampAt: counts ? at.toISOString() : null });
    expect(report?.notes ?? []).toEqual(counts ? [] : ['stamp-untrusted']);
  });

  test('under a signature by SHA-1: its time is told, and the signature stays obsolete', async () => {
    const cms = opensslCms(bench, signer, ['-cades', '-md', 'sha1']);
    const at = new Date(Math.floor(Date.now() / 1000) * 1000 - 3000);
    const token = stampDated(bench, at, { imprintHash: 'sha1' });
    const [report] = (await verify(handSign(samplePdf(), { cms: (bytes) => withToken(cms(bytes), token) })))
      .signatures;
    expect(report).toMatchObject({
      ...{ verdict: 'indeterminate', reasons: ['hash-obsolete'], trusted: true, revocation: 'good' },
      timestampAt: at.toISOString(),
    });
  });

  test('beside others, as several authorities’ stand in one message: one that holds is enough', async () => {
    const cms = opensslCms(bench, signer);
    let other: Uint8Array = new Uint8Array();
    const good = (bytes: Uint8Array) => withToken(cms(bytes), stamp);
    const broken = (bytes: Uint8Array) => {
      other = stamp(Buffer.from('another'));
      return withToken(cms(bytes), () => other);
    };
    for (const [first, second] of [
      [good, () => stamp(Buffer.from('another'))],
      [broken, stamp],
    ] as const) {
      const both = (bytes: Uint8Array) => {
        const message = first(bytes);
        const [, wrapper] = readWhole(message).sequence();
        const info = wrapper?.children()[0]?.sequence().at(-1)?.children()[0]?.sequence() ?? [];
        const signature = info.find(({ tag }) => tag === 0x04)?.content ?? new Uint8Array();
        return withAttributeTwice(message, second(signature));
      };
      const report = await verify(handSign(samplePdf(), { cms: both, room: 20_000 }));
      expect(report.signatures[0]).toMatchObject({ verdict: 'valid', level: 't' });
      expect(report.signatures[0]?.timestampAt).not.toBeNull();
    }
  });

  test('over another signature is worth nothing, and says so', async () => {
    const cms = opensslCms(bench, signer);
    const file = handSign(samplePdf(), {
      cms: (bytes) => withToken(cms(bytes), () => stamp(Buffer.from('another'))),
    });
    expect((await verify(file)).signatures[0]).toMatchObject({
      verdict: 'indeterminate',
      level: 'b',
      timestampAt: null,
      reasons: ['signing-time-unproven'],
    });
  });

  test('keeps a signature good that was made before its certificate was revoked', async () => {
    const later = await bench.signer();
    const cms = opensslCms(bench, later);
    const stamped = handSign(samplePdf(), { cms: (bytes) => withToken(cms(bytes), stamp) });
    const plain = handSign(samplePdf(), { cms });
    // Revocation times have whole seconds, as time stamps have.
    await new Promise((resolve) => setTimeout(resolve, 1100));
    await bench.pki.issuingAuthority.revoke(later.certificate);
    expect((await verify(stamped)).signatures[0]).toMatchObject({ verdict: 'valid', revocation: 'good' });
    expect((await verify(plain)).signatures[0]).toMatchObject({ verdict: 'invalid', revocation: 'revoked' });
  });
});

describe('a document time stamp', () => {
  const subFilter = 'ETSI.RFC3161';

  test('that knows the file by SHA-1 is obsolete, and proves nothing of those before it', async () => {
    const signed = handSign(samplePdf(), { cms: opensslCms(bench, signer) });
    const at = { numbers: [22, 23], fields: [6, 21, 23] } as const;
    const cms = stampDated(bench, new Date(Date.now() - 3000), { imprintHash: 'sha1' });
    const report = await verify(handSign(signed, { cms, subFilter, ...at }));
    expect(report.signatures).toMatchObject([
      { type: 'signature', timestampAt: null },
      { type: 'timestamp', verdict: 'indeterminate', reasons: ['hash-obsolete'] },
    ]);
  });

  test('is a signature of its own kind, and proves the time of those before it', async () => {
    const signed = handSign(samplePdf(), { cms: opensslCms(bench, signer) });
    const file = handSign(signed, { cms: stamp, subFilter, numbers: [22, 23], fields: [6, 21, 23] });
    const report = await verify(file);
    expect(report.verdict).toBe('valid');
    expect(report.signatures).toMatchObject([
      { type: 'signature', level: 't', changesAfter: 'validationData' },
      { type: 'timestamp', level: 'none', coverage: 'file', algorithm: 'RSA-PKCS1v15 SHA-256' },
    ]);
    expect(report.signatures[0]?.timestampAt).toBe(report.signatures[1]?.timestampAt);
  });

  test('that shows something: anyone can get a time stamp, so it may not', async () => {
    const signed = handSign(samplePdf(), { cms: opensslCms(bench, signer) });
    const picture = { rect: '[72 700 300 760]', fieldEntries: '/AP << /N 4 0 R >>' };
    const at = { numbers: [22, 23] as const, fields: [6, 21, 23], ...picture };
    const report = await verify(handSign(signed, { cms: stamp, subFilter, ...at }));
    expect(report.signatures[0]?.reasons).toContain('changed-after-signing');
    expect(report.signatures[0]?.changes).toEqual(['Thêm trường biểu mẫu “ky-23”.']);
  });

  test.each([
    ['before its authority was there', new Date('2019-03-04T05:06:07Z')],
    ['tomorrow', new Date(Date.now() + day)],
  ])('dated %s: proves nothing, of itself neither', async (_, date) => {
    const signed = handSign(samplePdf(), { cms: opensslCms(bench, signer) });
    const at = { numbers: [22, 23] as const, fields: [6, 21, 23] };
    const report = await verify(handSign(signed, { cms: stampDated(bench, date), subFilter, ...at }));
    expect(report.signatures).toMatchObject([
      { type: 'signature', verdict: 'valid', timestampAt: null },
      { type: 'timestamp', verdict: 'indeterminate', reasons: ['time-implausible'] },
    ]);
  });

  test('made for another file', async () => {
    const file = handSign(samplePdf(), { cms: () => stamp(Buffer.from('another')), subFilter });
    expect((await verify(file)).signatures[0]).toMatchObject({
      verdict: 'invalid',
      reasons: ['digest-mismatch'],
    });
  });

  test('validation data and a time stamp over it keep a file valid when the network and the certificates are gone', async () => {
    const validity = { notBefore: new Date(Date.now() - 9 * day), notAfter: new Date(Date.now() + 9 * day) };
    const short = await bench.signer({ validity });
    const signed = handSign(samplePdf(), { cms: opensslCms(bench, short) });
    const store = appendUpdate(signed, await validationData());
    const fields = [6, 21, 23];
    const keepStore = { numbers: [22, 23] as const, fields, catalogEntries: '/DSS 40 0 R' };
    const archived = handSign(store, { cms: stamp, subFilter, ...keepStore });
    writeFileSync(bench.path('case.pdf'), archived);
    const options = bench.trust({ offline: true, time: new Date(Date.now() + 2 * day) });
    const report = await verifyPdf(bench.path('case.pdf'), options);
    expect(report.signatures).toMatchObject([
      { verdict: 'valid', level: 'lta', revocation: 'good', changesAfter: 'validationData' },
      { verdict: 'valid', type: 'timestamp' },
    ]);
    // The signer's certificate has run out, the authority's hasn't; the lists have nothing to say about that day any
    // more.
    const later = await verifyPdf(bench.path('case.pdf'), {
      ...options,
      time: new Date(Date.now() + 30 * day),
    });
    expect(later.signatures[0]?.verdict).not.toBe('invalid');
    // The same to somebody who keeps what the verdict rested on.
    const keeping = { ...options, time: new Date(Date.now() + 30 * day), onEvidence: () => undefined };
    expect(await verifyPdf(bench.path('case.pdf'), keeping)).toEqual(later);
  });

  async function validationData(): Promise<Record<number, string>> {
    const { url } = bench.pki.responders;
    const lists = await Promise.all(
      ['issuing', 'root'].map(async (name) => {
        const answer = await fetch(`${url}/crl/${name}.crl`);
        return Buffer.from(await answer.arrayBuffer()).toString('hex');
      }),
    );
    const hex = (content: string) =>
      `<< /Filter /ASCIIHexDecode /Length ${content.length + 1} >>\nstream\n${content}>\nendstream`;
    return {
      1: '<< /Type /Catalog /Pages 2 0 R /AcroForm << /Fields [6 0 R 21 0 R] /SigFlags 3 /DA (/F1 12 Tf 0 g) /DR << /Font << /F1 5 0 R >> >> >> /DSS 40 0 R >>',
      40: '<< /Type /DSS /CRLs [41 0 R 42 0 R] /Certs [43 0 R] >>',
      41: hex(lists[0] ?? ''),
      42: hex(lists[1] ?? ''),
      43: hex(bench.pki.issuing.raw.toString('hex')),
    };
  }
});
