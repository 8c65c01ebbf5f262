import { connect } from 'node:net';
import { isContractProcedure } from '@orpc/contract';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { AppError } from '../../../contract/failure.ts';
import { provinceContract } from '../../../contract/province.ts';
import { decidedOn, newKey, TestProvince } from './test-province.ts';

let province: TestProvince;
beforeAll(async () => {
  province = await (await TestProvince.create(1)).start({
    signedFileCheck: {
      check: async () => {
        throw new Error('the checker fell over');
      },
      findings: async () => [],
    },
  });
});
afterAll(() => province.remove());

async function post(
  path: string,
  body: string | Uint8Array<ArrayBuffer>,
  headers: Record<string, string> = {},
): Promise<Response> {
  return fetch(province.url + path, {
    method: 'POST',
    body,
    headers: {
      'content-type': 'application/json',
      authorization: `Bearer ${await province.bearer('leader')}`,
      ...headers,
    },
  });
}

test('health and date', async () => {
  const response = await fetch(`${province.url}/health`);
  expect(await response.json()).toEqual({ status: 'ok' });
  expect(Math.abs(Date.parse(response.headers.get('date') ?? '') - Date.now())).toBeLessThan(5000);
});

test('the OpenAPI document names every route of the contract and the file routes', async () => {
  const response = await fetch(`${province.url}/openapi.json`);
  const document = (await response.json()) as {
    openapi: string;
    paths: Record<string, Record<string, { responses?: Record<string, unknown>; security?: unknown[] }>>;
    components: { schemas: Record<string, unknown> };
  };
  expect(document.openapi).toMatch(/^3\.1\./);
  let routes = 0;
  for (const group of Object.values(provinceContract)) {
    for (const procedure of Object.values(group)) {
      if (!isContractProcedure(procedure)) throw new Error('not a procedure');
      const { method = 'POST', path = '' } = procedure['~orpc'].route;
      const operation = document.paths[path]?.[method.toLowerCase()];
      expect(operation, `${method} ${path}`).toBeDefined();
      expect(Object.keys(operation?.responses ?? {})).toEqual(expect.arrayContaining(['200', '401', '422']));
      routes += 1;
    }
  }
  expect(routes).toBe(12);
  expect(Object.keys(document.paths['/files/{digest}'] ?? {}).sort()).toEqual([
    ...['get', 'head', 'parameters', 'put'],
  ]);
  expect(document.paths['/auth/session']?.['post']?.security).toEqual([]);
  const references = JSON.stringify(document).match(/"#\/components\/schemas\/[^"]+"/g) ?? [];
  for (const reference of references) {
    const name = (JSON.parse(reference) as string).split('/').at(-1) ?? '';
    expect(document.components.schemas[name], name).toBeDefined();
  }
});

test.each([
  ['not JSON', '{"id":', 400, {}],
  ['not text', new Uint8Array([0x22, 0xff, 0x22]), 400, {}],
  ['too long', `"${'x'.repeat(70_000)}"`, 413, {}],
  ['another type', 'a=b', 415, { 'content-type': 'application/x-www-form-urlencoded' }],
  ['an array', '[]', 422, {}],
  ['null', 'null', 422, {}],
  ['nothing', '', 422, {}],
  ['deep', '['.repeat(30_000) + ']'.repeat(30_000), 422, {}],
  ['a prototype', '{"__proto__":{"version":1}}', 422, {}],
] as const)('a body that is %s is refused cleanly', async (_, body, status, headers) => {
  const response = await post(`/documents/${crypto.randomUUID()}/number`, body, headers);
  expect(response.status).toBe(status);
  expect(await response.json()).toMatchObject({ code: 'FAILURE', data: { code: 'input-invalid' } });
});

test('a body without an end is cut at the limit', async () => {
  const chunk = new TextEncoder().encode('x'.repeat(10_000));
  let left = 20;
  const body = new ReadableStream<Uint8Array>({
    pull(controller) {
      left -= 1;
      if (left < 0) controller.close();
      else controller.enqueue(chunk);
    },
  });
  const response = await fetch(`${province.url}/auth/challenge`, {
    ...{ method: 'POST', body, headers: { 'content-type': 'application/json' } },
    ...({ duplex: 'half' } as RequestInit),
  });
  expect(response.status).toBe(413);
});

test('input that breaks the contract is named by its field', async () => {
  const response = await post(`/documents/not-a-uuid/number`, JSON.stringify({ key: newKey(), version: 1 }));
  expect(response.status).toBe(422);
  expect(await response.json()).toMatchObject({ data: { code: 'input-invalid', params: { field: 'id' } } });
  const query = await fetch(`${province.url}/changes?waitSeconds=31&__proto__[x]=1&cursor[a][b]=2`, {
    headers: { authorization: `Bearer ${await province.bearer('leader')}` },
  });
  expect(query.status).toBe(422);
  expect(({} as Record<string, unknown>)['x']).toBeUndefined();
});

test.each([
  ['GET', '/nowhere', 404],
  ['GET', '/documents/1/approve', 404],
  ['DELETE', '/changes', 405],
  ['DELETE', `/files/${'a'.repeat(64)}`, 405],
  ['GET', '/files/..%2f..%2fprovince.db', 422],
  ['GET', '/files/../../province.db', 404],
  ['GET', `/files/${'A'.repeat(64)}`, 422],
])('%s %s → %i', async (method, path, status) => {
  const headers = { authorization: `Bearer ${await province.bearer('leader')}` };
  const response = await fetch(province.url + path, { method, headers });
  expect(response.status).toBe(status);
  await response.body?.cancel();
});

test('raw nonsense is answered with 4xx and harms nobody', async () => {
  const { hostname, port } = new URL(province.url);
  const bearer = await province.bearer('leader');
  const requests = [
    'GET //evil/health HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n',
    'GET http://x/health HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n',
    `GET /changes?%zz=%ff HTTP/1.1\r\nHost: [::::\r\nAuthorization: Bearer ${bearer}\r\nConnection: close\r\n\r\n`,
    `GET / HTTP/1.1\r\nHost: x\r\nX: ${'y'.repeat(20_000)}\r\n\r\n`,
    'nonsense\r\n\r\n',
  ];
  for (const request of requests) {
    const socket = connect(Number(port), hostname);
    socket.write(request);
    let answer = '';
    for await (const chunk of socket) answer += String(chunk);
    expect(answer).toMatch(/^HTTP\/1\.1 (4\d\d|200) /);
  }
  expect((await fetch(`${province.url}/health`)).status).toBe(200);
});

test('what nobody expected is one log line without secrets, and `internal` to the client', async () => {
  const [draft] = await province.drafts();
  if (!draft) throw new Error('no draft');
  const file = await province.uploadContinued('leader', draft, 'signed by approver');
  const before = province.log.length;
  const body = JSON.stringify({ ...decidedOn(draft), file });
  const response = await post(`/documents/${draft.id}/approve`, body);
  expect(response.status).toBe(500);
  const answer = JSON.stringify(await response.json());
  expect(JSON.parse(answer)).toMatchObject({ code: 'FAILURE', data: new AppError('internal').toFailure() });
  expect(answer).not.toContain('fell over');
  const lines = province.log.slice(before);
  expect(lines).toHaveLength(1);
  expect(lines[0]).toMatchObject({ level: 'error', event: 'request-failed', method: 'POST' });
  expect(JSON.stringify(lines[0])).toContain('the checker fell over');
  expect(JSON.stringify(lines[0])).not.toContain(await province.bearer('leader'));
  expect(JSON.stringify(lines[0])).not.toContain(file);
});
