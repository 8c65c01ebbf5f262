import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { OutgoingDocument } from '../../../contract/document.ts';
import { decidedOn, TestProvince } from './test-province.ts';

const program = new URL('./stand-in-server.ts', import.meta.url).pathname;

let province: TestProvince;
let child: ChildProcess | null = null;
let approved: OutgoingDocument[];
let bearer: string;

beforeEach(async () => {
  province = await (await TestProvince.create(12)).start();
  approved = [];
  for (const draft of await province.drafts()) approved.push(await province.approve(draft));
  bearer = await province.bearer('clerk');
  await province.stop();
  await writeFile(join(province.dir, 'seed.json'), JSON.stringify(province.seed));
});
afterEach(async () => {
  child?.kill('SIGKILL');
  await province.remove();
});

async function startProcess() {
  const started = spawn(
    process.execPath,
    [program, province.dataDir, join(province.dir, 'seed.json'), province.authority.pemPath],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  child = started;
  for await (const line of createInterface({ input: started.stdout })) {
    const { url } = JSON.parse(line) as { url: string };
    return { started, client: province.client(bearer, url) };
  }
  throw new Error('the server did not start');
}

test('an answer given before the power went is given again, word for word', async () => {
  const [document, other] = approved;
  if (!document || !other) throw new Error('no drafts');
  const first = await startProcess();
  const call = decidedOn(document);
  const answer = await first.client.documents.assignNumber(call);
  first.started.kill('SIGKILL');
  await once(first.started, 'exit');

  const { client } = await startProcess();
  expect(await client.outcomes.find({ key: call.key })).toEqual({ known: true, document: answer });
  expect(await client.documents.assignNumber(call)).toEqual(answer);
  const next = decidedOn(other);
  expect((await client.documents.assignNumber(next)).reference?.number).toBe(2);
});

test('killed at any moment, retried with the same keys: every document one number, none missing', async () => {
  const calls = approved.map(decidedOn);
  for (const delay of [0, 5, 15, 30]) {
    const { started, client } = await startProcess();
    const sent = calls.map((call) => client.documents.assignNumber(call));
    const settled = Promise.allSettled(sent);
    // Not a wait for anything: the moment of the crash is the test's input.
    await pause(delay);
    started.kill('SIGKILL');
    await once(started, 'exit');
    await settled;
  }
  const { client } = await startProcess();
  const answers = await Promise.all(calls.map((call) => client.documents.assignNumber(call)));
  const numbers = answers.map(({ reference }) => reference?.number ?? 0).sort((a, b) => a - b);
  expect(numbers).toEqual(calls.map((_, index) => index + 1));
});
