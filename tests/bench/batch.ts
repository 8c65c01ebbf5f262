import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { SigningBatch } from '../../native/signing/batch.ts';
import type { Signer } from '../../native/signing/signer.ts';
import { Desk, reference } from '../integration/token/desk.ts';
import { makeSoftToken, prepareSoftHsm, type SoftToken } from '../integration/token/soft-token.ts';
import { buildMisbehavingModule, Misbehaviour } from '../lab/misbehaving/module.ts';
import { typeset } from '../lab/typst.ts';
import type { BareOrder } from './bare-signing.ts';

const files = 200;
/** Milliseconds that the token takes for a signature, beside SoftHSM's own one or two. */
const slowness = [0, 50, 200] as const;

/** One batch. `share`: of the token's own speed, which is what a bare loop over its driver reaches before and after. */
export interface BatchSpeed {
  readonly tokenMs: number;
  readonly files: number;
  readonly bareMsPerSignature: number;
  readonly batchMsPerFile: number;
  /** Of all threads of this process, which the token's aren't among: it tells more where the machine has other things to do. */
  readonly cpuMsPerFile: number;
  readonly share: number;
}

async function bareMs(child: ChildProcess, order: BareOrder): Promise<number> {
  child.send(order);
  const [milliseconds] = (await once(child, 'message')) as [number];
  return milliseconds / order.rounds;
}

async function batchMs(
  signer: Signer,
  source: string,
  folder: string,
): Promise<{ each: number; cpu: number }> {
  await mkdir(folder);
  const items = Array.from({ length: files }, (_, index) => ({
    ...{ source, target: join(folder, `${index}.pdf`) },
    stamp: { kind: 'plain' } as const,
  }));
  const [begun, used] = [performance.now(), process.cpuUsage()];
  const outcomes = await new SigningBatch(items, { signer }).run();
  const spent = performance.now() - begun;
  const { user, system } = process.cpuUsage(used);
  const failed = outcomes.find(({ state }) => state !== 'signed');
  if (failed) throw new Error(`a file wasn't signed: ${JSON.stringify(failed)}`);
  await rm(folder, { recursive: true });
  return { each: spent / files, cpu: (user + system) / 1000 / files };
}

async function measureToken(folder: string, token: SoftToken, modulePath: string): Promise<BatchSpeed[]> {
  const source = join(folder, 'decision.pdf');
  await writeFile(source, typeset('documents/decision.typ'));
  const misbehaviour = new Misbehaviour(join(folder, 'rules'));
  Object.assign(process.env, misbehaviour.env);
  const child = fork(fileURLToPath(new URL('./bare-signing.ts', import.meta.url)), [], { execArgv: [] });
  const desk = new Desk();
  try {
    await desk.login(token, token.pin, modulePath);
    const signer = await desk.client.signer(reference(token, 0, modulePath), []);
    const key = { modulePath, serial: token.serial, keyId: token.keys[0]?.id ?? '', pin: token.pin };
    await bareMs(child, { ...key, rounds: 20 });
    await batchMs(signer, source, join(folder, 'warm-up'));
    const speeds: BatchSpeed[] = [];
    for (const tokenMs of slowness) {
      misbehaviour.set(tokenMs === 0 ? {} : { calls: { C_Sign: { slowMs: tokenMs } } });
      const rounds = tokenMs === 0 ? 200 : 20;
      const before = await bareMs(child, { ...key, rounds });
      const { each, cpu } = await batchMs(signer, source, join(folder, 'out'));
      const bare = (before + (await bareMs(child, { ...key, rounds }))) / 2;
      speeds.push({
        ...{ tokenMs, files, share: Number((bare / each).toFixed(3)) },
        bareMsPerSignature: Number(bare.toFixed(2)),
        batchMsPerFile: Number(each.toFixed(2)),
        cpuMsPerFile: Number(cpu.toFixed(2)),
      });
    }
    return speeds;
  } finally {
    child.kill('SIGKILL');
    await desk.client.close();
  }
}

/** Batches of small files with tokens of three speeds, each against that token's own speed in the same run. */
export async function measureBatches(): Promise<BatchSpeed[]> {
  const folder = await mkdtemp(join(tmpdir(), 'antin-bench-batch-'));
  try {
    process.env['SOFTHSM2_CONF'] = await prepareSoftHsm(folder);
    const token = await makeSoftToken(folder, 'Lô', [{ type: 'RSA', subject: '/C=VN/CN=Giám đốc' }]);
    return await measureToken(folder, token, await buildMisbehavingModule());
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

export async function measure(): Promise<object> {
  return { batches: await measureBatches() };
}
