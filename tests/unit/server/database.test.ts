import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { epochOf, openDatabase, renewEpoch } from '../../../server/database.ts';
import { lockFolder } from '../../../server/folder-lock.ts';

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'antin-database-'));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

const path = () => join(dir, 'province.db');

test('a database is made once and found again, durable and with foreign keys', () => {
  const made = openDatabase(path());
  const epoch = epochOf(made);
  expect(made.pragma('user_version', { simple: true })).toBe(3);
  expect(made.pragma('journal_mode', { simple: true })).toBe('wal');
  expect(made.pragma('synchronous', { simple: true })).toBe(2);
  expect(made.pragma('foreign_keys', { simple: true })).toBe(1);
  made.close();
  const again = openDatabase(path());
  expect(epochOf(again)).toBe(epoch);
  renewEpoch(again);
  expect(epochOf(again)).not.toBe(epoch);
  again.close();
});

test('a database of a later version is left alone', () => {
  const made = openDatabase(path());
  made.pragma('user_version = 99');
  made.close();
  expect(() => openDatabase(path())).toThrow('store-newer');
});

test('what is no database is left alone, and called damaged', () => {
  const rubbish = 'not a database at all, but long enough to be looked at. '.repeat(100);
  writeFileSync(path(), rubbish);
  expect(() => openDatabase(path())).toThrow('store-damaged');
  expect(readFileSync(path(), 'utf8')).toBe(rubbish);
});

test('a folder has one server at a time', () => {
  const lock = lockFolder(dir);
  expect(() => lockFolder(dir)).toThrow('store-damaged');
  lock.release();
  lockFolder(dir).release();
});
