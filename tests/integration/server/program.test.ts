import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { failureOf, TestProvince } from './test-province.ts';

const program = new URL('../../../server/main.ts', import.meta.url).pathname;

let province: TestProvince;
const children: ChildProcess[] = [];
beforeEach(async () => {
  province = await TestProvince.create(1);
});
afterEach(async () => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
  await province.remove();
});

function start(...args: string[]) {
  const child = spawn(process.execPath, [program, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  children.push(child);
  return child;
}

async function urlOf(child: ReturnType<typeof start>): Promise<string> {
  for await (const line of createInterface({ input: child.stdout })) {
    return (JSON.parse(line) as { url: string }).url;
  }
  throw new Error(`the program did not start: ${await text(child.stderr)}`);
}

test('the program starts with a seed, guards its folder, and ends cleanly when told to', async () => {
  const seedFolder = join(province.dir, 'seed');
  await mkdir(seedFolder);
  await writeFile(join(seedFolder, 'draft.pdf'), '%PDF-1.7\n');
  const [document] = province.seed.documents;
  const files = [{ path: 'draft.pdf', name: 'draft.pdf', part: 'main' }];
  const seed = { ...province.seed, documents: [{ ...document, files }] };
  await writeFile(join(seedFolder, 'seed.json'), JSON.stringify(seed));
  const folder = ['--data', province.dataDir, '--port', '0', '--anchors', province.authority.pemPath];
  const server = start(
    ...folder,
    '--seed',
    join(seedFolder, 'seed.json'),
    '--origin',
    'https://vanban.example',
  );
  const ended = once(server, 'exit');
  const url = await urlOf(server);
  expect(await (await fetch(`${url}/health`)).json()).toEqual({ status: 'ok' });
  const { encoded } = province.identities.leader;
  const { statement } = await province.client(undefined, url).auth.challenge({ certificate: encoded });
  expect(statement).toContain('server: https://vanban.example\n');

  const second = start(...folder);
  const [complaint, [code]] = await Promise.all([text(second.stderr), once(second, 'exit')]);
  expect(code).toBe(1);
  expect(complaint).toContain('in-use');

  server.kill('SIGTERM');
  expect(await ended).toEqual([0, null]);
  expect(existsSync(join(province.dataDir, 'province.db'))).toBe(true);
  expect(existsSync(join(province.dataDir, 'province.db-wal'))).toBe(false);
});

test('with the real check, a certificate that nobody vouches for opens nothing', async () => {
  const anchors = ['--anchors', province.authority.pemPath];
  await writeFile(join(province.dir, 'seed.json'), JSON.stringify(province.seed));
  const seed = ['--seed', join(province.dir, 'seed.json')];
  const url = await urlOf(start('--data', province.dataDir, ...anchors, ...seed));
  // The test's authority has no responder and publishes no list.
  expect(await failureOf(province.signIn('leader', url))).toMatchObject({
    code: 'sign-in-refused',
    params: { reason: 'revocation-unknown' },
    retryable: true,
  });
});

test('wrong arguments are explained', async () => {
  const child = start('--port', '0');
  const [complaint, [code]] = await Promise.all([text(child.stderr), once(child, 'exit')]);
  expect(code).toBe(2);
  expect(complaint).toContain('usage:');
});
