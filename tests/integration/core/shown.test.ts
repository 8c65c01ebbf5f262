import { createHash } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type OfficialDocument, outgoingDocument } from '../../../contract/document.ts';
import { type DocumentId, type FileDigest, fileDigest } from '../../../contract/identity.ts';
import type { ShownFile } from '../../../contract/shown.ts';
import type { CoreParts, SignPdf } from '../../../native/core/ports.ts';
import { decidedOn, failureOf, TestProvince, type Who } from '../server/test-province.ts';
import { type Answer, GateProxy } from '../sync/gate-proxy.ts';
import { draftPdf } from './draft-pdf.ts';
import { SoftwareToken } from './software-token.ts';
import { appendSignature, TestDesk } from './test-desk.ts';

/** No act names bytes that its person wasn't shown, whatever comes between the look and the press, or after it. */

const person = { key: SoftwareToken.key('01') };
const substitute = Buffer.from('%PDF-1.7\n% another sum\n%%EOF\n');

let province: TestProvince;
let proxy: GateProxy;
const desks: TestDesk[] = [];

async function desk(who: Who, parts: Partial<CoreParts> = {}): Promise<TestDesk> {
  const made = await TestDesk.create(province, who, { serverUrl: proxy.url, parts });
  desks.push(made);
  return made.signIn();
}

interface Desk {
  readonly leader: TestDesk;
  readonly id: DocumentId;
  readonly shown: ShownFile;
}

/** A leader's desk with a draft before the leader's eyes. */
async function drafted(parts: Partial<CoreParts> = {}): Promise<Desk> {
  const leader = await desk('leader', parts);
  const { id } = await leader.until(() => leader.core.documents.list('toSign')[0]);
  await leader.until(async () => (await leader.core.show(id)).fileHeld);
  return { leader, id, shown: await leader.shown(id) };
}

/**
 * From now on the server sends this document instead, as its next version, with another file; resolves when the desk
 * has it.
 */
async function swap({ leader, id, shown }: Desk, bytes: Buffer = substitute): Promise<void> {
  const { document } = await leader.core.show(id);
  const files = document.files.map((file) => ({
    ...file,
    digest: digestOf(substitute),
    bytes: substitute.length,
  }));
  const swapped = outgoingDocument.parse({ ...document, version: shown.version + 1, files });
  proxy.lie = ({ path }, answer) => {
    if (path.includes('/changes')) return withDocument(answer, swapped);
    return path.includes(`/files/${digestOf(substitute)}`) ? { ...answer, status: 200, body: bytes } : answer;
  };
  // Whatever happens at the agency makes the server answer at once.
  const bell = (await province.drafts()).find((draft) => draft.id !== id);
  if (!bell) throw new Error('no draft left');
  await (await province.as('leader')).documents.return({ ...decidedOn(bell), reason: 'Sửa' });
  await leader.until(async () => (await leader.core.show(id)).document.version > shown.version);
}

function withDocument(answer: Answer, document: OfficialDocument): Answer {
  const page = JSON.parse(answer.body.toString('utf8'));
  return { ...answer, body: Buffer.from(JSON.stringify({ ...page, documents: [document] })) };
}

function digestOf(bytes: Uint8Array): FileDigest {
  return fileDigest.parse(createHash('sha256').update(bytes).digest('hex'));
}

function approve({ leader, id, shown }: Desk) {
  return leader.core.acts.sign(id, 'approve', { shown, use: person });
}

/** Nothing signed, nothing stored, nothing on its way. */
async function expectUntouched({ leader, id }: Desk, signatures: number): Promise<void> {
  expect(leader.token.signatures).toBe(signatures);
  expect(leader.core.outbox.list()).toEqual([]);
  const { file, document } = await leader.core.show(id);
  expect(file?.digest).toBe(document.files[0]?.digest);
}

beforeEach(async () => {
  proxy = await new GateProxy(() => province.url).start();
  province = await TestProvince.create(3);
  for (const index of [0, 1, 2]) {
    await writeFile(
      join(province.dir, `draft-${index}.pdf`),
      `${draftPdf().toString('latin1')}% ${index}\n`,
      'latin1',
    );
  }
  await province.start({ origin: proxy.url });
});
afterEach(async () => {
  await Promise.all(desks.splice(0).map((each) => each.remove()));
  await proxy.stop();
  await province.remove();
});

test('a sync that swaps the file after it was shown: refused with both, and the desk shows the new state', async () => {
  const at = await drafted();
  const before = at.leader.token.signatures;
  await swap(at);
  await expect(approve(at)).rejects.toMatchObject({
    code: 'document-changed',
    params: {
      ...{ shownVersion: 1, version: 2 },
      shownFile: at.shown.digest.slice(0, 12),
      file: digestOf(substitute).slice(0, 12),
    },
  });
  await expectUntouched(at, before);
  expect(await at.leader.shown(at.id)).toEqual({ version: 2, digest: digestOf(substitute) });
});

test('one that comes while the document is made ready: the token isn’t asked', async () => {
  const [ready, swapped] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  const signPdf: SignPdf = async (job) => {
    ready.resolve();
    await swapped.promise;
    await appendSignature(job);
  };
  const at = await drafted({ signPdf });
  const before = at.leader.token.signatures;
  const press = approve(at);
  await ready.promise;
  await swap(at);
  swapped.resolve();
  await expect(press).rejects.toMatchObject({ code: 'document-changed' });
  await expectUntouched(at, before);
});

test('one that comes while the token works: its signature is thrown away', async () => {
  const at = await drafted();
  const { token } = at.leader;
  const signOnce = token.sign.bind(token);
  token.sign = async (...args) => {
    await swap(at);
    return signOnce(...args);
  };
  const before = token.signatures;
  await expect(approve(at)).rejects.toMatchObject({ code: 'document-changed' });
  await expectUntouched(at, before + 1);
});

test('a server that sends other bytes than it names: they are never taken in, so that nobody can sign them', async () => {
  const at = await drafted();
  const before = at.leader.token.signatures;
  await swap(at, Buffer.from('%PDF-1.7\n% what nobody names\n%%EOF\n'));
  const { leader, id } = at;
  const shown = await leader.shown(id);
  await expect(approve({ leader, id, shown })).rejects.toMatchObject({
    code: expect.stringMatching(/^(file-|server-)/),
  });
  expect((await leader.core.show(id)).fileHeld).toBe(false);
  await expectUntouched(at, before);
});

test('bytes on this computer’s disk that aren’t those of the digest: refused, and put out of the way', async () => {
  const at = await drafted();
  const before = at.leader.token.signatures;
  const { path } = await at.leader.core.heldFiles.locate(at.shown.digest);
  await writeFile(path, substitute);
  await expect(approve(at)).rejects.toMatchObject({ code: 'file-digest-mismatch' });
  await expectUntouched(at, before);
});

test('a window that shows another file than the desk has, though the version is right', async () => {
  const at = await drafted();
  const before = at.leader.token.signatures;
  const shown = { ...at.shown, digest: digestOf(substitute) };
  await expect(approve({ ...at, shown })).rejects.toMatchObject({
    code: 'document-changed',
    params: { shownVersion: 1, version: 1 },
  });
  await expectUntouched(at, before);
});

test('in a batch the swapped one fails for itself, and the others are signed', async () => {
  const at = await drafted();
  const { leader } = at;
  const cards = await leader.until(() => {
    const listed = leader.core.documents.list('toSign');
    return listed.length === 3 && listed;
  });
  const choices = await leader.choices(cards.slice(0, 2).map(({ id }) => id));
  await swap(at);
  await leader.core.batches.start('approve', choices, person);
  await leader.until(() => leader.core.batches.state()?.phase === 'ended');
  const items = leader.core.batches.state()?.items ?? [];
  expect(items.find(({ id }) => id === at.id)).toMatchObject({
    ...{ state: 'failed', failure: { code: 'document-changed', params: { version: 2 } } },
  });
  expect(items.filter(({ state }) => state === 'signed')).toHaveLength(1);
});

test.each([
  ['return', { act: 'return', reason: 'Sửa' }],
  ['assignNumber', { act: 'assignNumber' }],
] as const)('%s, too, is refused on what wasn’t shown, and nothing is queued', async (_, act) => {
  const [draft] = await province.drafts();
  if (!draft) throw new Error('no draft');
  const { id } = await province.approve(draft);
  const clerk = await desk('clerk');
  await clerk.untilState(id, 'awaitingNumber');
  const shown = await clerk.shown(id);
  for (const stale of [
    { ...shown, version: shown.version - 1 },
    { ...shown, digest: decidedOn(draft).basedOn },
  ]) {
    await expect(clerk.core.acts.plain(id, stale, act)).rejects.toMatchObject({ code: 'document-changed' });
  }
  expect(clerk.core.outbox.list()).toEqual([]);
  // What couldn't be drawn can be given back all the same: then the version counts.
  const done = await clerk.core.acts.plain(id, { ...shown, digest: null }, act);
  expect(done.document.version).toBe(shown.version + 1);
});

test('the server compares, too: an act decided on another file than its own is refused, whatever version it names', async () => {
  const [draft] = await province.drafts();
  if (!draft) throw new Error('no draft');
  const file = await province.uploadContinued('leader', draft, 'signed by approver');
  const leader = await province.as('leader');
  const call = { ...decidedOn(draft), file };
  const refused = await failureOf(leader.documents.approve({ ...call, basedOn: digestOf(substitute) }));
  expect(refused).toMatchObject({
    code: 'document-changed',
    params: { version: 1, shownFile: digestOf(substitute).slice(0, 12) },
  });
  expect((await failureOf(leader.documents.approve({ ...call, version: 2 }))).code).toBe('document-changed');
  expect((await leader.documents.approve(call)).state).toBe('awaitingNumber');
});
