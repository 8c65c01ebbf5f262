import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { runCampaign } from './campaign.ts';
import { loadCorpus, saveCorpus } from './corpus.ts';
import { makeInput } from './input.ts';
import { makeCorpus } from './make-corpus.ts';

/**
 * `npm run fuzz -- [--count N] [--seed N] [--first N] [--workers N] [--corpus FILE]`. What is found is kept with the corpus that it was
 * made from; `--corpus FILE --seed N --first INDEX --count 1` makes it again. Exit code 1 where anything was found.
 */
const { values } = parseArgs({
  options: {
    count: { type: 'string', default: '20000' },
    seed: { type: 'string' },
    first: { type: 'string', default: '0' },
    workers: { type: 'string', default: '1' },
    corpus: { type: 'string' },
  },
});
const seed = values.seed === undefined ? Date.now() % 2 ** 31 : Number(values.seed);
const [count, first, workers] = [values.count, values.first, values.workers].map(Number) as [
  number,
  number,
  number,
];
if (![seed, count, first, workers].every(Number.isSafeInteger)) throw new Error('numbers are wanted');

const folder = mkdtempSync(join(tmpdir(), 'antin-fuzz-'));
const corpus = values.corpus ?? join(folder, 'corpus.json');
if (values.corpus === undefined) saveCorpus(corpus, await makeCorpus());
console.log(`seed ${seed}, ${count} inputs from ${first}, corpus ${corpus}`);

const begun = performance.now();
let shown = begun;
const { tally, found } = await runCampaign({
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
  const loaded = loadCorpus(corpus);
  for (const { index, what } of found) {
    const { target, bytes } = makeInput(loaded, seed, index);
    writeFileSync(join(folder, 'findings', `${index}.${target}`), bytes);
    console.log(`  input ${index} (${target}): ${what}`);
  }
  console.log(`kept in ${folder}`);
}
process.exitCode = found.length === 0 ? 0 : 1;
