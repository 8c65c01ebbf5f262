import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type DocumentId, documentId, fileDigest } from '../../../contract/identity.ts';
import type { VerificationReport } from '../../../contract/verdict.ts';
import type { CoreParts } from '../../../native/core/ports.ts';
import { agencies, TestProvince, type Who } from '../server/test-province.ts';
import { GateProxy } from '../sync/gate-proxy.ts';
import { SoftwareToken } from './software-token.ts';
import { appendSignature, soundReport, TestDesk } from './test-desk.ts';

const person = { key: SoftwareToken.key('01') };
const agency = { key: SoftwareToken.key('02') };

let province: TestProvince;
let proxy: GateProxy;
const desks: TestDesk[] = [];

async function desk(who: Who, parts: Partial<CoreParts> = {}): Promise<TestDesk> {
  const made = await TestDesk.create(province, who, { serverUrl: proxy.url, parts });
  desks.push(made);
  return made.signIn();
}

async function firstId(at: TestDesk): Promise<DocumentId> {
  return (await at.until(() => at.core.documents.list('outgoing')[0])).id;
}

beforeEach(async () => {
  proxy = await new GateProxy(() => province.url).start();
  // Statements to sign in name the way in that people have in their settings, not the machine behind it.
  province = await (await TestProvince.create(1)).start({ origin: proxy.url });
});
afterEach(async () => {
  await Promise.all(desks.splice(0).map((each) => each.remove()));
  await proxy.stop();
  await province.remove();
});

test('two presses of the button: one signature', async () => {
  const leader = await desk('leader');
  const id = await firstId(leader);
  const signedIn = leader.token.signatures;
  const presses = await Promise.allSettled([
    leader.sign(id, 'approve', person),
    leader.sign(id, 'approve', person),
  ]);
  expect(presses.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  expect(leader.token.signatures - signedIn).toBe(1);
});

test('without a line the act waits, the desk shows what was signed, and it goes out once the line is back', async () => {
  const leader = await desk('leader');
  const id = await firstId(leader);
  await leader.until(async () => (await leader.core.show(id)).fileHeld);
  proxy.rule = () => 'drop';
  const before = await leader.core.show(id);
  const approved = await leader.sign(id, 'approve', person);
  expect(approved.task).toBe('none');
  expect(approved.pending).toMatchObject({ act: 'approve', state: 'waiting' });
  expect(approved.file?.digest).not.toBe(before.file?.digest);
  expect(approved.fileHeld).toBe(true);
  await leader.until(() => leader.core.connection().status === 'offline');
  expect(leader.core.connection().waiting).toBe(1);
  proxy.rule = () => 'pass';
  await leader.core.acts.retry((await leader.core.show(id)).pending?.key ?? failed('no act'));
  await leader.untilState(id, 'awaitingNumber');
  expect(leader.core.connection()).toMatchObject({ status: 'online', waiting: 0 });
});

test('what the server rejects may be signed anew, and only then', async () => {
  let bad = true;
  const leader = await desk('leader', {
    signPdf: async (job) => {
      await appendSignature(bad ? { ...job, stamp: { kind: 'seal', number: '1', date: '2026-01-01' } } : job);
    },
  });
  const id = await firstId(leader);
  const rejected = await leader.sign(id, 'approve', person);
  expect(rejected).toMatchObject({ task: 'sign', pending: { state: 'needsAttention' } });
  expect(rejected.pending?.failure?.code).toBe('signed-file-rejected');
  expect(rejected.file?.digest).toBe(rejected.document.files[0]?.digest);
  const [refused] = leader.core.outbox.list();
  if (!refused) throw new Error('the refused act is gone');
  expect(refused.dismissible).toBe(false);
  // What still needs a hand stays in sight.
  expect(() => leader.core.outbox.dismiss([refused.key])).toThrow(
    expect.objectContaining({ code: 'document-state' }),
  );
  bad = false;
  const approved = await leader.sign(id, 'approve', person);
  expect(approved).toMatchObject({ pending: null, document: { state: 'awaitingNumber' } });
  const ended = leader.core.outbox.list();
  expect(ended.map(({ state }) => state)).toEqual(['needsAttention', 'confirmed']);
  // The document has gone on: both may be put away, and stay so.
  expect(ended.map(({ dismissible }) => dismissible)).toEqual([true, true]);
  expect(leader.core.outbox.dismiss(ended.map(({ key }) => key))).toEqual([]);
  expect(() => leader.core.outbox.dismiss([refused.key])).toThrow();
  await leader.close();
  await leader.open();
  await leader.signIn();
  expect(leader.core.outbox.list()).toEqual([]);
});

test('any of a document’s files is brought here when somebody opens it, and no other file', async () => {
  const leader = await desk('leader');
  const id = await firstId(leader);
  const [main] = (await leader.core.show(id)).document.files;
  if (!main) throw new Error('no file');
  await leader.core.heldFiles.hold(id, main.digest);
  expect((await leader.core.heldFiles.locate(main.digest)).bytes).toBe(main.bytes);
  const other = fileDigest.parse('0'.repeat(64));
  await expect(leader.core.heldFiles.hold(id, other)).rejects.toMatchObject({ code: 'file-missing' });
});

test.each([
  ['expired', { reasons: ['certificate-expired'] }, 'certificate-expired'],
  ['revoked', { revocation: 'revoked' }, 'certificate-revoked'],
] as const)('nobody signs with a certificate that is %s', async (_, status, code) => {
  const good = { trusted: true, revocation: 'good', reasons: [], chain: [] } as const;
  const leader = await desk('leader', { validateCertificate: async () => ({ ...good, ...status }) });
  const id = await firstId(leader);
  const signedIn = leader.token.signatures;
  expect(await leader.core.standings.of(person.key)).toMatchObject({ state: 'refused', failure: { code } });
  await expect(leader.sign(id, 'approve', person)).rejects.toMatchObject({ code });
  expect(leader.token.signatures).toBe(signedIn);
  expect(leader.core.outbox.list()).toEqual([]);
});

test('what a certificate may do is known before anybody signs with it, and asked once for both', async () => {
  let asked = 0;
  const leader = await desk('leader', {
    validateCertificate: async () => {
      asked += 1;
      return { trusted: true, revocation: 'unknown', reasons: [], chain: [] };
    },
  });
  const { standings } = leader.core;
  expect(await standings.of(person.key)).toMatchObject({
    state: 'unchecked',
    failure: { code: 'certificate-unchecked' },
  });
  const approved = await leader.sign(await firstId(leader), 'approve', person);
  expect(approved.warning?.code).toBe('certificate-unchecked');
  expect(asked).toBe(1);
  await expect(standings.of({ ...person.key, tokenSerial: 'gone' })).rejects.toMatchObject({
    code: 'token-missing',
  });
});

test('what no responder answered for is asked anew when the line is back, the certificate and the documents alike', async () => {
  let revocation: 'unknown' | 'good' = 'unknown';
  const leader = await desk('leader', {
    validateCertificate: async () => ({ trusted: true, revocation, reasons: [], chain: [] }),
    verifyPdf: async () => ({
      verdict: revocation === 'good' ? 'valid' : 'indeterminate',
      signatures: soundReport.signatures.map((signature) => ({ ...signature, revocation })),
    }),
  });
  const id = await firstId(leader);
  const verdict = async () => (await leader.core.show(id)).verification?.verdict;
  await leader.until(async () => (await verdict()) === 'indeterminate');
  const { standings, acts } = leader.core;
  expect(await standings.of(person.key)).toMatchObject({ state: 'unchecked' });
  const draft = (await leader.core.show(id)).file?.digest ?? failed('no file');
  proxy.rule = () => 'drop';
  const { pending } = await leader.act(id, { act: 'return', reason: 'Sửa' });
  await leader.until(() => leader.core.connection().status === 'offline');
  revocation = 'good';
  proxy.rule = () => 'pass';
  await acts.retry(pending?.key ?? failed('no act'));
  expect(await standings.of(person.key)).toMatchObject({ state: 'good' });
  await leader.until(async () => (await verdict()) === 'valid');
  expect((await leader.core.show(id)).file?.digest).toBe(draft);
});

test('a responder that fails stops no signature', async () => {
  const leader = await desk('leader', {
    validateCertificate: async () => {
      throw new Error('responder down');
    },
  });
  const approved = await leader.sign(await firstId(leader), 'approve', person);
  expect(approved.document.state).toBe('awaitingNumber');
});

test('the agency’s key never approves, and a person’s never seals', async () => {
  const leader = await desk('leader');
  const id = await firstId(leader);
  await expect(leader.sign(id, 'approve', agency)).rejects.toMatchObject({ code: 'not-permitted' });
  await expect(leader.sign(id, 'seal', person)).rejects.toMatchObject({ code: 'not-permitted' });
  await leader.sign(id, 'approve', person);
  const clerk = await desk('clerk');
  await clerk.untilState(id, 'awaitingNumber');
  await clerk.act(id, { act: 'assignNumber' });
  await expect(clerk.sign(id, 'seal', person)).rejects.toMatchObject({ code: 'not-permitted' });
  await expect(clerk.act(id, { act: 'issue', recipients: [agencies.commune.code] })).rejects.toMatchObject({
    code: 'document-state',
  });
});

test('a token that fails in the middle leaves nothing: no row, no file, and the next press works', async () => {
  const leader = await desk('leader');
  const id = await firstId(leader);
  const { sign } = leader.token;
  leader.token.sign = async () => {
    leader.token.sign = sign;
    throw Object.assign(new Error('pulled out'));
  };
  await expect(leader.sign(id, 'approve', person)).rejects.toThrow();
  expect((await leader.core.show(id)).task).toBe('sign');
  expect(leader.core.outbox.list()).toEqual([]);
  expect((await leader.sign(id, 'approve', person)).document.state).toBe('awaitingNumber');
});

test('a session that the server has ended is over here, too, and its acts wait for the next', async () => {
  const leader = await desk('leader');
  const id = await firstId(leader);
  await leader.until(async () => (await leader.core.show(id)).fileHeld);
  province.now = new Date(Date.now() + 30 * 24 * 3600 * 1000);
  // The press finds the session ended: signed and stored all the same, and then said so.
  await leader.sign(id, 'approve', person).catch((error) => expect(error.code).toBe('session-expired'));
  await leader.until(() => leader.core.session.state().status === 'signedOut');
  expect(() => leader.core.documents.list('toSign')).toThrow(
    expect.objectContaining({ code: 'session-expired' }),
  );
  expect(leader.core.connection()).toMatchObject({
    status: 'signedOut',
    failure: { code: 'session-expired' },
  });
  province.now = null;
  await leader.signIn();
  await leader.untilState(id, 'awaitingNumber');
  expect(leader.token.signatures).toBe(3);
});

test('signing in needs the server, says what fails, and the bearer is written nowhere', async () => {
  const made = await TestDesk.create(province, 'leader', { serverUrl: proxy.url });
  desks.push(made);
  proxy.rule = () => 'drop';
  await expect(made.signIn()).rejects.toMatchObject({ code: 'server-unreachable' });
  await expect(made.core.signIn({ key: SoftwareToken.key('99') })).rejects.toMatchObject({
    code: 'certificate-missing',
  });
  proxy.rule = () => 'pass';
  await made.signIn();
  expect(made.core.session.state()).toMatchObject({ status: 'signedIn', person: { role: 'leader' } });
  const { bearer } = made.core.session.current ?? failed('no session');
  expect(JSON.stringify(made.core.session.state())).not.toContain(bearer);
  await made.core.signOut();
  expect(made.core.session.state()).toEqual({ status: 'signedOut' });
  expect(made.token.loggedIn).toBe(false);
  expect(made.logLines.join('')).not.toContain(bearer);
});

test('a province put back from a copy: the cache is filled anew, nothing stays that is no more', async () => {
  const leader = await desk('leader');
  const id = await firstId(leader);
  await leader.sign(id, 'approve', person);
  await province.stop();
  await rm(province.dataDir, { recursive: true });
  await province.start({ origin: proxy.url });
  await leader.until(() => leader.core.session.state().status === 'signedOut');
  await leader.signIn();
  await leader.until(async () => {
    const shown = await leader.core.show(id);
    return shown.document.version === 1 && shown.document.state === 'awaitingSignature';
  });
});

test('a held file is verified in the background, once a day, and its place told only to who may see it', async () => {
  const report: VerificationReport = { verdict: 'indeterminate', signatures: [] };
  let verified = 0;
  const leader = await desk('leader', {
    verifyPdf: async () => {
      verified += 1;
      return report;
    },
  });
  const id = await firstId(leader);
  const shown = await leader.until(async () => {
    const found = await leader.core.show(id);
    return found.verification ? found : undefined;
  });
  expect(shown.verification).toMatchObject(report);
  await leader.core.show(id);
  expect(verified).toBe(1);
  const digest = shown.file?.digest ?? failed('no file');
  expect((await leader.core.heldFiles.locate(digest)).bytes).toBe(shown.file?.bytes);
  const other = fileDigest.parse('0'.repeat(64));
  await expect(leader.core.heldFiles.locate(other)).rejects.toMatchObject({ code: 'file-missing' });
  await leader.core.signOut();
  await expect(leader.core.heldFiles.locate(digest)).rejects.toMatchObject({ code: 'session-missing' });
});

test('a file whose checking fails is said to be so, and isn’t checked again and again', async () => {
  let tries = 0;
  const leader = await desk('leader', {
    verifyPdf: async () => {
      tries += 1;
      throw new Error('the verifier itself');
    },
  });
  const id = await firstId(leader);
  const shown = await leader.until(async () => {
    const found = await leader.core.show(id);
    return found.checkFailed === true && found;
  });
  expect(shown).toMatchObject({ fileHeld: true, verification: null });
  expect(tries).toBe(1);
});

test('two clerks of one agency: the document is acknowledged once, and neither is bothered', async () => {
  const leader = await desk('leader');
  const id = await firstId(leader);
  await leader.sign(id, 'approve', person);
  const clerk = await desk('clerk');
  await clerk.untilState(id, 'awaitingNumber');
  await clerk.act(id, { act: 'assignNumber' });
  await clerk.sign(id, 'seal', agency);
  await clerk.act(id, { act: 'issue', recipients: [agencies.commune.code] });
  const communes = await Promise.all([desk('communeClerk'), desk('communeClerk')]);
  for (const commune of communes) {
    const [incoming] = await commune.until(() => {
      const list = commune.core.documents.list('incoming');
      return list[0]?.state === 'arrived' && list[0].pending === null && list;
    });
    expect(incoming?.task).toBe('register');
    expect(commune.core.outbox.list().every(({ state }) => state === 'confirmed')).toBe(true);
  }
  const { documents } = await (await province.as('communeClerk')).sync.changes({});
  expect(documents[0]?.history.filter(({ act }) => act === 'arrive')).toHaveLength(1);
});

test('what a start found is told: work put back from a copy, or written by a newer program', async () => {
  const leader = await desk('leader');
  await leader.sign(await firstId(leader), 'approve', person);
  await leader.close();
  const path = join(leader.profile, 'work.db');
  await writeFile(path, Buffer.alloc(50_000, 0xa5));
  await leader.open();
  expect(leader.core.connection().storeNotice).toMatchObject({
    code: 'store-damaged',
    params: { copyDay: expect.stringMatching(/^\d{4}-\d{2}-\d{2}$/) },
  });
  await leader.signIn();
  await leader.close();
  const raw = new Database(path);
  raw.pragma('user_version = 99');
  raw.close();
  await leader.open();
  expect(leader.core.connection().storeNotice?.code).toBe('store-newer');
  await expect(leader.signIn()).rejects.toMatchObject({ code: 'store-newer' });
});

test('a second core on the same profile is turned away', async () => {
  const leader = await desk('leader');
  const second = TestDesk.create(province, 'leader', { serverUrl: proxy.url, profile: leader.profile });
  await expect(second).rejects.toMatchObject({ code: 'write-failed', params: { reason: 'in-use' } });
  expect(documentId.safeParse(await firstId(leader)).success).toBe(true);
});

function failed(why: string): never {
  throw new Error(why);
}

test('a server that asks for a statement to another server gets no signature', async () => {
  await province.stop();
  await province.start({ origin: 'https://vanban.example.gov.vn' });
  const made = await TestDesk.create(province, 'leader', { serverUrl: proxy.url });
  desks.push(made);
  await expect(made.signIn()).rejects.toMatchObject({ code: 'server-nonsense' });
  expect(proxy.count('/auth/session')).toBe(0);
});

test('a log that somebody else wrote in is told at each start, and keeps nobody from working', async () => {
  const leader = await desk('leader');
  await leader.sign(await firstId(leader), 'approve', person);
  await leader.close();
  const database = new Database(join(leader.profile, 'work.db'));
  database.exec("DROP TRIGGER audit_keeps_text; UPDATE audit SET detail = '{}' WHERE sequence = 2");
  database.close();
  await leader.open();
  expect(leader.core.connection().storeNotice).toMatchObject({
    ...{ code: 'audit-broken', params: { fault: 'changed', at: 2 } },
  });
  await leader.signIn();
  expect(leader.core.connection()).toMatchObject({ status: 'online', storeNotice: { code: 'audit-broken' } });
  await leader.close();
  // What was changed stays so: whoever looks after the computer has to hear of it, whenever they come.
  await leader.open();
  expect(leader.core.connection().storeNotice).toMatchObject({ code: 'audit-broken', params: { at: 2 } });
});
