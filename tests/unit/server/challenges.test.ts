import { expect, test } from 'vitest';
import { challenge as challengeSchema } from '../../../contract/province.ts';
import { readSignInStatement, writeSignInStatement } from '../../../contract/sign-in-statement.ts';
import { Challenges } from '../../../server/challenges.ts';
import { RateLimit } from '../../../server/rate-limit.ts';

const fingerprint = 'ab'.repeat(32);

function challengesAt() {
  const hands = { now: new Date('2031-01-01T00:00:00.000Z') };
  return {
    hands,
    challenges: new Challenges(
      () => 'https://vanban.example',
      () => hands.now,
    ),
  };
}

test('a statement names server, purpose, certificate and time, and is known again until two minutes later', () => {
  const { hands, challenges } = challengesAt();
  const challenge = challenges.create(fingerprint);
  expect(challengeSchema.parse(challenge)).toEqual(challenge);
  const { challengeId, statement } = challenge;
  expect(readSignInStatement(statement)).toEqual({
    server: 'https://vanban.example',
    certificate: fingerprint,
    nonce: expect.stringMatching(/^[\w-]{43}$/),
    time: '2031-01-01T00:00:00.000Z',
  });
  expect(challenges.statementOf(challengeId, fingerprint)).toBe(statement);
  expect(challenges.statementOf(challengeId.toUpperCase(), fingerprint)).toBe(statement);
  hands.now = new Date('2031-01-01T00:01:59.999Z');
  expect(challenges.statementOf(challengeId, fingerprint)).toBe(statement);
  hands.now = new Date('2031-01-01T00:02:00.000Z');
  expect(challenges.statementOf(challengeId, fingerprint)).toBeNull();
});

test('a used challenge is gone, in whatever case it is written', () => {
  const { challenges } = challengesAt();
  const { challengeId } = challenges.create(fingerprint);
  challenges.use(challengeId.toUpperCase());
  expect(challenges.statementOf(challengeId, fingerprint)).toBeNull();
});

test('another certificate, another start and another id give another statement', () => {
  const { hands, challenges } = challengesAt();
  const { challengeId, statement } = challenges.create(fingerprint);
  expect(challenges.statementOf(challengeId, 'cd'.repeat(32))).not.toBe(statement);
  const restarted = new Challenges(
    () => 'https://vanban.example',
    () => hands.now,
  );
  expect(restarted.statementOf(challengeId, fingerprint)).not.toBe(statement);
  expect(challenges.statementOf('ffffffff-ffff-7fff-8fff-ffffffffffff', fingerprint)).toBeNull();
});

test('a challenge is given however often it was asked for: a certificate is public, and asking costs nobody anything', () => {
  const { challenges } = challengesAt();
  const ids = Array.from({ length: 500 }, () => challenges.create(fingerprint).challengeId);
  expect(new Set(ids).size).toBe(500);
  expect(challenges.statementOf(ids[0] ?? '', fingerprint)).not.toBeNull();
});

test('the rate limit forgets rather than grows', () => {
  const limit = new RateLimit(1, 1000, () => new Date(0));
  expect(limit.admits('first')).toBe(true);
  expect(limit.admits('first')).toBe(false);
  for (let index = 0; index < 10_000; index += 1) limit.admits(`key ${index}`);
  expect(limit.admits('first')).toBe(true);
});

test('only a whole statement is read as one', () => {
  const parts = {
    server: 'https://a.b',
    certificate: fingerprint,
    nonce: 'n'.repeat(43),
    time: '2031-01-01T00:00:00.000Z',
  };
  const text = writeSignInStatement(parts);
  expect(readSignInStatement(text)).toEqual(parts);
  for (const other of [
    `${text} `,
    ` ${text}`,
    text.trim(),
    text.replace('sign in', 'approve'),
    `${text}${text}`,
    '',
  ]) {
    expect(readSignInStatement(other)).toBeNull();
  }
});
