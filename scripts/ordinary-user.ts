import { spawnSync } from 'node:child_process';
import { chmodSync, chownSync, existsSync, mkdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { electronProgram } from './setup/electron-runtime.mjs';
import { projectCache, root } from './setup/paths.mjs';

/** Debian's user without rights, which every system of its kin has. */
const nobody = 65_534;

const displaySockets = '/tmp/.X11-unix';

export interface Runner {
  /** Put before the command. */
  prefix: string[];
  env: NodeJS.ProcessEnv;
  /** A folder that the runner may write to, empty. */
  folder: string;
}

/**
 * How to run a command as somebody in whose hands Chromium's sandbox works. Root becomes `nobody` for it, with a home
 * of its own; where `nobody` can't read this checkout, root stays root, says so, and the sandbox stays off.
 */
export function ordinaryUser(name: string): Runner {
  const folder = path.join(projectCache, name);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  if (process.getuid?.() !== 0) return { prefix: [], env: process.env, folder };
  chownSync(folder, nobody, nobody);
  const prefix = ['setpriv', `--reuid=${nobody}`, `--regid=${nobody}`, '--clear-groups'];
  const [command = '', ...args] = prefix;
  const program = electronProgram()?.program ?? '';
  const sees = spawnSync(command, [
    ...args,
    'test',
    '-r',
    path.join(root, 'package.json'),
    '-a',
    '-x',
    program,
  ]);
  if (sees.status !== 0) {
    console.error('running as root, without Chromium’s sandbox: an ordinary user can not read this checkout');
    return { prefix: [], env: process.env, folder };
  }
  // Xvfb run by an ordinary user can't make the folder of its sockets itself.
  if (!existsSync(displaySockets)) {
    mkdirSync(displaySockets);
    chmodSync(displaySockets, 0o1777);
  }
  return { prefix, env: { ...process.env, HOME: folder, XDG_CACHE_HOME: folder, TMPDIR: '/tmp' }, folder };
}

/** Puts a display under a command where there is none. */
export function withDisplay(command: string[]): string[] {
  return process.env['DISPLAY'] ? command : ['xvfb-run', '--auto-servernum', ...command];
}
