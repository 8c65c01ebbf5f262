import { existsSync, mkdirSync, renameSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

/**
 * Moves a damaged database and its log files into a folder of their own beside it, and returns that folder. Nothing
 * is deleted: a lone `.db` without its `-wal` can't be rescued by anybody.
 */
export function setAside(path: string, now: Date): string {
  const stamp = now.toISOString().replaceAll(':', '-');
  const folder = join(dirname(path), `set-aside-${basename(path)}-${stamp}`);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  for (const suffix of ['', '-wal', '-shm']) {
    if (existsSync(path + suffix)) renameSync(path + suffix, join(folder, basename(path) + suffix));
  }
  return folder;
}
