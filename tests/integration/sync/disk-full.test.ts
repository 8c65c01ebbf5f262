import { createHash, randomBytes } from 'node:crypto';
import { readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { documentId, fileDigest, personId } from '../../../contract/identity.ts';
import { FileStore } from '../../../native/store/file-store.ts';
import { WorkStore } from '../../../native/store/work-store.ts';
import { downloadFile } from '../../../native/sync/download.ts';
import { newIdempotencyKey } from '../../../native/sync/idempotency-key.ts';
import { HostileServer } from './hostile-server.ts';
import { smallDisk } from './tmpfs.ts';

let disk: Awaited<ReturnType<typeof smallDisk>>;
beforeEach(async () => {
  disk = await smallDisk(1024);
});
afterEach(() => disk.remove());

const content = randomBytes(2 * 1024 * 1024);
const digest = fileDigest.parse(createHash('sha256').update(content).digest('hex'));

async function* chunks(): AsyncIterable<Uint8Array> {
  for (let at = 0; at < content.length; at += 65_536) yield content.subarray(at, at + 65_536);
}

async function fileNames(): Promise<string[]> {
  const entries = await readdir(disk.folder, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map(({ name }) => name);
}

test('a file that does not fit leaves nothing half-written', async () => {
  const files = await FileStore.open(disk.folder);
  await expect(files.write(chunks())).rejects.toMatchObject({ code: 'disk-full' });
  expect(await fileNames()).toEqual([]);
});

test('a download that does not fit leaves nothing half-written', async () => {
  const server = await new HostileServer().start();
  server.answer = (_request, response) => void response.writeHead(200, { etag: '"x"' }).end(content);
  try {
    const files = await FileStore.open(disk.folder);
    const channel = { serverUrl: server.url, bearer: 'b'.repeat(40) };
    const file = { digest, bytes: content.length };
    const never = new AbortController().signal;
    await expect(downloadFile(files, file, channel, never)).rejects.toMatchObject({ code: 'disk-full' });
    expect(await fileNames()).toEqual([]);
  } finally {
    await server.stop();
  }
});

test('an act that does not fit is not half queued, and fits once there is room', async () => {
  const now = new Date();
  const person = personId.parse('p-1');
  const id = documentId.parse('0192f5a0-0000-7000-8000-000000000001');
  const basedOn = fileDigest.parse('0'.repeat(64));
  const work = WorkStore.open(disk.folder, now);
  const filler = join(disk.folder, 'filler');
  // Fills the disk to the last byte: the write that fails is what fills it.
  await expect(writeFile(filler, content)).rejects.toMatchObject({ code: 'ENOSPC' });
  const queue = (count: number) =>
    work.transaction(() => {
      for (let index = 0; index < count; index += 1) {
        const input = { id, key: newIdempotencyKey(now), version: 1, basedOn, reason: 'x'.repeat(2000) };
        work.outbox.add({ personId: person, subject: 'Thử nghiệm', request: { act: 'return', input } }, now);
      }
    });
  expect(() => queue(50)).toThrow(expect.objectContaining({ code: 'disk-full' }));
  expect(work.outbox.list(person)).toEqual([]);
  await rm(filler);
  queue(50);
  expect(work.outbox.list(person)).toHaveLength(50);
  work.close();
  const again = WorkStore.open(disk.folder, now);
  expect(again.finding).toEqual({ kind: 'sound' });
  expect(again.outbox.list(person)).toHaveLength(50);
  again.close();
});
