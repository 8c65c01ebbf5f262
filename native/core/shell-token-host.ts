import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/message-port';
import type { ContractRouterClient } from '@orpc/contract';
import type { Channel } from '../../contract/channel.ts';
import { AppError } from '../../contract/failure.ts';
import type { shellContract } from '../../contract/shell.ts';
import type { TokenConnection, TokenHost } from '../token/token-host.ts';

/** How long the shell may take to start a process on an old computer, in milliseconds. */
const startDeadlineMs = 15_000;

type ShellClient = ContractRouterClient<typeof shellContract>;

/** Has the shell start the token process: an Electron utility process can only be started by Electron. */
export class ShellTokenHost implements TokenHost {
  readonly #shell: ShellClient;
  #arrived: PromiseWithResolvers<Channel> = Promise.withResolvers();

  constructor(shell: Channel) {
    this.#shell = createORPCClient(new RPCLink({ port: shell }));
  }

  /** The shell offers the `token` channel. */
  offer(channel: Channel): void {
    this.#arrived.resolve(channel);
  }

  /** Fails with `token-stopped` where the shell can't start it, or not in time. */
  async start(): Promise<TokenConnection> {
    this.#arrived = Promise.withResolvers();
    const deadline = AbortSignal.timeout(startDeadlineMs);
    const late = new Promise<never>((_, reject) => {
      deadline.addEventListener('abort', () => reject(deadline.reason), { once: true });
    });
    try {
      await this.#shell.startToken({}, { signal: deadline });
      const channel = await Promise.race([this.#arrived.promise, late]);
      const exited = new Promise<void>((resolve) => channel.on('close', () => resolve()));
      return { channel, exited, kill: () => void this.#kill(channel) };
    } catch (error) {
      throw new AppError('token-stopped', {}, { cause: error });
    }
  }

  async #kill(channel: Channel): Promise<void> {
    try {
      await this.#shell.killToken({});
    } catch {
      // The shell is gone, and the process with it: what was asked for has happened.
    }
    channel.close();
  }
}
