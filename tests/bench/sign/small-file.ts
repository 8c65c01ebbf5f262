import { rm, writeFile } from 'node:fs/promises';
import { signPdf } from '../../../native/signing/sign-pdf.ts';
import type { Stamp } from '../../../native/signing/stamp.ts';
import { runProgram } from '../../lab/program.ts';
import { typeset } from '../../lab/typst.ts';
import type { SoftSigner, Workbench } from '../../unit/verification/workbench.ts';
import { median } from './median.ts';

const rounds = 60;
const warmUp = 10;

/** Milliseconds beside the token, medians; pdfsig's with the start of its process, as everybody pays it. */
export interface SmallFile {
  readonly plainMs: number;
  readonly approvalMs: number;
  readonly pdfsigMs: number;
}

/** A decision of one page, signed again and again in this process. */
export async function measureSmallFile(
  bench: Workbench,
  signer: SoftSigner,
  nss: string,
): Promise<SmallFile> {
  const [source, target] = [bench.path('small.pdf'), bench.path('small-out.pdf')];
  await writeFile(source, typeset('documents/decision.typ'));
  const besideToken = async (stamp: Stamp) => {
    await rm(target, { force: true });
    const begun = performance.now();
    const { timings } = await signPdf({ source, target, signer, stamp });
    return performance.now() - begun - timings.tokenMs;
  };
  const key = ['-add-signature', '-nick', 'signer', '-nssdir', nss, '-no-ocsp'];
  const times = { plain: [] as number[], approval: [] as number[], pdfsig: [] as number[] };
  for (let round = 0; round < rounds + warmUp; round++) {
    const plain = await besideToken({ kind: 'plain' });
    const approval = await besideToken({ kind: 'approval' });
    if (round < warmUp) continue;
    times.plain.push(plain);
    times.approval.push(approval);
    if (round % 4 !== 0) continue;
    await rm(target, { force: true });
    const begun = performance.now();
    await runProgram('pdfsig', [...key, source, target]);
    times.pdfsig.push(performance.now() - begun);
  }
  await rm(target, { force: true });
  return {
    plainMs: median(times.plain),
    approvalMs: median(times.approval),
    pdfsigMs: median(times.pdfsig),
  };
}
