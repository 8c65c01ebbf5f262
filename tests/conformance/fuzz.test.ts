import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { runCampaign } from '../fuzz/campaign.ts';
import { saveCorpus } from '../fuzz/corpus.ts';
import { makeCorpus } from '../fuzz/make-corpus.ts';
import { scratchFolder } from '../unit/pdf/scratch.ts';

const folder = scratchFolder();
const count = 3000;

it(`${count} damaged files, messages, certificates, lists and answers: no crash, no hang, no memory, no forgery`, {
  timeout: 180_000,
}, async () => {
  const corpus = path.join(folder, 'corpus.json');
  mkdirSync(path.join(folder, 'workers'));
  saveCorpus(corpus, await makeCorpus());
  const seed = Math.floor(Math.random() * 2 ** 31);
  const { tally, found } = await runCampaign({
    ...{ corpus, seed, count, workers: 2 },
    folder: path.join(folder, 'workers'),
  });
  expect(found, `seed ${seed}`).toEqual([]);
  // Each kind of input reached the code behind its door.
  const outcomes = [...tally.keys()];
  for (const one of [
    'pdf valid',
    'pdf invalid',
    'pdf unreadable',
    'certificate trusted',
    'list unknown',
    'answer unusable',
  ])
    expect(outcomes).toContain(one);
  expect([...tally.values()].reduce((sum, number) => sum + number, 0)).toBe(count);
});
