import { constants, type Stats } from 'node:fs';
import { type FileHandle, lstat, open } from 'node:fs/promises';
import { basename } from 'node:path';
import { AppError } from '../../contract/failure.ts';

/** Windows has neither: there a link needs an administrator's right to be planted. */
const { O_NOFOLLOW = 0, O_NONBLOCK = 0 } = constants;

/**
 * Makes a file under a name that nobody had, open for reading and writing. Whatever stands there already, a link that
 * leads nowhere included, fails as the system's EEXIST: nothing is ever written through a name that somebody else put
 * there.
 */
export function createExclusively(path: string, mode = 0o600): Promise<FileHandle> {
  return open(path, constants.O_RDWR | constants.O_CREAT | constants.O_EXCL | O_NOFOLLOW, mode);
}

/**
 * Opens a file of our own again, or makes it; `flags` beside O_CREAT (O_APPEND, O_TRUNC). Fails as the system's ELOOP
 * at a link, with `write-failed` {reason: 'target-not-a-file'} at a pipe, a device, or a file that has a second name
 * somewhere else.
 */
export async function openOrdinary(path: string, flags: number): Promise<FileHandle> {
  // Emptied only once it is known for a file of ours; a pipe that nobody reads must not be waited for.
  const handle = await open(
    path,
    constants.O_WRONLY | constants.O_CREAT | O_NOFOLLOW | O_NONBLOCK | (flags & ~constants.O_TRUNC),
    0o600,
  );
  try {
    const found = await handle.stat();
    if (!found.isFile() || found.nlink > 1) throw notAFile(path);
    if (flags & constants.O_TRUNC) await handle.truncate(0);
    return handle;
  } catch (error) {
    await handle.close();
    throw error;
  }
}

/**
 * Fails with `write-failed` {file, reason: 'target-not-a-file'} unless the name is free or an ordinary file's: what
 * replaces a link, a device or a pipe isn't what the person meant to replace.
 */
export async function assertReplaceable(path: string): Promise<void> {
  const found = await there(path);
  if (found !== null && !found.isFile()) throw notAFile(path);
}

/**
 * Fails with `write-failed` {file, reason: 'target-replaced'} unless that name still is the open file's, and its only
 * one. In a folder that others may write to, they can exchange it at any moment.
 */
export async function assertSame(handle: FileHandle, path: string): Promise<void> {
  const [opened, named] = await Promise.all([handle.stat(), there(path)]);
  const isSame = named?.isFile() && named.ino === opened.ino && named.dev === opened.dev;
  if (!isSame || opened.nlink > 1) {
    throw new AppError('write-failed', { file: basename(path), reason: 'target-replaced' });
  }
}

function notAFile(path: string): AppError {
  return new AppError('write-failed', { file: basename(path), reason: 'target-not-a-file' });
}

/** What the name itself stands for, links not followed; null where it is free. */
async function there(path: string): Promise<Stats | null> {
  return lstat(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw error;
  });
}
