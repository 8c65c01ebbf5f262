import path from 'node:path';
import { expect, test } from 'vitest';
import { flushFolder } from '../../../native/signing/folder-flush.ts';
import { scratchFolder } from '../pdf/scratch.ts';

const folder = scratchFolder();

test('who asks before a flush begins shares it; who asks later has the next one', async () => {
  const first = flushFolder(folder);
  expect(flushFolder(folder)).toBe(first);
  // Nothing is being flushed yet, so that it begins at once.
  await Promise.resolve();
  await Promise.resolve();
  const second = flushFolder(folder);
  expect(second).not.toBe(first);
  expect(flushFolder(folder)).toBe(second);
  await first;
  await second;
  const third = flushFolder(folder);
  expect(third).not.toBe(second);
  await third;
});

test('a folder that is gone is no failure', async () => {
  await expect(flushFolder(path.join(folder, 'none'))).resolves.toBe(undefined);
});
