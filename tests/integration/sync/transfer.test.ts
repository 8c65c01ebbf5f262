import { createHash, randomBytes } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { fileDigest } from '../../../contract/identity.ts';
import { FileStore } from '../../../native/store/file-store.ts';
import { downloadFile } from '../../../native/sync/download.ts';
import { uploadFile } from '../../../native/sync/upload.ts';
import { TestProvince } from '../server/test-province.ts';
import { HostileServer, json } from './hostile-server.ts';

let server: HostileServer;
let folder: string;
let files: FileStore;
beforeEach(async () => {
  server = await new HostileServer().start();
  folder = await mkdtemp(join(tmpdir(), 'antin-transfer-'));
  files = await FileStore.open(folder);
});
afterEach(async () => {
  await server.stop();
  await rm(folder, { recursive: true, force: true });
});

const never = new AbortController().signal;
const content = randomBytes(300_000);
const digest = fileDigest.parse(createHash('sha256').update(content).digest('hex'));
const file = { digest, bytes: content.length };
const channel = () => ({ serverUrl: server.url, bearer: 'b'.repeat(40) });

/** Sends `bytes` from where Range asks, as a server that knows Range does; breaks off after `most` bytes. */
function serve(bytes: Buffer, options: { most?: number; etag?: string; knowsRange?: boolean } = {}) {
  const { most = Number.POSITIVE_INFINITY, etag = '"one"', knowsRange = true } = options;
  return ({ headers }: IncomingMessage, response: ServerResponse) => {
    const asked =
      knowsRange && headers['if-range'] === etag ? /bytes=(\d+)-/.exec(headers.range ?? '') : null;
    const from = Number(asked?.[1] ?? 0);
    response.writeHead(asked ? 206 : 200, {
      etag,
      'content-length': bytes.length - from,
      ...(asked && { 'content-range': `bytes ${from}-${bytes.length - 1}/${bytes.length}` }),
    });
    const part = bytes.subarray(from, from + Math.min(most, bytes.length));
    if (from + part.length === bytes.length) response.end(part);
    else response.write(part, () => void untilWritten(from + part.length).then(() => response.destroy()));
  };
}

/**
 * Resolves when so much of the download is on the disk: a line that breaks earlier takes with it what was in flight.
 */
async function untilWritten(bytes: number): Promise<void> {
  const path = join(files.partialFolder, `${digest}.part`);
  const deadline = performance.now() + 5000;
  for (;;) {
    const size = await stat(path).then(
      (found) => found.size,
      () => 0,
    );
    if (size >= bytes) return;
    if (performance.now() > deadline) throw new Error('nothing was written');
    await new Promise((resolve) => setImmediate(resolve));
  }
}

async function held(): Promise<Buffer> {
  const { path } = await files.locate(digest);
  return readFile(path);
}

async function leftovers(): Promise<string[]> {
  return [...(await readdir(files.partialFolder)), ...(await readdir(join(folder, 'work')))];
}

test('a download goes on where the line broke, however often', async () => {
  server.answer = serve(content, { most: 100_000 });
  let attempts = 0;
  while (!(await files.has(digest))) {
    attempts += 1;
    expect(attempts).toBeLessThan(20);
    await downloadFile(files, file, channel(), never).catch((error) => {
      expect(error).toMatchObject({ code: 'server-unreachable', retryable: true });
    });
  }
  expect(attempts).toBeGreaterThan(1);
  expect(await held()).toEqual(content);
  const starts = server.headers.map(({ range }) => Number(/\d+/.exec(range ?? '0')?.[0]));
  expect(starts).toEqual([...starts].sort((a, b) => a - b));
  expect(starts.at(-1)).toBeGreaterThan(0);
  expect(await leftovers()).toEqual([]);
});

test('the same download after a restart of the program goes on, too', async () => {
  server.answer = serve(content, { most: 100_000 });
  await expect(downloadFile(files, file, channel(), never)).rejects.toMatchObject({ retryable: true });
  files = await FileStore.open(folder);
  server.answer = serve(content);
  await downloadFile(files, file, channel(), never);
  expect(server.headers[1]?.range).toMatch(/^bytes=[1-9]/);
  expect(await held()).toEqual(content);
});

test.each([
  ['has changed the file', { etag: '"two"' }],
  ['knows no Range', { knowsRange: false }],
])('a server that %s is asked for the whole', async (_, options) => {
  server.answer = serve(content, { most: 100_000 });
  await expect(downloadFile(files, file, channel(), never)).rejects.toMatchObject({ retryable: true });
  server.answer = serve(content, options);
  await downloadFile(files, file, channel(), never);
  expect(await held()).toEqual(content);
});

test.each([
  ['other bytes', serve(randomBytes(content.length)), 'file-digest-mismatch'],
  ['more bytes than announced', serve(Buffer.concat([content, content])), 'server-nonsense'],
  [
    'another range',
    (_request: IncomingMessage, response: ServerResponse) =>
      void response.writeHead(206, { 'content-range': 'bytes 5-9/10' }).end('12345'),
    'server-nonsense',
  ],
  [
    'a web page',
    (_request: IncomingMessage, response: ServerResponse) =>
      void response.writeHead(302, { location: '/sign-in' }).end(),
    'server-nonsense',
  ],
  [
    'no such file',
    json(404, {
      defined: true,
      code: 'FAILURE',
      status: 404,
      message: '',
      data: { code: 'file-missing', params: {}, retryable: false },
    }),
    'file-missing',
  ],
])('%s: nothing is taken over, nothing stays', async (_, answer, code) => {
  server.answer = answer;
  await expect(downloadFile(files, file, channel(), never)).rejects.toMatchObject({ code });
  expect(await files.has(digest)).toBe(false);
  expect(await leftovers()).toEqual([]);
});

test('a file that is here is not fetched again', async () => {
  await files.write([content] as unknown as AsyncIterable<Uint8Array>);
  await downloadFile(files, file, channel(), never);
  expect(server.requests).toBe(0);
});

test('to and from the real server: sent once, its size and digest checked at both ends', async () => {
  const province = await (await TestProvince.create(1)).start();
  try {
    const real = { serverUrl: province.url, bearer: await province.bearer('leader') };
    await files.write([content] as unknown as AsyncIterable<Uint8Array>);
    await uploadFile(files, digest, real, never);
    await uploadFile(files, digest, real, never);
    const [draft] = await province.drafts();
    const main = draft?.files[0];
    if (!main) throw new Error('no draft');
    await downloadFile(files, main, real, never);
    expect((await files.check(main.digest)).bytes).toBe(main.bytes);
  } finally {
    await province.remove();
  }
});

test('a file that rotted here is never sent', async () => {
  await files.write([content] as unknown as AsyncIterable<Uint8Array>);
  const { path } = await files.locate(digest);
  await rm(path);
  await expect(uploadFile(files, digest, channel(), never)).rejects.toMatchObject({ code: 'file-missing' });
  expect(server.requests).toBe(0);
});
