import { X509Certificate } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { encode, objectIdentifier } from '../../../native/asn1/der.ts';
import { readWhole, tag } from '../../../native/asn1/element.ts';
import { signPdf } from '../../../native/signing/sign-pdf.ts';
import { HttpFetcher, validateCertificate, verifyPdf } from '../../../native/verification/index.ts';
import { samplePdf } from './sample-pdf.ts';
import { openWorkbench, softSigner, type Workbench } from './workbench.ts';

let bench: Workbench;
beforeAll(async () => {
  bench = await openWorkbench();
});
afterAll(() => bench.close());

/** RSASSA-PSS with something else where its parameters stand: no ASN.1 library looks there before it must. */
const brokenPss = encode(
  tag.sequence,
  objectIdentifier('1.2.840.113549.1.1.10'),
  encode(tag.sequence, encode(tag.octetString)),
);

/** A certificate or a list that names this algorithm in both places; `index`: of the one inside. */
function withBrokenAlgorithm(signed: Uint8Array, index: number): Buffer {
  const [toBeSigned, , signature] = readWhole(signed).sequence();
  const fields = (toBeSigned?.sequence() ?? []).map(({ bytes }) => bytes);
  const inner = encode(tag.sequence, ...fields.with(index, brokenPss));
  return Buffer.from(encode(tag.sequence, inner, brokenPss, signature?.bytes ?? new Uint8Array()));
}

it('a double of the issuer with a broken algorithm, put beside an honest signature, does no harm', async () => {
  const { key, certificate, chain } = await bench.signer();
  const double = new X509Certificate(withBrokenAlgorithm(bench.pki.issuing.raw, 2));
  const [source, target] = [bench.path('double.pdf'), bench.path('double-signed.pdf')];
  writeFileSync(source, samplePdf());
  const signer = softSigner(key, certificate, [double, ...chain]);
  await signPdf({ source, target, signer, stamp: { kind: 'plain' } });
  expect(await verifyPdf(target, bench.trust())).toMatchObject({ verdict: 'valid' });
  // With the double alone at hand, the true issuer is fetched from where the certificate says.
  const alone = await validateCertificate(certificate, bench.trust({ intermediates: [double] }));
  expect(alone).toMatchObject({ trusted: true, revocation: 'good', reasons: [] });
});

it('a list with a broken algorithm tells nothing, and leaves the path alone', async () => {
  const { certificate } = await bench.signer();
  const list = withBrokenAlgorithm(readFileSync(join(bench.folder, 'public', 'crl', 'issuing.crl')), 1);
  const network = new HttpFetcher({ allowPrivate: true });
  const fetcher = {
    get: async (url: string, limits: Parameters<HttpFetcher['get']>[1]) =>
      url.endsWith('issuing.crl') ? list : network.get(url, limits),
    post: async () => Promise.reject(new Error('no responder')),
  };
  const judged = await validateCertificate(
    certificate,
    bench.trust({ fetcher, intermediates: [bench.pki.issuing] }),
  );
  expect(judged).toMatchObject({ trusted: true, revocation: 'unknown', reasons: ['revocation-unknown'] });
});
