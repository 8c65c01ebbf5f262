import { appendFile, copyFile } from 'node:fs/promises';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { DeskDocument } from '../../../contract/desktop.ts';
import { AppError } from '../../../contract/failure.ts';
import { type DocumentId, documentId } from '../../../contract/identity.ts';
import type { StampPdf } from '../../../native/core/ports.ts';
import { agencies, TestProvince } from '../server/test-province.ts';
import { SoftwareToken } from './software-token.ts';
import { TestDesk } from './test-desk.ts';

/** When a sealed document gets its time stamp, and when it goes without. What a stamp is, tests/conformance knows. */

let province: TestProvince;
const desks: TestDesk[] = [];

beforeEach(async () => {
  province = await (await TestProvince.create(1)).start();
});
afterEach(async () => {
  await Promise.all(desks.splice(0).map((each) => each.remove()));
  await province.remove();
});

const stamp: StampPdf = async ({ source, target }) => {
  await copyFile(source, target);
  await appendFile(target, 'time stamp\n');
};

const unreachable: StampPdf = async () => {
  throw new AppError('timestamp-unreachable');
};

/** A service that answers when `answer` is called. */
function slowService() {
  const { promise, resolve } = Promise.withResolvers<void>();
  const asked = Promise.withResolvers<void>();
  const stampPdf: StampPdf = async (job) => {
    asked.resolve();
    const ended = new Promise((_, reject) => {
      job.signal.addEventListener('abort', () => reject(new AppError('cancelled')), { once: true });
    });
    await Promise.race([promise, ended]);
    await stamp(job);
  };
  return { stampPdf, asked: asked.promise, answer: resolve };
}

/** A clerk with a document that only needs the seal. */
async function clerkWith(stampPdf: StampPdf): Promise<{ clerk: TestDesk; id: DocumentId }> {
  const leader = await TestDesk.create(province, 'leader');
  desks.push(leader);
  await leader.signIn();
  const card = await leader.until(() => leader.core.documents.list('toSign')[0]);
  const id = documentId.parse(card.id);
  await leader.sign(id, 'approve', { key: SoftwareToken.key('01') });
  const clerk = await TestDesk.create(province, 'clerk', { parts: { stampPdf } });
  desks.push(clerk);
  await clerk.signIn();
  await clerk.untilState(id, 'awaitingNumber');
  await clerk.act(id, { act: 'assignNumber' });
  return { clerk, id };
}

const seal = (at: TestDesk, id: DocumentId) => at.sign(id, 'seal', { key: SoftwareToken.key('02') });
const issue = (at: TestDesk, id: DocumentId) =>
  at.act(id, { act: 'issue', recipients: [agencies.commune.code] });

/** The document once its file at the desk is another than it was. */
function untilChanged(at: TestDesk, { document, file }: DeskDocument): Promise<DeskDocument> {
  return at.until(async () => {
    const shown = await at.core.show(document.id);
    return shown.file?.digest !== file?.digest && shown;
  });
}

test('a sealed document is issued with its stamp, and signed but once', async () => {
  const { clerk, id } = await clerkWith(stamp);
  const signatures = clerk.token.signatures;
  const sealed = await seal(clerk, id);
  const stamped = await untilChanged(clerk, sealed);
  expect(stamped).toMatchObject({ task: 'issue', timeStamp: null });
  expect(stamped.file?.bytes).toBe((sealed.file?.bytes ?? 0) + 'time stamp\n'.length);
  const issued = await issue(clerk, id);
  expect(issued.document).toMatchObject({ state: 'issued', files: [{ digest: stamped.file?.digest }] });
  expect(clerk.token.signatures - signatures).toBe(1);
});

test('an issue waits for the stamp that is being got', async () => {
  const service = slowService();
  const { clerk, id } = await clerkWith(service.stampPdf);
  const sealed = await seal(clerk, id);
  await service.asked;
  // The person is told that a stamp is being got.
  expect((await clerk.core.show(id)).timeStamp).toEqual({ state: 'waiting', failure: null });
  const issuing = issue(clerk, id);
  service.answer();
  const issued = await issuing;
  expect(issued.document.state).toBe('issued');
  expect(issued.document.files[0]?.digest).not.toBe(sealed.file?.digest);
});

test('but isn’t held up by a service that fails; and what was sent never changes', async () => {
  const { clerk, id } = await clerkWith(unreachable);
  const sealed = await seal(clerk, id);
  await vi.waitFor(() => expect(clerk.logLines.join()).toContain('timestamp-unreachable'));
  const waiting = { state: 'waiting', failure: { code: 'timestamp-unreachable' } };
  expect((await clerk.core.show(id)).timeStamp).toMatchObject(waiting);
  const issued = await issue(clerk, id);
  expect(issued.document).toMatchObject({ state: 'issued', files: [{ digest: sealed.file?.digest }] });
  // The next try finds the document gone, and gives up for good.
  await clerk.until(() => clerk.logLines.some((line) => line.includes('timestamp-too-late')));
  expect(await clerk.core.show(id)).toMatchObject({
    file: { digest: sealed.file?.digest },
    timeStamp: { state: 'givenUp', failure: { code: 'timestamp-too-late' } },
  });
});

test('a job outlives the program', async () => {
  const service = slowService();
  const { clerk, id } = await clerkWith(service.stampPdf);
  const sealed = await seal(clerk, id);
  await service.asked;
  await clerk.close();
  service.answer();
  await clerk.open();
  await clerk.signIn();
  await untilChanged(clerk, sealed);
});
