import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { pageOrigin } from '../../../electron/page-channel.ts';
import { answerPage, contentPolicy } from '../../../electron/page-files.ts';

let folder: string;
let page: string;
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'antin-page-'));
  page = path.join(folder, 'renderer');
  mkdirSync(path.join(page, 'assets'), { recursive: true });
  writeFileSync(path.join(page, 'index.html'), '<p>Trang</p>');
  writeFileSync(path.join(page, 'assets/chữ.js'), '1');
  writeFileSync(path.join(page, 'notes.txt'), 'not a part of a page');
  writeFileSync(path.join(folder, 'outside.js'), 'secret');
  mkdirSync(path.join(folder, 'renderer-other'));
  writeFileSync(path.join(folder, 'renderer-other/x.js'), 'secret');
  symlinkSync(path.join(folder, 'outside.js'), path.join(page, 'link.js'));
  symlinkSync(folder, path.join(page, 'up'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const get = (url: string, method = 'GET') => answerPage(new Request(url, { method }), page, pageOrigin);

describe('app://antin', () => {
  test.each(['app://antin/', 'app://antin/index.html', 'app://antin/index.html?recovered=1#x'])(
    '%s is the page',
    async (url) => {
      const answer = await get(url);
      expect(answer.status).toBe(200);
      expect(await answer.text()).toBe('<p>Trang</p>');
      expect(answer.headers.get('content-type')).toBe('text/html; charset=utf-8');
      expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
    },
  );

  test('names in Vietnamese are found', async () => {
    expect(await (await get('app://antin/assets/ch%E1%BB%AF.js')).text()).toBe('1');
  });

  test.each([
    'app://antin/..%2foutside.js',
    'app://antin/%2e%2e%2foutside.js',
    'app://antin/assets/..%2f..%2foutside.js',
    'app://antin/..%2frenderer-other%2fx.js',
    'app://antin/..%5coutside.js',
    'app://antin/link.js',
    'app://antin/up/outside.js',
    'app://antin/index.html%00.js',
    'app://antin/%E0%A4%A',
    'app://antin/assets',
    'app://antin/notes.txt',
    'app://antin/missing.js',
    'app://other/index.html',
  ])('%s is nothing', async (url) => {
    const answer = await get(url);
    expect(answer.status).toBe(404);
    expect(await answer.text()).toBe('');
  });

  test('every answer carries the policy, refusals, too', async () => {
    for (const url of ['app://antin/', 'app://antin/missing.js', 'app://other/']) {
      expect((await get(url)).headers.get('content-security-policy')).toBe(contentPolicy);
    }
  });

  test('the policy allows no inline code, no eval and no other origin', () => {
    expect(contentPolicy).not.toMatch(/unsafe-inline|'unsafe-eval'|https?:|\*/);
  });

  test('it is only read', async () => {
    expect((await get('app://antin/index.html', 'POST')).status).toBe(405);
    const head = await get('app://antin/index.html', 'HEAD');
    expect([head.status, await head.text()]).toEqual([200, '']);
  });
});
