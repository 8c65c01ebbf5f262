import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { granted, handToken, readAsked, StampServer } from '../unit/signing/hand-stamp.ts';
import { type SignerFiles, writeP12 } from '../unit/verification/nss.ts';
import { samplePdf } from '../unit/verification/sample-pdf.ts';
import { openWorkbench, type SoftSigner, type Workbench } from '../unit/verification/workbench.ts';
import { antin, type CliResult } from './cli-call.ts';

/** `antin extend` and `antin sign --level`, as a script calls them. */

let bench: Workbench;
let signer: SoftSigner;
let server: StampServer;
let p12: SignerFiles;

beforeAll(async () => {
  bench = await openWorkbench();
  signer = await bench.signer();
  server = await StampServer.start();
  p12 = await writeP12(bench, signer, 'signer');
  for (const name of ['one', 'two', 'three']) writeFileSync(bench.path(`${name}.pdf`), samplePdf());
  const signed = await sign(['one.pdf', 'two.pdf', 'three.pdf'], 'signed');
  expect(signed.code).toBe(0);
});
afterAll(async () => {
  await server.close();
  await bench.close();
});

const trust = () => ['--trust', bench.path('root.pem'), '--allow-private'];
const tsa = () => `${bench.pki.responders.url}/tsa`;

function sign(files: readonly string[], folder: string, more: readonly string[] = []): Promise<CliResult> {
  mkdirSync(bench.path(folder), { recursive: true });
  const paths = files.map((file) => bench.path(file));
  // Issuers for the chain, as a token would bring them.
  const chain = ['--trust', bench.path('issuing.pem')];
  const key = ['--p12', p12.p12, '--p12-password-env', 'P12_PASSWORD'];
  const call = ['sign', ...paths, '--out', `${bench.path(folder)}/`, ...key, ...chain, ...more, '--json'];
  return antin(call, { env: { P12_PASSWORD: p12.password } });
}

async function levels(folder: string, name: string): Promise<unknown> {
  const time = new Date(Date.now() + 3 * 365 * 86_400_000).toISOString();
  const call = ['verify', bench.path(`${folder}/${name}.pdf`), '--trust', bench.path('root.pem')];
  const { json } = await antin([...call, '--offline', '--time', time, '--json']);
  return json[0];
}

test('raises many files in one call, and each says what became of it', async () => {
  const files = ['signed/one.pdf', 'one.pdf', 'signed/two.pdf'].map((file) => bench.path(file));
  const call = ['extend', ...files, '--out', bench.path('raised/'), '--level', 'lta', '--tsa', tsa()];
  const { code, json, err } = await antin([...call, ...trust(), '--json']);
  expect(code).toBe(1);
  expect(json).toHaveLength(3);
  expect(json).toContainEqual({
    file: files[1],
    ok: false,
    error: { code: 'signature-missing', params: { file: 'one.pdf' } },
  });
  expect(json).toContainEqual(
    expect.objectContaining({
      file: files[0],
      out: bench.path('raised/one.pdf'),
      ok: true,
      level: 'lta',
      added: { certificates: 4, ocsps: 2, crls: 1 },
      signatures: [
        expect.objectContaining({ field: 'antin-signature', type: 'signature', level: 'lta' }),
        expect.objectContaining({ type: 'timestamp' }),
      ],
    }),
  );
  expect(err).toContain('Văn bản chưa có chữ ký số nào.');
  // A second file of the same name got a name of its own, and a failed one none.
  expect(readdirSync(bench.path('raised')).sort()).toEqual(['one.pdf', 'two.pdf']);
  expect(await levels('raised', 'one')).toMatchObject({
    verdict: 'valid',
    signatures: [{ level: 'lta' }, {}],
  });
});

test.each<[string, string[]]>([
  ['without a level', ['--out', 'x.pdf']],
  ['to a level that there isn’t', ['--out', 'x.pdf', '--level', 'b']],
  ['without a target', ['--level', 't']],
  ['with an authority that isn’t on the web', ['--out', 'x.pdf', '--level', 't', '--tsa', 'file:///tmp/x']],
])('a call %s is refused as such', async (_, args) => {
  const { code, out } = await antin(['extend', bench.path('signed/one.pdf'), ...args]);
  expect({ code, out }).toEqual({ code: 64, out: '' });
});

test('a file is never put over another, nor over itself', async () => {
  const path = bench.path('signed/three.pdf');
  const before = readFileSync(path);
  for (const more of [[], ['--force']]) {
    const call = ['extend', path, '--out', path, '--level', 't', '--tsa', tsa(), '--json', ...more];
    const { code, json } = await antin(call);
    expect(code).toBe(1);
    expect(json).toMatchObject([{ ok: false, error: { code: 'output-is-input' } }]);
  }
  expect(readFileSync(path).equals(before)).toBe(true);
});

test.each(['t', 'lt', 'lta'])('signs at level %s in one go', async (level) => {
  const more = ['--level', level, '--tsa', tsa(), ...trust()];
  const { code, json } = await sign(['one.pdf', 'two.pdf'], `new-${level}`, more);
  expect(code).toBe(0);
  expect(json).toMatchObject([
    { ok: true, level, out: bench.path(`new-${level}/one.pdf`) },
    { ok: true, level },
  ]);
  expect(readdirSync(bench.path(`new-${level}`)).sort()).toEqual(['one.pdf', 'two.pdf']);
});

test('a stamp that is larger than thought gets its room in a second signature', async () => {
  const stamper = await bench.signer({ kind: 'timeStamper' });
  server.reply = (request) => ({
    body: granted(handToken(stamper, readAsked(request), { ballast: 12_000 })),
  });
  const { code, json } = await sign(['one.pdf'], 'large', ['--level', 't', '--tsa', server.url, ...trust()]);
  expect({ code, json }).toMatchObject({ code: 0, json: [{ ok: true, level: 't' }] });
  expect(server.requests).toBe(2);
});

test('where no stamp can be had nothing is left, and the reason is said', async () => {
  server.reply = () => ({ status: 400 });
  const more = ['--level', 't', '--tsa', server.url];
  const { code, json } = await sign(['one.pdf'], 'never', more);
  expect(code).toBe(1);
  expect(json).toMatchObject([
    { ok: false, error: { code: 'timestamp-unreachable', params: { status: 400 } } },
  ]);
  expect(readdirSync(bench.path('never'))).toEqual([]);
});

test('an existing file is refused before the token is asked', async () => {
  server.requests = 0;
  const { json } = await sign(['one.pdf'], 'new-t', ['--level', 't', '--tsa', server.url]);
  expect(json).toMatchObject([{ ok: false, error: { code: 'file-exists' } }]);
  expect(server.requests).toBe(0);
  expect(existsSync(bench.path('new-t/one.pdf'))).toBe(true);
});
