import { fork } from 'node:child_process';
import { once } from 'node:events';
import { copyFile, mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { signPdf } from '../../native/signing/sign-pdf.ts';
import { verifyPdf } from '../../native/verification/index.ts';
import { bundlePrograms } from '../../scripts/build-native.ts';
import { runProgram } from '../lab/program.ts';
import { typeset } from '../lab/typst.ts';
import { makeNssDatabase, writeP12 } from '../unit/verification/nss.ts';
import { openWorkbench, type SoftSigner, type Workbench } from '../unit/verification/workbench.ts';
import { median } from './sign/median.ts';
import { writeScannedFile } from './sign/scanned-file.ts';
import type { Row } from './table.ts';
import type { VerifyingCost, VerifyingOrder } from './verify/verifying-process.ts';

const goals = { smallMs: 6, manyMs: 1000, ratio: 1.3, memoryMb: 120 } as const;
const manySignatures = 25;
const folderFiles = 1000;
const child = 'tests/bench/verify/verifying-process.ts';

async function timed(work: () => Promise<unknown>): Promise<number> {
  const begun = performance.now();
  await work();
  return performance.now() - begun;
}

/** Ours in this process and pdfsig in turns, medians. One round in four is pdfsig's, too: each is a process of its own. */
async function inTurns(bench: Workbench, nss: string, path: string, rounds: number) {
  const trust = bench.trust();
  const times = { ours: [] as number[], pdfsig: [] as number[] };
  const verify = async () => {
    const { verdict } = await verifyPdf(path, trust);
    if (verdict !== 'valid') throw new Error(`the file is ${verdict}`);
  };
  for (let round = 0; round < Math.ceil(rounds / 4); round++) await verify();
  for (let round = 0; round < rounds; round++) {
    times.ours.push(await timed(verify));
    if (round % 4 === 0) times.pdfsig.push(await timed(() => pdfsig(nss, path)));
  }
  return { oursMs: median(times.ours), pdfsigMs: median(times.pdfsig) };
}

function pdfsig(nss: string, path: string): Promise<unknown> {
  return runProgram('pdfsig', ['-nssdir', nss, '-no-ocsp', path]);
}

/** As it is shipped, in one file of JavaScript: from sources, Node's own compiler would take forty megabytes. */
async function built(bench: Workbench): Promise<string> {
  await bundlePrograms({ verifying: child }, bench.path('built'));
  return bench.path('built/verifying.js');
}

async function inFreshProcess(
  program: string,
  bench: Workbench,
  paths: readonly string[],
): Promise<VerifyingCost> {
  const verifying = fork(program, [], { execArgv: [] });
  try {
    verifying.send({ paths, root: bench.pki.root.toString() } satisfies VerifyingOrder);
    const ended = once(verifying, 'exit').then(([code]) => {
      throw new Error(`the verifying process ended with ${code}`);
    });
    return await Promise.race([once(verifying, 'message').then(([cost]) => cost as VerifyingCost), ended]);
  } finally {
    verifying.kill();
  }
}

async function smallRow(bench: Workbench, nss: string, path: string): Promise<Row> {
  const { oursMs, pdfsigMs } = await inTurns(bench, nss, path, 100);
  return {
    what: 'small file, in a running process',
    goal: `< ${goals.smallMs} ms`,
    reached: `${oursMs.toFixed(1)} ms`,
    ok: oursMs < goals.smallMs,
    beside: `pdfsig ${pdfsigMs.toFixed(0)} ms with its start`,
  };
}

async function manyRow(bench: Workbench, signer: SoftSigner, nss: string, path: string): Promise<Row> {
  const [signed, next] = [bench.path('many.pdf'), bench.path('many-next.pdf')];
  await copyFile(path, signed);
  for (let count = 1; count < manySignatures; count++) {
    await signPdf({ source: signed, target: next, signer, stamp: { kind: 'plain' } });
    await rename(next, signed);
  }
  const { oursMs, pdfsigMs } = await inTurns(bench, nss, signed, 12);
  return {
    what: `${manySignatures} signatures in one file`,
    goal: `< ${goals.manyMs} ms`,
    reached: `${oursMs.toFixed(0)} ms`,
    ok: oursMs < goals.manyMs,
    beside: `pdfsig ${pdfsigMs.toFixed(0)} ms with its start`,
  };
}

async function largeRows(bench: Workbench, program: string, signer: SoftSigner, nss: string): Promise<Row[]> {
  const [source, signed] = [bench.path('large.pdf'), bench.path('large-signed.pdf')];
  const times = { ours: [] as number[], pdfsig: [] as number[], digest: [] as number[] };
  let peakMb = 0;
  try {
    await writeScannedFile(source, 500_000_000);
    await signPdf({ source, target: signed, signer, stamp: { kind: 'plain' } });
    await rm(source);
    await runProgram('sync', []);
    await runProgram('openssl', ['dgst', '-sha256', signed]);
    for (let round = 0; round < 5; round++) {
      times.pdfsig.push(await timed(() => pdfsig(nss, signed)));
      times.ours.push(
        await timed(async () => {
          const { peakMb: own } = await inFreshProcess(program, bench, [signed]);
          peakMb = Math.max(peakMb, own);
        }),
      );
      times.digest.push(await timed(() => runProgram('openssl', ['dgst', '-sha256', signed])));
    }
  } finally {
    await rm(source, { force: true });
    await rm(signed, { force: true });
  }
  const [ours, other, digest] = [median(times.ours), median(times.pdfsig), median(times.digest)];
  const ratio = ours / other;
  const seconds = (ms: number) => `${(ms / 1000).toFixed(2)} s`;
  return [
    {
      what: '500 MB, both with the start of their process',
      goal: `<= ${goals.ratio} times`,
      reached: `${ratio.toFixed(2)} times, ${seconds(ours)}`,
      ok: ratio <= goals.ratio,
      beside: `pdfsig ${seconds(other)}, openssl dgst ${seconds(digest)}`,
    },
    {
      what: '500 MB, memory of that process',
      goal: `< ${goals.memoryMb} MB`,
      reached: `${peakMb.toFixed(0)} MB`,
      ok: peakMb < goals.memoryMb,
      beside: '',
    },
  ];
}

async function folderRow(bench: Workbench, program: string, path: string): Promise<Row> {
  const folder = bench.path('folder');
  await mkdir(folder);
  const paths = Array.from({ length: folderFiles }, (_, index) => join(folder, `${index}.pdf`));
  for (const one of paths) await copyFile(path, one);
  const { totalMs } = await inFreshProcess(program, bench, paths);
  await rm(folder, { recursive: true });
  const perFile = totalMs / folderFiles;
  return {
    what: `a folder of ${folderFiles} files, fresh process`,
    goal: `< ${goals.smallMs} ms a file`,
    reached: `${(1000 / perFile).toFixed(0)} files a second, ${perFile.toFixed(1)} ms a file`,
    ok: perFile < goals.smallMs,
    beside: '',
  };
}

/** Verifying against its goals and against poppler's program, in one run; large files are gone when it ends. */
export async function measure(): Promise<{ rows: Row[] }> {
  const bench = await openWorkbench();
  try {
    const signer = await bench.signer();
    const nss = await makeNssDatabase(bench, await writeP12(bench, signer, 'signer'));
    const [source, signed] = [bench.path('small.pdf'), bench.path('small-signed.pdf')];
    await writeFile(source, typeset('documents/decision.typ'));
    await signPdf({ source, target: signed, signer, stamp: { kind: 'approval' } });
    const program = await built(bench);
    return {
      rows: [
        await smallRow(bench, nss, signed),
        await manyRow(bench, signer, nss, signed),
        ...(await largeRows(bench, program, signer, nss)),
        await folderRow(bench, program, signed),
      ],
    };
  } finally {
    await bench.close();
  }
}
