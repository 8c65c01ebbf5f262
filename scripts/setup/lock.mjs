import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { projectCache } from './paths.mjs';
import { say } from './step.mjs';

const lockFile = path.join(projectCache, 'setup.lock');

/** @param {string} text */
function isRunning(text) {
  const pid = Number(text);
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: it runs, as somebody else.
    return /** @type {NodeJS.ErrnoException} */ (error).code === 'EPERM';
  }
}

/**
 * Runs `work` while no other set-up of this checkout runs. A lock whose holder is gone is taken away.
 *
 * @param {() => Promise<void>} work
 */
export async function withLock(work) {
  mkdirSync(projectCache, { recursive: true });
  for (let waited = false; ; ) {
    try {
      writeFileSync(lockFile, String(process.pid), { flag: 'wx' });
      break;
    } catch (error) {
      if (/** @type {NodeJS.ErrnoException} */ (error).code !== 'EEXIST') throw error;
    }
    if (!holderRuns()) {
      stealLock();
      continue;
    }
    if (!waited) say('another set-up of this checkout is running, waiting for it');
    waited = true;
    await pause(200);
  }
  try {
    await work();
  } finally {
    rmSync(lockFile, { force: true });
  }
}

function holderRuns() {
  try {
    return isRunning(readFileSync(lockFile, 'utf8'));
  } catch {
    // Just let go of: the next try takes it.
    return true;
  }
}

/** By renaming, since of two who rename only one succeeds; removing could take away the lock of who was faster. */
function stealLock() {
  const taken = `${lockFile}.${process.pid}`;
  try {
    renameSync(lockFile, taken);
    if (isRunning(readFileSync(taken, 'utf8'))) renameSync(taken, lockFile);
    else rmSync(taken, { force: true });
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code !== 'ENOENT') throw error;
  }
}
