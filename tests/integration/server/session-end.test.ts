import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openDatabase } from '../../../server/database.ts';
import { province as firstMigration } from '../../../server/migrations/0001-province.ts';
import { failureOf, TestProvince } from './test-province.ts';

const minute = 60_000;
let province: TestProvince;
let at = 0;
beforeEach(async () => {
  province = await TestProvince.create(0);
  at = Date.now();
  province.now = new Date(at);
  await province.start({ trustedProxies: ['127.0.0.1'] });
});
afterEach(() => province.remove());

function later(milliseconds: number): void {
  at += milliseconds;
  province.now = new Date(at);
}

/** What a request with this bearer ends with. */
async function ending(bearer: string) {
  const { code, params } = await failureOf(province.client(bearer).sync.changes({}));
  return { code, ...params };
}

const works = (bearer: string) => province.client(bearer).sync.changes({});

/** Changes the register as whoever keeps it would, beside the running server. */
function inRegister(sql: string, ...values: string[]): void {
  const database = new Database(join(province.dataDir, 'province.db'));
  database.prepare(sql).run(...values);
  database.close();
}

function events(event: string): { who: string | null; detail: Record<string, unknown> }[] {
  const database = new Database(join(province.dataDir, 'province.db'), { readonly: true });
  const rows = database
    .prepare<[string], { who: string | null; detail: string }>(
      'SELECT who, detail FROM security_log WHERE event = ? ORDER BY sequence',
    )
    .all(event);
  database.close();
  return rows.map(({ who, detail }) => ({ who, detail: JSON.parse(detail) }));
}

test.each([
  [
    'revoked',
    { trusted: true, revocation: 'revoked', reasons: ['certificate-revoked'] },
    'certificate-revoked',
  ],
  [
    'expired',
    { trusted: false, revocation: 'good', reasons: ['certificate-expired'] },
    'certificate-expired',
  ],
  [
    'trusted no more',
    { trusted: false, revocation: 'good', reasons: ['chain-untrusted'] },
    'chain-untrusted',
  ],
] as const)(
  'a certificate that is %s ends its sessions within a minute, all of them',
  async (_, standing, reason) => {
    const [one, other] = [await province.signIn('leader'), await province.signIn('leader')];
    const colleague = await province.signIn('clerk');
    await works(one);
    const { fingerprint256 } = province.identities.leader.certificate;
    province.identityCheck.overrides.set(fingerprint256, { ...standing, reasons: [...standing.reasons] });
    later(31_000);
    expect(await ending(one)).toEqual({ code: 'session-expired', reason });
    expect(await ending(other)).toEqual({ code: 'session-expired', reason });
    await works(colleague);
    // It isn't taken back when the next answer is a better one.
    province.identityCheck.overrides.delete(fingerprint256);
    later(31_000);
    expect(await ending(one)).toEqual({ code: 'session-expired', reason });
    expect(events('session-ended')).toEqual([
      { who: 'p-leader', detail: expect.objectContaining({ reason, certificate: expect.any(String) }) },
    ]);
  },
);

test('a desk that only waits for news is found out by what was asked behind it', async () => {
  const bearer = await province.signIn('leader');
  await works(bearer);
  const { fingerprint256 } = province.identities.leader.certificate;
  province.identityCheck.overrides.set(fingerprint256, {
    ...{ trusted: true, revocation: 'revoked' },
    reasons: ['certificate-revoked'],
  });
  later(20_000);
  await works(bearer);
  await expect.poll(() => ending(bearer).catch(() => null)).toMatchObject({ reason: 'certificate-revoked' });
});

test('a certificate taken off the register ends its sessions at once', async () => {
  const bearer = await province.signIn('leader');
  inRegister('DELETE FROM certificates WHERE person_id = ?', 'p-leader');
  expect(await ending(bearer)).toEqual({ code: 'session-expired', reason: 'session-deregistered' });
});

test('a certificate given to somebody else opens nothing of theirs', async () => {
  const bearer = await province.signIn('leader');
  inRegister("UPDATE certificates SET person_id = 'p-clerk' WHERE person_id = ?", 'p-leader');
  expect(await ending(bearer)).toEqual({ code: 'session-expired', reason: 'session-deregistered' });
});

test('another certificate of the same person keeps nobody’s session', async () => {
  const bearer = await province.signIn('leader');
  const renewed = await province.authority.issue('renewed');
  inRegister('DELETE FROM certificates WHERE person_id = ?', 'p-leader');
  const database = new Database(join(province.dataDir, 'province.db'));
  database
    .prepare('INSERT INTO certificates (fingerprint, person_id, der) VALUES (?, ?, ?)')
    .run(
      renewed.certificate.fingerprint256.replaceAll(':', '').toLowerCase(),
      'p-leader',
      renewed.certificate.raw,
    );
  database.close();
  expect(await ending(bearer)).toEqual({ code: 'session-expired', reason: 'session-deregistered' });
});

test('without an answer from the authority work goes on for an hour, not longer', async () => {
  const bearer = await province.signIn('leader');
  const { fingerprint256 } = province.identities.leader.certificate;
  province.identityCheck.overrides.set(fingerprint256, {
    ...{ trusted: true, revocation: 'unknown' },
    reasons: ['revocation-unknown'],
  });
  for (let minutes = 0; minutes < 60; minutes += 20) {
    await works(bearer);
    later(20 * minute - 1000);
  }
  await works(bearer);
  later(minute);
  expect(await ending(bearer)).toEqual({ code: 'session-expired', reason: 'session-unchecked' });
});

test('an hour without a request ends a session; a request now and then keeps it', async () => {
  const [busy, idle] = [await province.signIn('leader'), await province.signIn('clerk')];
  later(40 * minute);
  await works(busy);
  later(40 * minute);
  await works(busy);
  expect(await ending(idle)).toEqual({ code: 'session-expired', reason: 'session-idle' });
});

test('a working day ends it however busy it was', async () => {
  const bearer = await province.signIn('leader');
  for (let minutes = 0; minutes < 8 * 60; minutes += 30) {
    await works(bearer);
    later(30 * minute);
  }
  expect(await ending(bearer)).toEqual({ code: 'session-expired', reason: 'session-too-old' });
});

test('whoever signs out has ended it, for whoever else has the bearer, too', async () => {
  const bearer = await province.signIn('leader');
  await province.client(bearer).auth.close({});
  expect((await ending(bearer)).code).toBe('session-missing');
  expect(events('sign-out')).toMatchObject([{ who: 'p-leader' }]);
});

test('a bearer that comes from elsewhere is written down, with both addresses and without the bearer', async () => {
  const bearer = await province.signIn('leader');
  const from = (address: string) =>
    fetch(`${province.url}/changes`, {
      headers: { authorization: `Bearer ${bearer}`, 'x-forwarded-for': address },
    });
  expect((await from('203.0.113.9')).status).toBe(200);
  expect((await from('203.0.113.9')).status).toBe(200);
  expect(events('session-address')).toEqual([
    {
      who: 'p-leader',
      detail: { session: expect.stringMatching(/^[0-9a-f]{12}$/), from: '127.0.0.1', to: '203.0.113.9' },
    },
  ]);
  expect(JSON.stringify([events('sign-in'), events('session-address')])).not.toContain(bearer);
});

test('sessions from before they were bound to a certificate are gone', () => {
  const path = join(province.dir, 'older.db');
  const older = new Database(path);
  older.exec(firstMigration);
  older.exec(`INSERT INTO agencies (code, name, level) VALUES ('H99.18', 'Sở Thử Nghiệm', 'province');
    INSERT INTO people (id, agency, position, role) VALUES ('p-leader', 'H99.18', 'Giám đốc', 'leader');
    INSERT INTO sessions (bearer_hash, person_id, created_at, expires_at)
      VALUES ('${'ab'.repeat(32)}', 'p-leader', '2026-11-20T00:00:00.000Z', '9999-01-01T00:00:00.000Z');
    PRAGMA user_version = 1;`);
  older.close();
  const brought = openDatabase(path);
  expect(brought.prepare('SELECT count(*) FROM sessions').pluck().get()).toBe(0);
  expect(brought.prepare('SELECT id FROM people').pluck().all()).toEqual(['p-leader']);
  brought.close();
});
