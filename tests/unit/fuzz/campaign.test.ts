import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { runCampaign } from '../../fuzz/campaign.ts';
import { Random } from '../../fuzz/random.ts';
import { scratchFolder } from '../pdf/scratch.ts';

const folder = scratchFolder();
const program = fileURLToPath(new URL('./stand-in-worker.ts', import.meta.url));

it('a worker that hangs, swallows memory, crashes or throws is told by its input, and all others are judged', async () => {
  const { tally, found } = await runCampaign({
    ...{ corpus: '', folder, seed: 1, count: 20, workers: 2, program, cpuMs: 1000 },
  });
  expect(found.map(({ index, what }) => `${index} ${what.replace(/:.*/, '')}`)).toEqual([
    '3 hang',
    '5 memory',
    '7 died',
    '9 thrown',
  ]);
  expect(Object.fromEntries(tally)).toEqual({
    fine: 16,
    'over its bounds': 3,
    'over its bounds by what came before': 1,
  });
});

it('numbers follow from their seed, and differ with every part of it', () => {
  const numbers = (...seed: number[]) => {
    const random = new Random(...seed);
    return Array.from({ length: 20 }, () => random.below(1000));
  };
  expect(numbers(1, 2)).toEqual(numbers(1, 2));
  for (const other of [numbers(1, 3), numbers(2, 2), numbers(2, 1), numbers(1, 2 + 2 ** 32)])
    expect(other).not.toEqual(numbers(1, 2));
  expect(new Set(Array.from({ length: 2000 }, (_, index) => new Random(7, index).below(4))).size).toBe(4);
});
