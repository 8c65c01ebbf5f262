import { Worker } from 'node:worker_threads';

/**
 * Runs on a thread of its own: the main one may be stuck inside a driver. Sleeps until a driver is called, and then looks at
 * the memory every `memoryMs`; while none is, it only wakes to see whether the parent is there. It sleeps first and looks then:
 * woken by each of a quick token's calls, it would take a tenth of their time.
 */
const watch = `
  const { workerData: { parent, pid, orphanMs, memoryMs, memoryLimit, inCall } } = require('node:worker_threads');
  const never = new Int32Array(new SharedArrayBuffer(4));
  const alive = () => {
    try { process.kill(parent, 0); } catch (error) { return error.code !== 'ESRCH'; }
    return process.ppid === parent;
  };
  for (let lookedAt = Date.now(); ; ) {
    Atomics.wait(inCall, 0, 0, orphanMs);
    Atomics.wait(never, 0, 0, memoryMs);
    const grown = process.memoryUsage.rss() > memoryLimit;
    const due = parent !== null && Date.now() - lookedAt >= orphanMs;
    if (due) lookedAt = Date.now();
    if (grown || (due && !alive())) process.kill(pid, 'SIGKILL');
  }
`;

/** Three times what the process needs with several drivers loaded, in bytes. */
const memoryLimit = 220 * 1024 * 1024;

/** 1 while the main thread is inside a driver. */
const inCall = new Int32Array(new SharedArrayBuffer(4));

/** Tells the watch that a driver is called, and that it has come back. */
export function watched<Result>(call: () => Result): Result {
  Atomics.store(inCall, 0, 1);
  Atomics.notify(inCall, 0);
  try {
    return call();
  } finally {
    Atomics.store(inCall, 0, 0);
  }
}

export interface WatchOptions {
  /** A process started by `fork` watches its parent; Electron ends its utility processes itself. */
  readonly parent: number | null;
}

/**
 * Kills this process where nothing on its main thread could. Once its parent is gone: hanging in a driver's call it would hold
 * the token, perhaps logged in, against the next start of the program. And once its memory grows beyond all reason: a driver
 * that claims four million slots or an attribute of two gigabytes is believed by the binding before our code sees the number.
 */
export function watchProcess({ parent }: WatchOptions): void {
  const workerData = { parent, pid: process.pid, orphanMs: 1000, memoryMs: 25, memoryLimit, inCall };
  new Worker(watch, { eval: true, workerData, env: {}, execArgv: [] }).unref();
}
