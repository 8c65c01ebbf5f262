import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { KnownAuthority } from '../../../contract/trust.ts';
import { Confirmations } from '../../../native/core/confirmations.ts';
import { knownAuthorities } from '../../../native/core/known-authorities.ts';
import { Session } from '../../../native/core/session.ts';
import { TrustStore } from '../../../native/core/trust-store.ts';
import { WorkStore } from '../../../native/store/work-store.ts';
import type { Fetcher } from '../../../native/verification/index.ts';
import { authority, build, end, pem, valid, type World } from '../../conformance/pkits/world.ts';
import { TestProvince } from '../server/test-province.ts';
import { SoftwareToken } from './software-token.ts';
import { TestDesk } from './test-desk.ts';

let province: TestProvince;
let desk: TestDesk;
let picked: string | null = null;
const certificates: World = build(valid('any', [authority(), end()]));
const fingerprint = (der: Uint8Array) => createHash('sha256').update(der).digest('hex');
const rootPrint = fingerprint(certificates.root);
const filePicker = {
  pickModule: async () => null,
  pickTarget: async () => null,
  pickDocuments: async () => [],
  reveal: async () => undefined,
  pickCertificate: async () => picked,
};

beforeAll(async () => {
  province = await (await TestProvince.create(1)).start();
  desk = await TestDesk.create(province, 'clerk', { parts: { filePicker: () => filePicker } });
  await desk.signIn();
});
afterAll(async () => {
  await desk.remove();
  await province.remove();
});
beforeEach(() => {
  picked = null;
});

function file(name: string, content: string | Uint8Array): string {
  const path = join(desk.profile, name);
  writeFileSync(path, content);
  return path;
}

test('nothing is trusted that nobody picked', async () => {
  await expect(desk.core.trust.add(rootPrint)).rejects.toMatchObject({ code: 'not-permitted' });
  expect(await desk.core.trust.pick()).toBeNull();
  const { anchors, known } = desk.core.trust.state();
  expect(anchors.map(({ source, addedBy }) => ({ source, addedBy }))).toEqual([
    { source: 'configured', addedBy: null },
  ]);
  expect(known).toEqual(knownAuthorities);
});

test('picked, looked at, added, found again after a start, removed; the audit names the person', async () => {
  picked = file('root.pem', pem(certificates.root) + pem(certificates.end));
  const candidates = await desk.core.trust.pick();
  // A person's certificate in the same file is no candidate.
  expect(candidates).toMatchObject([
    { fingerprint: rootPrint, subject: 'Root', isRoot: true, knownAs: null },
  ]);
  expect(desk.core.trust.state().anchors).toHaveLength(1);
  const events = desk.core.events.watch(AbortSignal.timeout(10_000));
  const state = await desk.core.trust.add(rootPrint);
  expect((await events.next()).value).toEqual({ topic: 'trust' });
  const added = { fingerprint: rootPrint, source: 'added', addedBy: expect.stringContaining('Văn thư') };
  expect(state.anchors[1]).toMatchObject(added);
  expect(desk.core.trust.anchors.map(({ raw }) => fingerprint(raw))).toContain(rootPrint);
  await desk.core.trust.add(rootPrint);
  await desk.close();
  await desk.open();
  expect(desk.core.trust.state().anchors[1]).toMatchObject(added);
  await expect(desk.core.trust.remove(rootPrint)).rejects.toMatchObject({ code: 'session-missing' });
  await desk.core.signIn({ key: SoftwareToken.key('01') });
  expect((await desk.core.trust.remove(rootPrint)).anchors).toHaveLength(1);
  expect(desk.core.trust.anchors).toHaveLength(1);
  const [configured] = desk.core.trust.state().anchors;
  await expect(desk.core.trust.remove(configured?.fingerprint ?? '')).rejects.toMatchObject({
    code: 'not-permitted',
  });
  await desk.close();
  const database = new Database(join(desk.profile, 'work.db'), { readonly: true });
  const rows = database
    .prepare(
      `SELECT event, person_id AS person, detail FROM audit WHERE event LIKE 'trust%' ORDER BY sequence`,
    )
    .all();
  database.close();
  const detail = JSON.stringify({ fingerprint: rootPrint, subject: 'Root' });
  expect(rows).toEqual([
    { event: 'trustAdd', person: expect.any(String), detail },
    { event: 'trustRemove', person: expect.any(String), detail },
  ]);
  await desk.open();
  await desk.signIn();
});

test('a verdict found for an authority that was taken away is nobody’s, even where the program was killed in between', async () => {
  picked = file('root.pem', pem(certificates.root));
  await desk.core.trust.pick();
  await desk.core.trust.add(rootPrint);
  await desk.close();
  const open = (name: string) => new Database(join(desk.profile, name));
  const verdicts = () => {
    const cache = open('cache.db');
    const count = cache.prepare('SELECT count(*) FROM verification').pluck().get();
    cache.close();
    return count;
  };
  // Found after a start that knew the authority, and kept over the next one.
  await desk.open();
  await desk.close();
  const cache = open('cache.db');
  cache
    .prepare('INSERT INTO verification (digest, day, report) VALUES (?, ?, ?)')
    .run('a', '2026-11-22', '{}');
  cache.close();
  await desk.open();
  await desk.close();
  expect(verdicts()).toBe(1);
  // What stands on the disk when the power goes between the two databases.
  const work = open('work.db');
  work.prepare('DELETE FROM trust_anchor WHERE fingerprint = ?').run(rootPrint);
  work.close();
  await desk.open();
  await desk.close();
  expect(verdicts()).toBe(0);
  await desk.open();
  await desk.signIn();
});

test.each([
  ['a person’s certificate', (): string => pem(certificates.end), 'anchor-unsuitable', 'not-an-authority'],
  ['something else', (): string => 'xin chào', 'anchor-unsuitable', 'no-certificate'],
  ['nothing', (): string => '', 'anchor-unsuitable', 'no-certificate'],
  ['too much', (): Uint8Array => Buffer.alloc(1024 * 1024 + 1), 'file-too-large', undefined],
] as const)('a file with %s is refused', async (_, content, code, reason) => {
  picked = file('odd.crt', content());
  const params = reason ? { reason, file: 'odd.crt' } : expect.anything();
  await expect(desk.core.trust.pick()).rejects.toMatchObject({ code, params });
  picked = join(desk.profile, 'gone.crt');
  await expect(desk.core.trust.pick()).rejects.toMatchObject({ code: 'file-missing' });
});

test('a known authority is fetched, and only the very certificate is taken', async () => {
  const url = 'http://example.vn/root.crt';
  const known: KnownAuthority[] = [{ fingerprint: rootPrint, name: 'Gốc', url }];
  const folder = join(desk.profile, 'other');
  mkdirSync(folder);
  const work = WorkStore.open(folder, new Date());
  let answer: Uint8Array | null = null;
  const fetcher: Fetcher = {
    get: async () => {
      if (!answer) throw new Error('no line');
      return answer;
    },
    post: async () => Promise.reject(new Error('never')),
  };
  const session = new Session();
  const open = desk.core.session.require();
  session.begin(open);
  const store = new TrustStore({
    ...{ work, session, withoutServer: false, configured: [], picker: () => filePicker, fetcher, known },
    confirmations: new Confirmations(() => desk.person),
    now: () => new Date(),
    onChange: () => undefined,
  });
  const unavailable = (reason: string) => ({
    code: 'anchor-unavailable',
    params: { subject: 'Gốc', url, reason },
  });
  await expect(store.add(rootPrint)).rejects.toMatchObject(unavailable('no-answer'));
  answer = certificates.others[0] ?? null;
  await expect(store.add(rootPrint)).rejects.toMatchObject(unavailable('other-certificate'));
  answer = Buffer.from('<html>Đăng nhập Wi-Fi</html>');
  await expect(store.add(rootPrint)).rejects.toMatchObject(unavailable('other-certificate'));
  expect(store.anchors).toEqual([]);
  answer = certificates.root;
  const state = await store.add(rootPrint);
  expect(state.anchors).toMatchObject([{ knownAs: 'Gốc', source: 'added' }]);
  expect(state.known).toEqual([]);
  work.close();
});
