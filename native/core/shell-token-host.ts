import type { Channel } from '../../contract/channel.ts';
import { AppError } from '../../contract/failure.ts';
import type { TokenConnection, TokenHost } from '../token/token-host.ts';
import type { ShellClient } from './shell-client.ts';

/** How long the shell may take to start a process on an old computer, in milliseconds. */
const startDeadlineMs = 15_000;

type TokenChannel = 'token' | 'probe';

/** Has the shell start the token process: an Electron utility process can only be started by Electron. */
export class ShellTokenHost implements TokenHost {
  readonly #shell: ShellClient;
  readonly #arrived: Record<TokenChannel, PromiseWithResolvers<Channel>> = {
    token: Promise.withResolvers(),
    probe: Promise.withResolvers(),
  };

  constructor(shell: ShellClient) {
    this.#shell = shell;
  }

  /** The shell offers a channel to a process that it has started. */
  offer(name: TokenChannel, channel: Channel): void {
    this.#arrived[name].resolve(channel);
  }

  start(): Promise<TokenConnection> {
    return this.#start('token');
  }

  startProbe(): Promise<TokenConnection> {
    return this.#start('probe');
  }

  /** Fails with `token-stopped` where the shell can't start it, or not in time. */
  async #start(name: TokenChannel): Promise<TokenConnection> {
    this.#arrived[name] = Promise.withResolvers();
    const deadline = AbortSignal.timeout(startDeadlineMs);
    const late = new Promise<never>((_, reject) => {
      deadline.addEventListener('abort', () => reject(deadline.reason), { once: true });
    });
    try {
      const ask = name === 'token' ? this.#shell.startToken : this.#shell.startProbe;
      await ask({}, { signal: deadline });
      const channel = await Promise.race([this.#arrived[name].promise, late]);
      const exited = new Promise<void>((resolve) => channel.on('close', () => resolve()));
      return { channel, exited, kill: () => void this.#kill(name, channel) };
    } catch (error) {
      throw new AppError('token-stopped', {}, { cause: error });
    }
  }

  async #kill(name: TokenChannel, channel: Channel): Promise<void> {
    try {
      await (name === 'token' ? this.#shell.killToken({}) : this.#shell.killProbe({}));
    } catch {
      // The shell is gone, and the process with it: what was asked for has happened.
    }
    channel.close();
  }
}
