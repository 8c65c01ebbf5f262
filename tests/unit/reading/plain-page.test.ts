import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { MemorySource } from '../../../native/pdf/byte-source.ts';
import { PdfDocument } from '../../../native/pdf/document.ts';
import { pages } from '../../../native/pdf/page.ts';
import { WorkBudget } from '../../../native/pdf/work-budget.ts';
import { Reader } from '../../../native/reading/index.ts';
import { isWithoutChains } from '../../../native/reading/plain/chain.ts';
import { plainnessOf } from '../../../native/reading/plain/page.ts';
import { scratchFolder, writeFile } from '../pdf/scratch.ts';
import { ambiguousPapers, plainPaper, plainPapers } from './plain-pages.ts';

/** What programs make of a page's content, fonts, pictures, layers, annotations and place: alike, or not. */
const folder = scratchFolder();
let reader: Reader;

beforeAll(() => {
  reader = new Reader();
});
afterAll(() => reader.close());

function isPlain(bytes: Uint8Array): boolean {
  const document = PdfDocument.read(new MemorySource(bytes), {});
  const budget = new WorkBudget(10_000);
  return (
    isWithoutChains(document) &&
    [...pages(document)].every((page) => plainnessOf(document, page, budget) === 'plain')
  );
}

describe('every program reads it alike', () => {
  test.each(Object.entries(plainPapers))('%s', (_, bytes) => {
    expect(isPlain(bytes)).toBe(true);
  });
});

describe('one program reads it otherwise than another', () => {
  test.each(Object.entries(ambiguousPapers))('%s', (_, bytes) => {
    expect(isPlain(bytes)).toBe(false);
  });
});

test('a page of more operations than are looked at is unfinished', () => {
  const document = PdfDocument.read(new MemorySource(plainPaper({ content: 'n '.repeat(20_000) })), {});
  const [page] = pages(document);
  expect(page && plainnessOf(document, page, new WorkBudget(10_000))).toBe('unfinished');
});

test('nobody signs what programs read differently', async () => {
  const findingsOf = async (name: string) => {
    const bytes = ambiguousPapers[name] ?? Buffer.alloc(0);
    return (await reader.read(writeFile(folder, 'page.pdf', bytes))).findings;
  };
  const ambiguous = { code: 'structure-ambiguous', weight: 'blocks' };
  expect(await findingsOf('two strings before Tj')).toEqual([
    { ...ambiguous, page: 1, params: { detail: 'content' } },
  ]);
  expect(await findingsOf('content by a reference to a reference')).toContainEqual({
    ...ambiguous,
    page: null,
    params: { detail: 'reference' },
  });
});
