import { writeFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  type Fetcher,
  HttpFetcher,
  type KeptEvidence,
  type VerificationOptions,
  verifyPdf,
} from '../../../native/verification/index.ts';
import { handSign, opensslCms } from './hand-signer.ts';
import { samplePdf } from './sample-pdf.ts';
import { openWorkbench, type Workbench } from './workbench.ts';

let bench: Workbench;
const held = new Map<string, { bytes: Uint8Array; until: Date }>();
const kept: KeptEvidence = {
  find: (key) => held.get(key)?.bytes ?? null,
  put: (key, bytes, until) => void held.set(key, { bytes, until }),
};

beforeAll(async () => {
  bench = await openWorkbench();
  const signer = await bench.signer();
  // As the government's tool writes them: without the issuer's certificate.
  const cms = opensslCms(bench, signer, ['-cades', '-md', 'sha256'], false);
  writeFileSync(bench.path('case.pdf'), handSign(samplePdf(), { cms }));
});
afterAll(() => bench.close());

async function verify(extra: Partial<VerificationOptions>) {
  const { signatures } = await verifyPdf(bench.path('case.pdf'), bench.trust({ kept, ...extra }));
  return signatures[0];
}

test('what was fetched with a line still tells without one: issuer, answer, list', async () => {
  expect(await verify({ offline: true })).toMatchObject({ trusted: false, verdict: 'indeterminate' });
  expect(held.size).toBe(0);
  expect(await verify({})).toMatchObject({ verdict: 'valid', revocation: 'good' });
  expect([...held.keys()].map((key) => key.split(' ')[0]).sort()).toContain('issuer');
  for (const { until } of held.values()) expect(until.getTime()).toBeGreaterThan(Date.now());
  expect(await verify({ offline: true })).toMatchObject({ verdict: 'valid', revocation: 'good' });
});

test('it isn’t believed because it lies on our disk: judged anew, and only for its time', async () => {
  const later = new Date(Date.now() + 30 * 86_400_000);
  expect(await verify({ offline: true, time: later })).toMatchObject({ revocation: 'notChecked' });
  for (const [key, { bytes, until }] of held) {
    const forged = Buffer.from(bytes);
    forged[forged.length - 3] = (forged.at(-3) ?? 0) ^ 1;
    held.set(key, { bytes: forged, until });
  }
  expect((await verify({ offline: true }))?.verdict).toBe('indeterminate');
});

test('what a file’s own addresses bring is kept only where a path that holds rests on it: others would crowd it out', async () => {
  held.clear();
  const asked: string[] = [];
  const network = new HttpFetcher({ allowPrivate: true });
  const fetcher: Fetcher = {
    get: async (url, limits) => {
      asked.push(url);
      return await network.get(url, limits);
    },
    post: (...request) => network.post(...request),
  };
  expect(await verify({ fetcher, anchors: [] })).toMatchObject({ trusted: false });
  expect(asked.filter((url) => url.endsWith('issuing.crt'))).toHaveLength(1);
  expect([...held.keys()]).toEqual([]);
});

test('what is kept tells nothing where it was cut short, or lies under another’s key', async () => {
  held.clear();
  expect(await verify({})).toMatchObject({ verdict: 'valid' });
  const good = [...held];
  const put = (change: (bytes: Uint8Array, index: number) => Uint8Array) => {
    for (const [index, [key, { bytes, until }]] of good.entries())
      held.set(key, { bytes: change(bytes, index), until });
  };
  for (const rest of [0, 1, 3, 40, 200]) {
    put((bytes) => bytes.subarray(0, rest));
    expect((await verify({ offline: true }))?.verdict).toBe('indeterminate');
  }
  put((bytes, index) => good[(index + 1) % good.length]?.[1].bytes ?? bytes);
  expect((await verify({ offline: true }))?.verdict).toBe('indeterminate');
  put((bytes) => bytes);
  expect((await verify({ offline: true }))?.verdict).toBe('valid');
});
