import { makeNssDatabase, writeP12 } from '../unit/verification/nss.ts';
import { openWorkbench } from '../unit/verification/workbench.ts';
import { type BatchSpeed, measureBatches } from './batch.ts';
import { type LargeFile, measureSize, sizes } from './sign/large-files.ts';
import { measureSmallFile, type SmallFile } from './sign/small-file.ts';
import type { Row } from './table.ts';

const goals = { smallMs: 20, ratio: 2, memoryMb: 200, batchShare: 0.95 } as const;

function smallRows({ plainMs, approvalMs, pdfsigMs }: SmallFile): Row[] {
  const beside = `pdfsig ${pdfsigMs.toFixed(0)} ms with its start`;
  return Object.entries({ plain: plainMs, approval: approvalMs }).map(([stamp, ms]) => ({
    what: `small file, ${stamp}, beside the token`,
    goal: `<= ${goals.smallMs} ms`,
    reached: `${ms.toFixed(1)} ms`,
    ok: ms <= goals.smallMs,
    beside,
  }));
}

function largeRows({ megabytes, copyMs, digestMs, pdfsigMs, signMs, firstSignMs, peakMb }: LargeFile): Row[] {
  const ratio = signMs / (copyMs + digestMs);
  const seconds = (ms: number) => `${(ms / 1000).toFixed(3)} s`;
  return [
    {
      what: `${megabytes} MB, against cp + openssl dgst`,
      goal: `<= ${goals.ratio.toFixed(1)} times`,
      reached: `${ratio.toFixed(2)} times, ${seconds(signMs)}`,
      ok: ratio <= goals.ratio,
      beside: `cp ${seconds(copyMs)}, dgst ${seconds(digestMs)}, pdfsig ${seconds(pdfsigMs)}`,
    },
    {
      what: `${megabytes} MB, memory of a fresh process`,
      goal: `< ${goals.memoryMb} MB`,
      reached: `${peakMb.toFixed(0)} MB`,
      ok: peakMb < goals.memoryMb,
      beside: `its first signature ${seconds(firstSignMs)}`,
    },
  ];
}

/** A token that takes no time leaves nothing to hide our own work behind: its row shows what that work is. */
function batchRow(speed: BatchSpeed): Row {
  const { tokenMs, files, share, bareMsPerSignature, batchMsPerFile, cpuMsPerFile } = speed;
  const what = `batch of ${files}, token of ${tokenMs} ms`;
  const each = `${batchMsPerFile.toFixed(1)} ms a file`;
  const beside = `the token alone ${bareMsPerSignature.toFixed(1)} ms, our CPU ${cpuMsPerFile.toFixed(1)} ms`;
  const percent = (value: number) => `${(value * 100).toFixed(1)} %`;
  return {
    what,
    goal: `>= ${(goals.batchShare * 100).toFixed(0)} % of its speed`,
    reached: `${percent(share)}, ${each}`,
    ok: share >= goals.batchShare,
    beside,
  };
}

/** Signing against its goals and against others' programs, in one run; large files are gone when it ends. */
export async function measure(): Promise<{ rows: Row[] }> {
  const bench = await openWorkbench();
  try {
    const signer = await bench.signer();
    const nss = await makeNssDatabase(bench, await writeP12(bench, signer, 'signer'));
    const rows = smallRows(await measureSmallFile(bench, signer, nss));
    rows.push(...(await measureBatches()).map(batchRow));
    for (const size of sizes) rows.push(...largeRows(await measureSize(size, bench, signer, nss)));
    return { rows };
  } finally {
    await bench.close();
  }
}
