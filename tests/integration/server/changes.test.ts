import { connect } from 'node:net';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { failureOf, TestProvince } from './test-province.ts';

let province: TestProvince;
beforeEach(async () => {
  province = await (await TestProvince.create(3)).start();
});
afterEach(() => province.remove());

test('pages follow the order of commits, each document once and at its newest', async () => {
  const leader = await province.as('leader');
  const first = await leader.sync.changes({});
  expect(first.documents).toHaveLength(3);
  expect(first.more).toBe(false);
  expect(Math.abs(Date.parse(first.serverTime) - Date.now())).toBeLessThan(5000);

  const [a, b] = await province.drafts();
  if (!a || !b) throw new Error('no drafts');
  const approved = await province.approve(b);
  await province.approve(a);
  await province.number(approved);
  const second = await leader.sync.changes({ cursor: first.cursor });
  expect(second.documents.map(({ id, version }) => [id, version])).toEqual([
    [a.id, 2],
    [b.id, 3],
  ]);
  const third = await leader.sync.changes({ cursor: second.cursor });
  expect(third).toMatchObject({ documents: [], cursor: second.cursor, more: false });
});

test('a long list comes in pages', async () => {
  await province.remove();
  province = await (await TestProvince.create(230)).start();
  const leader = await province.as('leader');
  const ids = new Set<string>();
  let cursor: string | undefined;
  let pages = 0;
  for (let more = true; more; pages += 1) {
    const page = await leader.sync.changes(cursor === undefined ? {} : { cursor });
    for (const { id } of page.documents) ids.add(id);
    ({ cursor, more } = page);
  }
  expect(ids.size).toBe(230);
  expect(pages).toBe(3);
});

test('another agency sees nothing of it', async () => {
  const commune = await province.as('communeClerk');
  expect((await commune.sync.changes({})).documents).toEqual([]);
});

test('a long poll wakes with the commit that concerns it, and not with another', async () => {
  const leader = await province.as('leader');
  const commune = await province.as('communeClerk');
  const { cursor } = await leader.sync.changes({});
  let communeAnswered = false;
  const away = new AbortController();
  const communePoll = commune.sync.changes({ waitSeconds: 30 }, { signal: away.signal }).then(
    () => {
      communeAnswered = true;
    },
    () => undefined,
  );
  const poll = leader.sync.changes({ cursor, waitSeconds: 30 });
  const [draft] = await province.drafts();
  if (!draft) throw new Error('no draft');
  const started = performance.now();
  const approved = await province.approve(draft);
  const page = await poll;
  expect(performance.now() - started).toBeLessThan(5000);
  expect(page.documents).toEqual([approved]);
  expect(communeAnswered).toBe(false);
  away.abort();
  await communePoll;
});

test('with nothing new a poll ends empty at its time, and a second one ends the first', async () => {
  const leader = await province.as('leader');
  const { cursor } = await leader.sync.changes({});
  const started = performance.now();
  expect(await leader.sync.changes({ cursor, waitSeconds: 1 })).toMatchObject({ documents: [], cursor });
  expect(performance.now() - started).toBeGreaterThan(900);
  const first = leader.sync.changes({ cursor, waitSeconds: 30 });
  // Whichever of the two comes second ends the other.
  const second = leader.sync.changes({ cursor, waitSeconds: 30 });
  expect(await Promise.race([first, second])).toMatchObject({ documents: [], cursor });
  await province.stop();
  expect((await Promise.all([first, second])).map(({ documents }) => documents)).toEqual([[], []]);
});

test('a client that goes away leaves no waiter behind, and closing does not wait for it', async () => {
  const bearer = await province.bearer('leader');
  const { cursor } = await (await province.as('leader')).sync.changes({});
  const { hostname, port } = new URL(province.url);
  const socket = connect(Number(port), hostname);
  socket.write(
    `GET /changes?cursor=${cursor}&waitSeconds=30 HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${bearer}\r\n\r\n`,
  );
  // The server works off requests in turn, so the poll stands once a later call has been answered.
  await fetch(`${province.url}/health`);
  socket.destroy();
  const started = performance.now();
  await province.stop();
  expect(performance.now() - started).toBeLessThan(4000);
});

test('a cursor of another database, another agency or no sense is refused, so that a client starts over', async () => {
  const leader = await province.as('leader');
  const { cursor } = await leader.sync.changes({});
  const [epoch, ...rest] = cursor.split('.');
  const cursors = [
    '',
    'x',
    `${crypto.randomUUID()}.${rest.join('.')}`,
    `${epoch}.H99.18.999999`,
    `${epoch}.H99.18.-1`,
    `${epoch}.H99.166.0`,
    `${cursor}0000000000000000`,
  ];
  for (const wrong of cursors) {
    expect(await failureOf(leader.sync.changes({ cursor: wrong }))).toMatchObject({
      code: 'input-invalid',
      params: { field: 'cursor' },
    });
  }
  await province.stop();
  await province.start({ restored: true });
  expect((await failureOf((await province.as('leader')).sync.changes({ cursor }))).code).toBe(
    'input-invalid',
  );
});
