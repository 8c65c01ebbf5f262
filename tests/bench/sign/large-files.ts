import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { rm } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { runProgram } from '../../lab/program.ts';
import type { SoftSigner, Workbench } from '../../unit/verification/workbench.ts';
import { median } from './median.ts';
import { writeScannedFile } from './scanned-file.ts';
import type { SigningCost, SigningOrder } from './signing-process.ts';

/** Sizes in MB (10^6 bytes), and how often each is measured. */
export const sizes: readonly { readonly megabytes: number; readonly rounds: number }[] = [
  { megabytes: 1, rounds: 9 },
  { megabytes: 10, rounds: 9 },
  { megabytes: 100, rounds: 5 },
  { megabytes: 500, rounds: 3 },
  { megabytes: 1000, rounds: 3 },
];

/** Medians of one size; times in milliseconds. */
export interface LargeFile {
  readonly megabytes: number;
  readonly copyMs: number;
  readonly digestMs: number;
  readonly pdfsigMs: number;
  /** `signPdf` in a running process, as the product's core is one. */
  readonly signMs: number;
  /** The process' first signature, with all code still to be compiled. */
  readonly firstSignMs: number;
  /** The most memory that the process ever held. */
  readonly peakMb: number;
}

const child = fileURLToPath(new URL('./signing-process.ts', import.meta.url));

/** A process that signs in turn, and that fails the measurement where it ends before it is told to. */
function startSigning(): { sign(order: SigningOrder): Promise<SigningCost>; stop(): void } {
  const signing: ChildProcess = fork(child, [], { execArgv: [] });
  const ended = once(signing, 'exit').then(([code]) => {
    throw new Error(`the signing process ended with ${code}`);
  });
  // Ending it is also how a measurement stops it.
  ended.catch(() => undefined);
  return {
    sign: async (order) => {
      const answered = once(signing, 'message', { signal: AbortSignal.timeout(600_000) });
      signing.send(order);
      const [cost] = await Promise.race([answered, ended]);
      return cost as SigningCost;
    },
    stop: () => signing.kill(),
  };
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const begun = performance.now();
  await work();
  return performance.now() - begun;
}

/**
 * One size: a copy, a digest, poppler's signature and ours, in turns, so that other load falls on all alike. Before each of
 * them the disk is at rest: what one has left to be written isn't charged to the next.
 */
export async function measureSize(
  { megabytes, rounds }: (typeof sizes)[number],
  bench: Workbench,
  signer: SoftSigner,
  nss: string,
): Promise<LargeFile> {
  const [source, target] = [bench.path('large.pdf'), bench.path('large-out.pdf')];
  await writeScannedFile(source, megabytes * 1_000_000);
  const order: SigningOrder = {
    ...{ source, target },
    key: signer.key.export({ type: 'pkcs8', format: 'pem' }).toString(),
    certificates: [signer.certificate, ...signer.chain].map(String),
  };
  const key = ['-add-signature', '-nick', 'signer', '-nssdir', nss, '-no-ocsp'];
  const costs: SigningCost[] = [];
  const times = { copy: [] as number[], digest: [] as number[], pdfsig: [] as number[] };
  const signing = startSigning();
  const rested = async () => {
    await rm(target, { force: true });
    await runProgram('sync', []);
  };
  try {
    const first = await signing.sign(order);
    for (let round = 0; round < rounds; round++) {
      await rested();
      times.copy.push(await timed(() => runProgram('cp', [source, target])));
      await rested();
      times.digest.push(await timed(() => runProgram('openssl', ['dgst', '-sha256', source])));
      costs.push(await signing.sign(order));
      await rested();
      times.pdfsig.push(await timed(() => runProgram('pdfsig', [...key, source, target])));
    }
    return {
      megabytes,
      copyMs: median(times.copy),
      digestMs: median(times.digest),
      pdfsigMs: median(times.pdfsig),
      signMs: median(costs.map(({ totalMs }) => totalMs)),
      firstSignMs: first.totalMs,
      peakMb: Math.max(...costs.map(({ peakMb }) => peakMb)),
    };
  } finally {
    signing.stop();
    await rm(source, { force: true });
    await rm(target, { force: true });
  }
}
