import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { BatchItem } from '../../../contract/desktop.ts';
import { AppError } from '../../../contract/failure.ts';
import type { DocumentId } from '../../../contract/identity.ts';
import { signPdf } from '../../../native/signing/sign-pdf.ts';
import { validateCertificate, verifyPdf } from '../../../native/verification/index.ts';
import { TestProvince } from '../server/test-province.ts';
import { draftPdf } from './draft-pdf.ts';
import { SoftwareToken } from './software-token.ts';
import { TestDesk } from './test-desk.ts';

const drafts = 6;
const use = { key: SoftwareToken.key('01') };

let province: TestProvince;
let leader: TestDesk;
let ids: DocumentId[];

beforeEach(async () => {
  province = await TestProvince.create(drafts);
  for (let index = 0; index < drafts; index += 1) {
    // The third can't be read.
    if (index !== 2) await writeFile(join(province.dir, `draft-${index}.pdf`), draftPdf());
  }
  await province.start({ signedFileCheck: { check: async () => undefined, findings: async () => [] } });
  leader = await TestDesk.create(province, 'leader', { parts: { signPdf, verifyPdf, validateCertificate } });
  await leader.signIn();
  const cards = await leader.until(() => {
    const listed = leader.core.documents.list('toSign');
    return listed.length === drafts && listed;
  });
  ids = cards.map(({ id }) => id);
});

afterEach(async () => {
  await leader.remove();
  await province.remove();
});

const states = () => leader.core.batches.state()?.items.map(({ state }) => state) ?? [];
const count = (state: BatchItem['state']) => states().filter((each) => each === state).length;
const ended = () => leader.until(() => leader.core.batches.state()?.phase === 'ended');

/** The token does this instead of signing, or before it; from the `from`th signature on, the sign-in not counted. */
function atToken(from: number, act: () => Promise<void> | void): void {
  const { token } = leader;
  const sign = token.sign.bind(token);
  let asked = 0;
  token.sign = async (...args) => {
    asked += 1;
    if (asked >= from) await act();
    return sign(...args);
  };
}

test('many are signed with one login; one that can’t be read harms no other, and each is an act of its own', async () => {
  let logins = 0;
  leader.token.login = async () => {
    logins += 1;
  };
  const pin = 'sealed' as never;
  const begun = await leader.core.batches.start('approve', ids, { ...use, pin });
  expect(begun).toMatchObject({ act: 'approve', phase: 'running', failure: null });
  await expect(leader.core.batches.start('approve', ids, use)).rejects.toMatchObject({
    code: 'document-state',
  });
  await ended();
  expect(logins).toBe(1);
  expect([count('signed'), count('failed')]).toEqual([drafts - 1, 1]);
  const failed = leader.core.batches.state()?.items.find(({ state }) => state === 'failed');
  expect(failed?.failure?.code).toMatch(/^pdf-/);
  const confirmed = () => {
    const acts = leader.core.outbox.list();
    return acts.length === drafts - 1 && acts.every(({ state }) => state === 'confirmed') && acts;
  };
  const acts = await leader.until(confirmed);
  expect(new Set(acts.map(({ key }) => key)).size).toBe(drafts - 1);
  expect(leader.core.documents.list('toSign').map(({ id }) => id)).toEqual([failed?.id]);
  expect(leader.core.batches.dismiss()).toBeNull();
});

test('a login that fails begins nothing, and leaves every document as it was', async () => {
  leader.token.login = async () => {
    throw new AppError('pin-incorrect');
  };
  const refused = leader.core.batches.start('approve', ids, { ...use, pin: 'sealed' as never });
  await expect(refused).rejects.toMatchObject({ code: 'pin-incorrect' });
  expect(leader.core.batches.state()).toBeNull();
  expect(leader.core.outbox.list()).toEqual([]);
  const [first] = ids;
  if (!first) throw new Error('no draft');
  expect((await leader.core.acts.sign(first, 'approve', use)).document.state).toBe('awaitingNumber');
});

test('a token pulled out makes it wait; with the token back it goes on to the end', async () => {
  let out = true;
  atToken(3, () => {
    if (out) leader.token.plugged = false;
    if (out) throw new AppError('token-removed');
  });
  await leader.core.batches.start('approve', ids, use);
  const waiting = () => leader.core.batches.state()?.phase === 'waitingForToken';
  await leader.until(waiting);
  expect(leader.core.batches.state()?.failure?.code).toBe('token-removed');
  await leader.until(() => count('signed') === 2);
  expect(count('running')).toBe(0);
  await expect(leader.core.batches.unlock(use)).rejects.toMatchObject({ code: 'token-missing' });
  expect(waiting()).toBe(true);
  leader.token.plugged = true;
  await expect(leader.core.batches.unlock({ key: SoftwareToken.key('02') })).rejects.toMatchObject({
    code: 'not-permitted',
  });
  expect(waiting()).toBe(true);
  out = false;
  await leader.core.batches.unlock(use);
  await ended();
  expect([count('signed'), count('failed')]).toEqual([drafts - 1, 1]);
});

test('paused, nothing new is begun; cancelled, what is signed stays signed and the rest is as it was', async () => {
  const { batches } = leader.core;
  const first = Promise.withResolvers<void>();
  let asked = 0;
  atToken(1, async () => {
    asked += 1;
    first.resolve();
  });
  await batches.start('approve', ids, use);
  await first.promise;
  batches.pause();
  await leader.until(() => batches.state()?.phase === 'paused');
  const before = asked;
  expect(before).toBeLessThan(drafts - 1);
  const [inBatch] = batches.state()?.items.filter(({ state }) => state === 'waiting') ?? [];
  if (!inBatch) throw new Error('nothing waits');
  await expect(leader.core.acts.sign(inBatch.id, 'approve', use)).rejects.toMatchObject({
    code: 'document-state',
  });
  batches.cancel();
  await ended();
  expect(asked).toBe(before);
  expect(count('signed')).toBe(before);
  expect(batches.state()?.failure?.code).toBe('cancelled');
  expect(count('untouched')).toBeGreaterThan(0);
  expect(leader.core.outbox.list()).toHaveLength(before);
  await leader.core.acts.sign(inBatch.id, 'approve', use);
  expect(leader.core.outbox.list()).toHaveLength(before + 1);
});

test('signing out ends it; the next person here hears nothing of it', async () => {
  const first = Promise.withResolvers<void>();
  atToken(2, () => first.promise);
  await leader.core.batches.start('approve', ids, use);
  await leader.until(() => count('signed') === 1);
  const out = leader.core.signOut();
  first.resolve();
  await out;
  expect(leader.core.batches.state()).toBeNull();
  await leader.signIn();
  expect(leader.core.batches.state()?.phase).toBe('ended');
});
