import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { finished } from 'node:stream/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { LogFile } from '../../../electron/log-file.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'antin-log-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function writeAll(log: LogFile, lines: string[]): Promise<void> {
  for (const line of lines) log.write(line);
  log.end();
  await finished(log);
}

test('lines are kept in order, and added to from run to run', async () => {
  const file = path.join(folder, 'plain', 'core.log');
  await writeAll(new LogFile(file), ['one\n', 'two\n']);
  await writeAll(new LogFile(file), ['ba\n']);
  expect(readFileSync(file, 'utf8')).toBe('one\ntwo\nba\n');
});

test('a log that never ends fills three files and no more', async () => {
  const file = path.join(folder, 'bounded', 'core.log');
  const lines = Array.from({ length: 500 }, (_, index) => `${String(index).padStart(9, '0')}\n`);
  await writeAll(new LogFile(file, { maxBytes: 1000 }), lines);
  const names = readdirSync(path.dirname(file)).sort();
  expect(names).toEqual(['core.log', 'core.log.1', 'core.log.2']);
  const kept = ['core.log.2', 'core.log.1', 'core.log'].map((name) =>
    readFileSync(path.join(path.dirname(file), name), 'utf8'),
  );
  for (const text of kept) expect(text.length).toBeLessThanOrEqual(1000);
  // The newest lines, without a gap.
  expect(lines.join('').endsWith(kept.join(''))).toBe(true);
});

test('one enormous message is cut', async () => {
  const file = path.join(folder, 'enormous', 'core.log');
  await writeAll(new LogFile(file, { maxBytes: 1000 }), ['x'.repeat(100_000)]);
  expect(readFileSync(file).length).toBe(1000);
});

test('what can not be written is dropped, and the writer lives on', async () => {
  // The folder that it wants is a file: nobody, not even root, can write below it.
  const blocked = path.join(folder, 'blocked');
  writeFileSync(blocked, '');
  chmodSync(blocked, 0o400);
  await writeAll(new LogFile(path.join(blocked, 'core.log')), ['one\n', 'two\n']);
  expect(readFileSync(blocked, 'utf8')).toBe('');
});
