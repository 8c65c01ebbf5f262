import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { runCampaign } from './campaign.ts';
import { loadCorpus, saveCorpus } from './corpus.ts';
import { makeBases } from './differential/bases.ts';
import { runDifferential } from './differential/campaign.ts';
import { loadBases, saveBases } from './differential/corpus.ts';
import { makeInput as makeDifferentialInput } from './differential/input.ts';
import { makeInput } from './input.ts';
import { makeCorpus } from './make-corpus.ts';

/**
 * `npm run fuzz -- [--target differential] [--count N] [--seed N] [--first N] [--workers N] [--corpus FILE]`. What is
 * found is kept with the corpus that it was made from; `--corpus FILE --seed N --first INDEX --count 1` makes it
 * again. Exit code 1 where anything was found.
 */
const { values } = parseArgs({
  options: {
    count: { type: 'string', default: '20000' },
    seed: { type: 'string' },
    first: { type: 'string', default: '0' },
    workers: { type: 'string', default: '1' },
    corpus: { type: 'string' },
    target: { type: 'string', default: 'verifier' },
  },
});
/** What is fuzzed: how its corpus is made, how inputs are judged, and how one is made again. */
const targets = {
  verifier: {
    make: async (path: string) => saveCorpus(path, await makeCorpus()),
    run: runCampaign,
    open: (path: string) => {
      const corpus = loadCorpus(path);
      return (seed: number, index: number) => {
        const { target: kind, bytes } = makeInput(corpus, seed, index);
        return { kind, bytes };
      };
    },
  },
  differential: {
    make: async (path: string) => {
      const { bases, refused } = await makeBases();
      if (refused.length > 0) console.log(`not accepted, and left out: ${refused.join('; ')}`);
      saveBases(path, bases);
    },
    run: runDifferential,
    open: (path: string) => {
      const bases = loadBases(path);
      return (seed: number, index: number) => {
        const { bytes } = makeDifferentialInput(bases, seed, index);
        return { kind: 'pdf', bytes };
      };
    },
  },
};

const seed = values.seed === undefined ? Date.now() % 2 ** 31 : Number(values.seed);
const [count, first, workers] = [values.count, values.first, values.workers].map(Number) as [
  number,
  number,
  number,
];
const target = targets[values.target as keyof typeof targets];
if (!target) throw new Error(`targets are ${Object.keys(targets).join(', ')}`);
if (![seed, count, first, workers].every(Number.isSafeInteger)) throw new Error('numbers are wanted');

const folder = mkdtempSync(join(tmpdir(), 'antin-fuzz-'));
const corpus = values.corpus ?? join(folder, 'corpus.json');
if (values.corpus === undefined) await target.make(corpus);
console.log(`seed ${seed}, ${count} inputs from ${first}, corpus ${corpus}`);

const begun = performance.now();
let shown = begun;
const { tally, found } = await target.run({
  ...{ corpus, folder, seed, count, first, workers },
  onProgress: (judged, findings) => {
    if (performance.now() - shown < 10_000) return;
    shown = performance.now();
    const perSecond = judged / ((shown - begun) / 1000);
    console.error(
      `${judged} of ${count}, ${perSecond.toFixed(0)} a second, found: ${findings.map(({ index }) => index).join(', ') || 'nothing'}`,
    );
  },
});

const seconds = (performance.now() - begun) / 1000;
for (const [outcome, number] of [...tally].sort()) console.log(`${String(number).padStart(9)}  ${outcome}`);
console.log(`${found.length} findings in ${count} inputs, ${seconds.toFixed(0)} s`);
if (found.length === 0) rmSync(folder, { recursive: true });
else {
  mkdirSync(join(folder, 'findings'));
  const remade = target.open(corpus);
  for (const { index, what } of found) {
    const { kind, bytes } = remade(seed, index);
    writeFileSync(join(folder, 'findings', `${index}.${kind}`), bytes);
    console.log(`  input ${index} (${kind}): ${what}`);
  }
  console.log(`kept in ${folder}`);
}
process.exitCode = found.length === 0 ? 0 : 1;
