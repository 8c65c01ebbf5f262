import { randomBytes } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { maxFileBytes } from '../../../server/file-store.ts';
import { digestOf, TestProvince } from './test-province.ts';

let province: TestProvince;
beforeEach(async () => {
  province = await (await TestProvince.create(1)).start();
});
afterEach(() => province.remove());

async function filesOnDisk(): Promise<string[]> {
  const entries = await readdir(join(province.dataDir, 'files'), { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map(({ name }) => name);
}

test('a file comes back as it was sent, whole and in stretches', async () => {
  const bytes = new Uint8Array(randomBytes(300_000));
  const digest = await province.upload('leader', bytes);
  const whole = await province.fetchFile('leader', digest);
  expect(whole.status).toBe(200);
  expect(whole.headers.get('accept-ranges')).toBe('bytes');
  expect(whole.headers.get('date')).not.toBeNull();
  const etag = whole.headers.get('etag') ?? '';
  expect(await whole.bytes()).toEqual(bytes);

  const part = await province.fetchFile('leader', digest, { headers: { range: 'bytes=100-199' } });
  expect(part.status).toBe(206);
  expect(part.headers.get('content-range')).toBe('bytes 100-199/300000');
  expect(await part.bytes()).toEqual(bytes.subarray(100, 200));
  const rest = { range: 'bytes=299990-' };
  const resumed = await province.fetchFile('leader', digest, { headers: { ...rest, 'if-range': etag } });
  expect(await resumed.bytes()).toEqual(bytes.subarray(299_990));
  const changed = await province.fetchFile('leader', digest, { headers: { ...rest, 'if-range': '"other"' } });
  expect(changed.status).toBe(200);
  expect(await changed.bytes()).toEqual(bytes);
  const beyond = await province.fetchFile('leader', digest, { headers: { range: 'bytes=300000-' } });
  expect(beyond.status).toBe(416);
  expect(beyond.headers.get('content-range')).toBe('bytes */300000');

  const head = await province.fetchFile('leader', digest, { method: 'HEAD' });
  expect(head.status).toBe(200);
  expect(head.headers.get('content-length')).toBe('300000');
  expect((await province.fetchFile('leader', digest, { method: 'PUT', body: bytes })).status).toBe(200);
});

test('an empty file is a file', async () => {
  const digest = await province.upload('leader', new Uint8Array());
  const response = await province.fetchFile('leader', digest);
  expect(response.status).toBe(200);
  expect(await response.bytes()).toHaveLength(0);
});

test('only parties and the uploader may have a file, and others can’t tell that it is held', async () => {
  const [draft] = await province.drafts();
  const digest = draft?.files[0]?.digest ?? digestOf(new Uint8Array());
  expect((await province.fetchFile('specialist', digest, { method: 'HEAD' })).status).toBe(200);
  const bytes = new TextEncoder().encode('upload of one person');
  const own = await province.upload('clerk', bytes);
  for (const [who, which] of [
    ['communeClerk', digest],
    ['leader', own],
    ['leader', digestOf(Buffer.from('held by nobody'))],
  ] as const) {
    const response = await province.fetchFile(who, which);
    expect(response.status).toBe(404);
    expect(await response.json()).toMatchObject({ data: { code: 'file-missing' } });
  }
  // Naming the digest is not enough to become an uploader; having the bytes is.
  const claimed = await province.fetchFile('leader', own, { method: 'PUT', body: 'something else' });
  expect(claimed.status).toBe(422);
  expect((await province.fetchFile('leader', own)).status).toBe(404);
  await province.upload('leader', bytes);
  expect((await province.fetchFile('leader', own)).status).toBe(200);
});

test('a wrong digest leaves nothing', async () => {
  const before = await filesOnDisk();
  const digest = digestOf(Buffer.from('what was promised'));
  const response = await province.fetchFile('leader', digest, { method: 'PUT', body: 'what was sent' });
  expect(response.status).toBe(422);
  expect(await response.json()).toMatchObject({ code: 'FAILURE', data: { code: 'file-digest-mismatch' } });
  expect(await filesOnDisk()).toEqual(before);
  expect((await province.fetchFile('leader', digest, { method: 'HEAD' })).status).toBe(404);
});

test('a file too large is refused by its length, or once it has grown too long, and leaves nothing', async () => {
  const before = await filesOnDisk();
  const digest = digestOf(new Uint8Array());
  const chunk = new Uint8Array(1024 * 1024);
  const grown = new ReadableStream<Uint8Array>({
    start: () => undefined,
    pull(controller) {
      controller.enqueue(chunk);
    },
  });
  let sent = 0;
  const counted = grown.pipeThrough(
    new TransformStream<Uint8Array, Uint8Array>({
      transform(bytes, controller) {
        sent += bytes.length;
        if (sent > maxFileBytes + 5 * chunk.length) controller.terminate();
        else controller.enqueue(bytes);
      },
    }),
  );
  const streamed = await province.fetchFile('leader', digest, {
    ...{ method: 'PUT', body: counted },
    ...({ duplex: 'half' } as RequestInit),
  });
  expect(streamed.status).toBe(413);
  expect(await streamed.json()).toMatchObject({ data: { code: 'file-too-large' } });

  const whole = new Uint8Array(maxFileBytes + 1);
  const declared = await province.fetchFile('leader', digest, { method: 'PUT', body: whole });
  expect(declared.status).toBe(413);
  await declared.body?.cancel();
  expect(await filesOnDisk()).toEqual(before);
});

test('an upload that breaks off leaves nothing', async () => {
  const before = await filesOnDisk();
  const { hostname, port } = new URL(province.url);
  const bearer = await province.bearer('leader');
  const socket = connect(Number(port), hostname);
  socket.write(
    [
      `PUT /files/${'a'.repeat(64)} HTTP/1.1`,
      ...['Host: x', `Authorization: Bearer ${bearer}`, 'Content-Length: 1000000', 'Expect: 100-continue'],
      '\r\n',
    ].join('\r\n'),
  );
  // The server says "go on" once it is ready to write.
  const [answer] = await new Promise<[Buffer]>((resolve) => socket.once('data', (data) => resolve([data])));
  expect(answer.toString()).toMatch(/^HTTP\/1\.1 100 /);
  socket.write(Buffer.alloc(70_000));
  socket.destroy();
  await province.stop();
  expect(await filesOnDisk()).toEqual(before);
});

test('“expect: 100-continue” without a session is refused before the body', async () => {
  const { hostname, port } = new URL(province.url);
  const socket = connect(Number(port), hostname);
  socket.write(
    `PUT /files/${'a'.repeat(64)} HTTP/1.1\r\nHost: x\r\nContent-Length: 1000000\r\nExpect: 100-continue\r\n\r\n`,
  );
  const [answer] = await new Promise<[Buffer]>((resolve) => socket.once('data', (data) => resolve([data])));
  expect(answer.toString()).toMatch(/^HTTP\/1\.1 401 /);
  socket.destroy();
});

test('what no document names within a week is swept away', async () => {
  const bytes = new TextEncoder().encode('forgotten');
  const digest = await province.upload('leader', bytes);
  const [draft] = await province.drafts();
  await province.stop();
  province.now = new Date(Date.now() + 8 * 24 * 3_600_000);
  await province.start();
  await province.stop();
  province.now = null;
  await province.start();
  expect((await province.fetchFile('leader', digest)).status).toBe(404);
  expect(await filesOnDisk()).toEqual([draft?.files[0]?.digest]);
});
