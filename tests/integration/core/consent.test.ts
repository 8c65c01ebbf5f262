import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { AppError } from '../../../contract/failure.ts';
import type { DocumentId } from '../../../contract/identity.ts';
import { TestProvince } from '../server/test-province.ts';
import { SoftwareToken } from './software-token.ts';
import { TestDesk } from './test-desk.ts';

const use = { key: SoftwareToken.key('01') };
const no = { answer: 'refused', why: 'cancelled', seconds: 0 } as const;

let province: TestProvince;
let leader: TestDesk;
let id: DocumentId;

beforeEach(async () => {
  province = await TestProvince.create(1);
  await province.start({ signedFileCheck: { check: async () => undefined, findings: async () => [] } });
  leader = await TestDesk.create(province, 'leader');
  await leader.signIn();
  ({ id } = await leader.until(() => leader.core.documents.list('toSign')[0]));
});

afterEach(async () => {
  await leader.remove();
  await province.remove();
});

/** Approves as the page does, with what it was shown. */
async function approve() {
  const [choice] = await leader.choices([id]);
  if (!choice) throw new Error('nothing to sign');
  return leader.core.acts.sign(id, 'approve', { shown: choice.shown, use });
}

async function nothingSigned(): Promise<void> {
  expect(leader.core.outbox.list()).toEqual([]);
  expect((await leader.core.show(id)).task).toBe('sign');
}

describe('nothing is signed', () => {
  test('where the person says no', async () => {
    const before = leader.token.signatures;
    leader.person.answers = () => no;
    await expect(approve()).rejects.toMatchObject({ code: 'cancelled' });
    expect(leader.token.signatures).toBe(before);
    await nothingSigned();
  });

  test.each([
    ['busy', 'consent-busy'],
    ['paused', 'consent-paused'],
    ['expired', 'consent-expired'],
    ['failed', 'consent-failed'],
  ] as const)('where they can’t be asked: %s', async (why, code) => {
    leader.person.answers = () => ({ answer: 'refused', why, seconds: 4 });
    await expect(approve()).rejects.toMatchObject({ code });
    await nothingSigned();
  });

  test('where the shell falls while it asks', async () => {
    leader.person.answers = () => Promise.reject(new Error('gone'));
    await expect(approve()).rejects.toMatchObject({ code: 'consent-failed' });
    await nothingSigned();
  });

  test('by a yes without the PIN that was asked for, whatever login stands', async () => {
    leader.token.loggedIn = true;
    await leader.core.tokens.refresh();
    leader.person.answers = () => ({ answer: 'confirmed', pin: null, lastTryConfirmed: false });
    await expect(approve()).rejects.toMatchObject({ code: 'consent-failed' });
    await nothingSigned();
  });

  test('for somebody who has signed out while the window stood open', async () => {
    leader.person.answers = async () => {
      await leader.core.signOut();
      return undefined;
    };
    await expect(approve()).rejects.toMatchObject({ code: 'session-missing' });
    await leader.signIn();
    await nothingSigned();
  });
});

test('the person is asked about the very file, by its digest; a second question is turned away meanwhile', async () => {
  const asked = Promise.withResolvers<void>();
  const answered = Promise.withResolvers<void>();
  leader.person.answers = async () => {
    asked.resolve();
    await answered.promise;
    return no;
  };
  const first = approve();
  await asked.promise;
  const [question] = leader.person.questions;
  const { file, document } = await leader.core.show(id);
  expect(question).toMatchObject({
    ...{ act: 'approve', resumed: false, failure: null, pin: { asks: 'field', tries: 'enough' } },
    documents: [{ subject: document.subject, file: { digest: file?.digest, bytes: file?.bytes } }],
  });
  await expect(approve()).rejects.toMatchObject({ code: 'document-state' });
  answered.resolve();
  await expect(first).rejects.toMatchObject({ code: 'cancelled' });
  expect(leader.person.ended).toEqual([question?.id]);
});

test('a PIN that is wrong is asked for again in the same window, with the tries left, and the last wants its yes', async () => {
  const misses = [
    new AppError('pin-incorrect', { triesLow: true, finalTry: false }),
    new AppError('pin-incorrect', { triesLow: true, finalTry: true }),
  ];
  const logins: boolean[] = [];
  leader.token.login = async (...login: unknown[]) => {
    const [{ lastTryConfirmed }] = login as [{ lastTryConfirmed: boolean }];
    logins.push(lastTryConfirmed);
    const miss = misses.shift();
    if (miss) throw miss;
  };
  expect((await approve()).document.state).toBe('awaitingNumber');
  const { questions } = leader.person;
  expect(new Set(questions.map(({ id: each }) => each)).size).toBe(1);
  expect(questions.map(({ pin }) => 'tries' in pin && pin.tries)).toEqual(['enough', 'low', 'last']);
  expect(questions.map(({ failure }) => failure?.code)).toEqual([
    undefined,
    'pin-incorrect',
    'pin-incorrect',
  ]);
  expect(logins).toEqual([false, false, true]);
});

test('a login of the sign-in serves no signature, unless the office lets a PIN stand; the yes is wanted all the same', async () => {
  await leader.close();
  Object.assign(leader.config, { standingLoginMinutes: 5 });
  await leader.open();
  // The token's PIN was given to sign in.
  leader.token.loggedIn = true;
  await leader.core.signIn({ ...use, pin: 'sealed' as never });
  await leader.core.tokens.refresh();
  await leader.until(() => leader.core.documents.list('toSign')[0]);
  expect((await approve()).document.state).toBe('awaitingNumber');
  expect(leader.person.questions.map(({ pin }) => pin.asks)).toEqual(['nothing']);
});

test('evidence, trust and PINs take the person’s yes to the shell', async () => {
  leader.person.confirms = () => no;
  const [modulePath, tokenSerial] = [use.key.modulePath, use.key.tokenSerial];
  const change = { modulePath, tokenSerial, oldPin: null, newPin: null };
  await expect(leader.core.changePin({ ...change, lastTryConfirmed: false })).rejects.toMatchObject({
    code: 'cancelled',
  });
  await expect(leader.core.changePin({ ...change, lastTryConfirmed: true })).rejects.toMatchObject({
    code: 'cancelled',
  });
  await expect(leader.core.signIn({ ...use, lastTryConfirmed: true })).rejects.toMatchObject({
    code: 'cancelled',
  });
  expect(leader.person.confirmations.map(({ step }) => step)).toEqual(['changePin', 'lastTry', 'lastTry']);
});
