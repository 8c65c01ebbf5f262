import { createHash, sign } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { SignatureReport } from '../../../contract/verdict.ts';
import { signedAttributes } from '../../../native/signing/signed-attributes.ts';
import { encodeSignedData } from '../../../native/signing/signed-data.ts';
import {
  HttpFetcher,
  type VerificationOptions,
  validateCertificate,
  verifyPdf,
} from '../../../native/verification/index.ts';
import { handSign, opensslCms } from './hand-signer.ts';
import { samplePdf } from './sample-pdf.ts';
import { openWorkbench, type SoftSigner, type Workbench } from './workbench.ts';

const day = 86_400_000;
let bench: Workbench;
let signer: SoftSigner;

beforeAll(async () => {
  bench = await openWorkbench();
  signer = await bench.signer();
});
afterAll(() => bench.close());

async function verify(
  by: SoftSigner,
  extra: Partial<VerificationOptions> = {},
  withChain = true,
): Promise<SignatureReport | undefined> {
  const cms = opensslCms(bench, by, ['-cades', '-md', 'sha256'], withChain);
  writeFileSync(bench.path('case.pdf'), handSign(samplePdf(), { cms }));
  return (await verifyPdf(bench.path('case.pdf'), bench.trust(extra))).signatures[0];
}

function pdfDate(date: Date): string {
  return `D:${date.toISOString().replaceAll(/[-:T]/g, '').slice(0, 14)}Z`;
}

describe('the path', () => {
  test('only the leaf in the message: the issuer is fetched where the certificate says', async () => {
    const report = await verify(signer, {}, false);
    expect(report).toMatchObject({ verdict: 'valid', trusted: true, revocation: 'good' });
    expect(report?.notes).toEqual(['certificates-left-out']);
    expect((await verify(signer))?.notes).toBeUndefined();
  });

  test('only the leaf, offline, with the issuer at hand: trusted, status not checked', async () => {
    const report = await verify(signer, { offline: true, intermediates: [bench.pki.issuing] }, false);
    expect(report).toMatchObject({
      verdict: 'indeterminate',
      trusted: true,
      revocation: 'notChecked',
      reasons: ['revocation-unknown'],
    });
  });

  test('no anchor for it', async () => {
    const stranger = await openWorkbench();
    try {
      const report = await verify(signer, { anchors: [stranger.pki.root] });
      expect(report).toMatchObject({ verdict: 'indeterminate', trusted: false, intact: true });
      expect(report?.reasons).toContain('chain-untrusted');
    } finally {
      await stranger.close();
    }
  });

  test('an issuer with the right name and the wrong key', async () => {
    const stranger = await openWorkbench();
    try {
      const impostor = await stranger.signer();
      const report = await verify(impostor, { intermediates: [bench.pki.issuing] });
      expect(report).toMatchObject({ verdict: 'indeterminate', trusted: false });
    } finally {
      await stranger.close();
    }
  });

  test('a person’s certificate can’t issue another', async () => {
    const { issueBy } = await import('./rogue-authority.ts');
    const forged = issueBy(bench, signer);
    const report = await verify(forged);
    expect(report?.trusted).toBe(false);
    expect(report?.reasons).toContain('chain-invalid');
    expect(report?.verdict).toBe('invalid');
  });

  test('the issuing authority itself as the anchor', async () => {
    expect(await verify(signer, { anchors: [bench.pki.issuing] })).toMatchObject({ verdict: 'valid' });
  });

  test('a certificate for time stamps doesn’t sign documents', async () => {
    const report = await verify(await bench.signer({ kind: 'timeStamper' }));
    expect(report?.reasons).toContain('key-usage-unsuitable');
    expect(report?.verdict).toBe('invalid');
  });
});

describe('time', () => {
  test.each([
    ['before its certificate was there', "D:20190304050607+07'00'", 'indeterminate'],
    ['years from now', "D:20990304050607+07'00'", 'indeterminate'],
    ['in local time marked as UTC', pdfDate(new Date(Date.now() + 7 * 3_600_000)), 'valid'],
  ])('signed, by its own word, %s', async (_, date, verdict) => {
    const { certificate, chain, key } = signer;
    // By our own hand, since openssl always writes a signing time.
    const cms = (bytes: Uint8Array) => {
      const messageDigest = createHash('sha256').update(bytes).digest();
      const input = {
        certificate,
        chain,
        digestAlgorithm: 'sha256',
        scheme: 'pkcs1',
        messageDigest,
      } as const;
      const attributes = signedAttributes(input);
      return encodeSignedData(input, attributes, sign('sha256', attributes, key));
    };
    const dictEntries = `/M (${date})`;
    writeFileSync(bench.path('case.pdf'), handSign(samplePdf(), { cms, dictEntries }));
    const [report] = (await verifyPdf(bench.path('case.pdf'), bench.trust())).signatures;
    expect(report).toMatchObject({
      ...{ verdict, trusted: true },
      reasons: verdict === 'valid' ? [] : ['time-implausible'],
    });
  });

  test('expired now, claimed within its time: unproven', async () => {
    const validity = {
      notBefore: new Date(Date.now() - 90 * day),
      notAfter: new Date(Date.now() + 30 * day),
    };
    const soon = await bench.signer({ validity });
    const report = await verify(soon, { time: new Date(Date.now() + 40 * day) });
    expect(report?.verdict).toBe('indeterminate');
    expect(report?.reasons).toEqual(expect.arrayContaining(['certificate-expired', 'signing-time-unproven']));
  });

  test('signed, by its own word, after the certificate’s end', async () => {
    const validity = {
      notBefore: new Date(Date.now() - 90 * day),
      notAfter: new Date(Date.now() - 30 * day),
    };
    const report = await verify(await bench.signer({ validity }));
    expect(report).toMatchObject({ verdict: 'invalid' });
    expect(report?.reasons).toContain('certificate-expired');
  });

  test('not yet valid', async () => {
    const validity = {
      notBefore: new Date(Date.now() + 30 * day),
      notAfter: new Date(Date.now() + 60 * day),
    };
    const report = await verify(await bench.signer({ validity }));
    expect(report).toMatchObject({ verdict: 'indeterminate' });
    expect(report?.reasons).toContain('certificate-not-yet-valid');
  });
});

describe('revocation', () => {
  test('revoked: by OCSP, and by the list alone', async () => {
    const gone = await bench.signer();
    await bench.pki.issuingAuthority.revoke(gone.certificate);
    expect(await verify(gone)).toMatchObject({ verdict: 'invalid', revocation: 'revoked' });
    bench.pki.responders.behave('ocsp', 'refuse');
    try {
      const report = await verify(gone);
      expect(report).toMatchObject({ verdict: 'invalid', revocation: 'revoked' });
      expect(report?.reasons).toContain('certificate-revoked');
    } finally {
      bench.pki.responders.behave('ocsp', 'normal');
    }
  });

  test('no OCSP answer: the list decides; neither: unknown, never good', async () => {
    const { responders } = bench.pki;
    responders.behave('ocsp', 'nonsense');
    try {
      expect(await verify(signer)).toMatchObject({ verdict: 'valid', revocation: 'good' });
      responders.behave('crl', 'nonsense');
      expect(await verify(signer)).toMatchObject({
        verdict: 'indeterminate',
        revocation: 'unknown',
        reasons: ['revocation-unknown'],
      });
    } finally {
      responders.behave('ocsp', 'normal');
      responders.behave('crl', 'normal');
    }
  });

  test('an answer from the past says nothing about later', async () => {
    const report = await verify(signer, { time: new Date(Date.now() + 30 * day) });
    expect(report).toMatchObject({ verdict: 'indeterminate', revocation: 'unknown' });
  });

  test('responders on private addresses aren’t asked by default', async () => {
    const report = await verify(signer, { fetcher: new HttpFetcher() });
    expect(report).toMatchObject({ verdict: 'indeterminate', revocation: 'unknown' });
  });

  test('one signer’s status is asked once for many files', async () => {
    const fetcher = new HttpFetcher({ allowPrivate: true });
    const before = bench.pki.responders.requests('ocsp');
    for (let file = 0; file < 5; file++)
      expect(await verify(signer, { fetcher })).toMatchObject({ verdict: 'valid' });
    expect(bench.pki.responders.requests('ocsp') - before).toBe(1);
  });
});

describe('validateCertificate', () => {
  test('good, revoked, foreign', async () => {
    const options = bench.trust({ intermediates: [bench.pki.issuing] });
    const good = await validateCertificate(signer.certificate, options);
    expect(good).toMatchObject({ trusted: true, revocation: 'good', reasons: [] });
    expect(good.chain.map(({ fingerprint256 }) => fingerprint256)).toEqual(
      [signer.certificate, bench.pki.issuing, bench.pki.root].map(({ fingerprint256 }) => fingerprint256),
    );
    const foreign = await validateCertificate(signer.certificate, {
      ...options,
      anchors: [],
      intermediates: [],
    });
    expect(foreign).toMatchObject({ trusted: false });
    expect(foreign.reasons).toContain('chain-untrusted');
  });
});
