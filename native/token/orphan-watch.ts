import { Worker } from 'node:worker_threads';

/** Runs on a thread of its own: the main one may be stuck inside a driver. */
const watch = `
  const { workerData: { parent, pid, everyMs } } = require('node:worker_threads');
  const alive = () => {
    try { process.kill(parent, 0); } catch (error) { return error.code !== 'ESRCH'; }
    return process.ppid === parent;
  };
  setInterval(() => { if (!alive()) process.kill(pid, 'SIGKILL'); }, everyMs);
`;

/**
 * Kills this process once its parent is gone, even while a driver hangs in a call: it would hold the token, perhaps
 * logged in, against the next start of the program. For a process started by `fork`; Electron ends its own.
 */
export function watchForOrphaning(everyMs = 1_000): void {
  const workerData = { parent: process.ppid, pid: process.pid, everyMs };
  new Worker(watch, { eval: true, workerData, env: {}, execArgv: [] }).unref();
}
