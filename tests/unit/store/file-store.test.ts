import { createHash, randomBytes } from 'node:crypto';
import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { fileDigest } from '../../../contract/identity.ts';
import { FileStore } from '../../../native/store/file-store.ts';
import { testFolder } from './folder.ts';

function digestOf(bytes: Uint8Array) {
  return fileDigest.parse(createHash('sha256').update(bytes).digest('hex'));
}

async function* chunks(...parts: Uint8Array[]): AsyncIterable<Uint8Array> {
  yield* parts;
}

/** Every file below a folder, but for folders. */
function files(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => entry.name);
}

test('a file lies under its digest, whole, and can be located and read', async () => {
  const folder = testFolder();
  const store = await FileStore.open(folder);
  const [a, b] = [randomBytes(100_000), randomBytes(7)];
  const whole = Buffer.concat([a, b]);
  expect(await store.write(chunks(a, b))).toEqual({ digest: digestOf(whole), bytes: whole.length });
  const { path, bytes } = await store.locate(digestOf(whole));
  expect(bytes).toBe(whole.length);
  expect(path).toBe(join(folder, digestOf(whole).slice(0, 2), digestOf(whole)));
  const handle = await store.open(digestOf(whole));
  expect(await handle.readFile()).toEqual(whole);
  await handle.close();
  expect(await store.has(digestOf(whole))).toBe(true);
  expect(files(folder)).toEqual([digestOf(whole)]);
});

test.each([
  ['another digest', { expected: fileDigest.parse('0'.repeat(64)) }, 'file-digest-mismatch'],
  ['too many bytes', { maxBytes: 5 }, 'file-too-large'],
])('%s leaves nothing behind', async (_, options, code) => {
  const folder = testFolder();
  const store = await FileStore.open(folder);
  await expect(store.write(chunks(randomBytes(10)), options)).rejects.toMatchObject({ code });
  expect(files(folder)).toEqual([]);
});

test('a source that breaks leaves nothing behind', async () => {
  const folder = testFolder();
  const store = await FileStore.open(folder);
  async function* breaking(): AsyncIterable<Uint8Array> {
    yield randomBytes(10);
    throw new Error('line down');
  }
  await expect(store.write(breaking())).rejects.toMatchObject({ code: 'internal' });
  expect(files(folder)).toEqual([]);
});

test('a file made beside the store is taken over', async () => {
  const store = await FileStore.open(testFolder());
  const path = store.workPath();
  const bytes = randomBytes(1000);
  writeFileSync(path, bytes);
  expect(await store.adopt(path)).toEqual({ digest: digestOf(bytes), bytes: 1000 });
  expect(await store.has(digestOf(bytes))).toBe(true);
});

test('a file that rotted is found out before it is used, and moved out of the way', async () => {
  const store = await FileStore.open(testFolder());
  const { digest } = await store.write(chunks(randomBytes(50)));
  const { path } = await store.check(digest);
  writeFileSync(path, randomBytes(50));
  await expect(store.check(digest)).rejects.toMatchObject({ code: 'file-digest-mismatch' });
  expect(await store.has(digest)).toBe(false);
});

test('what a dead run was writing is swept away at the next start, and nothing else', async () => {
  const folder = testFolder();
  const store = await FileStore.open(folder);
  const { digest } = await store.write(chunks(randomBytes(50)));
  writeFileSync(store.workPath(), 'half');
  writeFileSync(join(store.partialFolder, 'download.part'), 'half');
  await FileStore.open(folder);
  expect(files(folder).sort()).toEqual([digest, 'download.part'].sort());
});

test('a missing file is missing, and a path is no digest', async () => {
  const store = await FileStore.open(testFolder());
  await expect(store.locate(fileDigest.parse('1'.repeat(64)))).rejects.toMatchObject({
    code: 'file-missing',
  });
  const hostile = '../../etc/passwd' as ReturnType<typeof digestOf>;
  await expect(store.has(hostile)).rejects.toThrow();
});
