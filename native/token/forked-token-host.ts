import { fork } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { type Pipe, PipeSplitter } from '../../contract/channel.ts';
import { AppError } from '../../contract/failure.ts';
import type { TokenConnection, TokenHost } from './token-host.ts';

/**
 * Where the token process' entry lies: `main.ts` beside this file in a checkout; in the bundle `token.js`, beside the
 * caller's own file or one folder up from a shared chunk.
 */
export function tokenEntry(from: string = import.meta.url): string {
  if (from.endsWith('.ts')) return fileURLToPath(new URL('./main.ts', from));
  const paths = ['./token.js', '../token.js'].map((name) => fileURLToPath(new URL(name, from)));
  const entry = paths.find((path) => existsSync(path));
  if (entry === undefined) throw new AppError('internal', {}, { cause: `no token entry beside ${from}` });
  return entry;
}

/** A token process that this one started itself. */
export interface ForkedTokenConnection extends TokenConnection {
  readonly pid: number;
}

/** Starts the token process as a plain Node process. Needs no shell; not for use inside Electron. */
export class ForkedTokenHost implements TokenHost {
  readonly #entry: string;

  constructor(entry: string = tokenEntry()) {
    this.#entry = entry;
  }

  startProbe(): Promise<ForkedTokenConnection> {
    return this.start();
  }

  /** @throws AppError `token-stopped` where no process could be started. */
  async start(): Promise<ForkedTokenConnection> {
    const child = fork(this.#entry, [], {
      // Flags of whoever runs us (a debugger, a test runner) would be passed on.
      execArgv: [],
      serialization: 'advanced',
      detached: false,
      // Drivers print what they like: never into the answer that a script reads from standard output.
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()));
    await new Promise<void>((resolve, reject) => {
      child.once('spawn', resolve);
      child.once('error', (cause) => reject(new AppError('token-stopped', {}, { cause })));
    });
    // Later errors (a message to a process that just died) show as its end; without a listener they would end ours.
    child.on('error', () => undefined);
    const splitter = new PipeSplitter(child as Pipe);
    const pid = child.pid ?? 0;
    return { channel: splitter.open('token'), exited, kill: () => void child.kill('SIGKILL'), pid };
  }
}
