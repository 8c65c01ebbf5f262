import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { OutgoingDocument } from '../../../contract/document.ts';
import { agencyCode, documentId } from '../../../contract/identity.ts';
import { agencies, decidedOn, digestOf, failureOf, newKey, TestProvince } from './test-province.ts';

describe('the path of a document', () => {
  let province: TestProvince;
  let drafts: OutgoingDocument[];

  beforeAll(async () => {
    province = await (await TestProvince.create(12)).start();
    drafts = await province.drafts();
  });
  afterAll(() => province.remove());

  function draft(index: number): OutgoingDocument {
    const found = drafts[index];
    if (!found) throw new Error(`no draft ${index}`);
    return found;
  }

  test('from the leader to the register of the receiving agency', async () => {
    const approved = await province.approve(draft(0));
    expect(approved).toMatchObject({ state: 'awaitingNumber', version: 2 });
    const numbered = await province.number(approved);
    expect(numbered.reference?.code).toBe('01/QĐ-STN');
    const issued = await province.issue(numbered);
    expect(issued).toMatchObject({ state: 'issued', version: 4 });
    expect(issued.recipients).toMatchObject([{ agency: agencies.commune, state: 'sent' }]);

    const commune = await province.as('communeClerk');
    const [arrived] = (await commune.sync.changes({})).documents;
    if (arrived?.kind !== 'incoming') throw new Error('nothing arrived');
    expect(arrived).toMatchObject({ state: 'sent', version: 1, reference: issued.reference });
    expect(arrived.files).toEqual(issued.files);
    expect(arrived.history.map(({ act }) => act)).toEqual(['issue']);

    const { id } = arrived;
    const acknowledged = await commune.incoming.acknowledge({ id, version: 1, key: newKey() });
    const registered = await commune.incoming.register(decidedOn(acknowledged));
    expect(registered).toMatchObject({ state: 'registered', arrivalNumber: 1, version: 3 });

    const { documents } = await (await province.as('clerk')).sync.changes({});
    const seen = documents.find((document) => document.id === issued.id);
    expect(seen).toMatchObject({ version: 6, recipients: [{ state: 'registered', arrivalNumber: 1 }] });
  });

  test('a refusal reaches the sender with its reason', async () => {
    const issued = await province.issue(await province.number(await province.approve(draft(1))));
    const commune = await province.as('communeClerk');
    const arrived = (await commune.sync.changes({})).documents.find(({ state }) => state === 'sent');
    const id = documentId.parse(arrived?.id);
    const acknowledged = await commune.incoming.acknowledge({ id, version: 1, key: newKey() });
    const reason = 'Không đúng nơi nhận';
    const refused = await commune.incoming.refuse({ ...decidedOn(acknowledged), reason });
    expect(refused).toMatchObject({ state: 'refused', reason });
    const { documents } = await (await province.as('leader')).sync.changes({});
    const seen = documents.find((document) => document.id === issued.id);
    expect(seen).toMatchObject({ recipients: [{ state: 'refused', reason }] });
  });

  test('a returned draft keeps the reason and can go no further', async () => {
    const leader = await province.as('leader');
    const returned = await leader.documents.return({ ...decidedOn(draft(2)), reason: 'Sửa trích yếu' });
    expect(returned.state).toBe('returned');
    expect(returned.history.at(-1)).toMatchObject({ act: 'return', note: 'Sửa trích yếu' });
    const again = leader.documents.return({ ...decidedOn(returned), reason: 'Lại' });
    expect(await failureOf(again)).toMatchObject({
      code: 'document-state',
      params: { state: 'returned', version: 2 },
    });
  });

  test('the clerk gives back what the leader has signed; its number stays its own', async () => {
    const clerk = await province.as('clerk');
    const approved = await province.approve(draft(8));
    const call = { ...decidedOn(approved), reason: 'Chữ ký không hợp lệ' };
    const returned = await clerk.documents.return(call);
    expect(returned).toMatchObject({ state: 'returned', reference: null });
    expect(returned.history.at(-1)).toMatchObject({
      ...{ act: 'return', actor: expect.stringContaining('Văn thư'), note: call.reason },
    });
    // Asked again because the answer was lost: the same answer, and nothing happens twice.
    expect(await clerk.documents.return(call)).toEqual(returned);

    const numbered = await province.number(await province.approve(draft(9)));
    const late = { ...decidedOn(numbered), reason: 'Sai thể thức' };
    const asLeader = (await province.as('leader')).documents.return({ ...late, key: newKey() });
    expect((await failureOf(asLeader)).code).toBe('document-state');
    const back = await clerk.documents.return({ ...late, key: newKey() });
    expect(back).toMatchObject({ state: 'returned', reference: numbered.reference });
    const next = await province.number(await province.approve(draft(10)));
    expect(next.reference?.number).toBe((numbered.reference?.number ?? 0) + 1);
    const issued = province.issue(back);
    expect((await failureOf(issued)).code).toBe('document-state');
  });

  test('the wrong role, the wrong agency and the wrong version are refused', async () => {
    const file = await province.uploadContinued('clerk', draft(3), 'signed by approver');
    const asClerk = (await province.as('clerk')).documents.approve({ ...decidedOn(draft(3)), file });
    expect(await failureOf(asClerk)).toMatchObject({ code: 'not-permitted', params: { role: 'leader' } });
    const asSpecialist = (await province.as('specialist')).documents.return({
      ...decidedOn(draft(3)),
      reason: 'x',
    });
    expect((await failureOf(asSpecialist)).code).toBe('not-permitted');
    const elsewhere = (await province.as('communeClerk')).documents.assignNumber(decidedOn(draft(3)));
    expect((await failureOf(elsewhere)).code).toBe('document-missing');
    const stale = (await province.as('leader')).documents.return({
      ...{ ...decidedOn(draft(3)), version: 7 },
      reason: 'x',
    });
    expect(await failureOf(stale)).toMatchObject({
      code: 'document-changed',
      params: { shownVersion: 7, version: 1 },
    });
    const early = (await province.as('clerk')).documents.assignNumber(decidedOn(draft(3)));
    expect((await failureOf(early)).code).toBe('document-state');
  });

  test('a signed file must be held, must continue the draft, and must be signed', async () => {
    const leader = await province.as('leader');
    const approve = (file: ReturnType<typeof digestOf>) =>
      failureOf(leader.documents.approve({ ...decidedOn(draft(4)), file }));
    expect(await approve(digestOf(Buffer.from('never sent')))).toMatchObject({
      code: 'signed-file-rejected',
      params: { reason: 'file-missing' },
    });
    const other = await province.upload('leader', new TextEncoder().encode('signed by approver'));
    expect((await approve(other)).params).toEqual({ reason: 'not-a-continuation' });
    const unsigned = await province.uploadContinued('leader', draft(4), 'hello');
    expect((await approve(unsigned)).params).toEqual({ reason: 'approver-missing' });
  });

  test('another person’s upload can’t be used', async () => {
    const foreign = await province.upload('communeClerk', new TextEncoder().encode('of another agency'));
    const call = (await province.as('leader')).documents.approve({ ...decidedOn(draft(5)), file: foreign });
    expect((await failureOf(call)).params).toEqual({ reason: 'file-missing' });
  });

  test('recipients must exist, differ and not be the issuer', async () => {
    const numbered = await province.number(await province.approve(draft(6)));
    const { commune, department } = agencies;
    const unknown = agencyCode.parse('H99.999');
    for (const recipients of [[unknown], [department.code], [commune.code, commune.code]]) {
      expect(await failureOf(province.issue(numbered, recipients))).toMatchObject({
        code: 'input-invalid',
        params: { field: 'recipients' },
      });
    }
  });

  test('one issue reaches every recipient once', async () => {
    const numbered = await province.number(await province.approve(draft(7)));
    const issued = await province.issue(numbered, [agencies.commune.code, agencies.otherCommune.code]);
    expect(issued.recipients.map(({ agency }) => agency.code)).toEqual(['H99.166', 'H99.167']);
    const { documents } = await (await province.as('communeClerk')).sync.changes({});
    expect(documents.filter(({ subject }) => subject === issued.subject)).toHaveLength(1);
  });

  test('seeding again changes nothing', async () => {
    const before = await (await province.as('leader')).sync.changes({});
    await province.stop();
    await province.start();
    const after = await (await province.as('leader')).sync.changes({});
    expect(after.cursor).toBe(before.cursor);
    expect(after.documents).toEqual(before.documents);
  });

  test('neither log nor database holds a bearer', async () => {
    const bearer = await province.bearer('leader');
    expect(JSON.stringify(province.log)).not.toContain(bearer);
    for (const name of ['province.db', 'province.db-wal']) {
      expect((await readFile(join(province.dataDir, name))).includes(bearer)).toBe(false);
    }
  });
});
