import { readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest';
import type { FileFinding } from '../../../contract/file-finding.ts';
import { Reader } from '../../../native/reading/index.ts';
import { onePage, onePagePdf } from '../pdf/handmade-pdf.ts';
import { scratchFolder, writeFile } from '../pdf/scratch.ts';
import { hugePictures } from './huge-pictures.ts';
import { twoReadings } from './two-readings.ts';

/** The comparison alone: nothing here knows of the rules about a file's structure. */
const folder = scratchFolder();
let reader: Reader;

beforeAll(() => {
  reader = new Reader();
});
afterAll(() => reader.close());

async function findingsOf(bytes: Uint8Array): Promise<readonly FileFinding[]> {
  return (await reader.read(writeFile(folder, 'file.pdf', bytes))).findings;
}

const codesOf = (findings: readonly FileFinding[]) => findings.map(({ code }) => code);

describe('a file that PDF.js reads otherwise than we do', () => {
  test.each(Object.entries(twoReadings))('%s', async (_, bytes) => {
    const findings = await findingsOf(bytes);
    expect(codesOf(findings)).toContain('reading-differs');
    expect(findings.every(({ weight }) => weight === 'blocks')).toBe(true);
  });
});

describe('a picture larger than the window shows', () => {
  test.each(Object.entries(hugePictures))('%s', async (_, bytes) => {
    expect(await findingsOf(bytes)).toEqual([
      { code: 'picture-not-shown', weight: 'blocks', page: 1, params: {} },
    ]);
  });
});

test('a sound page is read alike', async () => {
  expect(await reader.read(writeFile(folder, 'sound.pdf', onePagePdf({ content: '0 0 9 9 re f' })))).toEqual({
    findings: [],
    pages: 1,
    isFinished: true,
  });
});

test('content that PDF.js leaves out is a page not shown whole, a name without an object is nothing', async () => {
  const resources = '/MediaBox[0 0 595 842]/Resources<</XObject<</A 6 0 R>>>>';
  const pdf = () => onePage({ page: resources, content: '/A Do' });
  expect(codesOf(await findingsOf(pdf().table('/Root 1 0 R', 6).bytes))).toEqual([]);
  const unheard = pdf().stream(6, 'x', '/Subtype/Unheard').table('/Root 1 0 R', 7).bytes;
  expect(codesOf(await findingsOf(unheard))).toEqual(['page-not-shown']);
});

test('what we cannot read at all has no findings, what is not there fails', async () => {
  expect(await findingsOf(Buffer.from('<!doctype html>'))).toEqual([]);
  await expect(reader.read(path.join(folder, 'nowhere.pdf'))).rejects.toMatchObject({ code: 'file-missing' });
  expect(await findingsOf(onePagePdf())).toEqual([]);
});

test('a thread that takes too long is ended, and the next file gets another one', async () => {
  const hasty = new Reader({ silenceMs: 1, totalMs: 1 });
  const file = writeFile(folder, 'late.pdf', onePagePdf());
  const reading = await hasty.read(file);
  expect(reading.isFinished).toBe(false);
  expect(codesOf(reading.findings)).toEqual(['reading-unfinished']);
  expect(reading.findings[0]?.weight).toBe('blocks');
  await hasty.close();
});

test('a thread whose heap is used up is an end, too', async () => {
  const small = new Reader({ heapMb: 8 });
  const reading = await small.read(writeFile(folder, 'heap.pdf', onePagePdf()));
  expect(codesOf(reading.findings)).toEqual(['reading-unfinished']);
  await small.close();
});

test('whoever gives up gets their own reason back', async () => {
  const stop = new AbortController();
  const reading = reader.read(writeFile(folder, 'given-up.pdf', onePagePdf()), { signal: stop.signal });
  stop.abort(new Error('no longer wanted'));
  await expect(reading).rejects.toThrow('no longer wanted');
});

test('a large copy lies in a folder of its own that is gone afterwards, also where the thread was ended', async () => {
  // Other programs compare files at the same time, and have copies beside.
  vi.stubEnv('TMPDIR', folder);
  onTestFinished(() => void vi.unstubAllEnvs());
  const large = onePage({ catalog: '/K 6 0 R' })
    .stream(6, Buffer.alloc(40 << 20))
    .table('/Root 1 0 R', 7).bytes;
  const file = writeFile(folder, 'large.pdf', large);
  expect(await reader.read(file)).toMatchObject({ findings: [], isFinished: true });
  const hasty = new Reader({ totalMs: 1 });
  await hasty.read(file);
  await hasty.close();
  expect(copies()).toEqual([]);
});

function copies(): string[] {
  return readdirSync(tmpdir()).filter((name) => name.startsWith('antin-reading-'));
}
