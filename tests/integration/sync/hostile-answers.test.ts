import { afterEach, beforeEach, expect, test } from 'vitest';
import { documentId, fileDigest } from '../../../contract/identity.ts';
import { newIdempotencyKey } from '../../../native/sync/idempotency-key.ts';
import { ProvinceClient } from '../../../native/sync/province-client.ts';
import { type Answer, HostileServer, json } from './hostile-server.ts';

let server: HostileServer;
beforeEach(async () => {
  server = await new HostileServer().start();
});
afterEach(() => server.stop());

const never = new AbortController().signal;
const page = { documents: [], cursor: 'c', more: false, serverTime: '2026-11-20T00:00:00Z' };
const act = {
  act: 'assignNumber',
  input: {
    id: documentId.parse('0192f5a0-0000-7000-8000-000000000001'),
    key: newIdempotencyKey(new Date()),
    version: 1,
    basedOn: fileDigest.parse('0'.repeat(64)),
  },
} as const;

/** Long enough for a busy machine; short only where the deadline is what is tested. */
function client(deadlineMs = 20_000): ProvinceClient {
  return new ProvinceClient({ serverUrl: server.url, bearer: 'b'.repeat(40), deadlineMs });
}

const html: Answer = (_request, response) =>
  void response.writeHead(200, { 'content-type': 'text/html' }).end('<h1>Welcome to the hotel</h1>');
const notJson: Answer = (_request, response) =>
  void response.writeHead(200, { 'content-type': 'application/json' }).end('{"documents": [');
const cut: Answer = (_request, response) => {
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': '1000' });
  response.write('{"documents"', () => response.destroy());
};
const endless: Answer = (_request, response) => {
  response.writeHead(200, { 'content-type': 'application/json' });
  const more = () => {
    if (response.destroyed) return;
    response.write(' '.repeat(1 << 20), more);
  };
  more();
};
const elsewhere: Answer = (_request, response) =>
  void response.writeHead(302, { location: 'http://127.0.0.1:1/steal' }).end();
const silent: Answer = () => undefined;
const dripping: Answer = (_request, response) => {
  response.writeHead(200, { 'content-type': 'application/json' });
  const timer = setInterval(() => response.write(' '), 50);
  response.on('close', () => clearInterval(timer));
};
const refusal = { code: 'document-state', params: {}, retryable: false };

/** What came, what a call fails with, and whether an act sent at that moment may have been done. */
const cases: [name: string, answer: Answer, code: string, effect: string][] = [
  ['a web page', html, 'server-nonsense', 'unknown'],
  ['half a JSON', notJson, 'server-nonsense', 'unknown'],
  ['JSON of another shape', json(200, { documents: 'many' }), 'server-nonsense', 'unknown'],
  ['an empty object', json(200, {}), 'server-nonsense', 'unknown'],
  ['null', json(200, null), 'server-nonsense', 'unknown'],
  ['a body that breaks off', cut, 'server-unreachable', 'unknown'],
  ['a body without end', endless, 'server-nonsense', 'unknown'],
  ['a way elsewhere', elsewhere, 'server-nonsense', 'unknown'],
  ['silence', silent, 'server-timeout', 'unknown'],
  ['a drip that never ends', dripping, 'server-timeout', 'unknown'],
  ['a broken line', (_request, response) => void response.destroy(), 'server-unreachable', 'unknown'],
  ['500', json(500, { message: 'stack at line 1' }), 'server-failed', 'unknown'],
  [
    '502 from a proxy',
    (_request, response) => void response.writeHead(502).end('bad gateway'),
    'server-failed',
    'unknown',
  ],
  ['404 of another program', json(404, { error: 'no such route' }), 'server-nonsense', 'unknown'],
  ['429', json(429, {}), 'server-failed', 'notSent'],
  ['401 without words', json(401, {}), 'session-expired', 'notSent'],
  [
    '401 in the contract’s words',
    json(401, {
      ...{ defined: true, code: 'UNAUTHORIZED', status: 401, message: '' },
      data: { code: 'session-missing', params: {}, retryable: false },
    }),
    'session-missing',
    'notSent',
  ],
  [
    'a refusal',
    json(422, { defined: true, code: 'FAILURE', status: 422, message: '', data: refusal }),
    'document-state',
    'refused',
  ],
];

test.each(cases)('%s', async (_, answer, code, effect) => {
  server.answer = answer;
  const deadlineMs = code === 'server-timeout' ? 500 : undefined;
  await expect(client(deadlineMs).changes(null, 0, never)).rejects.toMatchObject({ name: 'AppError', code });
  const outcome = await client(deadlineMs).act(act, never);
  expect(outcome).toMatchObject({ kind: effect, failure: { code } });
});

test('nobody there: nothing can have been done', async () => {
  const { url } = server;
  await server.stop();
  const away = new ProvinceClient({ serverUrl: url, bearer: null, deadlineMs: 1000 });
  await expect(away.changes(null, 0, never)).rejects.toMatchObject({ code: 'server-unreachable' });
  expect(await away.act(act, never)).toMatchObject({
    kind: 'notSent',
    failure: { code: 'server-unreachable' },
  });
  server = await new HostileServer().start();
});

test('a name that nobody knows: nothing can have been done', async () => {
  const away = new ProvinceClient({ serverUrl: 'https://province.invalid', bearer: null, deadlineMs: 5000 });
  expect(await away.act(act, never)).toMatchObject({
    kind: 'notSent',
    failure: { code: 'server-unreachable' },
  });
});

test('an answer in the contract’s shape is believed, and tells the server’s clock', async () => {
  const dates: (Date | null)[] = [];
  const observer = { answered: (date: Date | null) => void dates.push(date), failed: () => undefined };
  server.answer = (_request, response) => {
    const headers = { 'content-type': 'application/json', date: 'Fri, 20 Nov 2026 00:00:00 GMT' };
    response.writeHead(200, headers).end(JSON.stringify(page));
  };
  const observed = new ProvinceClient({ serverUrl: `${server.url}/`, bearer: null, observer });
  expect(await observed.changes('x', 0, never)).toEqual(page);
  expect(dates).toEqual([new Date('2026-11-20T00:00:00Z')]);
});

test('what goes out is checked, too: nothing wrong leaves', async () => {
  server.answer = json(200, page);
  await expect(client().changes('x'.repeat(1000), 0, never)).rejects.toThrow();
  expect(server.requests).toBe(0);
});

test('a call that is given up ends at once', async () => {
  server.answer = silent;
  const giveUp = new AbortController();
  const call = client().changes(null, 30, giveUp.signal);
  giveUp.abort();
  await expect(call).rejects.toMatchObject({ code: 'cancelled' });
});
