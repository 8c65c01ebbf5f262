import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { AppError } from '../../../contract/failure.ts';
import { answerDocument, type LocateFile } from '../../../electron/document-answer.ts';
import { pageOrigin } from '../../../electron/page-channel.ts';

let folder: string;
let file: string;
const text = 'Một văn bản ngắn';
const bytes = Buffer.byteLength(text);
const digest = 'ab'.repeat(32);

beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'antin-document-'));
  file = path.join(folder, 'document.pdf');
  writeFileSync(file, text);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const held: LocateFile = async () => ({ path: file, bytes });
const failing =
  (error: unknown): LocateFile =>
  async () =>
    Promise.reject(error);
const get = (locate: LocateFile, headers: Record<string, string> = {}, method = 'GET') =>
  answerDocument(new Request(`doc://file/${digest}`, { method, headers }), locate, pageOrigin);

describe('doc://file', () => {
  test('the whole file, and a part of it', async () => {
    const whole = await get(held);
    expect([whole.status, await whole.text()]).toEqual([200, text]);
    const part = await get(held, { Range: 'bytes=0-3' });
    expect([part.status, await part.text(), part.headers.get('content-range')]).toEqual([
      206,
      text.slice(0, 2),
      `bytes 0-3/${bytes}`,
    ]);
  });

  test('only the page may read it, and it can not act as a page itself', async () => {
    const { headers } = await get(held);
    expect(headers.get('access-control-allow-origin')).toBe('app://antin');
    expect(headers.get('content-security-policy')).toBe("default-src 'none'; sandbox");
    expect(headers.get('content-type')).toBe('application/pdf');
    expect(headers.get('cache-control')).toBe('no-store');
  });

  test('a preflight for ranges is answered without asking the core', async () => {
    const answer = await get(failing(new Error('asked')), {}, 'OPTIONS');
    expect([answer.status, answer.headers.get('access-control-allow-headers')]).toEqual([204, 'Range']);
  });

  test.each([
    [404, new AppError('file-missing')],
    [503, new AppError('core-stopped')],
    [500, new AppError('store-damaged')],
    [500, new Error('anything')],
  ])('%d where the core fails with %s', async (status, error) => {
    expect((await get(failing(error))).status).toBe(status);
  });

  test('a file that has gone or is not as long as it should be is not served in part', async () => {
    expect((await get(async () => ({ path: path.join(folder, 'gone'), bytes }))).status).toBe(404);
    expect((await get(async () => ({ path: file, bytes: bytes + 1 }))).status).toBe(500);
    expect((await get(async () => ({ path: file, bytes: bytes - 1 }), { Range: 'bytes=0-1' })).status).toBe(
      500,
    );
  });

  test('an empty file is served as one', async () => {
    const empty = path.join(folder, 'empty');
    writeFileSync(empty, '');
    const answer = await get(async () => ({ path: empty, bytes: 0 }));
    expect([answer.status, answer.headers.get('content-length'), await answer.text()]).toEqual([
      200,
      '0',
      '',
    ]);
  });

  test.each([
    'doc://file/',
    `doc://file/${digest}/x`,
    `doc://file/${digest}?x`,
    'doc://file/..%2f..%2fetc%2fpasswd',
    `doc://elsewhere/${digest}`,
  ])('%s never reaches the core', async (url) => {
    const answer = await answerDocument(new Request(url), failing(new Error('asked')), pageOrigin);
    expect(answer.status).toBe(404);
  });
});
