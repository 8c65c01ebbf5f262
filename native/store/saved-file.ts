import { rm, stat, writeFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { AppError } from '../../contract/failure.ts';
import { renameDurably, syncFile } from './durable.ts';
import { systemErrorCode } from './file-failure.ts';

/**
 * Writes a file where a person wants it: beside its target first, so that what was saved there before stays until this is whole.
 * Fails with `file-exists` unless `replace`, with `disk-full` or `write-failed`, and then leaves nothing behind.
 */
export async function saveFile(
  path: string,
  bytes: Uint8Array,
  { replace }: { readonly replace: boolean },
): Promise<void> {
  const beside = `${path}.part`;
  try {
    if (!replace && (await isThere(path))) throw new AppError('file-exists', { file: basename(path) });
    await writeFile(beside, bytes, { mode: 0o600 });
    await syncFile(beside);
    await renameDurably(beside, path);
  } catch (cause) {
    await rm(beside, { force: true });
    if (cause instanceof AppError) throw cause;
    const isFull = ['ENOSPC', 'EDQUOT'].includes(systemErrorCode(cause) ?? '');
    throw new AppError(isFull ? 'disk-full' : 'write-failed', { file: basename(path) }, { cause });
  }
}

async function isThere(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}
