import { join } from 'node:path';
import { expect, test } from 'vitest';
import { CacheStore } from '../../../native/store/cache-store.ts';
import { openDatabase } from '../../../native/store/database.ts';
import { cacheMigrations } from '../../../native/store/migrations/cache.ts';
import { StatusEvidence } from '../../../native/store/status-evidence.ts';
import { testFolder } from './folder.ts';

const start = new Date('2026-11-22T00:00:00Z');
const later = (minutes: number) => new Date(start.getTime() + minutes * 60_000);

test('what was fetched outlives the program, until it runs out', () => {
  const folder = testFolder();
  const first = CacheStore.open(folder, start);
  const soon = new Date(Date.now() + 3_600_000);
  first.statusEvidence.put('crl a', Buffer.from('one'), soon);
  first.statusEvidence.put('crl a', Buffer.from('two'), soon);
  first.statusEvidence.put('crl b', Buffer.from('old'), new Date(Date.now() - 1));
  first.close();
  const second = CacheStore.open(folder, start);
  expect(Buffer.from(second.statusEvidence.find('crl a') ?? []).toString()).toBe('two');
  expect(second.statusEvidence.find('crl b')).toBeNull();
  expect(second.statusEvidence.find('crl c')).toBeNull();
  second.close();
});

test('what never runs out is crowded out by nothing that does, however old it is', () => {
  const path = join(testFolder(), 'cache.db');
  const { database } = openDatabase(path, { migrations: cacheMigrations, synchronous: 'NORMAL' });
  let now = start;
  const evidence = new StatusEvidence(database, { maxBytes: 100, maxRows: 3 }, () => now);
  evidence.put('issuer', Buffer.alloc(5), new Date('9999-12-31T23:59:59Z'));
  for (const [index, key] of ['a', 'b', 'c', 'd'].entries()) {
    now = later(index + 1);
    evidence.put(key, Buffer.alloc(60), later(1000 + index));
  }
  expect(['issuer', 'a', 'b', 'c', 'd'].filter((key) => evidence.find(key) !== null)).toEqual([
    'issuer',
    'd',
  ]);
  database.close();
});

test('bounded in rows and bytes: what was kept longest ago makes room', () => {
  const path = join(testFolder(), 'cache.db');
  const { database } = openDatabase(path, { migrations: cacheMigrations, synchronous: 'NORMAL' });
  let now = start;
  const evidence = new StatusEvidence(database, { maxBytes: 100, maxRows: 3 }, () => now);
  const put = (key: string, bytes: number) => {
    now = later(now.getTime() / 60_000 - start.getTime() / 60_000 + 1);
    evidence.put(key, Buffer.alloc(bytes), later(1000));
  };
  const kept = () => ['a', 'b', 'c', 'd', 'e', 'f'].filter((key) => evidence.find(key) !== null).join('');
  for (const key of ['a', 'b', 'c', 'd']) put(key, 10);
  expect(kept()).toBe('bcd');
  put('e', 75);
  expect(kept()).toBe('cde');
  put('e', 95);
  expect(kept()).toBe('e');
  put('f', 101);
  expect(kept()).toBe('e');
  now = later(1001);
  expect(kept()).toBe('');
  database.close();
});
