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

/** A line that notes which addresses were asked; `answer` may put something else in the place of what they serve. */
function watched(answer?: (url: string) => Uint8Array | null) {
  const asked: string[] = [];
  const network = new HttpFetcher({ allowPrivate: true });
  const fetcher: Fetcher = {
    get: async (url, limits) => {
      asked.push(url);
      return answer?.(url) ?? (await network.get(url, limits));
    },
    post: (...request) => network.post(...request),
  };
  return { fetcher, issuersAsked: () => asked.filter((url) => url.endsWith('issuing.crt')).length };
}

const isIssuer = (key: string) => key.startsWith('issuer ');

test('an issuer is fetched once, and tells ever after, with a line and without', async () => {
  held.clear();
  const first = watched();
  expect(await verify({ fetcher: first.fetcher })).toMatchObject({ verdict: 'valid' });
  expect(first.issuersAsked()).toBe(1);
  for (const [key, { until }] of held) if (isIssuer(key)) expect(until.getUTCFullYear()).toBe(9999);
  const second = watched();
  expect(await verify({ fetcher: second.fetcher })).toMatchObject({ verdict: 'valid' });
  expect(second.issuersAsked()).toBe(0);
  const years = new Date(Date.now() + 40 * 365 * 86_400_000);
  expect((await verify({ offline: true, time: years }))?.reasons).not.toContain('chain-untrusted');
});

test('an issuer that is kept and no longer leads to a path in order is asked for anew', async () => {
  held.clear();
  expect(await verify({ fetcher: watched().fetcher })).toMatchObject({ verdict: 'valid' });
  for (const [key, { until }] of held) if (isIssuer(key)) held.set(key, { bytes: bench.pki.root.raw, until });
  const again = watched();
  expect(await verify({ fetcher: again.fetcher })).toMatchObject({ verdict: 'valid' });
  expect(again.issuersAsked()).toBe(1);
});

test('an issuer of a signature that has expired since is kept: it tells nobody’s time', async () => {
  held.clear();
  const time = new Date(Date.now() + 40 * 365 * 86_400_000);
  expect((await verify({ time }))?.reasons).toContain('certificate-expired');
  expect([...held.keys()].filter(isIssuer)).toHaveLength(1);
});

test.each([
  ['nothing', Buffer.alloc(0)],
  ['a page of a portal', Buffer.from('<!doctype html><title>Đăng nhập</title>')],
  ['PEM of rubbish', Buffer.from('-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----')],
  ['a sequence that is cut short', Buffer.from('3082ffff3082', 'hex')],
  ['sequences without end', Buffer.alloc(90_000, 0x30)],
])('an address that serves %s brings nothing, and nothing of it is kept', async (_, bytes) => {
  held.clear();
  const { fetcher, issuersAsked } = watched((url) => (url.endsWith('issuing.crt') ? bytes : null));
  expect(await verify({ fetcher })).toMatchObject({ trusted: false, verdict: 'indeterminate' });
  expect(issuersAsked()).toBe(1);
  expect([...held.keys()].filter(isIssuer)).toEqual([]);
});

test('what a file’s own addresses bring is kept only where a path that holds rests on it: others would crowd it out', async () => {
  held.clear();
  const { fetcher, issuersAsked } = watched();
  expect(await verify({ fetcher, anchors: [] })).toMatchObject({ trusted: false });
  expect(issuersAsked()).toBe(1);
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
