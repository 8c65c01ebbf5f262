import { join } from 'node:path';
import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import { openDatabase } from '../../../native/store/database.ts';
import { latestVersion, type Migration, migrate, schemaVersion } from '../../../native/store/migration.ts';
import { cacheMigrations } from '../../../native/store/migrations/cache.ts';
import { workMigrations } from '../../../native/store/migrations/work.ts';
import { testFolder } from './folder.ts';

const one: Migration = { number: 1, name: 'one', sql: 'CREATE TABLE a (x)' };
const two: Migration = { number: 2, name: 'two', sql: 'CREATE TABLE b (x); INSERT INTO a VALUES (2);' };
const broken: Migration = {
  number: 3,
  name: 'broken',
  sql: 'CREATE TABLE c (x); INSERT INTO nowhere VALUES (1);',
};

test.each([
  ['work', workMigrations],
  ['cache', cacheMigrations],
])('%s: numbers run from 1 without a gap, and each step is sound', (_, migrations) => {
  expect(migrations.map(({ number }) => number)).toEqual(migrations.map((_each, index) => index + 1));
  const database = new Database(':memory:');
  for (const [index] of migrations.entries()) {
    migrate(database, migrations.slice(0, index + 1));
    expect(schemaVersion(database)).toBe(index + 1);
    expect(database.pragma('quick_check', { simple: true })).toBe('ok');
  }
  database.close();
});

test('only what is missing is applied, and a step that fails leaves nothing', () => {
  const database = new Database(':memory:');
  migrate(database, [one]);
  migrate(database, [one, two]);
  migrate(database, [one, two]);
  expect(database.prepare('SELECT count(*) FROM a').pluck().get()).toBe(1);
  expect(() => migrate(database, [one, two, broken])).toThrow();
  expect(schemaVersion(database)).toBe(2);
  expect(database.prepare(`SELECT count(*) FROM sqlite_schema WHERE name = 'c'`).pluck().get()).toBe(0);
  database.close();
});

test('a copy is asked for before an old file is changed, and only then', () => {
  const path = join(testFolder(), 'a.db');
  const asked: number[] = [];
  const beforeMigration = (database: Database.Database) => void asked.push(schemaVersion(database));
  const options = { synchronous: 'FULL', beforeMigration } as const;
  openDatabase(path, { ...options, migrations: [one] }).database.close();
  openDatabase(path, { ...options, migrations: [one] }).database.close();
  expect(asked).toEqual([]);
  openDatabase(path, { ...options, migrations: [one, two] }).database.close();
  expect(asked).toEqual([1]);
  expect(latestVersion([])).toBe(0);
});
