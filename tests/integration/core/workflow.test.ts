import { afterEach, beforeEach, expect, test } from 'vitest';
import { documentId } from '../../../contract/identity.ts';
import { agencies, TestProvince } from '../server/test-province.ts';
import { SoftwareToken } from './software-token.ts';
import { TestDesk } from './test-desk.ts';

let province: TestProvince;
const desks: TestDesk[] = [];

async function desk(
  ...args: Parameters<typeof TestDesk.create> extends [unknown, ...infer Rest] ? Rest : never
) {
  const made = await TestDesk.create(province, ...args);
  desks.push(made);
  return made.signIn();
}

beforeEach(async () => {
  province = await (await TestProvince.create(1)).start();
});
afterEach(async () => {
  await Promise.all(desks.splice(0).map((each) => each.remove()));
  await province.remove();
});

test('a document goes from the leader by the clerk to the commune, each step by one press', async () => {
  const leader = await desk('leader');
  const card = await leader.until(() => leader.core.documents.list('toSign')[0]);
  const id = documentId.parse(card.id);
  expect(card.task).toBe('sign');
  const approved = await leader.sign(id, 'approve', { key: SoftwareToken.key('01') });
  expect(approved).toMatchObject({ task: 'none', pending: null, fileHeld: true });
  expect(approved.document.state).toBe('awaitingNumber');
  expect(leader.core.documents.counts()).toEqual({ toSign: 0, toIssue: 0, incoming: 0, outgoing: 1 });

  const clerk = await desk('clerk');
  await clerk.untilState(id, 'awaitingNumber');
  const numbered = await clerk.act(id, { act: 'assignNumber' });
  expect(numbered.document).toMatchObject({ state: 'awaitingSeal', reference: { number: 1 } });
  expect(numbered.task).toBe('seal');
  const sealed = await clerk.sign(id, 'seal', { key: SoftwareToken.key('02') });
  expect(sealed.task).toBe('issue');
  expect(sealed.file?.digest).not.toBe(sealed.document.files[0]?.digest);
  const issued = await clerk.act(id, { act: 'issue', recipients: [agencies.commune.code] });
  expect(issued.document.state).toBe('issued');
  expect(issued.file?.digest).toBe(sealed.file?.digest);

  const commune = await desk('communeClerk');
  const incoming = await commune.until(() => commune.core.documents.list('incoming')[0]);
  const arrived = await commune.untilState(incoming.id, 'arrived');
  expect(arrived).toMatchObject({ task: 'register', fileHeld: true });
  await commune.until(async () => (await commune.core.show(incoming.id)).gate !== null);
  const registered = await commune.act(incoming.id, { act: 'register' });
  expect(registered.document).toMatchObject({ state: 'registered', arrivalNumber: 1 });
  await clerk.until(async () => {
    const { document } = await clerk.core.show(id);
    return document.kind === 'outgoing' && document.recipients[0]?.state === 'registered';
  });
});
