import { peakMemoryMb } from '../bench/peak-memory.ts';
import { loadCorpus } from './corpus.ts';
import { makeInput } from './input.ts';
import { cpuMs, ProgressWriter } from './progress.ts';
import { bounds, type Done, type Found, type Order } from './protocol.ts';
import { runInput, trustOf } from './target-run.ts';

/** A process that judges inputs: `CORPUS SEED PROGRESS`, the last one the file that says where it is. */
const [corpusPath = '', seed = '', progressPath = ''] = process.argv.slice(2);
const corpus = loadCorpus(corpusPath);
const trust = trustOf(corpus);
const progress = new ProgressWriter(progressPath);

async function judgeRange({ from, to }: Order): Promise<Done> {
  const tally: Record<string, number> = {};
  const found: Found[] = [];
  for (let index = from; index < to; index++) {
    const begun = progress.begin(index);
    const { outcome, finding } = await runInput(makeInput(corpus, Number(seed), index), corpus, trust);
    tally[outcome] = (tally[outcome] ?? 0) + 1;
    if (finding) found.push({ index, what: finding });
    const spent = cpuMs() - begun;
    if (spent > bounds.cpuMs) found.push({ index, what: `hang: ${Math.round(spent)} ms`, isSuspicion: true });
    const peakMb = peakMemoryMb();
    if (peakMb > bounds.memoryMb) {
      found.push({ index, what: `memory: ${Math.round(peakMb)} MB`, isSuspicion: true });
      return { tally, found, next: index + 1, isSpent: true };
    }
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
