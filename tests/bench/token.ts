import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { mkdtemp, rename, rm } from 'node:fs/promises';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { Events } from '../../native/core/events.ts';
import { Log } from '../../native/core/log.ts';
import { Tokens } from '../../native/core/tokens.ts';
import { Desk, reference } from '../integration/token/desk.ts';
import { makeSoftToken, prepareSoftHsm, type SoftToken, softHsm } from '../integration/token/soft-token.ts';
import type { BareOrder } from './bare-signing.ts';

/** In short turns, so that whatever else the computer does falls on all ways alike: 500 signatures of each. */
const signatures = 50;
const rounds = 10;
/** What the product's path is to reach of the bare loop's speed. */
const goals = { oneByOne: 0.85, together: 0.95 } as const;
const idleSeconds = 20;
const plugs = 10;

function median(values: readonly number[]): number {
  return values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)] ?? 0;
}

/** Processor time of a process so far, user and system, in milliseconds (proc(5): fields 14 and 15, in hundredths of a second). */
function processorMs(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'latin1')
    .replace(/^.*\) /s, '')
    .split(' ');
  return (Number(fields[11]) + Number(fields[12])) * 10;
}

async function signBare(child: ChildProcess, token: SoftToken): Promise<number> {
  const key = { modulePath: softHsm, serial: token.serial, keyId: token.keys[0]?.id ?? '' };
  child.send({ ...key, pin: token.pin, rounds: signatures } satisfies BareOrder);
  const [milliseconds] = (await once(child, 'message')) as [number];
  return milliseconds;
}

async function signHere(desk: Desk, token: SoftToken, together: boolean): Promise<number> {
  const signer = await desk.client.signer(reference(token), []);
  const sign = (round: number) => signer.sign('sha256', Buffer.from(`document ${round}`));
  const begun = performance.now();
  if (together) await Promise.all(Array.from({ length: signatures }, (_, round) => sign(round)));
  else for (let round = 0; round < signatures; round++) await sign(round);
  return performance.now() - begun;
}

/**
 * Signing through the product's path against a bare loop over the addon. Each turn is held against the bare turns right before and
 * behind it, and the median of these shares is what counts: on a busy computer speeds vary by half from one second to the next.
 */
async function throughput(desk: Desk, token: SoftToken) {
  const child = fork(fileURLToPath(new URL('./bare-signing.ts', import.meta.url)), [], { execArgv: [] });
  const bares: number[] = [];
  const ways = { oneByOne: [] as number[], together: [] as number[] };
  const shares = { oneByOne: [] as number[], together: [] as number[] };
  try {
    await signBare(child, token);
    await desk.login(token);
    for (const together of [false, true, false, true]) await signHere(desk, token, together);
    bares.push(await signBare(child, token));
    for (let round = 0; round < rounds; round++) {
      for (const way of ['oneByOne', 'together'] as const) {
        const spent = await signHere(desk, token, way === 'together');
        const before = bares.at(-1) ?? 0;
        const behind = await signBare(child, token);
        bares.push(behind);
        ways[way].push(spent);
        shares[way].push((before + behind) / 2 / spent);
      }
    }
  } finally {
    child.kill('SIGKILL');
  }
  const rate = (ms: readonly number[]) => Math.round((signatures / median(ms)) * 1000);
  const share = (way: keyof typeof shares) => Number(median(shares[way]).toFixed(2));
  return {
    signatures: signatures * rounds,
    bareLoopPerSecond: rate(bares),
    oneByOnePerSecond: rate(ways.oneByOne),
    togetherPerSecond: rate(ways.together),
    share: { oneByOne: share('oneByOne'), together: share('together') },
    goals,
    load: loadavg().map((each) => Number(each.toFixed(1))),
  };
}

/** Resolves once the core's own look finds what `there` says. */
async function until(tokens: Tokens, there: boolean): Promise<void> {
  while (tokens.state().modules.some((module) => module.tokens.length > 0) !== there) await setTimeout(5);
}

/** What looking every second costs, and how soon a token that is plugged in or pulled out shows. */
async function watching(desk: Desk, folder: string) {
  const modules = {
    list: async () => [{ path: softHsm, source: 'known' } as const],
    add: async () => undefined,
    remove: async () => undefined,
  };
  const tokens = new Tokens({
    ...{ port: desk.client, modules, events: new Events(), log: new Log(() => undefined) },
    ...{ options: { pollMs: 1000, idleMs: 900_000 }, now: () => new Date() },
  });
  tokens.start();
  await until(tokens, true);
  const spent = () => processorMs(desk.pid) + processorMs(process.pid);
  const before = spent();
  await setTimeout(idleSeconds * 1000);
  const cpuMs = spent() - before;
  const [plugged, drawer] = [join(folder, 'tokens'), join(folder, 'drawer')];
  const latencies: number[] = [];
  for (let round = 0; round < plugs; round++) {
    for (const there of [false, true]) {
      // At any moment between two looks, not just after one.
      await setTimeout(Math.random() * 1000);
      const begun = performance.now();
      if (there) {
        await rm(plugged, { recursive: true });
        await rename(drawer, plugged);
      } else {
        await rename(plugged, drawer);
        await prepareSoftHsm(folder);
      }
      await until(tokens, there);
      latencies.push(Math.round(performance.now() - begun));
    }
  }
  await tokens.close();
  return {
    idleSeconds,
    idleCpuPercentOfOneCore: Number((cpuMs / idleSeconds / 10).toFixed(2)),
    plugs: latencies.length,
    plugMedianMs: median(latencies),
    plugWorstMs: Math.max(...latencies),
  };
}

/** Signing speed, the cost of watching, and hot plug, with SoftHSM2 and RSA-2048. */
export async function measure(): Promise<object> {
  const folder = await mkdtemp(join(tmpdir(), 'antin-bench-token-'));
  try {
    process.env['SOFTHSM2_CONF'] = await prepareSoftHsm(folder);
    const token = await makeSoftToken(folder, 'Lãnh đạo', [{ type: 'RSA', subject: '/C=VN/CN=Giám đốc' }]);
    const signing = new Desk();
    const signed = await throughput(signing, token).finally(() => signing.client.close());
    return { ...signed, ...(await watching(new Desk(), folder)) };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
