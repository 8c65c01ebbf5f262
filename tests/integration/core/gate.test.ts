import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { DeskDocument } from '../../../contract/desktop.ts';
import type { GateCode, GateFinding } from '../../../contract/gate.ts';
import type { SignatureReport, VerificationReport } from '../../../contract/verdict.ts';
import { AppendedFileCheck } from '../server/appended-file-check.ts';
import { decidedOn, failureOf, newKey, TestProvince } from '../server/test-province.ts';
import { soundReport, TestDesk } from './test-desk.ts';

const missing = (code: GateCode): GateFinding => ({ code, params: {} });
const reason = 'Đã xác minh với nơi gửi qua điện thoại';

let province: TestProvince;
let check: AppendedFileCheck;
let commune: TestDesk;
let verdict: VerificationReport;

/** The document that arrived at the commune, once there is a verdict on it. */
function arrived(): Promise<DeskDocument> {
  return commune.until(async () => {
    const [card] = commune.core.documents.list('incoming');
    const shown = card && (await commune.core.show(card.id));
    return shown?.task === 'register' && shown.gate !== null && shown;
  });
}

/** The first column of what this desk has kept; it is closed for that, since it lets nobody else read meanwhile. */
async function stored(query: string): Promise<unknown[]> {
  await commune.close();
  const work = new Database(join(commune.profile, 'work.db'), { readonly: true });
  const rows = work.prepare(query).pluck().all();
  work.close();
  return rows;
}

beforeEach(async () => {
  check = new AppendedFileCheck();
  province = await (await TestProvince.create(2)).start({ signedFileCheck: check });
  const [draft] = await province.drafts();
  if (!draft) throw new Error('no draft');
  await province.issue(await province.number(await province.approve(draft)));
  verdict = soundReport;
  commune = await TestDesk.create(province, 'communeClerk', { parts: { verifyPdf: async () => verdict } });
});
afterEach(async () => {
  await commune.remove();
  await province.remove();
});

test('what lacks a signature is not registered by mistake, and nothing is queued', async () => {
  verdict = { verdict: 'valid', signatures: soundReport.signatures.slice(0, 1) };
  await commune.signIn();
  expect((await arrived()).gate).toEqual([missing('agency-signature-missing')]);
  // Its verdict alone would look good in the list.
  expect(commune.core.documents.list('incoming')).toMatchObject([{ verdict: 'valid', gateClosed: true }]);
  const call = commune.act((await arrived()).document.id, { act: 'register' });
  await expect(call).rejects.toMatchObject({
    code: 'incoming-unsound',
    params: { reason: 'agency-signature-missing' },
  });
  expect(await stored("SELECT count(*) FROM outbox WHERE act = 'register'")).toEqual([0]);
});

test('registered all the same: the reason stands in the audit, at the server and on the document', async () => {
  verdict = { verdict: 'unsigned', signatures: [] };
  check.gate = [missing('agency-signature-missing')];
  await commune.signIn();
  const { document } = await arrived();
  const done = await commune.act(document.id, { act: 'register', override: reason });
  expect(done.document).toMatchObject({
    state: 'registered',
    arrivalNumber: 1,
    override: {
      ...{ reason, by: 'Văn thư, Xã Thử Nghiệm' },
      findings: ['agency-signature-missing', 'approval-signature-missing'],
    },
  });
  expect(done.document.history.map(({ act }) => act)).toEqual(['issue', 'arrive', 'override', 'register']);
  const rows = await stored("SELECT detail FROM audit WHERE event = 'override'");
  expect(rows.map((row) => JSON.parse(String(row)))).toMatchObject([{ reason }]);
});

test('what the server alone finds comes back as needing attention, and can then be decided on', async () => {
  check.gate = [missing('approval-signature-missing')];
  await commune.signIn();
  const { document } = await arrived();
  const refused = await commune.act(document.id, { act: 'register' });
  expect(refused).toMatchObject({
    task: 'register',
    gate: [missing('approval-signature-missing')],
    pending: { state: 'needsAttention', failure: { code: 'incoming-unsound' } },
  });
  const done = await commune.act(document.id, { act: 'register', override: reason });
  expect(done.document.state).toBe('registered');
});

const page: NonNullable<VerificationReport['printed']> = {
  ...{ readable: true, issuer: ['SỞ THỬ NGHIỆM'], type: null, position: [], signer: null },
  ...{ references: [], dates: [], subject: 'Về việc khác' },
};

test('a seal of another body closes the gate at the desk, and what the page says otherwise is told', async () => {
  const [leader, seal] = soundReport.signatures;
  if (!leader || !seal?.signer) throw new Error('two signers');
  const company = {
    ...seal.signer,
    subject: 'Công ty TNHH Thử Nghiệm',
    organisation: 'Công ty TNHH Thử Nghiệm',
  };
  verdict = { verdict: 'valid', signatures: [leader, { ...seal, signer: company }], printed: page };
  await commune.signIn();
  const { document, gate } = await arrived();
  const found = [
    { code: 'seal-of-another-body', params: { seal: 'Công ty TNHH Thử Nghiệm', issuer: 'Sở Thử Nghiệm' } },
    { code: 'subject-differs', params: { page: 'Về việc khác', data: document.subject } },
  ];
  expect(gate).toEqual(found);
  expect(commune.core.documents.list('incoming')).toMatchObject([{ gateClosed: true }]);
  await expect(commune.act(document.id, { act: 'register' })).rejects.toMatchObject({
    code: 'incoming-unsound',
    params: { reason: 'agency-signature-missing', finding: 'seal-of-another-body' },
  });
  const done = await commune.act(document.id, { act: 'register', override: reason });
  expect(done.document).toMatchObject({
    override: { findings: ['agency-signature-missing'], details: found, reason },
  });
});

test('where only the page differs, whoever registers is told and needs no reason', async () => {
  verdict = { ...soundReport, printed: page };
  await commune.signIn();
  const { document, gate } = await arrived();
  expect(gate?.map(({ code }) => code)).toEqual(['subject-differs']);
  expect(commune.core.documents.list('incoming')[0]?.gateClosed).toBeUndefined();
  const done = await commune.act(document.id, { act: 'register' });
  expect(done.document).toMatchObject({ state: 'registered' });
  expect(done.document).not.toHaveProperty('override');
});

/** A sound approval under a seal whose hash is SHA-1. */
function sealedBySha1(): VerificationReport {
  const [leader, seal] = soundReport.signatures;
  if (!leader || !seal) throw new Error('two signers');
  const obsolete: SignatureReport = { ...seal, verdict: 'indeterminate', reasons: ['hash-obsolete'] };
  return { verdict: 'indeterminate', signatures: [leader, obsolete] };
}

test('SHA-1 without a sign of forgery is told, registered without a reason, and stands in the history', async () => {
  verdict = sealedBySha1();
  check.gate = [missing('signature-obsolete')];
  await commune.signIn();
  const { document, gate } = await arrived();
  expect(gate).toEqual([missing('signature-obsolete')]);
  expect(commune.core.documents.list('incoming')[0]?.gateClosed).toBeUndefined();
  const done = await commune.act(document.id, { act: 'register' });
  expect(done.document).toMatchObject({ state: 'registered' });
  expect(done.document).not.toHaveProperty('override');
  expect(done.document.history.map(({ act }) => act)).toEqual([
    ...['issue', 'arrive', 'admitObsolete', 'register'],
  ]);
});

test('once the office’s policy no longer puts up with SHA-1, it closes the gate', async () => {
  verdict = sealedBySha1();
  await commune.remove();
  commune = await TestDesk.create(province, 'communeClerk', {
    config: { obsoleteHashUntil: '2026-06-30' },
    parts: { verifyPdf: async () => verdict },
  });
  await commune.signIn();
  const { document, gate } = await arrived();
  expect(gate).toEqual([missing('signature-weak')]);
  await expect(commune.act(document.id, { act: 'register' })).rejects.toMatchObject({
    ...{ code: 'incoming-unsound', params: { reason: 'signature-weak' } },
  });
});

test('a draft whose page says something else than its data is told to the leader, and can be signed', async () => {
  const leader = await TestDesk.create(province, 'leader', { parts: { verifyPdf: async () => verdict } });
  try {
    verdict = { verdict: 'unsigned', signatures: [], printed: page };
    await leader.signIn();
    const shown = await leader.until(async () => {
      const [card] = leader.core.documents.list('toSign');
      const one = card && (await leader.core.show(card.id));
      return one?.differences && one;
    });
    expect(shown.differences).toEqual([
      { code: 'subject-differs', params: { page: 'Về việc khác', data: shown.document.subject } },
    ]);
    expect([shown.task, shown.gate]).toEqual(['sign', null]);
  } finally {
    await leader.remove();
  }
});

test('a client without a gate is stopped by the server', async () => {
  check.gate = [missing('signature-invalid')];
  const client = await province.as('communeClerk');
  const [incoming] = (await client.sync.changes({})).documents;
  if (!incoming) throw new Error('nothing arrived');
  const { id } = incoming;
  const seen = decidedOn(await client.incoming.acknowledge({ id, version: 1, key: newKey() }));
  const call = client.incoming.register(seen);
  expect(await failureOf(call)).toMatchObject({
    code: 'incoming-unsound',
    params: { reason: 'signature-invalid' },
  });
  const override = { findings: [], reason };
  const key = newKey();
  const first = await client.incoming.register({ ...seen, key, override });
  expect(first.override?.findings).toEqual(['signature-invalid']);
  expect(await client.incoming.register({ ...seen, key, override })).toEqual(first);
  const other = { ...override, reason: 'Lý do khác' };
  expect((await failureOf(client.incoming.register({ ...seen, key, override: other }))).code).toBe(
    'idempotency-conflict',
  );
});
