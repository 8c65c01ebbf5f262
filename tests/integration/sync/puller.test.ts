import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { AppError } from '../../../contract/failure.ts';
import { CacheStore } from '../../../native/store/cache-store.ts';
import { ProvinceClient } from '../../../native/sync/province-client.ts';
import { Puller } from '../../../native/sync/puller.ts';
import { people, TestProvince } from '../server/test-province.ts';
import { GateProxy } from './gate-proxy.ts';
import { HostileServer, json } from './hostile-server.ts';

let folder: string;
let cache: CacheStore;
const closers: (() => Promise<void>)[] = [];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'antin-puller-'));
  cache = CacheStore.open(folder, new Date());
  cache.documents.claim(people.leader.id);
});
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
  cache.close();
  await rm(folder, { recursive: true, force: true });
});

function pull(url: string, bearer: string) {
  const heard = { documents: 0, online: 0, lost: [] as AppError[], unexpected: [] as unknown[] };
  let wake: (() => void) | undefined;
  const tell = () => wake?.();
  const puller = new Puller({
    cache,
    client: new ProvinceClient({ serverUrl: url, bearer, deadlineMs: 2000 }),
    waitSeconds: 5,
    onDocuments: () => {
      heard.documents += 1;
      tell();
    },
    onOnline: () => {
      heard.online += 1;
      tell();
    },
    onSessionLost: (error) => {
      heard.lost.push(error);
      tell();
    },
    onUnexpected: (error) => {
      heard.unexpected.push(error);
      tell();
    },
  });
  closers.push(() => puller.stop());
  puller.start();
  const until = async (condition: () => boolean) => {
    const deadline = AbortSignal.timeout(15_000);
    while (!condition()) {
      await new Promise<void>((resolve, reject) => {
        wake = resolve;
        deadline.addEventListener('abort', () => reject(new Error('waited in vain')));
      });
    }
  };
  return { puller, heard, until };
}

async function realProvince(drafts: number) {
  const province = await (await TestProvince.create(drafts)).start();
  closers.push(() => province.remove());
  const proxy = await new GateProxy(() => province.url).start();
  closers.push(() => proxy.stop());
  return { province, proxy };
}

test('all pages come in, and a commit is heard of at once', async () => {
  const { province, proxy } = await realProvince(120);
  const { until } = pull(proxy.url, await province.bearer('leader'));
  await until(() => cache.documents.all().length === 120);
  const [draft] = cache.documents.all();
  if (draft?.kind !== 'outgoing') throw new Error('no draft');
  await province.approve(draft);
  await until(() => cache.documents.get(draft.id)?.state === 'awaitingNumber');
});

test('a cursor that the server rejects: filled anew, within the same session', async () => {
  const { province, proxy } = await realProvince(3);
  const { heard, until } = pull(proxy.url, await province.bearer('leader'));
  await until(() => cache.documents.all().length === 3);
  const cursor = cache.documents.cursor();
  await province.stop();
  await province.start({ restored: true });
  await until(() => cache.documents.cursor() !== cursor);
  expect(cache.documents.all()).toHaveLength(3);
  expect(heard.lost).toEqual([]);
});

test('when the line goes it tries again with pauses, at once when woken, and says when it is back', async () => {
  const { province, proxy } = await realProvince(1);
  let away = true;
  proxy.rule = () => (away ? 'drop' : 'pass');
  const { puller, heard, until } = pull(proxy.url, await province.bearer('leader'));
  while (proxy.seen.length < 3) {
    puller.wake();
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  expect(cache.documents.all()).toEqual([]);
  away = false;
  puller.wake();
  await until(() => heard.online === 1);
  expect(cache.documents.all()).toHaveLength(1);
});

test('an ended session is told', async () => {
  const { proxy } = await realProvince(1);
  const { heard, until } = pull(proxy.url, 'z'.repeat(40));
  await until(() => heard.lost.length > 0);
  expect(heard.lost[0]?.code).toBe('session-missing');
});

test('a server that answers at once and without news is not asked without end', async () => {
  const server = await new HostileServer().start();
  closers.push(() => server.stop());
  server.answer = json(200, {
    documents: [],
    cursor: 'c',
    more: false,
    serverTime: new Date().toISOString(),
  });
  pull(server.url, 'b'.repeat(40));
  await new Promise((resolve) => setTimeout(resolve, 600));
  expect(server.requests).toBeLessThanOrEqual(2);
});

test('a server that promises more and gives nothing is nonsense, not a reason to spin', async () => {
  const server = await new HostileServer().start();
  closers.push(() => server.stop());
  server.answer = json(200, { documents: [], cursor: 'c', more: true, serverTime: new Date().toISOString() });
  const { heard, until } = pull(server.url, 'b'.repeat(40));
  await until(() => heard.unexpected.length > 0);
  expect(heard.unexpected[0]).toMatchObject({ code: 'server-nonsense' });
  expect(server.requests).toBeLessThanOrEqual(3);
});
