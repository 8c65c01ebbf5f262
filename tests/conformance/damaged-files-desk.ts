import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { AppError } from '../../contract/failure.ts';
import { openPkcs12 } from '../../native/signing/pkcs12-signer.ts';
import { signPdf } from '../../native/signing/sign-pdf.ts';
import { verifyPdf } from '../../native/verification/index.ts';
import { mutation } from '../unit/pdf/mutation.ts';
import { oddFiles } from './odd-files.ts';
import { oddPages } from './odd-pages.ts';

/**
 * A process of its own that signs and verifies damaged files, so that what they cost can be told from what a test
 * costs: `FOLDER SEED RUNS SAMPLE…`, the key being `key.p12` in the folder, its password in KEY. Says what it saw as
 * JSON.
 */
const [folder = '', seed = '', runs = '', ...samplePaths] = process.argv.slice(2);
const at = (name: string) => path.join(folder, name);
const signer = await openPkcs12(at('key.p12'), Buffer.from(process.env['KEY'] ?? ''), []);
const small = [...Object.values(oddFiles), ...Object.values(oddPages)]
  .map(({ bytes }) => bytes)
  .filter(({ length }) => length < 100_000);
const samples = [small, ...samplePaths.map((file) => [readFileSync(file)])];

const stamps = [
  { kind: 'plain', box: { x: 20, y: 20, width: 60, height: 20 } },
  { kind: 'approval' },
] as const;
const cases = fc.tuple(fc.nat(), fc.nat(), fc.nat(1), fc.array(mutation, { minLength: 1, maxLength: 5 }));

let signed = 0;
let worstMs = 0;
const complaints: string[] = [];

async function signOrRefuse(stamp: (typeof stamps)[number]): Promise<boolean> {
  try {
    await signPdf({ source: at('in.pdf'), target: at('out.pdf'), signer, stamp, replace: true });
    return true;
  } catch (error) {
    // Damage can make programs read a file differently, which is a refusal with a reason as any other.
    const isRefusal = error instanceof AppError && /^(pdf-|document-deceptive$)/.test(error.code);
    if (!isRefusal) complaints.push(String(error));
    return false;
  }
}

for (const [index, [kind, pick, stamp, mutations]] of fc
  .sample(cases, { seed: Number(seed), numRuns: Number(runs) })
  .entries()) {
  const group = samples[kind % samples.length] ?? small;
  const sample = group[pick % group.length] ?? Buffer.of();
  writeFileSync(
    at('in.pdf'),
    mutations.reduce((bytes, mutate) => mutate(bytes), sample),
  );
  const before = process.cpuUsage();
  const trust = { anchors: [], offline: true };
  await verifyPdf(at('in.pdf'), trust);
  if (await signOrRefuse(stamps[stamp] ?? stamps[0])) {
    signed++;
    const own = (await verifyPdf(at('out.pdf'), trust)).signatures.at(-1);
    if (!own?.intact || own.coverage !== 'file') complaints.push(`case ${index}: signed, but not intact`);
  }
  const { user, system } = process.cpuUsage(before);
  worstMs = Math.max(worstMs, (user + system) / 1000);
}

const rssMb = process.resourceUsage().maxRSS / 1024;
process.stdout.write(JSON.stringify({ signed, worstMs, rssMb, complaints }));
