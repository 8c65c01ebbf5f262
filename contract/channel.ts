/**
 * How the core and the token process talk to whoever started them. The shell starts them as Electron utility processes
 * and hands them MessagePorts; the command line, the tests and the bench start them as ordinary Node processes, where
 * named channels share the one IPC pipe. Code above this file can't tell which.
 */

/** The part of a MessagePort that a typed call needs; what oRPC's message-port adapters accept. */
export interface Channel {
  on(event: 'message', listener: (event?: { data: unknown }) => void): void;
  on(event: 'close', listener: () => void): void;
  on(event: string, listener: (event?: { data: unknown }) => void): void;
  postMessage(data: unknown): void;
  close(): void;
}

/** One message on a shared IPC pipe: a channel opens, carries data, or ends. */
export type PipeMessage =
  | { channel: string; opened: true }
  | { channel: string; data: unknown }
  | { channel: string; closed: true };

/** The process' own end of an IPC pipe: `process` in a child, a `ChildProcess` in its parent. */
export interface Pipe {
  on(event: 'message', listener: (message: unknown) => void): unknown;
  on(event: 'disconnect', listener: () => void): unknown;
  send?(message: PipeMessage): boolean;
  readonly connected?: boolean;
}

function isPipeMessage(message: unknown): message is PipeMessage {
  return (
    typeof message === 'object' && message !== null && typeof (message as PipeMessage).channel === 'string'
  );
}

/** A named channel on a shared pipe. Listeners added late get what came before them, as with a MessagePort. */
class PipeChannel implements Channel {
  readonly #name: string;
  readonly #pipe: Pipe;
  readonly #listeners: ((event?: { data: unknown }) => void)[] = [];
  readonly #closeListeners: (() => void)[] = [];
  readonly #early: unknown[] = [];
  #closed = false;

  constructor(name: string, pipe: Pipe) {
    this.#name = name;
    this.#pipe = pipe;
  }

  on(event: string, listener: (event?: { data: unknown }) => void): void {
    if (event === 'close') {
      this.#closeListeners.push(listener);
      if (this.#closed) listener();
    } else if (event === 'message') {
      this.#listeners.push(listener);
      for (const data of this.#early.splice(0)) listener({ data });
    }
  }

  postMessage(data: unknown): void {
    if (this.#closed || this.#pipe.connected === false) return;
    this.#pipe.send?.({ channel: this.#name, data });
  }

  close(): void {
    if (this.#closed) return;
    if (this.#pipe.connected !== false) this.#pipe.send?.({ channel: this.#name, closed: true });
    this.end();
  }

  deliver(data: unknown): void {
    if (this.#listeners.length === 0) this.#early.push(data);
    for (const listener of this.#listeners) listener({ data });
  }

  end(): void {
    if (this.#closed) return;
    this.#closed = true;
    for (const listener of this.#closeListeners) listener();
  }
}

/**
 * Splits one IPC pipe into named channels. Both ends name a channel alike; opening one announces it to the
 * other end's `onChannel`. The pipe must have been opened with `serialization: 'advanced'`, so that bytes stay bytes.
 */
export class PipeSplitter {
  readonly #pipe: Pipe;
  readonly #channels = new Map<string, PipeChannel>();
  #onChannel: (name: string, channel: Channel) => void = () => undefined;

  constructor(pipe: Pipe) {
    this.#pipe = pipe;
    pipe.on('message', (message) => {
      if (!isPipeMessage(message)) return;
      if ('closed' in message) {
        this.#channels.get(message.channel)?.end();
        this.#channels.delete(message.channel);
        return;
      }
      const known = this.#channels.get(message.channel);
      const channel = known ?? this.#create(message.channel);
      if (!known) this.#onChannel(message.channel, channel);
      if ('data' in message) channel.deliver(message.data);
    });
    pipe.on('disconnect', () => {
      for (const channel of this.#channels.values()) channel.end();
      this.#channels.clear();
    });
  }

  /** Told of each channel that the other end opens. */
  set onChannel(listener: (name: string, channel: Channel) => void) {
    this.#onChannel = listener;
  }

  /** Opens a channel from this end, or returns the one already open under that name. */
  open(name: string): Channel {
    const known = this.#channels.get(name);
    if (known) return known;
    const channel = this.#create(name);
    if (this.#pipe.connected !== false) this.#pipe.send?.({ channel: name, opened: true });
    return channel;
  }

  #create(name: string): PipeChannel {
    const channel = new PipeChannel(name, this.#pipe);
    this.#channels.set(name, channel);
    channel.on('close', () => {
      if (this.#channels.get(name) === channel) this.#channels.delete(name);
    });
    return channel;
  }
}
