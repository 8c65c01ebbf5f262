import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import type { Failure } from '../../../contract/failure.ts';
import { documentId, fileDigest, personId } from '../../../contract/identity.ts';
import { WorkStore } from '../../../native/store/work-store.ts';
import { testFolder } from './folder.ts';

const now = new Date('2026-03-05T07:07:09Z');
const id = documentId.parse(randomUUID());
const person = personId.parse(randomUUID());
const digest = (letter: string) => fileDigest.parse(letter.repeat(64));
const late: Failure = { code: 'timestamp-too-late', params: {}, retryable: false };

function storeWithSeal(): WorkStore {
  const work = WorkStore.open(testFolder(), now);
  const file = { documentId: id, purpose: 'seal', sourceDigest: digest('a'), digest: digest('b') } as const;
  work.transaction(() => {
    work.signedFiles.add({ ...file, bytes: 10, name: 'quyet-dinh.pdf' }, person, now);
    work.stampJobs.add({ documentId: id, digest: digest('b') }, now);
  });
  return work;
}

test('a stamped file takes the sealed one’s place, and the old row is kept', () => {
  const work = storeWithSeal();
  work.transaction(() => {
    expect(work.signedFiles.supersede(digest('b'), { digest: digest('c'), bytes: 10 }, now)).toBe(true);
    work.stampJobs.markStamped(digest('b'), digest('c'), now);
  });
  expect(work.signedFiles.find(id, 'seal', digest('a'))).toMatchObject({
    digest: digest('c'),
    name: 'quyet-dinh.pdf',
  });
  expect(work.signedFiles.documentsOf(digest('b'))).toEqual([id]);
  expect(work.stampJobs.find(digest('b'))).toMatchObject({ state: 'stamped', stampedDigest: digest('c') });
  expect(work.stampJobs.waiting()).toEqual([]);
  work.close();
});

test('a file that no longer stands has no place to take', () => {
  const work = storeWithSeal();
  work.signedFiles.setAside(digest('b'), now);
  expect(work.signedFiles.supersede(digest('b'), { digest: digest('c'), bytes: 10 }, now)).toBe(false);
  expect(work.signedFiles.standing()).toEqual([]);
  work.close();
});

test('tries are counted with their reason; an ended job stays as it ended', () => {
  const work = storeWithSeal();
  const reason: Failure = { code: 'timestamp-unreachable', params: {}, retryable: true };
  work.stampJobs.markTried(digest('b'), reason);
  expect(work.stampJobs.waiting()).toMatchObject([{ attempts: 1, failure: reason }]);
  work.stampJobs.markGivenUp(digest('b'), late, now);
  work.stampJobs.markStamped(digest('b'), digest('c'), now);
  expect(work.stampJobs.find(digest('b'))).toMatchObject({
    state: 'givenUp',
    failure: late,
    stampedDigest: null,
  });
  expect(work.stampJobs.find(digest('c'))).toBeNull();
  work.close();
});
