import { afterEach, expect, test } from 'vitest';
import type { OutgoingDocument } from '../../../contract/document.ts';
import { decidedOn, failureOf, newKey, TestProvince } from './test-province.ts';

let province: TestProvince;
afterEach(() => province.remove());

async function approvedDrafts(count: number): Promise<OutgoingDocument[]> {
  province = await (await TestProvince.create(count)).start();
  const approved = [];
  for (const draft of await province.drafts()) approved.push(await province.approve(draft));
  return approved;
}

test('one key twenty times at once gives one number and one answer', async () => {
  const [document, other] = await approvedDrafts(2);
  if (!document || !other) throw new Error('no drafts');
  const clerk = await province.as('clerk');
  const key = newKey();
  const call = { ...decidedOn(document), key };
  const answers = await Promise.all(Array.from({ length: 20 }, () => clerk.documents.assignNumber(call)));
  for (const answer of answers) expect(answer).toEqual(answers[0]);
  expect(answers[0]?.reference?.number).toBe(1);
  expect((await province.number(other)).reference?.number).toBe(2);
  // Long after the document has moved on, the same call still gets the same answer.
  await province.issue(answers[0] ?? document);
  expect(await clerk.documents.assignNumber(call)).toEqual(answers[0]);
});

test('a key means one request of one person', async () => {
  const [document, other] = await approvedDrafts(2);
  if (!document || !other) throw new Error('no drafts');
  const clerk = await province.as('clerk');
  const key = newKey();
  const done = await clerk.documents.assignNumber({ ...decidedOn(document), key });
  const elsewhere = clerk.documents.assignNumber({ ...decidedOn(other), key });
  expect((await failureOf(elsewhere)).code).toBe('idempotency-conflict');
  const anotherAct = clerk.documents.issue({
    ...{ ...decidedOn(done), key },
    file: document.files[0]?.digest ?? ('' as never),
    recipients: ['H99.166' as never],
  });
  expect((await failureOf(anotherAct)).code).toBe('idempotency-conflict');
  const leader = await province.as('leader');
  const asLeader = leader.documents.return({ ...decidedOn(other), key, reason: 'x' });
  expect((await failureOf(asLeader)).code).toBe('idempotency-conflict');

  expect(await clerk.outcomes.find({ key })).toEqual({ known: true, document: done });
  expect(await leader.outcomes.find({ key })).toEqual({ known: false });
  expect(await clerk.outcomes.find({ key: newKey() })).toEqual({ known: false });
});

test('parallel requests get 1 to n without a gap, and refused ones use none up', async () => {
  const documents = await approvedDrafts(16);
  const clerk = await province.as('clerk');
  const calls = documents.flatMap((document) => [
    clerk.documents.assignNumber(decidedOn(document)),
    // A second, different intention for the same document: one of the two must lose, and take no number with it.
    clerk.documents.assignNumber(decidedOn(document)),
  ]);
  const settled = await Promise.allSettled(calls);
  const numbers = settled.flatMap((each) =>
    each.status === 'fulfilled' ? [each.value.reference?.number] : [],
  );
  expect(numbers.sort((a, b) => Number(a) - Number(b))).toEqual(Array.from({ length: 16 }, (_, i) => i + 1));
});
