import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { makeBases } from '../fuzz/differential/bases.ts';
import { runDifferential } from '../fuzz/differential/campaign.ts';
import { saveBases } from '../fuzz/differential/corpus.ts';
import { scratchFolder } from '../unit/pdf/scratch.ts';

const folder = scratchFolder();
const count = 60;
/**
 * Of the recorded campaign (docs/fuzzing.md), whose first files are all alike or explained: what is found here is
 * something new. Any other seed may show what is recorded there as unexplained.
 */
const seed = 20261130;

it(`${count} changed files, seed ${seed}: what is valid, or may be signed, reads alike in PDF.js, poppler and mupdf`, {
  timeout: 300_000,
}, async () => {
  const corpus = path.join(folder, 'bases.json');
  mkdirSync(path.join(folder, 'workers'));
  const { bases, refused } = await makeBases();
  // What is honest is accepted to begin with, by every rule.
  expect(refused).toEqual([]);
  saveBases(corpus, bases);
  const options = { corpus, seed, count, workers: 1, folder: path.join(folder, 'workers') };
  const { tally, found } = await runDifferential(options);
  expect(found).toEqual([]);
  // Each kind of input reached the programs that are compared.
  for (const outcome of ['draft, alike', 'valid, alike']) expect([...tally.keys()]).toContain(outcome);
  expect([...tally.values()].reduce((sum, number) => sum + number, 0)).toBe(count);
});
