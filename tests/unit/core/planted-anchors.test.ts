import { createHash } from 'node:crypto';
import { copyFileSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { beforeEach, expect, test } from 'vitest';
import { TrustStore } from '../../../native/core/trust-store.ts';
import { WorkStore } from '../../../native/store/work-store.ts';
import { authority, build, end, pem, valid } from '../../conformance/pkits/world.ts';
import { testFolder } from '../store/folder.ts';

/** Somebody can write the database file, but isn't the program. */
const { root: ours, others } = build(valid('any', [authority(), end()]));
const [planted = ours] = others;
const print = (der: Uint8Array) => createHash('sha256').update(der).digest('hex');
const now = () => new Date('2026-11-20T01:00:00.000Z');
const person = {
  ...{ id: 'p-1', position: 'Văn thư', role: 'clerk' },
  agency: { code: 'H99.18', name: 'Sở Thử Nghiệm', level: 'province' },
};

let folder = '';
beforeEach(() => {
  folder = testFolder();
});

function withStore<T>(use: (trust: TrustStore, work: WorkStore) => T, where = folder): T {
  const work = WorkStore.open(where, now());
  try {
    return use(trustOf(work, where), work);
  } finally {
    work.close();
  }
}

function trustOf(work: WorkStore, where: string): TrustStore {
  return new TrustStore({
    ...{ work, withoutServer: false, configured: [], known: [], now, onChange: () => undefined },
    session: { current: null, require: () => ({ person }) as never },
    confirmations: { require: async () => undefined },
    picker: () => ({ pickCertificate: async () => join(where, 'root.pem') }),
    fetcher: {
      get: () => Promise.reject(new Error('never')),
      post: () => Promise.reject(new Error('never')),
    },
  });
}

/** Adds an authority as a person does: out of a file, by the program. */
async function added(): Promise<void> {
  const work = WorkStore.open(folder, now());
  const trust = trustOf(work, folder);
  writeFileSync(join(folder, 'root.pem'), pem(ours));
  await trust.pick();
  await trust.add(print(ours));
  work.close();
}

function tamper(sql: string, ...values: unknown[]): void {
  const database = new Database(join(folder, 'work.db'));
  database.prepare(sql).run(...values);
  database.close();
}

const plant = (columns: Record<string, unknown>) => {
  const row = {
    ...{ fingerprint: print(planted), certificate: planted, added_at: now().toISOString() },
    ...{ added_by: 'Văn thư, Sở Thử Nghiệm', mac: null, ...columns },
  };
  const names = Object.keys(row);
  tamper(
    `INSERT INTO trust_anchor (${names.join()}) VALUES (${names.map(() => '?').join()})`,
    ...Object.values(row),
  );
};

const trusted = () => withStore((trust) => trust.anchors.map(({ raw }) => print(raw)));
const unconfirmed = () =>
  withStore((trust) => trust.state().unconfirmed?.map(({ fingerprint }) => fingerprint));

test('what the program added is trusted after a start, and nothing is unconfirmed', async () => {
  await added();
  expect(trusted()).toEqual([print(ours)]);
  expect(unconfirmed()).toEqual([]);
  expect(statSync(join(folder, 'store.key')).mode & 0o777).toBe(0o600);
});

test.each([
  ['without a MAC, as an earlier version wrote it', {}],
  ['with a MAC of chance', { mac: 'ab'.repeat(32) }],
  ['with a MAC of another length', { mac: 'ab' }],
  ['with a MAC that is none', { mac: 'không' }],
  ['from a day that there isn’t', { added_at: 'yesterday', mac: 'ab'.repeat(32) }],
])('a row %s is shown, and nothing rests on it', async (_, columns) => {
  await added();
  plant(columns);
  expect(trusted()).toEqual([print(ours)]);
  expect(unconfirmed()).toEqual([print(planted)]);
});

test.each([
  ['another certificate under its fingerprint', 'UPDATE trust_anchor SET certificate = ?', planted],
  ['another person’s name', 'UPDATE trust_anchor SET added_by = ?', 'Giám đốc'],
  ['another day', 'UPDATE trust_anchor SET added_at = ?', '2025-01-01T00:00:00.000Z'],
  ['no MAC any more', 'UPDATE trust_anchor SET mac = NULL WHERE ? IS NOT NULL', 'x'],
])('a row that was given %s is trusted no more', async (_, sql, value) => {
  await added();
  tamper(sql, value);
  expect(trusted()).toEqual([]);
});

test('the MAC of one row vouches for no other', async () => {
  await added();
  const database = new Database(join(folder, 'work.db'));
  const mac = database.prepare('SELECT mac FROM trust_anchor').pluck().get();
  database.close();
  plant({ mac });
  expect(trusted()).toEqual([print(ours)]);
});

test('a row that was taken away and put back, MAC and all, is trusted no more', async () => {
  await added();
  const database = new Database(join(folder, 'work.db'));
  const row = database.prepare<[], Record<string, unknown>>('SELECT * FROM trust_anchor').get() ?? {};
  database.close();
  const work = WorkStore.open(folder, now());
  await trustOf(work, folder).remove(print(ours));
  work.close();
  plant(row);
  expect(trusted()).toEqual([]);
  expect(unconfirmed()).toEqual([print(ours)]);
});

test('another computer’s database brings none of its authorities along', async () => {
  await added();
  const other = testFolder();
  copyFileSync(join(folder, 'work.db'), join(other, 'work.db'));
  expect(withStore((trust) => trust.anchors, other)).toEqual([]);
});

test('without its key, or with another one, a profile trusts nothing that was added', async () => {
  await added();
  rmSync(join(folder, 'store.key'));
  expect(trusted()).toEqual([]);
  expect(readFileSync(join(folder, 'store.key'))).toHaveLength(32);
});

test.each([
  ['too short a key', () => writeFileSync(join(folder, 'store.key'), 'short'), 'store-damaged'],
  ['a link in its place', () => symlinkSync('/dev/zero', join(folder, 'store.key')), 'store-exposed'],
])('%s is said so', async (_, change, code) => {
  await added();
  rmSync(join(folder, 'store.key'));
  change();
  expect(() => WorkStore.open(folder, now())).toThrow(expect.objectContaining({ code }));
});

test('what is no certificate at all hinders nothing', async () => {
  await added();
  plant({ fingerprint: 'x', certificate: Buffer.from('not a certificate') });
  expect(trusted()).toEqual([print(ours)]);
  expect(unconfirmed()).toEqual([]);
});

test('a planted one is written into the audit, once, and can be taken away', async () => {
  await added();
  plant({});
  for (let starts = 0; starts < 3; starts += 1) trusted();
  const work = WorkStore.open(folder, now());
  await trustOf(work, folder).remove(print(planted));
  work.close();
  expect(unconfirmed()).toEqual([]);
  const database = new Database(join(folder, 'work.db'), { readonly: true });
  const events = database.prepare('SELECT event FROM audit ORDER BY sequence').pluck().all();
  database.close();
  expect(events).toEqual(['trustAdd', 'anchorIgnored', 'trustRemove']);
});

test('a person confirms a row from before by adding it anew', async () => {
  withStore(() => undefined);
  plant({ fingerprint: print(ours), certificate: ours });
  expect(trusted()).toEqual([]);
  await added();
  expect(trusted()).toEqual([print(ours)]);
  expect(unconfirmed()).toEqual([]);
});
