import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import { fileDigest, personId } from '../../../contract/identity.ts';
import { CacheStore } from '../../../native/store/cache-store.ts';
import { incoming, outgoing } from '../workflow/sample.ts';
import { testFolder } from './folder.ts';

const now = new Date('2026-11-20T03:00:00Z');
const person = personId.parse('p-1');

function open(folder = testFolder()): CacheStore {
  const cache = CacheStore.open(folder, now);
  cache.documents.claim(person);
  return cache;
}

test('page and cursor are applied together or not at all', () => {
  const { documents, close } = bound(open());
  const [first, second] = [outgoing('awaitingSignature'), incoming('sent')];
  expect(documents.applyPage({ documents: [first], cursor: 'c1' }, { startOver: false })).toBe(1);
  const unwritable = { ...second, subject: 1n } as unknown as typeof second;
  expect(() =>
    documents.applyPage({ documents: [second, unwritable], cursor: 'c2' }, { startOver: false }),
  ).toThrow();
  expect(documents.cursor()).toBe('c1');
  expect(documents.all()).toEqual([first]);
  close();
});

test('an older version never replaces a newer one', () => {
  const { documents, close } = bound(open());
  const document = outgoing('awaitingNumber');
  documents.put({ ...document, version: 3 });
  expect(documents.put({ ...document, version: 2, state: 'awaitingSignature' })).toBe(false);
  expect(documents.get(document.id)).toMatchObject({ version: 3, state: 'awaitingNumber' });
  expect(documents.put({ ...document, version: 3 })).toBe(false);
  close();
});

test('starting over replaces what there was', () => {
  const { documents, close } = bound(open());
  documents.applyPage({ documents: [outgoing('awaitingSignature')], cursor: 'old' }, { startOver: false });
  const fresh = outgoing('issued');
  documents.applyPage({ documents: [fresh], cursor: 'new' }, { startOver: true });
  expect(documents.all()).toEqual([fresh]);
  expect(documents.cursor()).toBe('new');
  close();
});

test('another person at the same computer begins with nothing', () => {
  const { documents, close } = bound(open());
  const document = outgoing('awaitingSignature');
  documents.applyPage({ documents: [document], cursor: 'c1' }, { startOver: false });
  documents.claim(person);
  expect(documents.cursor()).toBe('c1');
  expect(documents.names(fileDigest.parse(document.files[0]?.digest))).toBe(true);
  documents.claim(personId.parse('p-2'));
  expect(documents.cursor()).toBeNull();
  expect(documents.all()).toEqual([]);
  close();
});

test('a verdict holds for its day', () => {
  const cache = open();
  const digest = fileDigest.parse('d'.repeat(64));
  const report = { verdict: 'unsigned', signatures: [] } as const;
  cache.verifications.put(digest, '2026-11-20', { ...report, signatures: [] });
  expect(cache.verifications.find(digest, '2026-11-20')).toEqual(report);
  expect(cache.verifications.find(digest, '2026-11-21')).toBeNull();
  cache.verifications.keepOf('this program');
  expect(cache.verifications.find(digest, '2026-11-20')).toBeNull();
  cache.verifications.put(digest, '2026-11-20', { ...report, signatures: [] });
  cache.verifications.keepOf('this program');
  expect(cache.verifications.find(digest, '2026-11-20')).toEqual(report);
  cache.verifications.keepOf('the next program');
  expect(cache.verifications.find(digest, '2026-11-20')).toBeNull();
  cache.close();
});

test.each(['damaged', 'newer'])('a %s cache is set aside and begun anew', (how) => {
  const folder = testFolder();
  const path = join(folder, 'cache.db');
  if (how === 'damaged') writeFileSync(path, 'no database at all'.repeat(500));
  else {
    const raw = new Database(path);
    raw.pragma('user_version = 99');
    raw.close();
  }
  const cache = CacheStore.open(folder, now);
  expect(cache.rebuilt).toBe(true);
  cache.close();
  expect(readdirSync(folder).some((name) => name.startsWith('set-aside-cache.db'))).toBe(true);
});

function bound(cache: CacheStore) {
  return { documents: cache.documents, close: () => cache.close() };
}
