import type { Channel } from '../../contract/channel.ts';

/** Who starts the token process: the shell in the desktop program, the core itself under the command line and in tests. */
export interface TokenHost {
  /** Starts a new process; whoever calls has seen the last one end. */
  start(): Promise<TokenConnection>;
  /**
   * The same program once more, beside it: for trying out a module that may crash or hang. One at a time. Without it modules are
   * tried in the token process itself.
   */
  startProbe?(): Promise<TokenConnection>;
}

/** One start of the token process. */
export interface TokenConnection {
  /** Channel `token`. */
  readonly channel: Channel;
  /** Resolves once the process is gone, for whatever reason. Never rejects. */
  readonly exited: Promise<void>;
  /** Ends it at once, even where a driver hangs in a system call. */
  kill(): void;
}
