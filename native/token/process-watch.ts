import { Worker } from 'node:worker_threads';

/** Runs on a thread of its own: the main one may be stuck inside a driver. */
const watch = `
  const { workerData: { parent, pid, orphanMs, memoryMs, memoryLimit } } = require('node:worker_threads');
  const alive = () => {
    try { process.kill(parent, 0); } catch (error) { return error.code !== 'ESRCH'; }
    return process.ppid === parent;
  };
  const end = () => process.kill(pid, 'SIGKILL');
  if (parent !== null) setInterval(() => { if (!alive()) end(); }, orphanMs);
  setInterval(() => { if (process.memoryUsage.rss() > memoryLimit) end(); }, memoryMs);
`;

/** Three times what the process needs with several drivers loaded, in bytes. */
const memoryLimit = 220 * 1024 * 1024;

export interface WatchOptions {
  /** A process started by `fork` watches its parent; Electron ends its utility processes itself. */
  readonly parent: number | null;
}

/**
 * Kills this process where nothing on its main thread could. Once its parent is gone: hanging in a driver's call it would hold
 * the token, perhaps logged in, against the next start of the program. And once its memory grows beyond all reason: a driver that
 * claims four million slots or an attribute of two gigabytes is believed by the binding before our code sees the number.
 */
export function watchProcess({ parent }: WatchOptions): void {
  const workerData = { parent, pid: process.pid, orphanMs: 1000, memoryMs: 25, memoryLimit };
  new Worker(watch, { eval: true, workerData, env: {}, execArgv: [] }).unref();
}
