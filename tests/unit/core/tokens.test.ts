import { expect, test, vi } from 'vitest';
import { AppError } from '../../../contract/failure.ts';
import type { ModuleInfo } from '../../../contract/token.ts';
import { Events } from '../../../native/core/events.ts';
import { Log } from '../../../native/core/log.ts';
import type { TokenPort } from '../../../native/core/ports.ts';
import { Tokens } from '../../../native/core/tokens.ts';

const flags = { pinCountLow: false, pinFinalTry: false, pinLocked: false, protectedPath: false };

/** A module with these tokens, by serial; a star says that it is logged in. */
function seen(...serials: string[]): ModuleInfo[] {
  const tokens = serials.map((serial, slot) => ({
    ...{ slot, label: serial, manufacturer: '', model: '', flags, certificates: [] },
    ...{ serial: serial.replace('*', ''), loggedIn: serial.endsWith('*') },
  }));
  return [{ path: '/m.so', ok: true, error: null, description: '', tokens }];
}

function watched(pollMs = 0, idleMs = 600_000) {
  const state = {
    modules: seen('A'),
    failure: null as AppError | null,
    inside: 0,
    most: 0,
    lists: 0,
    logouts: 0,
  };
  const unused = async (): Promise<never> => {
    throw new Error('not asked for here');
  };
  const port: TokenPort = {
    async list() {
      state.inside += 1;
      state.lists += 1;
      state.most = Math.max(state.most, state.inside);
      await new Promise((resolve) => setImmediate(resolve));
      state.inside -= 1;
      if (state.failure) throw state.failure;
      return state.modules;
    },
    async logout() {
      state.logouts += 1;
      state.modules = state.modules.map((module) => ({
        ...module,
        tokens: module.tokens.map((token) => ({ ...token, loggedIn: false })),
      }));
    },
    async close() {
      state.modules = [];
    },
    ...{ pinKey: unused, login: unused, changePin: unused, certificate: unused, signer: unused },
  };
  const events = new Events();
  const publish = vi.spyOn(events, 'publish');
  const log = new Log(() => undefined);
  const modules = {
    list: async () => [{ path: '/m.so', source: 'configured' } as const],
    add: unused,
    remove: unused,
  };
  const options = { pollMs, idleMs };
  const tokens = new Tokens({ port, modules, options, events, log, now: () => new Date() });
  return { state, tokens, publish };
}

test('only what has changed is told', async () => {
  const { state, tokens, publish } = watched();
  await tokens.refresh();
  await tokens.refresh();
  expect(publish).toHaveBeenCalledTimes(1);
  state.modules = seen('A', 'B');
  await tokens.refresh();
  expect(publish).toHaveBeenCalledTimes(2);
  expect(tokens.state().modules[0]?.tokens.map(({ serial }) => serial)).toEqual(['A', 'B']);
});

test('when the process fails the last look stays, with the problem beside it, until it works again', async () => {
  const { state, tokens, publish } = watched();
  await tokens.refresh();
  state.failure = new AppError('token-stopped');
  await tokens.refresh();
  expect(tokens.state()).toMatchObject({ modules: seen('A'), problem: { code: 'token-stopped' } });
  expect(tokens.state().steps?.[0]).toMatchObject({ state: 'failed', failure: { code: 'token-stopped' } });
  state.failure = null;
  await tokens.refresh();
  expect(tokens.state().problem).toBeNull();
  expect(publish).toHaveBeenCalledTimes(3);
});

test('a token that was logged in and is gone ends its login', async () => {
  const { state, tokens } = watched();
  state.modules = seen('A*', 'B');
  await tokens.refresh();
  state.modules = seen('A*');
  await tokens.refresh();
  expect(state.logouts).toBe(0);
  state.modules = seen('B');
  await tokens.refresh();
  expect(state.logouts).toBe(1);
  expect(tokens.state().loginEnded).toMatchObject({ reason: 'removed' });
});

test('a login ends when no token has been used for a while, and says so', async () => {
  const { state, tokens } = watched(0, 30);
  state.modules = seen('A*');
  await tokens.refresh();
  expect(tokens.state()).toMatchObject({ loginEndsAt: expect.any(String), loginEnded: null });
  await vi.waitUntil(() => state.logouts === 1);
  await vi.waitUntil(() => tokens.state().loginEnded !== null);
  expect(tokens.state()).toMatchObject({ loginEndsAt: null, loginEnded: { reason: 'idle' } });
});

test('using a token puts the end of its login off', async () => {
  const { state, tokens } = watched();
  state.modules = seen('A*');
  await tokens.refresh();
  const before = Date.parse(tokens.state().loginEndsAt ?? '');
  await vi.waitUntil(() => Date.now() > before - 600_000);
  await tokens.use(async () => undefined);
  expect(Date.parse(tokens.state().loginEndsAt ?? '')).toBeGreaterThan(before);
  await tokens.close();
});

test.each(['screenLocked', 'suspended', 'asked'] as const)(
  'why a login ended is kept: %s',
  async (reason) => {
    const { state, tokens } = watched();
    state.modules = seen('A*');
    await tokens.refresh();
    expect(await tokens.end(reason)).toMatchObject({ loginEnded: { reason }, loginEndsAt: null });
    expect(state.logouts).toBe(1);
    state.modules = seen('A*');
    expect(await tokens.refresh()).toMatchObject({ loginEnded: null });
    await tokens.close();
  },
);

test('never two calls at once, however many ask, and none while the token is used', async () => {
  const { state, tokens } = watched(1);
  tokens.start();
  let looked = 0;
  await Promise.all([
    ...Array.from({ length: 10 }, () => tokens.refresh()),
    tokens.use(async () => {
      const before = state.lists;
      for (let turn = 0; turn < 50; turn += 1) await new Promise((resolve) => setTimeout(resolve, 1));
      looked = state.lists - before;
    }),
  ]);
  expect(state.most).toBe(1);
  expect(looked).toBe(0);
  await tokens.close();
});

test('it looks by itself in turn, and stops when it is closed', async () => {
  const { state, tokens } = watched(1);
  tokens.start();
  await vi.waitUntil(() => state.lists > 3);
  await tokens.close();
  const after = state.lists;
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(state.lists).toBeLessThanOrEqual(after + 1);
});

test('a key that is not there is missing; a token process that fails is said', async () => {
  const { state, tokens } = watched();
  const key = { modulePath: '/m.so', tokenSerial: 'Z', certificateId: '01' };
  await expect(tokens.find(key)).rejects.toMatchObject({ code: 'token-missing' });
  await expect(tokens.find({ ...key, tokenSerial: 'A' })).rejects.toMatchObject({
    code: 'certificate-missing',
  });
  state.failure = new AppError('token-timeout');
  await expect(tokens.find(key)).rejects.toMatchObject({ code: 'token-timeout' });
});
