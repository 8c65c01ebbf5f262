import { type ChildProcess, fork } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createORPCClient, ORPCError } from '@orpc/client';
import { RPCLink } from '@orpc/client/message-port';
import type { ContractRouterClient } from '@orpc/contract';
import { ResponseValidationPlugin } from '@orpc/contract/plugins';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Pipe, PipeSplitter } from '../../../contract/channel.ts';
import { desktopContract } from '../../../contract/desktop.ts';
import { failure } from '../../../contract/failure.ts';
import { coreContract } from '../../../contract/shell.ts';

let profile: string;
const children: ChildProcess[] = [];

beforeEach(async () => {
  profile = await mkdtemp(join(tmpdir(), 'antin-core-'));
});
afterEach(async () => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
  await rm(profile, { recursive: true, force: true });
});

/** The core as the command line and the tests start it: a plain Node process with named channels on one pipe. */
function start() {
  const entry = join(import.meta.dirname, '../../../native/core/main.ts');
  const child = fork(entry, [profile], {
    serialization: 'advanced',
    stdio: ['ignore', 'inherit', 'pipe', 'ipc'],
  });
  children.push(child);
  let log = '';
  child.stderr?.setEncoding('utf8').on('data', (text) => {
    log += text;
  });
  const splitter = new PipeSplitter(child as Pipe);
  const desktop: ContractRouterClient<typeof desktopContract> = createORPCClient(
    new RPCLink({ port: splitter.open('desktop'), plugins: [new ResponseValidationPlugin(desktopContract)] }),
  );
  const core: ContractRouterClient<typeof coreContract> = createORPCClient(
    new RPCLink({ port: splitter.open('core'), plugins: [new ResponseValidationPlugin(coreContract)] }),
  );
  const ended = new Promise<number | string | null>((resolve) => {
    child.once('exit', (code, signal) => resolve(signal ?? code));
  });
  return { child, desktop, core, ended, log: () => log };
}

async function configure(config: object): Promise<void> {
  const whole = {
    ...{ serverUrl: 'http://127.0.0.1:1', trustAnchorFiles: [] },
    ...{ modulePaths: [], discoverModules: false, tokenPollMs: 0 },
  };
  await writeFile(join(profile, 'config.json'), JSON.stringify({ ...whole, ...config }));
}

async function failureOf(call: Promise<unknown>) {
  const error = await call.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(ORPCError);
  return {
    defined: (error as ORPCError<string, unknown>).defined,
    ...failure.parse((error as ORPCError<string, unknown>).data),
  };
}

test('it answers before anybody has signed in, tells of changes, and ends when asked', async () => {
  await configure({});
  const { desktop, core, ended } = start();
  expect(await desktop.session.state({})).toEqual({ status: 'signedOut' });
  expect(await desktop.connection.state({})).toMatchObject({ status: 'signedOut', waiting: 0 });
  expect(await failureOf(desktop.documents.list({ box: 'toSign' }))).toEqual({
    ...{ defined: true, code: 'session-missing', params: {}, retryable: false },
  });
  const events = await desktop.events.watch({});
  const next = events.next();
  expect(await desktop.tokens.refresh({})).toMatchObject({ modules: [], problem: null });
  expect(await next).toEqual({ done: false, value: { topic: 'tokens' } });
  await events.return?.();
  await core.shutDown({});
  expect(await ended).toBe(0);
});

test('input against the contract is refused as such', async () => {
  await configure({});
  const { desktop } = start();
  const wrong = desktop.documents.get({ id: 'no-uuid' } as unknown as Parameters<
    typeof desktop.documents.get
  >[0]);
  expect(await failureOf(wrong)).toMatchObject({ code: 'input-invalid' });
});

test('a wrong configuration is said in every call, and the process can still be ended', async () => {
  await configure({ serverUrl: 'nowhere' });
  const { desktop, core, ended, log } = start();
  expect(await failureOf(desktop.session.state({}))).toEqual({
    ...{ defined: true, code: 'input-invalid', retryable: false },
    params: { file: 'config.json', setting: 'serverUrl' },
  });
  await core.shutDown({}).catch(() => undefined);
  expect(await ended).toBe(0);
  for (const line of log().trim().split('\n')) expect(JSON.parse(line)).toHaveProperty('event');
});

test('an orphaned core closes its stores and ends', async () => {
  await configure({});
  const { child, desktop, ended } = start();
  await desktop.session.state({});
  child.disconnect();
  expect(await ended).toBe(0);
});

test('a token process that can be asked: a module that is missing is an answer, the PIN key comes from the process', async () => {
  await configure({ modulePaths: ['missing.so'] });
  const { desktop, core, ended } = start();
  const { modules, problem } = await desktop.tokens.refresh({});
  expect(problem).toBeNull();
  expect(modules[0]).toMatchObject({ path: join(profile, 'missing.so'), ok: false });
  expect((await desktop.tokens.pinKey({})).keyId).toMatch(/^[0-9a-f-]{36}$/);
  await core.shutDown({});
  expect(await ended).toBe(0);
});
