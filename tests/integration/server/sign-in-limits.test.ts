import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { answerOf } from './identities.ts';
import { TestProvince, type Who } from './test-province.ts';

let province: TestProvince;
beforeEach(async () => {
  province = await (await TestProvince.create(0)).start({ trustedProxies: ['127.0.0.1'] });
});
afterEach(() => province.remove());

const office = '203.0.113.9';

async function call(
  path: string,
  body: unknown,
  address: string,
): Promise<{ status: number; reason: unknown; body: never }> {
  const response = await fetch(province.url + path, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-forwarded-for': address },
    body: JSON.stringify(body),
  });
  const answer = (await response.json()) as { data?: { params?: { reason?: string } } };
  return { status: response.status, reason: answer.data?.params?.reason ?? null, body: answer as never };
}

const certificateOf = (who: Who) => province.identities[who].encoded;
const forged = (who: Who) => ({
  challengeId: randomUUID(),
  certificate: certificateOf(who),
  signature: Buffer.alloc(64, 1).toString('base64'),
});

async function signInFrom(address: string, who: Who = 'leader'): Promise<number> {
  const { body } = await call('/auth/challenge', { certificate: certificateOf(who) }, address);
  const { challengeId, statement } = body as { challengeId: string; statement: string };
  const signature = answerOf(province.identities[who], statement);
  return (await call('/auth/session', { challengeId, certificate: certificateOf(who), signature }, address))
    .status;
}

test('a thousand forged attempts with a leader’s certificate, from the leader’s own office, keep the leader out of nothing', async () => {
  const answers = [];
  for (let index = 0; index < 40; index += 1)
    answers.push((await call('/auth/session', forged('leader'), office)).reason);
  expect(answers.slice(0, 20)).toEqual(Array(20).fill('challenge'));
  expect(answers.slice(20)).toEqual(Array(20).fill('too-many'));
  expect(await signInFrom(office)).toBe(200);
  expect(await signInFrom('198.51.100.1')).toBe(200);
});

test('asking for challenges in a leader’s name, however often, keeps the leader out of nothing', async () => {
  for (let index = 0; index < 120; index += 1) {
    expect((await call('/auth/challenge', { certificate: certificateOf('leader') }, office)).status).toBe(
      200,
    );
  }
  expect(await signInFrom(office)).toBe(200);
});

test('wrong signatures over a true challenge count against the address alone', async () => {
  const { body } = await call('/auth/challenge', { certificate: certificateOf('leader') }, office);
  const { challengeId } = body as { challengeId: string };
  for (let index = 0; index < 25; index += 1) {
    const { reason } = await call('/auth/session', { ...forged('leader'), challengeId }, office);
    expect(reason).toBe(index < 20 ? 'signature' : 'too-many');
  }
  expect((await call('/auth/session', forged('clerk'), '198.51.100.1')).reason).toBe('challenge');
  expect(await signInFrom(office)).toBe(200);
});

test('certificates of strangers are counted, and those of the office still let in', async () => {
  const stranger = (await province.authority.issue('stranger')).encoded;
  for (let index = 0; index < 25; index += 1) {
    const { reason } = await call('/auth/challenge', { certificate: stranger }, office);
    expect(reason).toBe(index < 20 ? 'unknown-certificate' : 'too-many');
  }
  expect(await signInFrom(office, 'clerk')).toBe(200);
});

test('one subscriber’s many IPv6 addresses are one', async () => {
  for (let index = 0; index < 20; index += 1) {
    await call('/auth/session', forged('leader'), `2001:db8:1:2::${(index + 1).toString(16)}`);
  }
  expect((await call('/auth/session', forged('leader'), '2001:db8:1:2:ffff::9')).reason).toBe('too-many');
  expect((await call('/auth/session', forged('leader'), '2001:db8:1:3::9')).reason).toBe('challenge');
});

test('after a proof the certificate itself is counted: its holder can’t have the authority asked without end', async () => {
  const statuses = [];
  for (let index = 0; index < 32; index += 1) statuses.push(await signInFrom(`198.51.100.${index + 1}`));
  expect(statuses).toEqual([...Array(30).fill(200), 422, 422]);
  expect(await signInFrom(office, 'clerk')).toBe(200);
});

test('a client that writes itself another address is counted by the one that the proxy saw', async () => {
  for (let index = 0; index < 20; index += 1)
    await call('/auth/session', forged('leader'), `10.9.8.${index}, ${office}`);
  expect((await call('/auth/session', forged('leader'), `10.9.7.1, ${office}`)).reason).toBe('too-many');
});

test('a flood of failures leaves as many entries in the security log as are told apart, and no more', async () => {
  for (let index = 0; index < 60; index += 1) await call('/auth/session', forged('leader'), office);
  const database = new Database(join(province.dataDir, 'province.db'), { readonly: true });
  const count = database
    .prepare("SELECT count(*) FROM security_log WHERE event = 'sign-in-failed'")
    .pluck()
    .get();
  database.close();
  expect(count).toBe(20);
});
