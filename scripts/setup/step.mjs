import { spawnSync } from 'node:child_process';

/** A set-up step that can't go on: its text is for the person at the terminal, without a stack. */
export class SetupProblem extends Error {}

/** @param {string} text */
export function say(text) {
  process.stderr.write(`set-up: ${text}\n`);
}

/**
 * Announces a step, runs it and says how long it took. Steps with nothing to do are not announced at all, so a
 * second run is silent.
 *
 * @template T
 * @param {string} what
 * @param {() => T | Promise<T>} work
 * @returns {Promise<T>}
 */
export async function step(what, work) {
  say(`${what} ...`);
  const start = Date.now();
  const result = await work();
  say(`${what}: done in ${((Date.now() - start) / 1000).toFixed(1)} s`);
  return result;
}

/**
 * Runs a program to its end, without standard input, and fails with what it said.
 *
 * @param {string} command
 * @param {string[]} args
 * @param {{cwd?: string, env?: NodeJS.ProcessEnv, timeoutMs?: number, show?: boolean}} [options]
 *   `show` passes the program's output on as it comes, to standard error.
 * @returns {string} its standard output, empty with `show`
 */
export function run(command, args, options = {}) {
  const result = spawnSync(command, args, {
    cwd: options.cwd,
    env: options.env ?? process.env,
    stdio: ['ignore', options.show ? 2 : 'pipe', options.show ? 2 : 'pipe'],
    encoding: 'utf8',
    timeout: options.timeoutMs,
    maxBuffer: 64 << 20,
  });
  if (result.error || result.status !== 0) {
    const end =
      result.error?.message ?? (result.signal ? `ended by ${result.signal}` : `exit ${result.status}`);
    const said = [result.stdout, result.stderr].filter(Boolean).join('\n').trim().slice(-4000);
    throw new SetupProblem(`${[command, ...args].join(' ')}: ${end}${said ? `\n${said}` : ''}`);
  }
  return result.stdout ?? '';
}
