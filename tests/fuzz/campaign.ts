import { join } from 'node:path';
import type { Found, Order } from './protocol.ts';
import { WatchedWorker } from './watched-worker.ts';

const inputsPerOrder = 200;

export interface CampaignOptions {
  /** The corpus' file. */
  readonly corpus: string;
  /** Where the workers note where they are. */
  readonly folder: string;
  readonly seed: number;
  readonly count: number;
  readonly first?: number;
  readonly workers: number;
  /** What workers run, where it isn't `worker.ts`. */
  readonly program?: string;
  /** What an input may cost before its worker is killed, in milliseconds, where it isn't what `bounds` say. */
  readonly cpuMs?: number;
  /** What its worker may hold, in MB, where it isn't what `bounds` say. */
  readonly memoryMb?: number;
  readonly onProgress?: (judged: number, found: readonly Found[]) => void;
}

export interface CampaignResult {
  readonly tally: ReadonlyMap<string, number>;
  readonly found: readonly Found[];
}

/** Makes and judges `count` inputs in worker processes; costs are believed when a fresh process shows them again. */
export async function runCampaign(options: CampaignOptions): Promise<CampaignResult> {
  const { corpus, folder, seed, count, first = 0, workers, program, cpuMs, memoryMb } = options;
  const tally = new Map<string, number>();
  const found: Found[] = [];
  const queue: Order[] = [];
  for (let from = first; from < first + count; from += inputsPerOrder)
    queue.push({ from, to: Math.min(from + inputsPerOrder, first + count) });
  let judged = 0;
  const add = (counts: Readonly<Record<string, number>>) => {
    for (const [outcome, number] of Object.entries(counts)) {
      tally.set(outcome, (tally.get(outcome) ?? 0) + number);
      judged += number;
    }
    options.onProgress?.(judged, found);
  };

  const work = async (name: number) => {
    const start = (role: string) =>
      WatchedWorker.start({
        corpus,
        seed,
        program,
        cpuMs,
        memoryMb,
        progress: join(folder, `progress-${name}-${role}`),
      });
    /** Whether an input alone in a fresh process costs too much again. */
    const confirm = async (index: number) => {
      const fresh = await start('again');
      try {
        const result = await fresh.judge({ from: index, to: index + 1 });
        if ('why' in result) found.push({ index, what: result.why });
        else found.push(...result.found.map(({ what }) => ({ index, what })));
        return 'why' in result || result.found.length > 0;
      } finally {
        fresh.close();
      }
    };
    let worker = await start('main');
    try {
      for (let order = queue.shift(); order; order = queue.shift()) {
        const result = await worker.judge(order);
        if ('why' in result) {
          worker.close();
          worker = await start('main');
          const isConfirmed = await confirm(result.at);
          add({ [isConfirmed ? 'over its bounds' : 'over its bounds by what came before']: 1 });
          queue.push(
            ...[
              { from: order.from, to: result.at },
              { from: result.at + 1, to: order.to },
            ].filter(({ from, to }) => from < to),
          );
          continue;
        }
        found.push(...result.found.filter(({ isSuspicion }) => !isSuspicion));
        for (const { index } of result.found.filter(({ isSuspicion }) => isSuspicion)) await confirm(index);
        add(result.tally);
        if (result.isSpent) {
          worker.close();
          worker = await start('main');
        }
        if (result.next < order.to) queue.push({ from: result.next, to: order.to });
      }
    } finally {
      worker.close();
    }
  };
  await Promise.all(Array.from({ length: workers }, (_, name) => work(name)));
  return { tally, found: found.sort((one, other) => one.index - other.index) };
}
