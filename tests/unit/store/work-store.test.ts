import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import { documentId, fileDigest, idempotencyKey, personId } from '../../../contract/identity.ts';
import { WorkStore } from '../../../native/store/work-store.ts';
import { newIdempotencyKey } from '../../../native/sync/idempotency-key.ts';
import { testFolder } from './folder.ts';

const now = new Date('2026-11-20T03:00:00Z');
const person = personId.parse('p-1');
const document = documentId.parse('0192f5a0-0000-7000-8000-000000000001');
const basedOn = fileDigest.parse('0'.repeat(64));

function queue(store: WorkStore, act: 'assignNumber' | 'register' = 'assignNumber', id = document) {
  const key = newIdempotencyKey(now);
  const request = { act, input: { id, key, version: 1, basedOn } };
  store.outbox.add({ personId: person, subject: 'Thử nghiệm', request }, now);
  return key;
}

function open(folder: string): WorkStore {
  return WorkStore.open(folder, now);
}

/** Overwrites the middle of a database file, as a failing disk does. */
function damage(path: string): void {
  const bytes = readFileSync(path);
  bytes.fill(0xa5, 4096, 12_288);
  writeFileSync(path, bytes);
}

test('a committed act is there after reopening, and a clean close leaves no log', () => {
  const folder = testFolder();
  const store = open(folder);
  const key = queue(store);
  store.close();
  expect(existsSync(join(folder, 'work.db-wal'))).toBe(false);
  const again = open(folder);
  expect(again.finding).toEqual({ kind: 'sound' });
  expect(again.outbox.entry(key)).toMatchObject({ state: 'waiting', attempts: 0, failure: null });
  again.close();
});

test('work.db flushes at each commit and keeps foreign keys', () => {
  const folder = testFolder();
  open(folder).close();
  // The settings of a connection can't be seen from another one: asked of the store's own.
  const seen: string[] = [];
  const pragma = Database.prototype.pragma;
  Database.prototype.pragma = function (source: string, ...rest: unknown[]) {
    seen.push(source);
    return Reflect.apply(pragma, this, [source, ...rest]);
  };
  try {
    open(folder).close();
  } finally {
    Database.prototype.pragma = pragma;
  }
  expect(seen).toEqual(
    expect.arrayContaining([
      'journal_mode = WAL',
      'synchronous = FULL',
      'foreign_keys = ON',
      'quick_check(1)',
    ]),
  );
});

test('a transaction that fails leaves nothing of itself', () => {
  const store = open(testFolder());
  expect(() =>
    store.transaction(() => {
      queue(store);
      throw new Error('stop');
    }),
  ).toThrow();
  expect(store.outbox.list(person)).toEqual([]);
  store.close();
});

test('the schema refuses to drop an act, to change its request, or to take back a confirmation', () => {
  const folder = testFolder();
  const store = open(folder);
  const key = queue(store);
  store.outbox.markSending(key);
  store.outbox.markConfirmed(key, now);
  store.audit.add({ event: 'confirm', personId: person, documentId: document, detail: { key } }, now);
  store.close();
  const raw = new Database(join(folder, 'work.db'));
  expect(() => raw.exec('DELETE FROM outbox')).toThrow('never dropped');
  expect(() => raw.exec(`UPDATE outbox SET request = '{}'`)).toThrow('never changes');
  expect(() => raw.exec(`UPDATE outbox SET state = 'waiting', confirmed_at = NULL`)).toThrow(
    'stays confirmed',
  );
  expect(() => raw.exec('DELETE FROM audit')).toThrow('only added to');
  expect(() => raw.exec(`UPDATE audit SET detail = ''`)).toThrow('only added to');
  raw.close();
});

test('one document is sent in order, others beside it, and a refused act holds nothing up', () => {
  const store = open(testFolder());
  const other = documentId.parse('0192f5a0-0000-7000-8000-000000000002');
  const first = queue(store);
  const second = queue(store, 'register');
  const third = queue(store, 'assignNumber', other);
  expect(store.outbox.sendable(person)).toEqual([first, third]);
  store.outbox.markSending(first);
  expect(store.outbox.sendable(person)).toEqual([third]);
  const failure = { code: 'document-state', params: {}, retryable: false } as const;
  store.outbox.markNeedsAttention(first, failure);
  expect(store.outbox.sendable(person)).toEqual([second, third]);
  expect(store.outbox.waiting(person)).toBe(2);
  expect(store.outbox.sendable(personId.parse('p-2'))).toEqual([]);
  store.close();
});

test('what was being sent when the program died has an unknown outcome', () => {
  const folder = testFolder();
  const store = open(folder);
  const [sending, waiting] = [queue(store), queue(store)];
  store.outbox.markSending(sending);
  store.close();
  const again = open(folder);
  expect(again.outbox.recover()).toBe(1);
  expect(again.outbox.entry(sending)).toMatchObject({
    state: 'outcomeUnknown',
    attempts: 1,
    failure: { code: 'outcome-unknown' },
  });
  expect(again.outbox.entry(waiting).state).toBe('waiting');
  again.close();
});

test('nothing can be signed twice until the first signature was set aside', () => {
  const store = open(testFolder());
  const digest = (digit: string) => fileDigest.parse(digit.repeat(64));
  const file = {
    documentId: document,
    purpose: 'approval',
    sourceDigest: digest('a'),
    bytes: 1,
    name: 'a.pdf',
  } as const;
  store.signedFiles.add({ ...file, digest: digest('b') }, person, now);
  expect(() => store.signedFiles.add({ ...file, digest: digest('c') }, person, now)).toThrow('UNIQUE');
  store.signedFiles.setAside(digest('b'), now);
  store.signedFiles.add({ ...file, digest: digest('c') }, person, now);
  expect(store.signedFiles.find(document, 'approval', digest('a'))?.digest).toBe(digest('c'));
  expect(store.signedFiles.standing()).toHaveLength(1);
  store.close();
});

test('seven daily copies are kept, each one whole, and one a day is enough', async () => {
  const folder = testFolder();
  const store = open(folder);
  queue(store);
  for (let day = 10; day < 20; day += 1) await store.copyDaily(`2026-11-${day}`);
  await store.copyDaily('2026-11-19');
  const names = readdirSync(join(folder, 'copies')).sort();
  expect(names).toEqual(Array.from({ length: 7 }, (_, index) => `work-2026-11-${13 + index}.db`));
  const copy = new Database(join(folder, 'copies', 'work-2026-11-19.db'), { readonly: true });
  expect(copy.prepare('SELECT count(*) FROM outbox').pluck().get()).toBe(1);
  copy.close();
  store.close();
});

test('a damaged file is set aside, and the newest whole copy takes its place', async () => {
  const folder = testFolder();
  const store = open(folder);
  const key = queue(store);
  await store.copyDaily('2026-11-18');
  await store.copyDaily('2026-11-19');
  queue(store);
  store.close();
  damage(join(folder, 'work.db'));
  damage(join(folder, 'copies', 'work-2026-11-19.db'));
  const again = open(folder);
  expect(again.finding).toEqual({ kind: 'restored', copyDay: '2026-11-18' });
  expect(again.outbox.list(person).map((entry) => entry.key)).toEqual([key]);
  again.close();
  const aside = readdirSync(folder).filter((name) => name.startsWith('set-aside-work.db'));
  expect(aside).toHaveLength(1);
  expect(readdirSync(join(folder, aside[0] ?? ''))).toContain('work.db');
  expect(open(folder).finding).toEqual({ kind: 'sound' });
});

test('without any copy work begins anew, and says so', () => {
  const folder = testFolder();
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'work.db'), 'this is no database, however one looks at it'.repeat(200));
  const store = open(folder);
  expect(store.finding).toEqual({ kind: 'restored', copyDay: null });
  queue(store);
  store.close();
});

test('a store from a newer program is read and never changed', () => {
  const folder = testFolder();
  const store = open(folder);
  const key = queue(store);
  store.close();
  const raw = new Database(join(folder, 'work.db'));
  raw.pragma('user_version = 99');
  raw.close();
  const newer = open(folder);
  expect(newer.finding).toEqual({ kind: 'newer' });
  expect(newer.outbox.entry(key).state).toBe('waiting');
  expect(() => newer.transaction(() => queue(newer))).toThrow(
    expect.objectContaining({ code: 'store-newer' }),
  );
  newer.close();
  const after = new Database(join(folder, 'work.db'), { readonly: true });
  expect(after.pragma('user_version', { simple: true })).toBe(99);
  after.close();
});

test('a key that is not in the outbox is missing, not ignored', () => {
  const store = open(testFolder());
  const key = idempotencyKey.parse('0192f5a0-0000-7000-8000-00000000000f');
  expect(() => store.outbox.markSending(key)).toThrow(expect.objectContaining({ code: 'document-missing' }));
  store.close();
});
