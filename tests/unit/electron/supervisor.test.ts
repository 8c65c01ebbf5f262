import { PassThrough } from 'node:stream';
import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/message-port';
import type { ContractRouterClient } from '@orpc/contract';
import { implement } from '@orpc/server';
import { RPCHandler } from '@orpc/server/message-port';
import { describe, expect, test, vi } from 'vitest';
import { AppError } from '../../../contract/failure.ts';
import { fileDigest } from '../../../contract/identity.ts';
import { coreContract, type shellContract } from '../../../contract/shell.ts';
import { BackOff } from '../../../electron/back-off.ts';
import type { Port, ProcessRuntime, Program } from '../../../electron/program.ts';
import { Supervisor } from '../../../electron/supervisor.ts';

type Listener = (event?: { data: unknown }) => void;

/** Two joined ends in memory; as with a MessagePort, messages come later and closing one end closes the other. */
function joinedPorts(): [Port, Port] {
  const ends = [0, 1].map(() => ({ message: [] as Listener[], close: [] as Listener[] }));
  let open = true;
  const port = (own: number): Port => ({
    on: (event: string, listener: Listener) => void ends[own]?.[event as 'message' | 'close']?.push(listener),
    postMessage: (data) =>
      queueMicrotask(() => {
        for (const listener of ends[1 - own]?.message ?? []) listener({ data });
      }),
    close: () => {
      if (!open) return;
      open = false;
      for (const listener of ends.flatMap((end) => end.close)) listener();
    },
    start: () => undefined,
  });
  return [port(0), port(1)];
}

/** A program that runs until it is killed, with the core's side of its channels in the test's hand. */
class FakeProgram implements Program {
  readonly #exit = Promise.withResolvers<number | null>();
  readonly exited = this.#exit.promise;
  readonly connected: string[] = [];
  alive = true;
  shell: ContractRouterClient<typeof shellContract> | null = null;
  shutDowns = 0;
  readonly locks: string[] = [];
  readonly opened: string[] = [];
  endsWhenAsked = true;

  open(name: string) {
    const [ours, theirs] = joinedPorts();
    if (name === 'shell') this.shell = createORPCClient(new RPCLink({ port: theirs }));
    if (name === 'core') new RPCHandler(this.#router()).upgrade(theirs);
    this.exited.then(() => ours.close());
    return ours;
  }

  connect(name: string) {
    this.connected.push(name);
  }

  kill() {
    this.end(null);
  }

  end(code: number | null) {
    this.alive = false;
    this.#exit.resolve(code);
  }

  #router() {
    const core = implement(coreContract);
    return core.router({
      locateFile: core.locateFile.handler(({ input, errors }) => {
        if (input.digest.startsWith('0'))
          throw errors.FAILURE({ data: new AppError('file-missing').toFailure() });
        if (input.digest.startsWith('2')) return new Promise<never>(() => undefined);
        // What the contract doesn't allow must not reach the shell.
        return input.digest.startsWith('1') ? { path: '/x', bytes: -1 } : { path: '/x', bytes: 3 };
      }),
      openFiles: core.openFiles.handler(({ input }) => {
        this.opened.push(...input.paths);
        return {};
      }),
      lockTokens: core.lockTokens.handler(({ input }) => {
        this.locks.push(input.reason);
        return {};
      }),
      shutDown: core.shutDown.handler(() => {
        this.shutDowns += 1;
        if (this.endsWhenAsked) setImmediate(() => this.end(0));
        return {};
      }),
    });
  }
}

function setUp() {
  const started: { entry: string; args: string[]; program: FakeProgram }[] = [];
  const events: string[] = [];
  const runtime: ProcessRuntime = {
    pair: joinedPorts,
    start(entry, args) {
      const program = new FakeProgram();
      started.push({ entry, args, program });
      return program;
    },
  };
  const again = { started: Promise.withResolvers<void>() };
  const supervisor = new Supervisor({
    runtime,
    coreEntry: 'core.js',
    tokenEntry: 'token.js',
    profile: '/profile',
    coreLog: new PassThrough().resume(),
    tokenLog: new PassThrough().resume(),
    backOff: new BackOff({ first: 1, longest: 4 }),
    shutDownMs: 50,
    person: {
      pickModule: async () => '/opt/maker/driver.so',
      pickCertificate: async () => '/home/root.crt',
      pickTarget: async (_kind, name) => `/home/${name}`,
      pickDocuments: async (what) => [`/home/${what}`],
      reveal: (path) => void events.push(`revealed ${path}`),
      askConsent: async () => ({ answer: 'refused', why: 'paused', seconds: 3 }),
      endConsent: (id) => void events.push(`ended, ${id}`),
      confirm: async () => ({ answer: 'confirmed' }),
    },
    onCoreStarted: () => {
      events.push('started');
      again.started.resolve();
    },
    onCoreStopped: (pause) => {
      events.push(`stopped, ${pause}`);
      again.started = Promise.withResolvers();
    },
  });
  const program = (index: number) => started[index]?.program ?? new FakeProgram();
  return { supervisor, started, events, program, again };
}

const digest = (letter: string) => fileDigest.parse(letter.repeat(64));

describe('the supervisor', () => {
  test('starts the core with the profile, and joins a page to it', () => {
    const { supervisor, started, program } = setUp();
    expect(supervisor.running).toBe(false);
    supervisor.start();
    expect(started.map(({ entry, args }) => [entry, ...args])).toEqual([['core.js', '/profile']]);
    expect(supervisor.running).toBe(true);
    supervisor.connectDesktop(joinedPorts()[0]);
    expect(program(0).connected).toEqual(['desktop']);
  });

  test('starts a dead core again, after longer and longer pauses', async () => {
    const { supervisor, events, program, again } = setUp();
    supervisor.start();
    for (let death = 0; death < 3; death += 1) {
      program(death).end(1);
      await program(death).exited;
      await Promise.resolve();
      expect(supervisor.running).toBe(false);
      await again.started.promise;
    }
    expect(events).toEqual([
      'started',
      'stopped, 1',
      'started',
      'stopped, 2',
      'started',
      'stopped, 4',
      'started',
    ]);
    await supervisor.stop();
  });

  test('asks the core for a file, and passes on what it says', async () => {
    const { supervisor, program } = setUp();
    await expect(supervisor.locateFile(digest('a'))).rejects.toMatchObject({ code: 'core-stopped' });
    supervisor.start();
    expect(await supervisor.locateFile(digest('a'))).toEqual({ path: '/x', bytes: 3 });
    await expect(supervisor.locateFile(digest('0'))).rejects.toMatchObject({ code: 'file-missing' });
    await expect(supervisor.locateFile(digest('1'))).rejects.toBeInstanceOf(AppError);
    const asked = supervisor.locateFile(digest('2'));
    program(0).end(null);
    await expect(asked).rejects.toMatchObject({ code: 'core-stopped' });
    await supervisor.stop();
  });

  test('starts one token process at a time, and ends it on request', async () => {
    const { supervisor, started, program } = setUp();
    supervisor.start();
    await program(0).shell?.startToken({});
    expect(started[1]?.entry).toBe('token.js');
    expect(program(1).connected).toEqual(['token']);
    expect(program(0).connected).toEqual(['token']);
    await program(0).shell?.startToken({});
    expect([program(1).alive, program(2).alive]).toEqual([false, true]);
    await program(0).shell?.killToken({});
    expect(program(2).alive).toBe(false);
    // Nothing to end is no failure.
    await program(0).shell?.killToken({});
    await supervisor.stop();
  });

  test('ends the token process with its core', async () => {
    const { supervisor, program } = setUp();
    supervisor.start();
    await program(0).shell?.startToken({});
    program(0).end(1);
    await program(1).exited;
    await supervisor.stop();
  });

  test('starts a second token process for trying drivers out, beside the first, and ends it with the core', async () => {
    const { supervisor, program } = setUp();
    supervisor.start();
    await program(0).shell?.startToken({});
    await program(0).shell?.startProbe({});
    expect(program(0).connected).toEqual(['token', 'probe']);
    expect([program(1).connected, program(2).connected]).toEqual([['token'], ['token']]);
    await program(0).shell?.killProbe({});
    expect([program(1).alive, program(2).alive]).toEqual([true, false]);
    await program(0).shell?.startProbe({});
    program(0).end(1);
    await program(3).exited;
    expect(program(1).alive).toBe(false);
    await supervisor.stop();
  });

  test('has the person pick a driver, and tells the core that they have left', async () => {
    const { supervisor, program } = setUp();
    supervisor.lockTokens('suspended');
    supervisor.start();
    expect(await program(0).shell?.pickModule({})).toEqual({ path: '/opt/maker/driver.so' });
    expect(await program(0).shell?.pickCertificate({})).toEqual({ path: '/home/root.crt' });
    expect(await program(0).shell?.pickTarget({ kind: 'diagnosis', name: 'a.zip' })).toEqual({
      path: '/home/a.zip',
    });
    supervisor.lockTokens('screenLocked');
    await vi.waitFor(() => expect(program(0).locks).toEqual(['screenLocked']));
    await supervisor.stop();
  });

  test('lets the core finish when it stops, and starts nothing afterwards', async () => {
    const { supervisor, started, program, events } = setUp();
    supervisor.start();
    await program(0).shell?.startToken({});
    await supervisor.stop();
    expect(program(0).shutDowns).toBe(1);
    expect(started.map(({ program: { alive } }) => alive)).toEqual([false, false]);
    expect(supervisor.running).toBe(false);
    expect(events).toEqual(['started']);
  });

  test('does not wait for ever for a core that does not end', async () => {
    const { supervisor, program } = setUp();
    supervisor.start();
    program(0).endsWhenAsked = false;
    await supervisor.stop();
    expect(program(0).shutDowns).toBe(1);
    expect(program(0).alive).toBe(false);
  });

  test('stops while it waits to start the core again', async () => {
    const { supervisor, started, program } = setUp();
    supervisor.start();
    program(0).end(1);
    await program(0).exited;
    await supervisor.stop();
    expect(started).toHaveLength(1);
  });
});
