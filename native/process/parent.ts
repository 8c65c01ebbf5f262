import { type Channel, type Pipe, PipeSplitter } from '../../contract/channel.ts';

/** The MessagePort that Electron gives a utility process; declared here because `native` never imports `electron`. */
interface UtilityPort {
  on(event: 'message', listener: (event: { data: unknown }) => void): void;
  on(event: 'close', listener: () => void): void;
  postMessage(data: unknown): void;
  start(): void;
  close(): void;
}

interface UtilityParentPort {
  on(event: 'message', listener: (event: { data: unknown; ports: UtilityPort[] }) => void): void;
}

/**
 * Calls `onChannel` for each channel that this process' parent offers, whether the parent is the shell (a utility
 * process gets `{channel: name}` with one MessagePort) or a Node process (an IPC pipe). Calls `onOrphaned` when the parent is gone:
 * a token process must not outlive its core, since it may hold a login.
 */
export function listenToParent(
  onChannel: (name: string, channel: Channel) => void,
  onOrphaned: () => void,
): void {
  const parentPort = (process as { parentPort?: UtilityParentPort }).parentPort;
  if (parentPort) {
    parentPort.on('message', ({ data, ports: [port] }) => {
      const name = (data as { channel?: unknown } | null)?.channel;
      if (typeof name !== 'string' || !port) return;
      onChannel(name, port as Channel);
      port.start();
    });
    return;
  }
  if (!process.send) throw new Error('started without a parent to talk to');
  const splitter = new PipeSplitter(process as Pipe);
  splitter.onChannel = onChannel;
  process.on('disconnect', onOrphaned);
}
