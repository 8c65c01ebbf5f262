import { createHash, randomUUID } from 'node:crypto';
import { copyFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { AppError } from '../../../contract/failure.ts';
import { documentId, type FileDigest, personId } from '../../../contract/identity.ts';
import { Log } from '../../../native/core/log.ts';
import type { StampPdf } from '../../../native/core/ports.ts';
import { Stamping } from '../../../native/core/stamping.ts';
import { FileStore } from '../../../native/store/file-store.ts';
import { WorkStore } from '../../../native/store/work-store.ts';
import { testFolder } from '../store/folder.ts';

let folder: string;
let work: WorkStore;
let files: FileStore;
let stamping: Stamping | null = null;
const person = personId.parse(randomUUID());
const now = () => new Date();

beforeEach(async () => {
  folder = testFolder();
  work = WorkStore.open(folder, now());
  files = await FileStore.open(join(folder, 'files'));
});
afterEach(async () => {
  await stamping?.close();
  work.close();
});

function start(stampPdf: StampPdf): Stamping {
  const log = new Log(() => undefined);
  stamping = new Stamping({
    work,
    files,
    stampPdf,
    trust: { anchors: [] },
    now,
    log,
    onDone: () => undefined,
    firstPauseMs: 1,
  });
  stamping.start();
  return stamping;
}

/** A file that was sealed, with its job. */
async function sealed(queue: Stamping, text: string): Promise<FileDigest> {
  const { digest, bytes } = await files.write(
    (async function* () {
      yield Buffer.from(text);
    })(),
  );
  const source = createHash('sha256').update(text).digest('hex') as FileDigest;
  const file = { documentId: documentId.parse(randomUUID()), purpose: 'seal', sourceDigest: source } as const;
  work.transaction(() => {
    work.signedFiles.add({ ...file, digest, bytes, name: 'a.pdf' }, person, now());
    queue.add(file.documentId, digest);
  });
  return digest;
}

test('four at a time, and no more', async () => {
  let underWay = 0;
  const most: number[] = [];
  const { promise, resolve } = Promise.withResolvers<void>();
  const queue = start(async ({ source, target }) => {
    most.push(++underWay);
    if (most.length === 4) setImmediate(resolve);
    await promise;
    await copyFile(source, target);
    underWay--;
  });
  for (let count = 0; count < 9; count++) await sealed(queue, `file ${count}`);
  await vi.waitFor(() => expect(work.stampJobs.waiting()).toEqual([]));
  expect(most).toHaveLength(9);
  expect(Math.max(...most)).toBe(4);
});

test('what may pass is tried again; what can’t, given up with its reason', async () => {
  let tries = 0;
  const queue = start(async ({ source }) => {
    tries++;
    throw new AppError(tries < 4 ? 'timestamp-invalid' : 'signature-room-too-small', { source });
  });
  const digest = await sealed(queue, 'one');
  await vi.waitFor(() =>
    expect(work.stampJobs.find(digest)).toMatchObject({
      state: 'givenUp',
      attempts: 3,
      failure: { code: 'signature-room-too-small' },
    }),
  );
});

test('a try that was begun is waited for, but not longer than asked', async () => {
  const begun = Promise.withResolvers<void>();
  const queue = start(async ({ signal }) => {
    begun.resolve();
    await new Promise((_, reject) =>
      signal.addEventListener('abort', () => reject(new AppError('cancelled'))),
    );
  });
  const digest = await sealed(queue, 'one');
  await begun.promise;
  await queue.settled(digest, 1);
  expect(work.stampJobs.find(digest)?.state).toBe('waiting');
  // Closing ends the try; the job stays for the next start, and nothing half-made lies about.
  await queue.close();
  expect(work.stampJobs.waiting()).toMatchObject([{ digest, attempts: 0 }]);
  expect(await readdir(join(folder, 'files', 'work'))).toEqual([]);
});
