import { afterEach, beforeEach, expect, test } from 'vitest';
import type { OutgoingDocument } from '../../../contract/document.ts';
import { newIdempotencyKey } from '../../../native/sync/idempotency-key.ts';
import { agencies, decidedOn, TestProvince } from '../server/test-province.ts';
import { GateProxy, type Passage } from './gate-proxy.ts';
import { SenderDesk } from './sender-desk.ts';

let province: TestProvince;
let proxy: GateProxy;
let desk: SenderDesk;

beforeEach(async () => {
  province = await (await TestProvince.create(2)).start();
  proxy = await new GateProxy(() => province.url).start();
  desk = await SenderDesk.open({ who: 'clerk', url: proxy.url, bearer: await province.bearer('clerk') });
});
afterEach(async () => {
  await desk.remove();
  await proxy.stop();
  await province.remove();
});

async function approved(): Promise<OutgoingDocument> {
  const [draft] = await province.drafts();
  if (!draft) throw new Error('no draft');
  return province.approve(draft);
}

/** The first act on this path gets this treatment; everything else passes. */
function once(path: string, passage: Passage): void {
  let done = false;
  proxy.rule = (request) => {
    if (done || request.method !== 'POST' || !request.path.includes(path)) return 'pass';
    done = true;
    return passage;
  };
}

/** How often the server says that something was done to a document. */
async function timesDone(id: string, act: string): Promise<number> {
  const { documents } = await (await province.as('clerk')).sync.changes({});
  const document = documents.find((each) => each.id === id);
  return document?.history.filter((entry) => entry.act === act).length ?? 0;
}

test.each(['loseAnswer', 'cutAnswer'] as const)(
  '%s: asked for by key, done exactly once',
  async (passage) => {
    const document = await approved();
    once('/number', passage);
    const key = desk.queueNumber(document);
    desk.sender.start();
    await desk.until(key, 'outcomeUnknown');
    expect(desk.work.outbox.entry(key)).toMatchObject({
      attempts: 1,
      failure: { code: 'server-unreachable' },
    });
    desk.sender.wake();
    await desk.until(key, 'confirmed');
    expect(proxy.count('/number')).toBe(1);
    expect(proxy.count('/outcomes/')).toBeGreaterThan(0);
    expect(await timesDone(document.id, 'assignNumber')).toBe(1);
    expect(desk.cache.documents.get(document.id)).toMatchObject({ reference: { number: 1 } });
  },
);

test('a request that never arrived is sent again, the same byte for byte', async () => {
  const document = await approved();
  once('/number', 'drop');
  const key = desk.queueNumber(document);
  desk.sender.start();
  await desk.until(key, 'outcomeUnknown');
  desk.sender.wake();
  await desk.until(key, 'confirmed');
  const [first, second] = proxy.seen.filter(({ path }) => path.includes('/number'));
  expect(second).toEqual(first);
  expect(await timesDone(document.id, 'assignNumber')).toBe(1);
});

test('a lost answer to issuing: one issue, one incoming document, the file uploaded once', async () => {
  const numbered = await province.number(await approved());
  const held = await (await province.fetchFile('clerk', mainOf(numbered))).bytes();
  const sealed = Buffer.concat([held, Buffer.from('signed by agency\n')]);
  const { digest: file } = await desk.files.write(chunksOf(sealed));
  once('/issue', 'loseAnswer');
  const input = { ...decidedOn(numbered), key: newIdempotencyKey(new Date()), file };
  const key = desk.queue({ act: 'issue', input: { ...input, recipients: [agencies.commune.code] } });
  desk.sender.start();
  await desk.until(key, 'outcomeUnknown');
  desk.sender.wake();
  await desk.until(key, 'confirmed');
  expect(proxy.seen.filter(({ method }) => method === 'PUT')).toHaveLength(1);
  expect(await timesDone(numbered.id, 'issue')).toBe(1);
  expect((await (await province.as('communeClerk')).sync.changes({})).documents).toHaveLength(1);
});

test('with the server away nothing has left: the act waits, and goes out by itself when it is back', async () => {
  const document = await approved();
  const nobody = proxy.url;
  await proxy.stop();
  const away = await SenderDesk.open({ who: 'clerk', url: nobody, bearer: 'x'.repeat(40) });
  const key = away.queueNumber(document);
  await Promise.all([away.sender.start(), away.sender.tryNow(key, 5000)]);
  expect(away.work.outbox.entry(key)).toMatchObject({
    state: 'waiting',
    failure: { code: 'server-unreachable' },
  });
  await away.close();
  proxy = await new GateProxy(() => province.url).start();
  const bearer = await province.bearer('clerk');
  const back = await SenderDesk.open({ who: 'clerk', url: proxy.url, bearer, folder: away.folder });
  back.sender.start();
  await back.until(key, 'confirmed');
  expect(await timesDone(document.id, 'assignNumber')).toBe(1);
  await back.remove();
});

test('what the server refuses needs attention, is kept, and can be tried again with the same key', async () => {
  const document = await approved();
  const key = desk.queueNumber({ ...document, version: document.version + 5 });
  desk.sender.start();
  await desk.until(key, 'needsAttention');
  expect(desk.work.outbox.entry(key)).toMatchObject({
    attempts: 1,
    failure: { code: 'document-changed', retryable: false },
  });
  desk.work.outbox.markWaiting(key, null);
  await desk.sender.tryNow(key, 5000);
  expect(desk.work.outbox.entry(key)).toMatchObject({ state: 'needsAttention', attempts: 2 });
  const bodies = proxy.seen.filter(({ path }) => path.includes('/number')).map(({ body }) => body);
  expect(new Set(bodies).size).toBe(1);
  expect(await timesDone(document.id, 'assignNumber')).toBe(0);
});

test('an ended session leaves the act waiting', async () => {
  const document = await approved();
  const lost = await SenderDesk.open({ who: 'clerk', url: proxy.url, bearer: 'y'.repeat(40) });
  const key = lost.queueNumber(document);
  lost.sender.start();
  await lost.sender.tryNow(key, 5000);
  expect(lost.work.outbox.entry(key).state).toBe('waiting');
  expect(lost.sessionLosses[0]?.code).toBe('session-missing');
  await lost.remove();
});

test('acts on one document keep their order, however often the first one fails', async () => {
  const [first, second] = await province.drafts();
  if (!first || !second) throw new Error('no drafts');
  const [document, other] = [await province.approve(first), await province.approve(second)];
  const [numbers, others] = [desk.queueNumber(document), desk.queueNumber(other)];
  const returned = desk.queueNumber({ ...document, version: document.version + 1 });
  let dropped = 0;
  proxy.rule = ({ method, path }) => {
    if (method !== 'POST' || !path.includes(document.id) || dropped === 3) return 'pass';
    dropped += 1;
    return 'drop';
  };
  desk.sender.start();
  await desk.until(others, 'confirmed');
  while (desk.work.outbox.entry(numbers).state !== 'confirmed') await desk.sender.tryNow(numbers, 1000);
  await desk.until(returned, 'needsAttention');
  const order = proxy.seen.filter(({ path, method }) => method === 'POST' && path.includes(document.id));
  expect(order.map(({ body }) => JSON.parse(body).key)).toEqual([
    numbers,
    numbers,
    numbers,
    numbers,
    returned,
  ]);
});

function mainOf(document: OutgoingDocument) {
  const [main] = document.files;
  if (!main) throw new Error('no file');
  return main.digest;
}

async function* chunksOf(bytes: Uint8Array): AsyncIterable<Uint8Array> {
  yield bytes;
}
