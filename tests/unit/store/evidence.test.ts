import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { fileDigest } from '../../../contract/identity.ts';
import type { VerificationReport } from '../../../contract/verdict.ts';
import type { EvidencePieces } from '../../../native/store/evidence.ts';
import { WorkStore } from '../../../native/store/work-store.ts';
import { reports } from '../renderer/fake-core/samples.ts';

const [first, second] = [fileDigest.parse('a'.repeat(64)), fileDigest.parse('b'.repeat(64))];
const at = (minute: number) => new Date(Date.UTC(2026, 10, 22, 1, minute));
const bytes = (text: string) => Buffer.from(text);
const pieces: EvidencePieces = {
  certificates: [bytes('leaf'), bytes('authority')],
  ocsps: [bytes('good')],
  crls: [],
};

let folder: string;
let work: WorkStore;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'antin-evidence-'));
  work = WorkStore.open(folder, at(0));
});
afterEach(() => {
  work.close();
  rmSync(folder, { recursive: true, force: true });
});

const keep = (digest: typeof first, report: VerificationReport, minute = 1, own = pieces) =>
  work.transaction(() => work.evidence.keep(digest, report, own, at(minute)));

/** What stands in the file itself, once the store is closed. */
function count(table: string): unknown {
  work.close();
  const database = new Database(join(folder, 'work.db'), { readonly: true });
  const rows = database.prepare(`SELECT count(*) FROM ${table}`).pluck().get();
  database.close();
  work = WorkStore.open(folder, at(9));
  return rows;
}

test('is kept with the verdict, and the first that says something stays', () => {
  keep(first, reports.indeterminate, 1, { certificates: [bytes('leaf')], ocsps: [], crls: [] });
  expect(work.evidence.find(first)).toMatchObject({ verdict: 'indeterminate', certificates: 1, ocsps: 0 });
  keep(first, reports.valid, 2);
  keep(first, reports.invalid, 3);
  expect(work.evidence.find(first)).toEqual({
    ...{ keptAt: at(2).toISOString(), verdict: 'valid' },
    ...{ certificates: 2, ocsps: 1, crls: 0 },
  });
  expect(work.evidence.find(second)).toBeNull();
});

test('destroyed it is gone from the disk but for what other files rest on, and is not gathered again', () => {
  keep(first, reports.valid);
  keep(second, reports.valid, 1, { certificates: [bytes('authority')], ocsps: [], crls: [bytes('list')] });
  expect(count('evidence_piece')).toBe(4);
  work.transaction(() => work.evidence.destroy(first, at(5)));
  expect(work.evidence.find(first)).toBeNull();
  expect(count('evidence_piece')).toBe(2);
  keep(first, reports.valid, 6);
  expect(work.evidence.find(first)).toBeNull();
  expect(work.evidence.find(second)).toMatchObject({ certificates: 1, crls: 1 });
  expect(() => work.evidence.destroy(first, at(7))).toThrow(
    expect.objectContaining({ code: 'document-state' }),
  );
});

test.each([
  ['cut short', (report: string) => report.slice(0, 40)],
  ['another thing', () => '[]'],
])(
  'a verdict that is damaged on disk (%s) is nobody’s, stays as it is, and can be destroyed',
  (_, damage) => {
    keep(first, reports.valid);
    work.close();
    const database = new Database(join(folder, 'work.db'));
    const report = String(database.prepare('SELECT report FROM evidence').pluck().get());
    database.prepare('UPDATE evidence SET report = ?').run(damage(report));
    database.close();
    work = WorkStore.open(folder, at(5));
    expect(work.evidence.find(first)).toBeNull();
    keep(first, reports.invalid, 6);
    expect(work.evidence.find(first)).toBeNull();
    expect(count('evidence_piece')).toBe(3);
    work.transaction(() => work.evidence.destroy(first, at(7)));
    expect(count('evidence_piece')).toBe(0);
  },
);

test('destroyed, not even its bytes are left in the files', () => {
  const mark = 'chung-cu-can-huy'.repeat(400);
  keep(first, reports.valid, 1, { certificates: [], ocsps: [bytes('x'), bytes(mark)], crls: [] });
  work.checkpoint();
  const isLeft = () =>
    readdirSync(folder, { withFileTypes: true }).some(
      (entry) => entry.isFile() && readFileSync(join(folder, entry.name)).includes('chung-cu-can-huy'),
    );
  expect(isLeft()).toBe(true);
  work.transaction(() => work.evidence.destroy(first, at(2)));
  work.checkpoint();
  expect(isLeft()).toBe(false);
});
