import { openSync, writeSync } from 'node:fs';
import { peakMemoryMb } from '../bench/peak-memory.ts';
import { loadCorpus } from './corpus.ts';
import { makeInput } from './input.ts';
import { bounds, type Done, type Found, type Order, progressBytes } from './protocol.ts';
import { runInput, trustOf } from './target-run.ts';

/**
 * A process that judges inputs: `CORPUS SEED PROGRESS`. Where it is, and the processor time that it had used when it began
 * there, stand in the file PROGRESS: who watches reads it even when nothing else works here any more.
 */
const [corpusPath = '', seed = '', progressPath = ''] = process.argv.slice(2);
const corpus = loadCorpus(corpusPath);
const trust = trustOf(corpus);
const progress = openSync(progressPath, 'w');
const state = new Float64Array(progressBytes / Float64Array.BYTES_PER_ELEMENT);

function cpuMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

async function judgeRange({ from, to }: Order): Promise<Done> {
  const tally: Record<string, number> = {};
  const found: Found[] = [];
  for (let index = from; index < to; index++) {
    const begun = cpuMs();
    state.set([index, begun]);
    writeSync(progress, new Uint8Array(state.buffer), 0, progressBytes, 0);
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
process.on('message', async (order: Order) => process.send?.(await judgeRange(order)));
process.send?.('ready');
