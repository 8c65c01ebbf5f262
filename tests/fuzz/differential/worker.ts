import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ProgressWriter } from '../progress.ts';
import type { Done, Found, Order } from '../protocol.ts';
import type { Outcome } from '../target.ts';
import { loadBases } from './corpus.ts';
import { type DifferentialInput, makeInput } from './input.ts';
import { InputJudge } from './judge-input.ts';
import { throwAwaySigner } from './throw-away-signer.ts';

/**
 * A process that compares: `BASES SEED PROGRESS`, as `../worker.ts`. Programs that show files are processes of their
 * own.
 */
const [corpusPath = '', seed = '', progressPath = ''] = process.argv.slice(2);
const bases = loadBases(corpusPath);
const progress = new ProgressWriter(progressPath);
const folder = mkdtempSync(join(tmpdir(), 'antin-differential-'));
const judge = new InputJudge(folder, await throwAwaySigner());
process.on('exit', () => {
  judge.close();
  rmSync(folder, { recursive: true, force: true });
});

/** What is thrown is our own fault: nothing that bytes say may throw. */
async function outcomeOf(input: DifferentialInput): Promise<Outcome> {
  try {
    return await judge.judge(input);
  } catch (error) {
    const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
    return { outcome: 'crash', finding: `thrown: ${stack.split('\n').slice(0, 6).join(' | ')}` };
  }
}

async function judgeRange({ from, to }: Order): Promise<Done> {
  const tally: Record<string, number> = {};
  const found: Found[] = [];
  for (let index = from; index < to; index++) {
    progress.begin(index);
    const { outcome, finding } = await outcomeOf(makeInput(bases, Number(seed), index));
    tally[outcome] = (tally[outcome] ?? 0) + 1;
    if (finding) found.push({ index, what: finding });
  }
  return { tally, found, next: to, isSpent: false };
}

process.on('disconnect', () => process.exit(0));
process.on('message', async (order: Order) => {
  const done = await judgeRange(order);
  // Whoever asked may be gone meanwhile; then there is nobody to tell.
  process.send?.(done, (error) => error && process.exit(0));
});
process.send?.('ready');
