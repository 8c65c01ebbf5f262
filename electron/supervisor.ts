import type { Writable } from 'node:stream';
import { implement } from '@orpc/server';
import { RPCHandler } from '@orpc/server/message-port';
import { AppError } from '../contract/failure.ts';
import type { FileDigest } from '../contract/identity.ts';
import { shellContract } from '../contract/shell.ts';
import { BackOff } from './back-off.ts';
import { type CoreClient, connectCore } from './core-client.ts';
import type { Port, ProcessRuntime, Program } from './program.ts';

export interface SupervisorOptions {
  runtime: ProcessRuntime;
  coreEntry: string;
  tokenEntry: string;
  profile: string;
  coreLog: Writable;
  tokenLog: Writable;
  /** A core runs, the first one or a new one: the page needs a new port. */
  onCoreStarted(): void;
  /** The core has died; a new one is started after `retryInMs`. */
  onCoreStopped(retryInMs: number): void;
  /** How long the core may take to finish what is at hand, in milliseconds. */
  shutDownMs?: number;
  backOff?: BackOff;
}

/**
 * Keeps a core running and starts the token process on the core's request. Neither's death touches the window: the
 * core comes back after a pause, the token process with the next thing that needs a token.
 */
export class Supervisor {
  readonly #options: SupervisorOptions;
  readonly #backOff: BackOff;
  #core: { program: Program; client: CoreClient } | null = null;
  #token: Program | null = null;
  #restart: NodeJS.Timeout | null = null;
  #stopping = false;

  constructor(options: SupervisorOptions) {
    this.#options = options;
    this.#backOff = options.backOff ?? new BackOff();
  }

  /** Starts the core; call once. */
  start(): void {
    const { runtime, coreEntry, profile, coreLog } = this.#options;
    const program = runtime.start(coreEntry, [profile], coreLog);
    new RPCHandler(this.#shellRouter(program)).upgrade(program.open('shell'));
    this.#core = { program, client: connectCore(program.open('core')) };
    this.#backOff.started();
    program.exited.then((code) => this.#coreExited(program, code));
    this.#options.onCoreStarted();
  }

  /** False while there is no core to talk to; `onCoreStarted` follows. */
  get running(): boolean {
    return this.#core !== null;
  }

  /** Joins a page to the running core. */
  connectDesktop(port: Port): void {
    this.#core?.program.connect('desktop', port);
  }

  /** Where a file lies. Fails with `file-missing`, or `core-stopped` while there is no core to ask. */
  locateFile(digest: FileDigest): Promise<{ path: string; bytes: number }> {
    if (!this.#core) return Promise.reject(new AppError('core-stopped'));
    return this.#core.client.locateFile(digest);
  }

  /** Lets the core finish what is at hand, then ends both processes, by force where the deadline passes. */
  async stop(): Promise<void> {
    this.#stopping = true;
    if (this.#restart) clearTimeout(this.#restart);
    const core = this.#core;
    if (core) {
      const deadline = AbortSignal.timeout(this.#options.shutDownMs ?? 10_000);
      // How it answers doesn't matter: whether it has ended does, and the deadline covers both.
      core.client.shutDown(deadline).catch((error) => this.#note(`shut-down: ${String(error)}`));
      await Promise.race([
        core.program.exited,
        new Promise((resolve) => deadline.addEventListener('abort', resolve)),
      ]);
      core.program.kill();
      await core.program.exited;
    }
    await this.#endToken();
  }

  #coreExited(program: Program, code: number | null): void {
    if (this.#core?.program === program) this.#core = null;
    // A token process may hold a login, and must not outlive the core that asked for it.
    this.#token?.kill();
    if (this.#stopping) return;
    const pause = this.#backOff.next();
    this.#note(`core ended (${code ?? 'by a signal'}), next start in ${pause} ms`);
    this.#restart = setTimeout(() => this.start(), pause);
    this.#options.onCoreStopped(pause);
  }

  #shellRouter(core: Program) {
    const shell = implement(shellContract);
    return shell.router({
      startToken: shell.startToken.handler(async () => {
        await this.#startToken(core);
        return {};
      }),
      killToken: shell.killToken.handler(async () => {
        await this.#endToken();
        return {};
      }),
    });
  }

  async #startToken(core: Program): Promise<void> {
    await this.#endToken();
    if (this.#stopping || this.#core?.program !== core) return;
    const { runtime, tokenEntry, profile, tokenLog } = this.#options;
    const token = runtime.start(tokenEntry, [profile], tokenLog);
    this.#token = token;
    token.exited.then(() => {
      if (this.#token === token) this.#token = null;
    });
    const [coreEnd, tokenEnd] = runtime.pair();
    token.connect('token', tokenEnd);
    core.connect('token', coreEnd);
  }

  async #endToken(): Promise<void> {
    const token = this.#token;
    token?.kill();
    await token?.exited;
  }

  #note(text: string): void {
    this.#options.coreLog.write(`${new Date().toISOString()} shell: ${text}\n`);
  }
}
