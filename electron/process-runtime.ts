import { type ChildProcess, fork } from 'node:child_process';
import path from 'node:path';
import type { Readable, Writable } from 'node:stream';
import { app, MessageChannelMain, type MessagePortMain, utilityProcess } from 'electron';
import { type Channel, PipeSplitter } from '../contract/channel.ts';
import type { ChannelName } from '../contract/shell.ts';
import type { Port, ProcessRuntime, Program } from './program.ts';
import { isRelease } from './release.ts';

/**
 * The one place that knows how core and token are started. In the product they are utility processes, each with real
 * MessagePorts. The test runtime (scripts/README.md) is an older Electron whose Node can't load better-sqlite3 13, so
 * there they are children under the Node that the npm package `node` brings, with named channels on one pipe.
 */
export function chooseRuntime(utilityProcesses: boolean | null): ProcessRuntime {
  const start = isRelease ? startUtility : startInDevelopment(utilityProcesses);
  return {
    start,
    pair: () => {
      const { port1, port2 } = new MessageChannelMain();
      return [port1, port2].map(asPort) as [Port, Port];
    },
  };
}

function startInDevelopment(utilityProcesses: boolean | null): ProcessRuntime['start'] {
  const nodeIsNewEnough = Number(process.versions.node.split('.')[0]) >= 22;
  return (utilityProcesses ?? nodeIsNewEnough) ? startUtility : startChild;
}

function asPort(port: MessagePortMain): Port {
  return port as unknown as Port;
}

/**
 * SOFTHSM2_CONF and the like are passed on; what would turn a child into something else is not, nor in a release what
 * has Node trust whom it shouldn't (NODE_TLS_REJECT_UNAUTHORIZED, NODE_EXTRA_CA_CERTS).
 */
function childEnvironment(): NodeJS.ProcessEnv {
  const kept = isRelease ? /^(?!NODE_|ELECTRON_)/i : /^(?!NODE_OPTIONS$|ELECTRON_RUN_AS_NODE$)/;
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => kept.test(name)));
}

function killNow(pid: number | undefined): void {
  if (pid === undefined) return;
  try {
    // Not the gentle signal: a driver that hangs in C never gets to answer it.
    process.kill(pid, 'SIGKILL');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

function startUtility(entry: string, args: string[], log: Writable): Program {
  const child = utilityProcess.fork(entry, args, {
    serviceName: path.basename(entry, '.js'),
    env: childEnvironment() as Record<string, string>,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  keepLog([child.stdout, child.stderr], log);
  const connect = (name: ChannelName, port: Port) =>
    child.postMessage({ channel: name }, [port as unknown as MessagePortMain]);
  return {
    connect,
    open(name) {
      const { port1, port2 } = new MessageChannelMain();
      connect(name, asPort(port2));
      port1.start();
      return asPort(port1);
    },
    exited: new Promise((resolve) => child.once('exit', resolve)),
    kill: () => killNow(child.pid),
  };
}

function startChild(entry: string, args: string[], log: Writable): Program {
  const nodeName = process.platform === 'win32' ? 'node.exe' : 'node';
  const child = fork(entry, args, {
    execPath: path.join(app.getAppPath(), 'node_modules', 'node', 'bin', nodeName),
    execArgv: [],
    env: childEnvironment(),
    serialization: 'advanced',
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  keepLog([child.stdout, child.stderr], log);
  const splitter = new PipeSplitter(child);
  const channels = new Map<ChannelName, Channel>();
  const open = (name: ChannelName): Channel => {
    // A name stands for one channel at a time; a reloaded page's new port takes the old one's place.
    channels.get(name)?.close();
    const channel = splitter.open(name);
    channels.set(name, channel);
    return channel;
  };
  return {
    open,
    connect(name, port) {
      const channel = open(name);
      port.on('message', (event) => channel.postMessage(event?.data));
      channel.on('message', (event) => port.postMessage(event?.data));
      port.on('close', () => channel.close());
      channel.on('close', () => port.close());
      port.start();
    },
    exited: ended(child),
    kill: () => killNow(child.pid),
  };
}

function ended(child: ChildProcess): Promise<number | null> {
  return new Promise((resolve) => {
    child.once('exit', resolve);
    // A program that can't be started at all never exits; its `error` says so instead.
    child.once('error', () => resolve(null));
  });
}

function keepLog(outputs: readonly (Readable | NodeJS.ReadableStream | null)[], log: Writable): void {
  for (const output of outputs) output?.pipe(log, { end: false });
}
