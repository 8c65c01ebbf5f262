import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { ordinaryUser, withDisplay } from './ordinary-user.ts';
import { projectNode, root } from './setup/paths.mjs';

/** Plays the tour as somebody in whose hands Chromium's sandbox works, and brings its pictures and files to out/tour. */
export function runTour(): number {
  const { prefix, env, folder } = ordinaryUser('tour');
  const played = path.join(folder, 'out');
  const [command = '', ...args] = [
    ...prefix,
    ...withDisplay([projectNode, path.join(root, 'scripts/tour-entry.ts'), played]),
  ];
  const { status } = spawnSync(command, args, { cwd: root, env, stdio: ['ignore', 'inherit', 'inherit'] });
  const kept = path.join(root, 'out/tour');
  rmSync(kept, { recursive: true, force: true });
  mkdirSync(played, { recursive: true });
  cpSync(played, kept, { recursive: true });
  console.log(`The tour's pictures and signed files are in ${path.relative(process.cwd(), kept)}`);
  return status ?? 1;
}

if (import.meta.main) process.exitCode = runTour();
