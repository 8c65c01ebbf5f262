import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { beforeEach, expect, test } from 'vitest';
import type { AuditEvent } from '../../../native/store/audit-log.ts';
import { migrate } from '../../../native/store/migration.ts';
import { workMigrations } from '../../../native/store/migrations/work.ts';
import { WorkStore } from '../../../native/store/work-store.ts';
import { testFolder } from './folder.ts';

const now = new Date('2026-11-20T01:00:00.000Z');
const event = (index: number): AuditEvent => ({
  ...{ event: 'signOut', personId: null, documentId: null, detail: { index } },
});
let folder = '';
const headPath = () => join(folder, 'audit-head.json');
beforeEach(() => {
  folder = testFolder();
  const work = WorkStore.open(folder, now);
  for (let index = 1; index <= 5; index += 1) work.audit.add(event(index), now);
  work.close();
});

/** What a start finds of the audit. */
function found(): unknown {
  const work = WorkStore.open(folder, now);
  const state = work.auditState;
  work.close();
  return state;
}

function tamper(sql: string): void {
  const database = new Database(join(folder, 'work.db'));
  database.exec('DROP TRIGGER audit_keeps_rows; DROP TRIGGER audit_keeps_text;');
  database.exec(sql);
  database.close();
}

test('an audit that nobody touched is whole, start after start', () => {
  expect(found()).toEqual({ whole: true, entries: 5 });
  expect(found()).toEqual({ whole: true, entries: 5 });
});

test.each([
  ['an entry changed', () => tamper("UPDATE audit SET detail = '{}' WHERE sequence = 2"), 'changed', 2],
  ['one taken out', () => tamper('DELETE FROM audit WHERE sequence = 3'), 'missing', 4],
  ['the end cut off', () => tamper('DELETE FROM audit WHERE sequence > 3'), 'cut', 4],
  ['all of it emptied', () => tamper('DELETE FROM audit'), 'cut', 1],
  [
    'two exchanged',
    () =>
      tamper(`UPDATE audit SET sequence = -1 WHERE sequence = 2;
        UPDATE audit SET sequence = 2 WHERE sequence = 3; UPDATE audit SET sequence = 3 WHERE sequence = -1`),
    'changed',
    2,
  ],
  [
    'one added after the program had ended',
    () => tamper("INSERT INTO audit (sequence, at, event, detail) VALUES (6, '', 'sign', '{}')"),
    'changed',
    6,
  ],
  ['its head taken away', () => rmSync(headPath()), 'headMissing', 5],
  [
    'a head of somebody else’s making',
    () => {
      const head = JSON.parse(readFileSync(headPath(), 'utf8'));
      tamper('DELETE FROM audit WHERE sequence > 3');
      const database = new Database(join(folder, 'work.db'), { readonly: true });
      const digest = database.prepare('SELECT digest FROM audit WHERE sequence = 3').pluck().get();
      database.close();
      writeFileSync(headPath(), JSON.stringify({ ...head, sequence: 3, digest }));
    },
    'otherHead',
    3,
  ],
])('%s is found at the next start, and written down', (_, change, fault, at) => {
  change();
  expect(found()).toMatchObject({ whole: false, fault, at });
  const database = new Database(join(folder, 'work.db'), { readonly: true });
  const detail = database.prepare("SELECT detail FROM audit WHERE event = 'auditBroken'").pluck().get();
  database.close();
  expect(JSON.parse(String(detail))).toEqual({ fault, at });
});

test('a program that was killed leaves a whole audit', () => {
  const work = WorkStore.open(folder, now);
  work.audit.add(event(6), now);
  // Its head is still as it was when the program began: that is what a killed one leaves.
  const left = readFileSync(headPath());
  work.close();
  writeFileSync(headPath(), left);
  expect(found()).toEqual({ whole: true, entries: 6 });
});

test('what a transaction takes back leaves neither entry nor head', () => {
  const work = WorkStore.open(folder, now);
  expect(() =>
    work.transaction(() => {
      work.audit.add(event(6), now);
      throw new Error('taken back');
    }),
  ).toThrow();
  work.close();
  expect(found()).toEqual({ whole: true, entries: 5 });
});

test('the entries of an earlier version are vouched for by the first that is linked', () => {
  const older = testFolder();
  const database = new Database(join(older, 'work.db'));
  migrate(database, workMigrations.slice(0, 5));
  for (let index = 1; index <= 3; index += 1) {
    database
      .prepare("INSERT INTO audit (at, event, detail) VALUES ('2026-01-01', 'sign', ?)")
      .run(String(index));
  }
  database.close();
  folder = older;
  expect(found()).toEqual({ whole: true, entries: 3 });
  const work = WorkStore.open(folder, now);
  work.audit.add(event(4), now);
  work.close();
  expect(found()).toEqual({ whole: true, entries: 4 });
  tamper("UPDATE audit SET detail = '9' WHERE sequence = 2");
  expect(found()).toMatchObject({ whole: false });
});
