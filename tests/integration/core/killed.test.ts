import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { OutgoingDocument } from '../../../contract/document.ts';
import { WorkStore } from '../../../native/store/work-store.ts';
import { people, TestProvince } from '../server/test-province.ts';
import { GateProxy, type Passage } from '../sync/gate-proxy.ts';
import { killPoints } from './mortal-desk.ts';

let province: TestProvince;
let proxy: GateProxy;
let profile: string;
const children = new Set<ChildProcess>();

beforeEach(async () => {
  proxy = await new GateProxy(() => province.url).start();
  // Statements to sign in name the way in that people have in their settings, not the machine behind it.
  province = await (await TestProvince.create(1)).start({ origin: proxy.url });
  profile = await mkdtemp(join(tmpdir(), 'antin-mortal-'));
});
afterEach(async () => {
  for (const child of children) child.kill('SIGKILL');
  await proxy.stop();
  await province.remove();
  await rm(profile, { recursive: true, force: true });
});

/** Runs the desk in a process of its own; resolves with the signal or code that it ended with. */
async function run(point: string): Promise<{ ended: string | number | null; complaint: string }> {
  const entry = join(import.meta.dirname, 'mortal-desk.ts');
  const args = [entry, profile, join(province.dir, 'pki'), proxy.url, point];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'inherit', 'pipe'] });
  children.add(child);
  let complaint = '';
  child.stderr.setEncoding('utf8').on('data', (text) => {
    complaint += text;
  });
  proxy.onHeld = () => child.kill('SIGKILL');
  const ended = await new Promise<string | number | null>((resolve) => {
    child.on('close', (code, signal) => resolve(signal ?? code));
  });
  children.delete(child);
  return { ended, complaint };
}

async function theDocument(): Promise<OutgoingDocument> {
  const [document] = await province.drafts();
  if (!document) throw new Error('no document');
  return document;
}

/** The one thing that must be true whatever happened: signed once, sent once, confirmed once, nothing left over. */
async function expectDoneOnce(): Promise<void> {
  const document = await theDocument();
  expect(document.state).toBe('awaitingNumber');
  expect(document.history.filter(({ act }) => act === 'approve')).toHaveLength(1);
  const work = WorkStore.open(profile, new Date());
  try {
    expect(work.finding).toEqual({ kind: 'sound' });
    expect(work.outbox.list(people.leader.id).map(({ state }) => state)).toEqual(['confirmed']);
    const signed = work.signedFiles.standing();
    expect(signed).toHaveLength(1);
    expect(document.files[0]?.digest).toBe(signed[0]?.digest);
  } finally {
    work.close();
  }
  expect(await readdir(join(profile, 'files', 'work'))).toEqual([]);
}

test.each(killPoints)('killed when %s: nothing is lost, nothing is done twice', async (point) => {
  expect(await run(point)).toMatchObject({ ended: 'SIGKILL' });
  expect(existsSync(join(profile, 'work.db'))).toBe(true);
  expect(await run('none')).toMatchObject({ ended: 0 });
  await expectDoneOnce();
});

const onTheWire: [method: string, path: string, passage: Passage][] = [
  ['HEAD', '/files/', 'hold'],
  ['PUT', '/files/', 'hold'],
  ['PUT', '/files/', 'holdAnswer'],
  ['POST', '/approve', 'hold'],
  ['POST', '/approve', 'holdAnswer'],
];

test.each(onTheWire)('killed at %s %s (%s)', async (method, path, passage) => {
  proxy.rule = (request) => (request.method === method && request.path.includes(path) ? passage : 'pass');
  expect(await run('none')).toMatchObject({ ended: 'SIGKILL' });
  proxy.rule = () => 'pass';
  expect(await run('none')).toMatchObject({ ended: 0 });
  await expectDoneOnce();
  if (path === '/approve' && passage === 'holdAnswer') expect(proxy.count('/approve')).toBe(1);
});
