import type { Writable } from 'node:stream';
import type { Channel } from '../contract/channel.ts';
import type { ChannelName } from '../contract/shell.ts';

/** One end of a MessagePort pair in the shell. It can be handed on, or used here as a channel after `start`. */
export interface Port extends Channel {
  start(): void;
}

/** A started core or token process. */
export interface Program {
  /** Opens a channel whose other end the shell itself uses. */
  open(name: ChannelName): Channel;
  /** Hands the program one end of a pair: the page, or the other program, holds the other. */
  connect(name: ChannelName, port: Port): void;
  /** Settles once, with the exit code, or null where the program was ended by a signal or never started. */
  exited: Promise<number | null>;
  /** Ends it at once; harmless where it has already ended. */
  kill(): void;
}

/** How programs are started; the difference between Electron and its stand-ins ends here. */
export interface ProcessRuntime {
  start(entry: string, args: string[], log: Writable): Program;
  pair(): [Port, Port];
}
