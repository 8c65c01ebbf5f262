import { sign } from 'node:crypto';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { BatchItem } from '../../../contract/batch.ts';
import { AppError } from '../../../contract/failure.ts';
import type { DocumentId } from '../../../contract/identity.ts';
import { signPdf } from '../../../native/signing/sign-pdf.ts';
import type { Signer } from '../../../native/signing/signer.ts';
import { validateCertificate, verifyPdf } from '../../../native/verification/index.ts';
import { TestProvince } from '../server/test-province.ts';
import { draftPdf } from './draft-pdf.ts';
import { SoftwareToken } from './software-token.ts';
import { TestDesk } from './test-desk.ts';

const drafts = 6;
/** The one that can't be read. */
const unreadable = 2;
const use = { key: SoftwareToken.key('01') };

let province: TestProvince;
let leader: TestDesk;
let ids: DocumentId[];

beforeEach(async () => {
  await open();
});
afterEach(close);

/** `broken`: drafts that somebody has signed and somebody has changed since. */
async function open(broken: readonly number[] = []): Promise<void> {
  province = await TestProvince.create(drafts);
  for (let index = 0; index < drafts; index += 1) {
    const path = join(province.dir, `draft-${index}.pdf`);
    if (broken.includes(index)) await writeBroken(path);
    else if (index !== unreadable) await writeFile(path, draftPdf());
  }
  await province.start({ signedFileCheck: { check: async () => undefined, findings: async () => [] } });
  leader = await TestDesk.create(province, 'leader', { parts: { signPdf, verifyPdf, validateCertificate } });
  await leader.signIn();
  const cards = await leader.until(() => {
    const listed = leader.core.documents.list('toSign');
    return listed.length === drafts && listed;
  });
  ids = cards.map(({ id }) => id);
}

async function close(): Promise<void> {
  await leader.remove();
  await province.remove();
}

async function writeBroken(target: string): Promise<void> {
  const source = join(province.dir, 'whole.pdf');
  await writeFile(source, draftPdf());
  const { certificate, key } = province.identities.clerk;
  const signer: Signer = {
    ...{ certificate, chain: [] },
    sign: async (algorithm, data) => sign(algorithm, data, { key, dsaEncoding: 'der' }),
  };
  await signPdf({
    ...{ source, target: `${source}.signed`, signer, stamp: { kind: 'plain' }, signedAt: new Date() },
  });
  const signed = await readFile(`${source}.signed`, 'latin1');
  await writeFile(target, signed.replace('Noi dung', 'Noi dunk'), 'latin1');
  await rm(`${source}.signed`);
}

const states = () => leader.core.batches.state()?.items.map(({ state }) => state) ?? [];
const count = (state: BatchItem['state']) => states().filter((each) => each === state).length;
const ended = () => leader.until(() => leader.core.batches.state()?.phase === 'ended');

/** The token does this instead of signing, or before it; from the `from`th signature on, the sign-in not counted. */
function atToken(from: number, act: () => Promise<void> | void): void {
  const { token } = leader;
  const signOnce = token.sign.bind(token);
  let asked = 0;
  token.sign = async (...args) => {
    asked += 1;
    if (asked >= from) await act();
    return signOnce(...args);
  };
}

test('many are signed with one login; one that can’t be read harms no other, and each is an act of its own', async () => {
  let logins = 0;
  leader.token.login = async () => {
    logins += 1;
  };
  const begun = await leader.core.batches.start('approve', await leader.choices(ids), use);
  expect(begun).toMatchObject({ act: 'approve', phase: 'running', failure: null });
  await expect(leader.core.batches.start('approve', await leader.choices(ids), use)).rejects.toMatchObject({
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
  const logIn = leader.token.login.bind(leader.token);
  leader.token.login = async () => {
    throw new AppError('token-failed');
  };
  const refused = leader.core.batches.start('approve', await leader.choices(ids), use);
  await expect(refused).rejects.toMatchObject({ code: 'token-failed' });
  leader.token.login = logIn;
  expect(leader.core.batches.state()).toBeNull();
  expect(leader.core.outbox.list()).toEqual([]);
  const [first] = ids;
  if (!first) throw new Error('no draft');
  expect((await leader.sign(first, 'approve', use)).document.state).toBe('awaitingNumber');
});

test('a token pulled out makes it wait; with the token back it goes on to the end', async () => {
  let out = true;
  atToken(3, () => {
    if (out) leader.token.plugged = false;
    if (out) throw new AppError('token-removed');
  });
  await leader.core.batches.start('approve', await leader.choices(ids), use);
  const waiting = () => leader.core.batches.state()?.phase === 'waitingForToken';
  await leader.until(waiting);
  expect(leader.core.batches.state()?.failure?.code).toBe('token-removed');
  await leader.until(() => count('signed') === 2);
  expect(count('running')).toBe(0);
  await expect(leader.core.batches.unlock()).rejects.toMatchObject({ code: 'token-missing' });
  expect(waiting()).toBe(true);
  leader.token.plugged = true;
  const { person } = leader;
  person.answers = () => ({ answer: 'refused', why: 'cancelled', seconds: 0 });
  await expect(leader.core.batches.unlock()).rejects.toMatchObject({ code: 'cancelled' });
  expect(waiting()).toBe(true);
  person.answers = () => undefined;
  out = false;
  await leader.core.batches.unlock();
  expect(person.questions.at(-1)).toMatchObject({ resumed: true });
  expect(person.questions.at(-1)?.documents).toHaveLength(drafts - 3);
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
  await batches.start('approve', await leader.choices(ids), use);
  await first.promise;
  batches.pause();
  await leader.until(() => batches.state()?.phase === 'paused');
  const before = asked;
  expect(before).toBeLessThan(drafts - 1);
  const [inBatch] = batches.state()?.items.filter(({ state }) => state === 'waiting') ?? [];
  if (!inBatch) throw new Error('nothing waits');
  await expect(leader.sign(inBatch.id, 'approve', use)).rejects.toMatchObject({
    code: 'document-state',
  });
  batches.cancel();
  await ended();
  expect(asked).toBe(before);
  expect(count('signed')).toBe(before);
  expect(batches.state()?.failure?.code).toBe('cancelled');
  expect(count('untouched')).toBeGreaterThan(0);
  expect(leader.core.outbox.list()).toHaveLength(before);
  await leader.sign(inBatch.id, 'approve', use);
  expect(leader.core.outbox.list()).toHaveLength(before + 1);
});

test('signing out ends it; the next person here hears nothing of it', async () => {
  const first = Promise.withResolvers<void>();
  atToken(2, () => first.promise);
  await leader.core.batches.start('approve', await leader.choices(ids), use);
  await leader.until(() => count('signed') === 1);
  const out = leader.core.signOut();
  first.resolve();
  await out;
  expect(leader.core.batches.state()).toBeNull();
  await leader.signIn();
  expect(leader.core.batches.state()?.phase).toBe('ended');
});

test('beside a signature that is broken nothing is signed, alone or among many; the rest goes on', async () => {
  await close();
  await open([1, 4]);
  const failed = () => leader.core.batches.state()?.items.filter(({ state }) => state === 'failed') ?? [];
  await leader.core.batches.start('approve', await leader.choices(ids), use);
  await ended();
  expect([count('signed'), count('failed')]).toEqual([drafts - 3, 3]);
  const unsound = failed().filter(({ failure }) => failure?.code === 'document-unsound');
  expect(unsound.map(({ failure }) => failure?.params)).toEqual([
    { reason: 'digest-mismatch' },
    { reason: 'digest-mismatch' },
  ]);
  const asked = leader.token.signatures;
  for (const { id } of unsound) {
    await expect(leader.sign(id, 'approve', use)).rejects.toMatchObject({
      code: 'document-unsound',
    });
  }
  expect(leader.token.signatures).toBe(asked);
});
