import { readdirSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Reader } from '../../native/reading/index.ts';
import { honestHabits } from '../attacks/honest-habit.ts';
import { readerHabits } from '../attacks/reader-habit.ts';
import { makeVictim, type Victim } from '../attacks/victim.ts';
import { makePapers } from '../lab/papers.ts';
import { scratchFolder, writeFile } from '../unit/pdf/scratch.ts';
import { opensslCms } from '../unit/verification/hand-signer.ts';
import { openWorkbench, type Workbench } from '../unit/verification/workbench.ts';
import { oddFiles } from './odd-files.ts';
import { oddPages } from './odd-pages.ts';

/**
 * Comparing readings alarms nobody about an honest file, and of the odd ones names just those that the window can't
 * show as we read them.
 */
const folder = scratchFolder();
const lab = path.join(import.meta.dirname, '../lab');
let reader: Reader;
let bench: Workbench;
let victim: Victim;

beforeAll(async () => {
  reader = new Reader();
  bench = await openWorkbench();
  const [leader, agency] = [await bench.signer(), await bench.signer({ kind: 'agency' })];
  const cms = opensslCms(bench, leader);
  victim = makeVictim(cms, opensslCms(bench, agency), cms);
});
afterAll(async () => {
  await reader.close();
  await bench.close();
});

async function codesOf(file: string): Promise<string[]> {
  const { findings } = await reader.read(file);
  return findings.filter(({ weight }) => weight === 'blocks').map(({ code }) => code);
}

async function written(bytes: Uint8Array): Promise<string[]> {
  return codesOf(writeFile(folder, 'file.pdf', bytes));
}

const kept = ['foreign-papers/kept', 'foreign-signatures/kept'].flatMap((room) =>
  readdirSync(path.join(lab, room)).map((name) => path.join(lab, room, name)),
);
const habits = Object.entries({ ...honestHabits, ...readerHabits });

test(`no alarm about ${kept.length} files of other programs`, async () => {
  expect(kept.length).toBeGreaterThan(30);
  for (const file of kept) expect([file, await codesOf(file)]).toEqual([file, []]);
});

test(`no alarm about ${habits.length} honest habits`, async () => {
  expect(habits.length).toBeGreaterThan(50);
  for (const [name, { make }] of habits) expect([name, await written(make(victim))]).toEqual([name, []]);
});

test('no alarm about the lab’s own papers', async () => {
  const { documents, odd } = await makePapers(path.join(folder, 'papers'));
  const papers = [...Object.values(documents), odd.encrypted, odd.vietnameseName];
  for (const file of papers) expect([file, await codesOf(file)]).toEqual([file, []]);
});

/** What PDF.js can't open, or shows a blank page of: true alarms. */
const notShown: Readonly<Record<string, string>> = {
  'packed, counting too many': 'reading-differs',
  'cut in the middle of the table': 'reading-differs',
  'no endstream': 'reading-differs',
  'kids that are one reference': 'page-not-shown',
  'a page alone in place of the tree': 'reading-differs',
  'a /Root that is not there': 'reading-differs',
  'no /Root': 'reading-differs',
  'a node that is its own kid, behind the page': 'page-not-shown',
  'nothing behind the objects': 'reading-differs',
  'a /Root that is the page': 'page-not-shown',
  'nothing behind the table': 'reading-differs',
};

describe('odd files', () => {
  const files = Object.entries({ ...oddFiles, ...oddPages });
  test(`${files.length - Object.keys(notShown).length} read alike, the others told`, async () => {
    const found: Record<string, string | undefined> = {};
    for (const [name, { bytes }] of files) {
      const [code] = await written(bytes);
      if (code !== undefined) found[name] = code;
    }
    expect(found).toEqual(notShown);
  });
});
