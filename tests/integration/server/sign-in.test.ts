import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ReasonCode } from '../../../contract/verdict.ts';
import { answerOf } from './identities.ts';
import { failureOf, people, TestProvince } from './test-province.ts';

let province: TestProvince;
beforeAll(async () => {
  province = await (await TestProvince.create(0)).start();
});
afterAll(() => province.remove());

async function challenged(who: 'leader' | 'clerk' = 'leader') {
  const identity = province.identities[who];
  const client = province.client();
  const challenge = await client.auth.challenge({ certificate: identity.encoded });
  const answer = {
    challengeId: challenge.challengeId,
    certificate: identity.encoded,
    signature: answerOf(identity, challenge.statement),
  };
  return { client, challenge, answer };
}

test('whoever signs the statement is let in, for eight hours', async () => {
  const { client, challenge, answer } = await challenged();
  expect(challenge.statement).toContain(`server: ${province.url}`);
  const opened = await client.auth.open(answer);
  expect(opened.person).toEqual(people.leader);
  const hours = (Date.parse(opened.expiresAt) - Date.now()) / 3_600_000;
  expect(hours).toBeGreaterThan(7.9);
  expect(hours).toBeLessThanOrEqual(8);
  const signedIn = province.client(opened.bearer);
  await signedIn.sync.changes({});
  await signedIn.auth.close({});
  expect((await failureOf(signedIn.sync.changes({}))).code).toBe('session-missing');
});

test('an answer counts once, even when it is sent twice at the same time', async () => {
  const { client, answer } = await challenged();
  const both = await Promise.allSettled([client.auth.open(answer), client.auth.open(answer)]);
  expect(both.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  expect(await failureOf(client.auth.open(answer))).toMatchObject({
    code: 'sign-in-refused',
    params: { reason: 'challenge' },
  });
});

test('a wrong signature, another’s certificate and an unasked challenge are refused', async () => {
  const { client, challenge, answer } = await challenged();
  const clerk = province.identities.clerk;
  const signature = answerOf(clerk, challenge.statement);
  expect((await failureOf(client.auth.open({ ...answer, signature }))).params).toEqual({
    reason: 'signature',
  });
  const asClerk = client.auth.open({ ...answer, certificate: clerk.encoded, signature });
  expect((await failureOf(asClerk)).params).toEqual({ reason: 'signature' });
  const unasked = client.auth.open({ ...answer, challengeId: randomUUID() });
  expect((await failureOf(unasked)).params).toEqual({ reason: 'challenge' });
  // The honest answer still counts after all this.
  await client.auth.open(answer);
});

test('certificates that nobody has registered get no statement', async () => {
  const stranger = await province.authority.issue('stranger');
  const seal = province.seed.agencyCertificates[0]?.certificate ?? '';
  for (const certificate of [stranger.encoded, seal]) {
    const asked = province.client().auth.challenge({ certificate });
    expect(await failureOf(asked)).toMatchObject({
      code: 'sign-in-refused',
      params: { reason: 'unknown-certificate' },
    });
  }
  const nonsense = province.client().auth.challenge({ certificate: 'AAAA' });
  expect(await failureOf(nonsense)).toMatchObject({
    code: 'input-invalid',
    params: { field: 'certificate' },
  });
});

test.each([
  ['certificate-revoked', { trusted: true, revocation: 'revoked', reasons: ['certificate-revoked'] }],
  ['certificate-expired', { trusted: false, revocation: 'good', reasons: ['certificate-expired'] }],
  ['certificate-untrusted', { trusted: false, revocation: 'notChecked', reasons: ['chain-untrusted'] }],
  ['sign-in-refused', { trusted: true, revocation: 'unknown', reasons: ['revocation-unknown'] }],
] as const)('%s', async (code, standing) => {
  const { client, answer } = await challenged('clerk');
  const { fingerprint256 } = province.identities.clerk.certificate;
  const reasons: ReasonCode[] = [...standing.reasons];
  province.identityCheck.overrides.set(fingerprint256, { ...standing, reasons });
  try {
    expect((await failureOf(client.auth.open(answer))).code).toBe(code);
  } finally {
    province.identityCheck.overrides.delete(fingerprint256);
  }
});

test('a session ends with its time, and says so', async () => {
  const bearer = await province.signIn('leader');
  province.now = new Date(Date.now() + 8 * 3_600_000 + 1000);
  try {
    expect((await failureOf(province.client(bearer).sync.changes({}))).code).toBe('session-expired');
  } finally {
    province.now = null;
  }
});

test('of many sessions of one person the newest ten stay', async () => {
  const bearers = [];
  for (let count = 0; count < 11; count += 1) bearers.push(await province.signIn('specialist'));
  const [first, second] = bearers;
  expect((await failureOf(province.client(first).sync.changes({}))).code).toBe('session-missing');
  await province.client(second).sync.changes({});
});

test('without a session nothing is answered but health, description and the way in', async () => {
  for (const path of ['/changes', `/outcomes/${randomUUID()}`, `/files/${'0'.repeat(64)}`, '/nowhere']) {
    const response = await fetch(province.url + path);
    expect(response.status).toBe(401);
    expect(response.headers.get('www-authenticate')).toBe('Bearer');
    expect(await response.json()).toMatchObject({ code: 'UNAUTHORIZED', data: { code: 'session-missing' } });
  }
  for (const authorization of [
    'Bearer',
    'Basic eDp5',
    `Bearer ${'x'.repeat(43)}`,
    `Bearer ${'x'.repeat(5000)}`,
  ]) {
    const response = await fetch(`${province.url}/changes`, { headers: { authorization } });
    expect(response.status).toBe(401);
    await response.body?.cancel();
  }
});
