import { afterEach, beforeEach, expect, test } from 'vitest';
import type { DocumentId } from '../../../contract/identity.ts';
import type { VerificationReport } from '../../../contract/verdict.ts';
import { TestProvince } from '../server/test-province.ts';
import { SoftwareToken } from './software-token.ts';
import { soundReport, soundReportBy, TestDesk } from './test-desk.ts';

const reason = 'Chữ ký không hợp lệ: Giám đốc – Nội dung văn bản đã bị thay đổi sau khi ký.';
const broken: VerificationReport = {
  verdict: 'invalid',
  signatures: soundReport.signatures.map((signature) => ({
    ...signature,
    ...{ verdict: 'invalid' as const, reasons: ['digest-mismatch' as const], intact: false },
  })),
};

let province: TestProvince;
let clerk: TestDesk;
let verdict: VerificationReport;

/** A document that the leader has signed, at the clerk's desk with its file. */
async function approved(): Promise<DocumentId> {
  const [draft] = await province.drafts();
  if (!draft) throw new Error('no draft');
  const { id } = await province.approve(draft);
  await clerk.signIn();
  await clerk.untilState(id, 'awaitingNumber');
  await clerk.until(async () => (await clerk.core.show(id)).verification !== null);
  return id;
}

beforeEach(async () => {
  verdict = soundReport;
  province = await (await TestProvince.create(1)).start();
  clerk = await TestDesk.create(province, 'clerk', { parts: { verifyPdf: async () => verdict } });
});
afterEach(async () => {
  await clerk.remove();
  await province.remove();
});

test('no number is spent beside a signature that is invalid', async () => {
  verdict = broken;
  const id = await approved();
  const call = clerk.act(id, { act: 'assignNumber' });
  await expect(call).rejects.toMatchObject({
    code: 'document-unsound',
    params: { reason: 'digest-mismatch' },
  });
  const { document, pending } = await clerk.core.show(id);
  expect(document).toMatchObject({ state: 'awaitingNumber', reference: null });
  expect(pending).toBeNull();
});

test('given back without a line: it waits, survives a restart, and arrives once with its reason', async () => {
  const id = await approved();
  const port = Number(new URL(province.url).port);
  await province.stop();
  const waiting = await clerk.act(id, { act: 'return', reason });
  expect(waiting).toMatchObject({ task: 'none', pending: { act: 'return' } });
  expect(clerk.core.documents.list('toIssue')).toEqual([]);
  await clerk.close();
  await province.start({ port });
  await clerk.open();
  await clerk.signIn();
  const { document } = await clerk.untilState(id, 'returned');
  expect(document.history.filter(({ act }) => act === 'return')).toMatchObject([{ note: reason }]);
});

test('given back with a seal on it here: what goes back is what the leader signed', async () => {
  verdict = soundReportBy(province.identities.leader);
  const id = await approved();
  await clerk.act(id, { act: 'assignNumber' });
  const sealed = await clerk.sign(id, 'seal', { key: SoftwareToken.key('02') });
  const returned = await clerk.act(id, { act: 'return', reason });
  expect(returned.document).toMatchObject({ state: 'returned', reference: { number: 1 } });
  expect(returned.file?.digest).toBe(returned.document.files[0]?.digest);
  expect(returned.file?.digest).not.toBe(sealed.file?.digest);
});
