import { randomBytes } from 'node:crypto';
import { link, lstat, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { AppError } from '../../contract/failure.ts';
import { assertReplaceable, assertSame, createExclusively } from '../disk/exclusive-file.ts';
import { syncFolder } from './durable.ts';
import { systemErrorCode } from './file-failure.ts';

/**
 * Writes the content of a file that is too large to be held; `beside`: where it lies until it is whole. What it
 * throws is thrown on.
 */
export type FileWriter = (descriptor: number, beside: string) => Promise<void>;

/**
 * Writes a file where a person wants it, for the person alone (0600): beside its target first, under a name that
 * nobody can know beforehand, so that what was saved there before stays until this is whole. Fails with `file-exists`
 * unless `replace`, with `disk-full`, or with `write-failed` {file, reason}, also where a link, a pipe or a device
 * has the target's name; leaves nothing behind then.
 */
export async function saveFile(
  path: string,
  content: Uint8Array | FileWriter,
  { replace }: { readonly replace: boolean },
): Promise<void> {
  const beside = join(dirname(path), `.antin-${randomBytes(12).toString('hex')}.part`);
  let isOurs = false;
  try {
    if (replace) await assertReplaceable(path);
    else if (await isThere(path)) throw taken(path);
    const handle = await createExclusively(beside);
    isOurs = true;
    try {
      if (content instanceof Uint8Array) await handle.writeFile(content);
      else await content(handle.fd, beside);
      await handle.sync();
      await assertSame(handle, beside);
    } finally {
      await handle.close();
    }
    if (replace) await rename(beside, path);
    else await takeFreeName(beside, path);
    await syncFolder(dirname(path));
  } catch (cause) {
    if (isOurs) await rm(beside, { force: true });
    if (cause instanceof AppError) throw cause;
    const isFull = ['ENOSPC', 'EDQUOT'].includes(systemErrorCode(cause) ?? '');
    throw new AppError(isFull ? 'disk-full' : 'write-failed', { file: basename(path) }, { cause });
  }
}

/**
 * A rename would replace what has come there since; a second link can't. Where the file system has none, the look has
 * to do.
 */
async function takeFreeName(beside: string, path: string): Promise<void> {
  try {
    await link(beside, path);
  } catch (cause) {
    if (systemErrorCode(cause) === 'EEXIST' || (await isThere(path))) throw taken(path, cause);
    await rename(beside, path);
    return;
  }
  await rm(beside, { force: true });
}

function taken(path: string, cause?: unknown): AppError {
  return new AppError('file-exists', { file: basename(path) }, { cause });
}

/** A link that leads nowhere has taken the name, too. */
async function isThere(path: string): Promise<boolean> {
  return lstat(path).then(
    () => true,
    () => false,
  );
}
