import type { Writable } from 'node:stream';
import { implement } from '@orpc/server';
import { RPCHandler } from '@orpc/server/message-port';
import type {
  Confirmation,
  ConfirmationAnswer,
  ConsentAnswer,
  ConsentQuestion,
} from '../contract/consent.ts';
import { AppError } from '../contract/failure.ts';
import type { FileDigest } from '../contract/identity.ts';
import { mostPaths, shellContract, type TargetKind } from '../contract/shell.ts';
import { BackOff } from './back-off.ts';
import { type CoreClient, connectCore } from './core-client.ts';
import type { Port, ProcessRuntime, Program } from './program.ts';

/** The person at the desk, as the core may ask them; each takes as long as they do. */
export interface AskedPerson {
  /** Null where they cancel, as below. */
  pickModule(): Promise<string | null>;
  pickCertificate(): Promise<string | null>;
  /** Where to save a file. */
  pickTarget(kind: TargetKind, name: string, folder?: string): Promise<string | null>;
  /** Documents, or a folder of them; none where they cancel. */
  pickDocuments(what: 'files' | 'folder'): Promise<string[]>;
  /** Shows a file in the system's folder window. */
  reveal(path: string): void;
  /** Whether they agree to signatures. */
  askConsent(question: ConsentQuestion): Promise<ConsentAnswer>;
  endConsent(id: string): void;
  /** Whether they agree to a step that takes no PIN. */
  confirm(confirmation: Confirmation): Promise<ConfirmationAnswer>;
}

export interface SupervisorOptions {
  runtime: ProcessRuntime;
  coreEntry: string;
  tokenEntry: string;
  profile: string;
  coreLog: Writable;
  tokenLog: Writable;
  person: AskedPerson;
  /** A core runs, the first one or a new one: the page needs a new port. */
  onCoreStarted(): void;
  /** The core has died; a new one is started after `retryInMs`. */
  onCoreStopped(retryInMs: number): void;
  /** How long the core may take to finish what is at hand, in milliseconds. */
  shutDownMs?: number;
  backOff?: BackOff;
}

type TokenChannel = 'token' | 'probe';

/**
 * Keeps a core running and starts the token process on the core's request. Neither's death touches the window: the
 * core comes back after a pause, the token process with the next thing that needs a token.
 */
export class Supervisor {
  readonly #options: SupervisorOptions;
  readonly #backOff: BackOff;
  #core: { program: Program; client: CoreClient } | null = null;
  /** The token process, and the short-lived one in which a driver is tried out. */
  readonly #tokens: Record<TokenChannel, Program | null> = { token: null, probe: null };
  /** Handed over while there was no core to take them. */
  #unopened: string[] = [];
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
    this.#handOver();
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

  /** Files that a person handed over: dropped on the window, or opened with the program. */
  openFiles(paths: readonly string[]): void {
    this.#unopened.push(...paths);
    if (this.#core) this.#handOver();
  }

  #handOver(): void {
    const paths = this.#unopened.splice(0, mostPaths);
    if (paths.length === 0) return;
    const handed = this.#core?.client.openFiles(paths);
    handed?.catch((error) => this.#note(`open files: ${String(error)}`));
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
    await Promise.all([this.#endToken('token'), this.#endToken('probe')]);
  }

  /** The person has left the computer: logins on tokens end. */
  lockTokens(reason: 'screenLocked' | 'suspended'): void {
    const locked = this.#core?.client.lockTokens(reason);
    locked?.catch((error) => this.#note(`lock tokens: ${String(error)}`));
  }

  #coreExited(program: Program, code: number | null): void {
    if (this.#core?.program === program) this.#core = null;
    // A token process may hold a login, and must not outlive the core that asked for it.
    this.#tokens.token?.kill();
    this.#tokens.probe?.kill();
    if (this.#stopping) return;
    const pause = this.#backOff.next();
    this.#note(`core ended (${code ?? 'by a signal'}), next start in ${pause} ms`);
    this.#restart = setTimeout(() => this.start(), pause);
    this.#options.onCoreStopped(pause);
  }

  #shellRouter(core: Program) {
    const shell = implement(shellContract);
    const { person } = this.#options;
    return shell.router({
      startToken: shell.startToken.handler(async () => {
        await this.#startToken(core, 'token');
        return {};
      }),
      killToken: shell.killToken.handler(async () => {
        await this.#endToken('token');
        return {};
      }),
      startProbe: shell.startProbe.handler(async () => {
        await this.#startToken(core, 'probe');
        return {};
      }),
      killProbe: shell.killProbe.handler(async () => {
        await this.#endToken('probe');
        return {};
      }),
      pickModule: shell.pickModule.handler(async () => ({ path: await person.pickModule() })),
      pickCertificate: shell.pickCertificate.handler(async () => ({ path: await person.pickCertificate() })),
      pickTarget: shell.pickTarget.handler(async ({ input }) => ({
        path: await person.pickTarget(input.kind, input.name, input.folder),
      })),
      pickDocuments: shell.pickDocuments.handler(async ({ input }) => ({
        paths: await person.pickDocuments(input.what),
      })),
      revealFile: shell.revealFile.handler(({ input }) => {
        person.reveal(input.path);
        return {};
      }),
      askConsent: shell.askConsent.handler(({ input }) => person.askConsent(input.question)),
      endConsent: shell.endConsent.handler(({ input }) => {
        person.endConsent(input.id);
        return {};
      }),
      confirm: shell.confirm.handler(({ input }) => person.confirm(input.confirmation)),
    });
  }

  async #startToken(core: Program, channel: TokenChannel): Promise<void> {
    await this.#endToken(channel);
    if (this.#stopping || this.#core?.program !== core) return;
    const { runtime, tokenEntry, profile, tokenLog } = this.#options;
    const token = runtime.start(tokenEntry, [profile], tokenLog);
    this.#tokens[channel] = token;
    token.exited.then(() => {
      if (this.#tokens[channel] === token) this.#tokens[channel] = null;
    });
    const [coreEnd, tokenEnd] = runtime.pair();
    // To the process itself it is channel `token` either way: the same program, asked by the same core.
    token.connect('token', tokenEnd);
    core.connect(channel, coreEnd);
  }

  async #endToken(channel: TokenChannel): Promise<void> {
    const token = this.#tokens[channel];
    token?.kill();
    await token?.exited;
  }

  #note(text: string): void {
    this.#options.coreLog.write(`${new Date().toISOString()} shell: ${text}\n`);
  }
}
