import { randomBytes } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openDatabase } from '../../../server/database.ts';
import { UploadAllowance } from '../../../server/upload-allowance.ts';
import { digestOf, people, TestProvince, type Who } from './test-province.ts';

let province: TestProvince;
beforeEach(async () => {
  province = await TestProvince.create(1);
});
afterEach(() => province.remove());

const bytesOf = (length: number) => new Uint8Array(randomBytes(length));

async function put(who: Who, bytes: Uint8Array<ArrayBuffer>, digest = digestOf(bytes)) {
  const response = await province.fetchFile(who, digest, { method: 'PUT', body: bytes });
  const { data } = (await response.json()) as {
    data?: { code: string; params: { reason?: string; limit?: number } };
  };
  return { status: response.status, code: data?.code ?? null, ...data?.params };
}

async function partsOnDisk(): Promise<string[]> {
  return readdir(join(province.dataDir, 'files', 'incoming'));
}

test('so many files a day and person, and again the next day; a colleague has their own', async () => {
  await province.start({ uploadLimits: { filesADay: 3 } });
  for (let index = 0; index < 3; index += 1) expect((await put('leader', bytesOf(10))).status).toBe(201);
  expect(await put('leader', bytesOf(10))).toEqual({
    status: 429,
    code: 'upload-limit',
    reason: 'uploads-a-day',
    limit: 3,
  });
  expect((await put('clerk', bytesOf(10))).status).toBe(201);
  province.now = new Date(Date.now() + 24 * 60 * 60 * 1000);
  const bearer = await province.signIn('leader');
  const bytes = bytesOf(10);
  const again = await fetch(`${province.url}/files/${digestOf(bytes)}`, {
    ...{ method: 'PUT', body: bytes },
    headers: { authorization: `Bearer ${bearer}` },
  });
  expect(again.status).toBe(201);
});

test('so many bytes a day, counted before they come', async () => {
  await province.start({ uploadLimits: { bytesADay: 10_000 } });
  expect((await put('leader', bytesOf(6000))).status).toBe(201);
  expect(await put('leader', bytesOf(6000))).toEqual({
    status: 429,
    code: 'upload-limit',
    reason: 'bytes-a-day',
  });
  expect((await put('leader', bytesOf(4000))).status).toBe(201);
});

test('what came and was of no use counts all the same', async () => {
  await province.start({ uploadLimits: { bytesADay: 10_000 } });
  expect((await put('leader', bytesOf(6000), digestOf(bytesOf(1)))).code).toBe('file-digest-mismatch');
  expect((await put('leader', bytesOf(6000))).reason).toBe('bytes-a-day');
  expect(await partsOnDisk()).toEqual([]);
});

test('what was announced and never came counts as what came', async () => {
  await province.start({ uploadLimits: { bytesADay: 10_000 } });
  const authorization = `Bearer ${await province.bearer('leader')}`;
  const { hostname, port } = new URL(province.url);
  const socket = connect(Number(port), hostname);
  const digest = digestOf(bytesOf(1));
  socket.write(
    `PUT /files/${digest} HTTP/1.1\r\nhost: x\r\nauthorization: ${authorization}\r\ncontent-length: 9000\r\n\r\nabc`,
  );
  await expect.poll(partsOnDisk).toHaveLength(1);
  expect((await put('leader', bytesOf(6000))).reason).toBe('bytes-a-day');
  socket.destroy();
  await expect.poll(partsOnDisk).toEqual([]);
  expect((await put('leader', bytesOf(6000))).status).toBe(201);
});

test('many at once can’t go past the bound together, nor past their number', async () => {
  await province.start({ uploadLimits: { bytesADay: 10_000, atOnce: 50 } });
  const all = await Promise.all(Array.from({ length: 10 }, () => put('leader', bytesOf(3000))));
  expect(all.filter(({ status }) => status === 201)).toHaveLength(3);
  expect(all.filter(({ reason }) => reason === 'bytes-a-day')).toHaveLength(7);
});

test('a disk that is nearly full takes no more files, before it is full', async () => {
  const database = openDatabase(join(province.dir, 'allowance.db'));
  const { agency, id, position, role } = people.leader;
  database
    .prepare('INSERT INTO agencies (code, name, level) VALUES (?, ?, ?)')
    .run(agency.code, agency.name, agency.level);
  database.prepare('INSERT INTO people VALUES (?, ?, ?, ?)').run(id, agency.code, position, role);
  let free = 300 * 1024 * 1024;
  const allowance = new UploadAllowance({
    ...{ database, clock: () => new Date(), folder: province.dir, freeBytes: async () => free },
    limits: { atOnce: 1, filesADay: 9, bytesADay: 1e9 },
  });
  const first = await allowance.begin(id, 1024);
  await expect(allowance.begin(id, 1)).rejects.toMatchObject({ params: { reason: 'uploads-at-once' } });
  first.end(1024);
  free = 200 * 1024 * 1024;
  const full = { code: 'upload-limit', params: { reason: 'server-disk-full' }, retryable: true };
  await expect(allowance.begin(id, 1024)).rejects.toMatchObject(full);
  // What was refused holds no place.
  await expect(allowance.begin(id, 1024)).rejects.toMatchObject(full);
  free = 300 * 1024 * 1024;
  (await allowance.begin(id, 1024)).end(0);
  database.close();
});
