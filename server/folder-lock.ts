import { join } from 'node:path';
import SQLite from 'better-sqlite3';
import { AppError } from '../contract/failure.ts';
import { claimFile } from '../native/disk/private-folder.ts';

/** The hold of one server process on its data folder. */
export interface FolderLock {
  release(): void;
}

/**
 * Takes a data folder for this process alone: a second server on it would not hear of the first one's commits, so its
 * clients would wait in vain. The lock is SQLite's own, on a file of its own, since the operating system then drops
 * it when the process dies, however it dies, and copies of the main database can still be taken from outside.
 *
 * Fails with `store-damaged` {reason: 'in-use'} where another process has it.
 */
export function lockFolder(dataDir: string): FolderLock {
  const path = join(dataDir, 'server.lock');
  claimFile(path);
  const database = new SQLite(path, { timeout: 0 });
  try {
    database.exec('BEGIN EXCLUSIVE');
  } catch (cause) {
    database.close();
    throw new AppError('store-damaged', { reason: 'in-use' }, { cause });
  }
  return { release: () => void database.close() };
}
