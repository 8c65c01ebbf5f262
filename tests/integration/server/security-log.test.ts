import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { failureOf, newKey, TestProvince } from './test-province.ts';

const run = promisify(execFile);
let province: TestProvince;
beforeEach(async () => {
  province = await (await TestProvince.create(1)).start();
});
afterEach(() => province.remove());

interface Row {
  sequence: number;
  who: string | null;
  event: string;
  about: string | null;
  detail: string;
}

function withDatabase<T>(work: (database: Database.Database) => T): T {
  const database = new Database(join(province.dataDir, 'province.db'));
  try {
    return work(database);
  } finally {
    database.close();
  }
}

const rows = () =>
  withDatabase((database) => database.prepare<[], Row>('SELECT * FROM security_log ORDER BY sequence').all());

/** What the program says of the log that a stopped server left. */
async function checked(): Promise<unknown> {
  const args = ['server/main.ts', '--data', province.dataDir, '--check-log'];
  const { stdout } = await run(process.execPath, args).catch((error: { stdout: string }) => error);
  return JSON.parse(stdout);
}

/** As somebody would who has the database file and not the program: the triggers are no hindrance to them. */
function tamper(sql: string): void {
  withDatabase((database) => {
    database.exec('DROP TRIGGER security_log_keeps_rows; DROP TRIGGER security_log_keeps_text;');
    database.exec(sql);
  });
}

const lastSequence = () => rows().at(-1)?.sequence ?? 0;

test('what was done, refused and overridden stands there, by whom and to what', async () => {
  const [draft] = await province.drafts();
  if (!draft) throw new Error('no draft');
  const approved = await province.approve(draft);
  const numbered = await province.number(approved);
  const file = approved.files[0]?.digest;
  if (!file) throw new Error('no file');
  const { id, version } = numbered;
  const issue = {
    id,
    version,
    key: newKey(),
    file,
    basedOn: file,
    recipients: numbered.recipients.map(({ agency }) => agency.code),
  };
  await failureOf((await province.as('specialist')).documents.issue(issue));
  await failureOf(
    province.client().auth.open({
      ...{ challengeId: randomUUID(), certificate: province.identities.leader.encoded },
      signature: Buffer.alloc(64).toString('base64'),
    }),
  );
  await (await province.as('clerk')).auth.close({});
  const told = rows().map(({ event, who, about, detail }) => [
    event,
    who,
    about,
    JSON.parse(detail).act ?? null,
  ]);
  expect(told).toEqual(
    expect.arrayContaining([
      ['start', null, null, null],
      ['trust', null, expect.any(String), null],
      ['sign-in', 'p-leader', null, null],
      ['act', 'p-leader', draft.id, 'approve'],
      ['act', 'p-clerk', draft.id, 'number'],
      ['refused', 'p-spec', draft.id, 'issue'],
      ['sign-in-failed', expect.any(String), null, null],
      ['sign-out', 'p-clerk', null, null],
    ]),
  );
});

test('it holds no bearer, no signature and no body', async () => {
  const [draft] = await province.drafts();
  if (draft) await province.approve(draft);
  const bearer = await province.bearer('leader');
  const text = JSON.stringify(rows());
  expect(text).not.toContain(bearer);
  expect(text).not.toContain(province.identities.leader.encoded.slice(0, 60));
});

test('a server that is started again goes on with it, and it is whole', async () => {
  await province.signIn('leader');
  await province.stop();
  expect(await checked()).toEqual({ whole: true, entries: lastSequence() });
  await province.start();
  await province.signIn('clerk');
  await province.stop();
  expect(await checked()).toEqual({ whole: true, entries: lastSequence() });
  const events = rows().map(({ event }) => event);
  expect(events.filter((event) => event === 'start')).toHaveLength(2);
  expect(events.filter((event) => event === 'trust')).toHaveLength(1);
});

test('the database itself lets nobody change or drop an entry', () => {
  expect(() => withDatabase((database) => database.exec("UPDATE security_log SET who = 'x'"))).toThrow(
    'only added to',
  );
  expect(() => withDatabase((database) => database.exec('DELETE FROM security_log'))).toThrow(
    'only added to',
  );
});

test.each([
  [
    'an entry is changed',
    () => tamper("UPDATE security_log SET who = 'p-clerk' WHERE sequence = 3"),
    'changed',
    3,
  ],
  ['one is taken out', () => tamper('DELETE FROM security_log WHERE sequence = 3'), 'missing', 4],
  [
    'two are exchanged',
    () =>
      tamper(`UPDATE security_log SET sequence = -1 WHERE sequence = 2;
        UPDATE security_log SET sequence = 2 WHERE sequence = 3; UPDATE security_log SET sequence = 3 WHERE sequence = -1`),
    'changed',
    2,
  ],
  ['the end is cut off', () => tamper('DELETE FROM security_log WHERE sequence > 3'), 'cut', 4],
  ['all of it is emptied', () => tamper('DELETE FROM security_log'), 'cut', 1],
  [
    'the head is taken away',
    () => rmSync(join(province.dataDir, 'security-log.head')),
    'headMissing',
    undefined,
  ],
  [
    'the head of another log is put there',
    () => {
      const path = join(province.dataDir, 'security-log.head');
      const head = JSON.parse(readFileSync(path, 'utf8'));
      writeFileSync(path, JSON.stringify({ ...head, digest: 'ab'.repeat(32) }));
    },
    'otherHead',
    undefined,
  ],
] as const)('where %s, the program says so', async (_, change, fault, at) => {
  await province.signIn('leader');
  await province.stop();
  const last = lastSequence();
  change();
  expect(await checked()).toMatchObject({ whole: false, fault, at: at ?? last });
  // The next run says it, too, and goes on: what follows must be written down.
  await province.start();
  expect(province.log).toContainEqual(expect.objectContaining({ event: 'security-log-broken', fault }));
  expect(rows().at(-1)?.event).toMatch(/start|trust/);
});

test('a server that was killed leaves a whole log', async () => {
  await province.signIn('leader');
  // What a killed process leaves: the database with all that was committed, the head as it was at the last second.
  expect(await checked()).toMatchObject({ whole: true });
});
